package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aiaudit.testing.Needs;
import io.aiaudit.testing.PageTables;
import io.aiaudit.testing.Slow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The six months of docs/money.md: its first table becomes bills, inventories, metrics and configurations, the others
 * are what the history of their audits says.
 */
@Slow
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HistoryMonthsTest {
    private static final Pattern CELL = Pattern.compile("(\\d) x ([\\d.]+), (\\d+)");
    private static final String NOT_THERE = "-";
    private static final String NOT_READ = "not read";
    private static final Path RULES = Needs.projectFolder().resolve("src/test/resources/history/rules");

    private Map<String, List<Map<String, String>>> page;
    private Path folder;
    private JsonNode history;

    @BeforeAll
    void auditSixMonths(@TempDir Path shared) throws IOException {
        folder = shared;
        page = PageTables.of("money.md");
        for (int month = 1; month <= 6; month++) {
            scan(YearMonth.of(2025, month));
        }
        Files.writeString(audits().resolve("notes.json"), "{\"about\": \"something else\"}");
        Run run = Run.of(
                "history",
                audits().toString(),
                "-q",
                "--rules",
                RULES.toString(),
                "-f",
                "terminal,html,pdf,json",
                "-o",
                report().toString(),
                "--client",
                "Acme & Sons");
        assertThat(run.exitCode()).as(run::toString).isZero();
        history = new ObjectMapper()
                .readTree(report().resolve("aiaudit-history.json").toFile());
    }

    private Path report() {
        return folder.resolve("report");
    }

    private Path audits() {
        return folder.resolve("audits");
    }

    /** The last month is kept as a saved scan, the others as reports. */
    private void scan(YearMonth month) throws IOException {
        Path input = Files.createDirectories(folder.resolve("input").resolve(month.toString()));
        StringBuilder bill =
                new StringBuilder("BilledCost,EffectiveCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,"
                        + "ChargeCategory,ServiceName,ProviderName,ResourceId,RegionId,SubAccountId,ConsumedUnit,"
                        + "ConsumedQuantity\n");
        StringBuilder inventory = new StringBuilder(
                "resource_id,kind,provider,account_id,region,name,machine_type,replicas,created_at\n");
        StringBuilder usage = new StringBuilder("resource_id,metric,hour,average,maximum,total\n");
        for (Map<String, String> row : page.get("an hour of")) {
            Matcher cell = CELL.matcher(row.get(month.toString()));
            if (cell.matches()) {
                describe(row, month, cell, bill, inventory, usage);
            } else {
                assertThat(row.get(month.toString())).isIn(NOT_THERE, NOT_READ);
            }
        }
        Files.writeString(input.resolve("aiaudit.yaml"), configuration(month));
        List<String> arguments = new ArrayList<>(
                List.of("scan", "-q", "--config", input.resolve("aiaudit.yaml").toString()));
        Map.of("--billing", bill, "--inventory", inventory, "--usage", usage).forEach((flag, text) -> {
            arguments.add(flag);
            arguments.add(write(input.resolve(flag.substring(2) + ".csv"), text));
        });
        arguments.addAll(
                List.of("--window", month.atDay(1) + "/" + month.plusMonths(1).atDay(1), "--rules", RULES.toString()));
        arguments.addAll(List.of("--rule", "inference-endpoint-idle,endpoint-half-used", "-f", "json"));
        boolean saved = month.getMonthValue() == 6;
        Path target = Files.createDirectories(audits().resolve(month.toString()));
        arguments.addAll(List.of("-o", (saved ? input : target).toString()));
        if (saved) {
            arguments.addAll(List.of("--save", target.resolve("scan.aiaudit").toString()));
        }
        Run run = Run.of(arguments.toArray(String[]::new));
        assertThat(run.exitCode()).as(run::toString).isZero();
    }

    private static String write(Path file, CharSequence text) {
        try {
            return Files.writeString(file, text).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void describe(
            Map<String, String> row,
            YearMonth month,
            Matcher cell,
            StringBuilder bill,
            StringBuilder inventory,
            StringBuilder usage) {
        String name = row.get("an hour of");
        String provider = row.get("provider");
        String id = id(provider, name);
        String replicas = cell.group(1);
        BigDecimal dayCost =
                new BigDecimal(cell.group(2)).multiply(new BigDecimal(replicas)).multiply(new BigDecimal(24));
        LocalDate created = name.equals("rank") ? LocalDate.of(2025, 3, 1) : LocalDate.of(2024, 6, 1);
        inventory
                .append(String.join(
                        ",",
                        id,
                        "inference_endpoint",
                        provider,
                        account(provider),
                        region(provider),
                        name,
                        type(provider),
                        replicas))
                .append(',')
                .append(created)
                .append("T00:00:00Z\n");
        for (LocalDate day = month.atDay(1); !day.isAfter(month.atEndOfMonth()); day = day.plusDays(1)) {
            bill.append(dayCost).append(',').append(dayCost).append(",USD,");
            bill.append(day).append("T00:00:00Z,").append(day.plusDays(1)).append("T00:00:00Z,Usage,");
            bill.append(String.join(",", service(provider), id, region(provider), account(provider)))
                    .append(",Hours,24\n");
            for (int hour = 0; hour < 24; hour++) {
                usage.append(id).append(",requests,").append(String.format("%sT%02d:00:00Z", day, hour));
                usage.append(",,,").append(cell.group(3)).append('\n');
            }
        }
    }

    private static String id(String provider, String name) {
        return switch (provider) {
            case "aws" -> "arn:aws:sagemaker:eu-west-1:111122223333:endpoint/" + name;
            case "azure" ->
                "/subscriptions/7c0f2a4e-0000-4000-8000-00000000a001/resourcegroups/ml/providers"
                        + "/microsoft.machinelearningservices/workspaces/ws/onlineendpoints/" + name;
            default -> "//aiplatform.googleapis.com/projects/lab/locations/europe-west1/endpoints/" + name;
        };
    }

    private static String account(String provider) {
        return switch (provider) {
            case "aws" -> "111122223333";
            case "azure" -> "7c0f2a4e-0000-4000-8000-00000000a001";
            default -> "lab";
        };
    }

    private static String region(String provider) {
        return switch (provider) {
            case "aws" -> "eu-west-1";
            case "azure" -> "westeurope";
            default -> "europe-west1";
        };
    }

    private static String type(String provider) {
        return switch (provider) {
            case "aws" -> "ml.g5.xlarge";
            case "azure" -> "Standard_NC4as_T4_v3";
            default -> "g2-standard-4";
        };
    }

    private static String service(String provider) {
        return switch (provider) {
            case "aws" -> "Amazon SageMaker,AWS";
            case "azure" -> "Azure Machine Learning,Microsoft";
            default -> "Vertex AI,Google Cloud";
        };
    }

    private static String configuration(YearMonth month) {
        int number = month.getMonthValue();
        String policy = number == 1 ? "" : "policy:\n  - {match: {resource: api}, latency: yes}\n";
        String until = number < 4 ? "" : ", until: 2025-04-15";
        String ignore = number == 1 || number > 4
                ? ""
                : "ignore:\n  - {rule: inference-endpoint-idle, resource: ocr, reason: needed for a test" + until
                        + "}\n";
        return policy + ignore;
    }

    @Test
    void each_finding_is_in_one_class_of_the_first_sentence() throws IOException {
        String sentence = Files.readString(report().resolve("aiaudit-history.txt"))
                .lines()
                .filter(line -> line.contains(" findings in 6 audits: "))
                .findFirst()
                .orElseThrow();
        Matcher figures = Pattern.compile("\\d+").matcher(sentence.replaceFirst(" in 6 audits:", ":"));
        List<Integer> numbers =
                figures.results().map(figure -> Integer.valueOf(figure.group())).toList();
        assertThat(numbers.subList(1, numbers.size()).stream()
                        .mapToInt(number -> number)
                        .sum())
                .as(sentence)
                .isEqualTo(numbers.get(0));
    }

    @Test
    void spend_and_waste_of_each_month_are_those_of_the_page() {
        List<Map<String, String>> rows = new ArrayList<>();
        for (JsonNode audit : history.path("audits")) {
            Map<String, String> row = new TreeMap<>();
            row.put("in", audit.path("day").asText().substring(0, "2025-01".length()));
            row.put("AI spend", money(audit.path("monthly_ai_cost")));
            row.put("counted", money(audit.path("waste").path("counted").path("amount")));
            row.put(
                    "needs decision",
                    money(audit.path("waste").path("unconfirmed").path("amount")));
            row.put("accepted", money(audit.path("waste").path("accepted").path("amount")));
            rows.add(row);
        }
        assertThat(rows).isEqualTo(sorted("in"));
    }

    @Test
    void the_course_of_each_finding_is_that_of_the_page() {
        Map<String, Map<String, String>> lifetimes = new TreeMap<>();
        for (JsonNode life : history.path("findings")) {
            Map<String, String> row = new TreeMap<>();
            List<String> events = new ArrayList<>();
            life.path("events").forEach(event -> events.add(event.path("what").asText()));
            row.put("finding on", life.path("resource_name").asText());
            row.put("first seen", life.path("first_seen").asText());
            row.put("decided", life.path("decided").textValue());
            row.put("ended", life.path("ended").textValue());
            row.put("state", life.path("state").asText());
            row.put("amount", money(life.path("amount")));
            row.put("what happened", String.join(", ", events));
            lifetimes.put(row.get("finding on"), row);
        }
        assertThat(lifetimes).isEqualTo(byName("finding on"));
    }

    @Test
    void what_was_realized_is_that_of_the_page() {
        Map<String, Map<String, String>> realized = new TreeMap<>();
        for (JsonNode each : history.path("realized")) {
            Map<String, String> row = new TreeMap<>();
            row.put("realized on", each.path("resource_name").asText());
            row.put("claimed", money(each.path("claimed")));
            row.put("before", money(each.path("cost_before")));
            row.put("after", money(each.path("cost_after")));
            row.put(
                    "use",
                    each.path("use_change").isNull()
                            ? null
                            : each.path("use_change").asText());
            row.put("drop", money(each.path("drop")));
            row.put("realized", money(each.path("realized")));
            realized.put(row.get("realized on"), row);
        }
        assertThat(realized).isEqualTo(byName("realized on"));
        assertThat(money(history.path("totals").path("claimed"))).isEqualTo("4252.25");
        assertThat(money(history.path("totals").path("realized"))).isEqualTo("3796.00");
        assertThat(history.path("review").path("state").asText()).isEqualTo("yes");
    }

    private List<Map<String, String>> sorted(String table) {
        return page.get(table).stream().map(HistoryMonthsTest::named).toList();
    }

    /** Without what is behind the last bar of a row. */
    private static Map<String, String> named(Map<String, String> row) {
        Map<String, String> named = new TreeMap<>(row);
        named.remove("");
        return named;
    }

    private Map<String, Map<String, String>> byName(String table) {
        Map<String, Map<String, String>> rows = new TreeMap<>();
        sorted(table).forEach(row -> rows.put(row.get(table), row));
        return rows;
    }

    private static String money(JsonNode amount) {
        return amount.isNull() ? null : amount.decimalValue().setScale(2).toPlainString();
    }

    /** What nobody read is neither fixed nor gone, in a comparison of two audits, too. */
    @Test
    void the_lost_source_is_not_examined_in_a_diff() throws IOException {
        Run run = Run.of(
                "diff",
                audits().resolve("2025-03/aiaudit.json").toString(),
                audits().resolve("2025-04/aiaudit.json").toString(),
                "-q",
                "-f",
                "json");
        Map<String, String> causes = new TreeMap<>();
        JsonNode findings = new ObjectMapper().readTree(run.out()).path("findings");
        findings.path("gone")
                .forEach(change -> causes.put(
                        change.path("resource_name").asText(),
                        change.path("cause").asText()));

        assertThat(causes).isEqualTo(Map.of("api", "fixed", "tags", "not_examined"));
    }

    /** The last month is kept as a saved scan; its audit lies beside its input. */
    private Path audit(int month) {
        String name = YearMonth.of(2025, month).toString();
        return (month == 6 ? folder.resolve("input") : audits()).resolve(name).resolve("aiaudit.json");
    }

    @Test
    void what_changed_from_month_to_month_is_that_of_the_page() throws IOException {
        List<Map<String, String>> rows = new ArrayList<>();
        for (int month = 2; month <= 6; month++) {
            Run run = Run.of("diff", audit(month - 1).toString(), audit(month).toString(), "-q", "-f", "json");
            JsonNode diff = new ObjectMapper().readTree(run.out());
            BigDecimal sum = BigDecimal.ZERO;
            for (JsonNode changes : diff.path("findings")) {
                for (JsonNode change : changes) {
                    rows.add(Map.of(
                            "changed in",
                            YearMonth.of(2025, month).toString(),
                            "finding on",
                            change.path("resource_name").asText(),
                            "cause",
                            change.path("cause").asText(),
                            "net saving",
                            money(change.path("saving_change"))));
                    sum = sum.add(change.path("saving_change").decimalValue());
                }
            }
            assertThat(diff.path("saving_change").decimalValue()).isEqualByComparingTo(sum);
        }
        assertThat(rows).containsExactlyInAnyOrderElementsOf(sorted("changed in"));
    }

    @Test
    void only_what_is_new_fails_a_job_with_a_baseline() {
        List<Integer> codes = new ArrayList<>();
        for (int month = 2; month <= 6; month++) {
            codes.add(comparedWithTheMonthBefore(month, "new"));
        }
        assertThat(codes).containsExactly(0, 3, 0, 0, 0);
        assertThat(comparedWithTheMonthBefore(3, "new:1240")).isEqualTo(3);
        assertThat(comparedWithTheMonthBefore(3, "new:1241")).isZero();
    }

    private int comparedWithTheMonthBefore(int month, String condition) {
        return Run.of(
                        "report",
                        audit(month).toString(),
                        "-q",
                        "-f",
                        "json",
                        "--baseline",
                        audit(month - 1).toString(),
                        "--fail-on",
                        condition)
                .exitCode();
    }

    @Test
    void every_format_has_the_sums_and_the_pdf_is_one_page() throws IOException {
        Path report = report();
        assertThat(Files.readString(report.resolve("aiaudit-history.txt")))
                .contains("$4,252", "$3,796", "(89 %)", "Reviewed monthly: yes, 6 of 6 months");
        assertThat(Files.readString(report.resolve("aiaudit-history.html")))
                .contains("Acme &amp; Sons: AI cost history, 2025-01-31 to 2025-06-30", "$4,252", "$3,796")
                .doesNotContain("<script");
        try (PDDocument pdf =
                Loader.loadPDF(report.resolve("aiaudit-history.pdf").toFile())) {
            assertThat(pdf.getNumberOfPages()).isEqualTo(1);
        }
        assertThat(Files.readString(report.resolve("aiaudit-history.json"), StandardCharsets.UTF_8))
                .contains("aiaudit/history/v1");
        assertThat(report).isDirectoryNotContaining(file -> file.toString().endsWith(".partial"));
    }
}
