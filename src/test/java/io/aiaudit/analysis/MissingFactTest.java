package io.aiaudit.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MissingFactTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no spot price of its instance type in its region | Add the price to a price list",
                "no price of it, or of serverless in its region | Add the price to a price list",
                "the bill has no token charges for it | Use a bill that has these charges",
                "the bill does not show its unused part | Use a bill that has these charges",
                "model size unknown: add parameters_billion or model_size_gib | Add the missing value",
                "its requests were not counted in every hour | Add the missing hours",
                "no latency target: set latency_target_ms in the policy | Add the missing value",
                "Azure deletes it after 15 days without requests; no later charge was found | Check it by hand",
                "it scales by a schedule | Check it by hand"
            })
    void each_reason_gets_what_would_supply_it(String reason, String fix) {
        assertThat(MissingFact.fix(reason)).startsWith(fix);
    }
}
