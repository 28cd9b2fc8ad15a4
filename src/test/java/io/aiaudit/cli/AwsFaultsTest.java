package io.aiaudit.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.aiaudit.testing.MotoCompany;
import io.aiaudit.testing.Outside;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A call about one object that fails takes that object and nothing beside it, whatever the failure is. */
@Outside
class AwsFaultsTest extends AwsAnswers {
    private static final ResponseDefinitionBuilder FAILS = refusal(500, "InternalFailure", "not well");

    private static void fails(String operation, String name, ResponseDefinitionBuilder answer) {
        aws.stubFor(
                json(operation).withRequestBody(containing(name)).atPriority(0).willReturn(answer));
    }

    /** What is reported of all but these. */
    private static Set<String> findings(JsonNode audit, Set<String> without) {
        return AwsRun.each(audit.get("findings"))
                .filter(finding -> without.stream()
                        .noneMatch(name -> finding.get("resource_name").asText().startsWith(name)))
                .map(finding -> finding.get("rule").asText() + " "
                        + finding.get("resource_name").asText() + " "
                        + finding.get("status").asText() + " "
                        + finding.get("stand_alone") + " " + finding.get("reason"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private JsonNode scan() throws Exception {
        return scan(ONE_REGION, "--days", "15", "-f", "json").audit();
    }

    /** What is ignored by a tag would count without it. */
    @Test
    void tags_that_are_denied_let_nothing_count_that_is_ignored_by_a_tag() throws Exception {
        new MotoCompany(moto).fillEndpoint("us-east-1", "quiet");
        aws.stubFor(json("ListTags").atPriority(0).willReturn(denied("sagemaker:ListTags")));
        JsonNode audit = scan(
                        ONE_REGION + "ignore: [{tag: \"env=dev\", reason: agreed}]\n",
                        "--days",
                        "15",
                        "-f",
                        "json",
                        "--rule",
                        "inference-endpoint-idle")
                .audit();
        JsonNode finding = audit.at("/findings/0");
        assertThat(finding.get("resource_name").asText()).isEqualTo("quiet/all");
        assertThat(finding.get("status").asText()).isEqualTo("unconfirmed");
        assertThat(finding.get("status_reason").asText())
                .startsWith("Its tags could not be read, and aws.yaml:2 (tag env=dev)");
    }

    /** Three endpoints that are not well, tags of a fourth, and a notebook's. */
    @Test
    void objects_that_fail_hide_nothing_of_the_others_and_are_one_gap_a_call_that_names_them() throws Exception {
        new MotoCompany(moto).fill();
        JsonNode whole = scan();
        Set<String> failing = Set.of("lively", "serverless", "two-days-old");
        for (String name : failing) {
            fails("DescribeEndpoint", "\"" + name + "\"", FAILS);
        }
        fails("ListTags", "endpoint/quiet", FAILS);
        JsonNode some = scan();
        assertThat(findings(some, failing)).isEqualTo(findings(whole, failing));
        Set<String> more = gaps(some);
        more.removeAll(gaps(whole));
        assertThat(more)
                .hasSize(2)
                .anyMatch(gap ->
                        gap.matches(".* variants of endpoints of (lively|serverless|two-days-old), .*, [a-z-]+: .*"))
                .anyMatch(gap -> gap.contains(" tags of quiet: "));
    }
}
