package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit;
import io.aiaudit.model.FileSet;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A FOCUS file that a gateway wrote, beside the invoice for the same calls. */
class GatewayEstimatesTest {
    @TempDir
    private Path folder;

    private FocusCsv calls(String provider, String cost, int calls) {
        FocusCsv file = new FocusCsv();
        for (int i = 0; i < calls; i++) {
            file.row(
                    "ProviderName=" + provider,
                    "ServiceName=Chat completions",
                    "BilledCost=" + cost,
                    "EffectiveCost=" + cost,
                    "ChargePeriodStart=2026-06-0" + (1 + i % 5) + "T10:0" + i % 10 + ":17Z",
                    "ChargePeriodEnd=2026-06-0" + (1 + i % 5) + "T10:0" + i % 10 + ":19Z",
                    "SubAccountId=team-a",
                    "ResourceId=",
                    "ConsumedUnit=Tokens");
        }
        return file;
    }

    private FocusCsv invoice(String provider, String service, String cost) {
        return new FocusCsv()
                .row(
                        "ProviderName=" + provider,
                        "ServiceName=" + service,
                        "BilledCost=" + cost,
                        "EffectiveCost=" + cost,
                        "ChargePeriodStart=2026-06-01T00:00:00Z",
                        "ChargePeriodEnd=2026-06-06T00:00:00Z",
                        "SubAccountId=org-1",
                        "ResourceId=",
                        "ConsumedUnit=Tokens");
    }

    private void total(FocusCsv gateway, FocusCsv invoice, String billed, String... warnings) {
        total(List.of(), gateway, invoice, billed, warnings);
    }

    private void total(
            List<ExchangeRate> rates, FocusCsv gateway, FocusCsv invoice, String billed, String... warnings) {
        Path first = gateway.write(folder, "gateway.csv");
        Path second = invoice.write(folder, "invoice.csv");
        try (TestStore store = TestStore.of(
                folder,
                TestStore.settings(rates.isEmpty() ? null : "USD", rates, List.of(), List.of()),
                staging -> staging.files(TestStore.set(FileSet.Content.BILLING, first, second)))) {
            List<Audit.ProviderBill> bills = store.scan().bill().providers();
            assertThat(bills.stream().map(Audit.ProviderBill::billedCost).reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualByComparingTo(billed);
            if (warnings.length == 0) {
                assertThat(store.scan().warnings()).noneMatch(warning -> warning.contains("the cost of calls"));
            }
            for (String warning : warnings) {
                assertThat(store.scan().warnings()).anyMatch(message -> message.contains(warning));
            }
        }
    }

    @Test
    void what_only_an_estimate_names_is_no_resource() {
        Path gateway = calls("OpenAI", "1.10", 20).write(folder, "gateway.csv");
        Path invoice = invoice("OpenAI", "OpenAI API", "20.00").write(folder, "invoice.csv");
        try (TestStore store = TestStore.ofBills(folder, gateway, invoice)) {
            assertThat(store.locked()
                            .select("SELECT DISTINCT account_id FROM resources")
                            .rows())
                    .containsExactly(List.of("org-1"));
        }
    }

    @Test
    void an_estimate_of_the_calls_of_an_invoice_is_excluded_from_totals() {
        total(
                calls("OpenAI", "1.10", 20),
                invoice("OpenAI", "OpenAI API", "20.00"),
                "20.00",
                "gateway.csv has the cost of calls to openai, 22.00 USD on 5 days; ",
                "invoice.csv bills 20.00 USD for the same days. The first is an estimate of the second and is excluded "
                        + "from totals.");
        total(calls("AWS", "0.90", 20), invoice("AWS", "Amazon Bedrock", "20.00"), "20.00", "is excluded from totals");
        total(
                calls("Anthropic", "1.00", 20),
                invoice("Anthropic", "Claude API", "20.00"),
                "20.00",
                "is excluded from totals");
    }

    @Test
    void where_the_sums_are_apart_it_is_open_and_both_sums_are_reported() {
        total(
                calls("OpenAI", "1.00", 20),
                invoice("OpenAI", "OpenAI API", "100.00"),
                "120.00",
                "20.00 USD on 5 days",
                "bills 100.00 USD for the same days. Whether the first is");
    }

    private static FocusCsv in(String currency, FocusCsv file) {
        return new FocusCsv().rows(file, (column, value) -> column.equals("BillingCurrency") ? currency : value);
    }

    private static List<ExchangeRate> rate(String from, String rate) {
        return List.of(new ExchangeRate(from, "USD", new BigDecimal(rate), LocalDate.parse("2026-06-30")));
    }

    @Test
    void sums_in_two_currencies_are_compared_in_that_of_the_audit() {
        total(
                rate("JPY", "0.0075"),
                calls("OpenAI", "1.10", 20),
                in("JPY", invoice("OpenAI", "OpenAI API", "2800")),
                "21.00",
                "22.00 USD on 5 days; ",
                "bills 21.00 USD for the same days. The first is an estimate");
        total(
                rate("EUR", "1.5"),
                in("EUR", calls("OpenAI", "1.00", 20)),
                invoice("OpenAI", "OpenAI API", "20"),
                "50.00",
                "30.00 USD on 5 days; ",
                "bills 20.00 USD for the same days. Whether the first is");
    }

    /** As the FOCUS export of LiteLLM: a row for each day, model and key, with the provider's name in its code. */
    private static FocusCsv ofDays(String provider, String cost, int from, int to, String... more) {
        FocusCsv file = new FocusCsv();
        for (int day = from; day < to; day++) {
            String[] row = {
                "ProviderName=" + provider,
                "InvoiceIssuerName=" + provider,
                "ServiceName=chat",
                "ServiceCategory=AI and Machine Learning",
                "BilledCost=" + cost,
                "EffectiveCost=" + cost,
                "ChargePeriodStart=2026-06-0" + day + "T00:00:00Z",
                "ChargePeriodEnd=2026-06-0" + (day + 1) + "T00:00:00Z",
                "ChargeDescription=gpt-4.1",
                "BillingAccountId=key-1",
                "SubAccountId=team-a",
                "ResourceId=gpt-4.1",
                "ConsumedUnit=Requests"
            };
            String[] all = Arrays.copyOf(row, row.length + more.length);
            System.arraycopy(more, 0, all, row.length, more.length);
            file.row(all);
        }
        return file;
    }

    @ParameterizedTest
    @CsvSource({
        "openai, OpenAI, OpenAI API",
        "openai, 'OpenAI, L.L.C.', ChatGPT Enterprise",
        "text-completion-openai, OpenAI, OpenAI API",
        "anthropic, Anthropic, Claude API",
        "azure, Microsoft, Azure OpenAI",
        "azure_ai, Microsoft, Azure AI Foundry",
        "bedrock, AWS, Amazon Bedrock",
        "bedrock_converse, AWS, Amazon Bedrock",
        "vertex_ai, Google Cloud, Vertex AI",
        "vertex_ai-anthropic_models, Google Cloud, Vertex AI",
        "gemini, Google Cloud, Gemini API"
    })
    void requests_of_a_day_to_a_provider_as_a_library_calls_it_are_estimates(
            String library, String provider, String service) {
        total(
                ofDays(library, "4.40", 1, 6),
                invoice(provider, service, "20.00"),
                "20.00",
                "22.00 USD on 5 days; ",
                "is excluded from totals");
    }

    @Test
    void what_may_be_a_bill_of_requests_counts_and_both_sums_are_reported() {
        total(
                ofDays("OpenAI", "4.40", 1, 6),
                invoice("OpenAI", "OpenAI API", "20.00"),
                "42.00",
                "22.00 USD on 5 days; ",
                "bills 20.00 USD for the same days. Whether the first is");
        total(ofDays("OpenAI", "4.40", 1, 6, "SkuId=web-search"), invoice("OpenAI", "OpenAI API", "20.00"), "42.00");
    }

    @Test
    void a_gateway_is_compared_on_the_days_that_the_invoice_has_and_keeps_its_others() {
        total(
                ofDays("openai", "4.40", 1, 9),
                invoice("OpenAI", "OpenAI API", "20.00"),
                "33.20",
                "22.00 USD on 5 days; ",
                "is excluded from totals. On its other days it has 13.20 USD, which no bill has and");
        total(
                ofDays("openai", "8.80", 1, 9),
                invoice("OpenAI", "OpenAI API", "20.00"),
                "90.40",
                "44.00 USD on 5 days; ",
                "both were counted. If it is, omit it. On its other days it has 26.40 USD");
    }

    /** The sums of each day are those of the invoice, and so is the account: an invoice is never left out for it. */
    @Test
    void an_invoice_is_no_other_form_of_an_estimate() {
        FocusCsv gateway = new FocusCsv();
        FocusCsv bill = new FocusCsv();
        for (int day = 1; day < 6; day++) {
            String start = "2026-06-0" + day + "T";
            gateway.row(
                    "ServiceName=Amazon Bedrock",
                    "ChargePeriodStart=" + start + "10:00:17Z",
                    "ChargePeriodEnd=" + start + "10:00:19Z",
                    "ResourceId=call-" + day,
                    "ConsumedUnit=Tokens");
            bill.row(
                    "ServiceName=Amazon Bedrock",
                    "ChargePeriodStart=" + start + "00:00:00Z",
                    "ChargePeriodEnd=2026-06-0" + (day + 1) + "T00:00:00Z",
                    "ResourceId=",
                    "BilledCost=" + (day == 5 ? "9" : "1"),
                    "EffectiveCost=" + (day == 5 ? "9" : "1"),
                    "ConsumedUnit=Tokens");
        }
        Path first = gateway.write(folder, "gateway.csv");
        Path second = bill.write(folder, "invoice.csv");
        try (TestStore store = TestStore.ofBills(folder, first, second)) {
            assertThat(store.scan().bill().providers())
                    .singleElement()
                    .satisfies(sum -> assertThat(sum.billedCost()).isEqualByComparingTo("18"));
            assertThat(store.scan().warnings())
                    .filteredOn(warning -> warning.contains("gateway.csv"))
                    .singleElement()
                    .asString()
                    .contains("5.00 USD on 5 days", "bills 13.00 USD", "both were counted");
        }
    }

    @Test
    void calls_to_another_provider_are_a_bill_of_their_own() {
        total(calls("Mistral", "1.00", 20), invoice("OpenAI", "OpenAI API", "20.00"), "40.00");
    }

    @Test
    void an_invoice_for_machines_is_not_that_of_the_calls() {
        total(
                calls("AWS", "1.00", 20),
                new FocusCsv().row("BilledCost=20", "EffectiveCost=20", "ChargePeriodEnd=2026-06-01T01:00:00Z"),
                "40");
    }

    @Test
    void a_bill_by_the_hour_is_no_file_of_calls() {
        total(
                invoice("OpenAI", "OpenAI API", "20.00"),
                new FocusCsv()
                        .row(
                                "ProviderName=OpenAI",
                                "ServiceName=OpenAI API",
                                "BilledCost=20",
                                "EffectiveCost=20",
                                "SubAccountId=org-2",
                                "ResourceId=",
                                "ConsumedUnit=Tokens"),
                "40");
    }

    /** A log of calls without an invoice beside it: what is paid for is the use of models, not a resource a call. */
    @ParameterizedTest
    @CsvSource({
        "OpenAI, LiteLLM, req-, gpt-4o input tokens, Tokens, other:team-a/gpt-4o, model_usage",
        "Anthropic, Claude API, msg_, claude-sonnet-4-5 output tokens, 1K Tokens, other:team-a/claude-sonnet-4-5, "
                + "model_usage",
        "AWS, Amazon Bedrock, '', claude-haiku-4-5 calls, Requests, aws:team-a/claude-haiku-4-5, model_usage",
        "OpenAI, LiteLLM, req-, calls of somebody, Requests, other:team-a/LiteLLM, account",
        "AWS, Amazon Bedrock, arn:aws:bedrock:us-east-1:1:application-inference-profile/, claude-haiku-4-5 input "
                + "tokens, Tokens,, model_usage"
    })
    void single_calls_are_the_use_of_a_model(
            String provider, String service, String prefix, String words, String unit, String resource, String kind) {
        FocusCsv log = new FocusCsv();
        for (int i = 0; i < 4; i++) {
            log.row(
                    "ProviderName=" + provider,
                    "ServiceName=" + service,
                    "ServiceCategory=AI and Machine Learning",
                    "ChargePeriodStart=2026-06-01T10:0" + i + ":17Z",
                    "ChargePeriodEnd=2026-06-01T10:0" + i + ":19Z",
                    "SubAccountId=team-a",
                    "ResourceId=" + (prefix.isEmpty() ? "" : prefix + i),
                    "ChargeDescription=" + words,
                    "ConsumedUnit=" + unit);
        }
        try (TestStore store = TestStore.ofBills(folder, log.write(folder, "log.csv"))) {
            assertThat(store.locked()
                            .select("SELECT DISTINCT resource_id, kind FROM charges JOIN resources USING (resource_id)")
                            .rows())
                    .hasSize(resource == null ? 4 : 1)
                    .allSatisfy(row -> {
                        assertThat(row.get(0)).isEqualTo(resource == null ? row.get(0) : resource);
                        assertThat(row.get(1)).isEqualTo(kind);
                    });
        }
    }
}
