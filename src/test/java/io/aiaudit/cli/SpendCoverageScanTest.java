package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.NotAssessed;
import io.aiaudit.model.Audit.Verdict;
import io.aiaudit.model.Coverage;
import io.aiaudit.model.Status;
import io.aiaudit.report.json.AuditJson;
import io.aiaudit.testing.Slow;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the money is spent on is in use only where something shows use: each resource costs 24.00 a day in June 2026, or
 * since it was made.
 */
@Slow
class SpendCoverageScanTest {
    private static final String OLD = "2026-01-05";
    private static final String YOUNG = "2026-06-20";
    private static final String UNIT = "arn:aws:bedrock:us-east-1:111111111111:provisioned-model/";
    private static final String ENDPOINT = "arn:aws:sagemaker:us-east-1:111111111111:endpoint/";
    private static final String NOTEBOOK = "arn:aws:sagemaker:us-east-1:111111111111:notebook-instance/";
    private static final String RESERVATION = "arn:aws:ec2:us-east-1:111111111111:capacity-reservation/";
    private static final String SERVICE = "//run.googleapis.com/projects/ml/locations/us-central1/services/";

    @TempDir
    private Path folder;

    private final List<String> bill = new ArrayList<>();
    private final List<String> inventory = new ArrayList<>();
    private final List<String> usage = new ArrayList<>();

    /**
     * {@code more}: machine_type, replicas, purchase, accelerator, accelerator_count, parent_id, used_instances,
     * attached, attached_to, detached_since, min_instances, model, and ended_at where it has.
     */
    private void resource(String id, String kind, String name, String createdAt, String service, String more) {
        described(id, kind, name, createdAt, more);
        String provider = id.startsWith("//") ? "Google Cloud" : "AWS";
        LocalDate first = LocalDate.parse(createdAt).isBefore(LocalDate.of(2026, 6, 1))
                ? LocalDate.of(2026, 6, 1)
                : LocalDate.parse(createdAt);
        for (LocalDate day = first; day.isBefore(LocalDate.of(2026, 7, 1)); day = day.plusDays(1)) {
            bill.add("24,24,USD,%sT00:00:00Z,%sT00:00:00Z,Usage,%s,%s,%s,us-east-1,%s,Hours,24,%s"
                    .formatted(
                            day,
                            day.plusDays(1),
                            service,
                            provider,
                            account(id),
                            id,
                            id.startsWith("vol-") ? "gp3 storage" : "instance hours"));
        }
    }

    private void described(String id, String kind, String name, String createdAt, String more) {
        inventory.add("%s,%s,%s,%s,us-east-1,%s,%s,%s"
                .formatted(
                        id,
                        kind,
                        id.startsWith("//") ? "gcp" : "aws",
                        account(id),
                        name,
                        createdAt,
                        more
                                + ","
                                        .repeat(12
                                                - (int) more.chars()
                                                        .filter(c -> c == ',')
                                                        .count())));
    }

    private static String account(String id) {
        return id.startsWith("//") ? "ml" : "111111111111";
    }

    private void measured(String id, String metric, String from, double average, long total) {
        Instant end = Instant.parse("2026-07-01T00:00:00Z");
        for (Instant hour = Instant.parse(from + "T00:00:00Z");
                hour.isBefore(end);
                hour = hour.plus(1, ChronoUnit.HOURS)) {
            usage.add(
                    metric.endsWith("utilization") || metric.endsWith("_gib")
                            ? "%s,%s,%s,%s,%s,".formatted(id, metric, hour, average, average)
                            : "%s,%s,%s,,,%d".formatted(id, metric, hour, total));
        }
    }

    private Audit scan(String window, String config) throws IOException {
        Path out = folder.resolve("out");
        Files.createDirectories(folder.resolve("in"));
        write(
                "in/bill.csv",
                "BilledCost,EffectiveCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,"
                        + "ServiceName,ProviderName,SubAccountId,RegionId,ResourceId,ConsumedUnit,ConsumedQuantity,"
                        + "ChargeDescription",
                bill);
        write(
                "in/inventory.csv",
                "resource_id,kind,provider,account_id,region,name,created_at,machine_type,replicas,purchase,"
                        + "accelerator,accelerator_count,parent_id,used_instances,attached,attached_to,"
                        + "detached_since,min_instances,model,ended_at",
                inventory);
        write("in/usage.csv", "resource_id,metric,hour,average,maximum,total", usage);
        Path yaml =
                Files.writeString(folder.resolve("aiaudit.yaml"), "ai: {accounts: ['111111111111', ml]}\n" + config);
        Run run = Run.of(
                "scan",
                folder.resolve("in").toString(),
                "--config",
                yaml.toString(),
                "--window",
                window,
                "-q",
                "-f",
                "json",
                "-o",
                out.toString());
        assertThat(run.exitCode()).as(run::err).isZero();
        Audit audit = AuditJson.read(out.resolve("aiaudit.json"));
        Coverage coverage = audit.totals().coverage();
        assertThat(coverage.sum()).isEqualTo(audit.totals().windowAiCost());
        return audit;
    }

    /** A file without a row would be a gap of its own. */
    private void write(String name, String head, List<String> lines) throws IOException {
        if (lines.isEmpty()) {
            Files.deleteIfExists(folder.resolve(name));
            return;
        }
        Files.writeString(folder.resolve(name), head + "\n" + String.join("\n", lines) + "\n");
    }

    private static String verdict(Audit audit, String name) {
        Verdict verdict = audit.verdicts().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        return verdict.verdict() + ": " + verdict.reason();
    }

    @Test
    void what_is_too_young_to_be_called_idle_is_not_in_use() throws IOException {
        resource(
                "i-0abc1230def4567c1",
                "instance",
                "machine",
                YOUNG,
                "Amazon Elastic Compute Cloud",
                "g5.xlarge,1,,A10G,1,,,,,,,");
        measured("i-0abc1230def4567c1", "gpu_utilization", YOUNG, 0, 0);
        resource(
                ENDPOINT + "chat",
                "inference_endpoint",
                "chat",
                YOUNG,
                "Amazon SageMaker",
                "ml.g5.xlarge,1,,A10G,1,,,,,,,");
        measured(ENDPOINT + "chat", "requests", YOUNG, 0, 0);
        resource(NOTEBOOK + "lab", "notebook", "lab", YOUNG, "Amazon SageMaker", "ml.g5.xlarge,1,,A10G,1,,,,,,,");
        measured(NOTEBOOK + "lab", "gpu_utilization", YOUNG, 0, 0);
        resource(UNIT + "unit", "provisioned_throughput", "unit", YOUNG, "Amazon Bedrock", ",1,,,,,,,,,,");
        measured(UNIT + "unit", "requests", YOUNG, 0, 0);

        Audit audit = scan("2026-06-01/2026-07-01", "");

        for (String name : List.of("machine", "chat", "lab", "unit")) {
            assertThat(verdict(audit, name))
                    .isEqualTo("not_assessed: No use was measured in 264 hours; it is too new to count as idle.");
        }
        assertThat(audit.totals().coverage().inUse()).isZero();
        assertThat(audit.totals().coverage().notAssessed()).isEqualByComparingTo("1056");
        assertThat(audit.notAssessed()).singleElement().satisfies(thing -> {
            assertThat(thing.missing()).isEqualTo("it is too new to count as idle");
            assertThat(thing.what()).isEqualTo("days");
            assertThat(thing.cost()).isEqualByComparingTo("1056");
        });
    }

    /** An endpoint on a larger instance until 2026-06-20, with this many requests on one day before and one after. */
    private void resized(String name, int before, int after) {
        String id = ENDPOINT + name;
        described(id, "inference_endpoint", name, OLD, "ml.g5.2xlarge,1,,,,,,,,,,,");
        for (LocalDate day = LocalDate.of(2026, 6, 1); day.getMonthValue() == 6; day = day.plusDays(1)) {
            boolean isLarge = day.isBefore(LocalDate.of(2026, 6, 20));
            String cost = isLarge ? "240" : "48";
            String type = isLarge ? "$10.00 per Hosting ml.g5.12xlarge hour" : "$2.00 per Hosting ml.g5.2xlarge hour";
            bill.add("%s,%1$s,USD,%sT00:00:00Z,%sT00:00:00Z,Usage,Amazon SageMaker,AWS,%s,us-east-1,%s,Hours,24,%s"
                    .formatted(cost, day, day.plusDays(1), account(id), id, type));
        }
        measured(id, "requests", "2026-06-01", 0, 0);
        usage.remove(id + ",requests,2026-06-03T10:00:00Z,,,0");
        usage.add(id + ",requests,2026-06-03T10:00:00Z,,," + before);
        usage.remove(id + ",requests,2026-06-25T10:00:00Z,,,0");
        usage.add(id + ",requests,2026-06-25T10:00:00Z,,," + after);
    }

    @Test
    void work_on_an_earlier_machine_type_does_not_show_that_the_present_one_is_used() throws IOException {
        resized("before", 7200, 0);
        resized("after", 7200, 5);

        Audit audit = scan("2026-06-01/2026-07-01", "");

        assertThat(verdict(audit, "before"))
                .isEqualTo("not_assessed: No use was measured in 264 hours; it was changed on 2026-06-20, and earlier "
                        + "hours do not count. 7,200 requests in 720 hours.");
        assertThat(verdict(audit, "after")).startsWith("in_use: 7,205 requests in 720 hours; ");
    }

    /** A day of tokens in one row, as a provider exports it, of a model that is paid per token or by the hour. */
    @ParameterizedTest
    @CsvSource({"Tokens, in_use: 3;000;000 tokens input in 30 hours", "Hours, not_assessed: "})
    void tokens_by_the_day_of_a_model_that_is_paid_per_token_hide_no_finding(String unit, String says)
            throws IOException {
        described("daily", "model_usage", "daily", OLD, ",,,,,,,,,,,gpt-4.1");
        for (LocalDate day = LocalDate.of(2026, 6, 1); day.getMonthValue() == 6; day = day.plusDays(1)) {
            bill.add("100,100,USD,%sT00:00:00Z,%sT00:00:00Z,Usage,OpenAI API,OpenAI,111111111111,,daily,%s,24,gpt-4.1"
                    .formatted(day, day.plusDays(1), unit));
            usage.add("daily,tokens_input,%sT00:00:00Z,,,100000".formatted(day));
        }
        assertThat(verdict(scan("2026-06-01/2026-07-01", ""), "daily")).startsWith(says.replace(';', ','));
    }

    @Test
    void what_was_not_assessed_adds_up_where_more_was_refunded_than_charged() throws IOException {
        resource(UNIT + "unit", "provisioned_throughput", "unit", YOUNG, "Amazon Bedrock", ",1,,,,,,,,,,");
        bill.add("-40,-40,USD,2026-06-12T00:00:00Z,2026-06-13T00:00:00Z,Usage,Amazon Bedrock,AWS,111111111111,"
                + "us-east-1," + UNIT + "gone,Hours,-40,instance hours");

        Audit audit = scan("2026-06-01/2026-07-01", "");

        assertThat(audit.totals().coverage().notAssessed()).isEqualByComparingTo("224");
        assertThat(audit.notAssessed())
                .extracting(thing -> thing.cost().intValueExact() + " " + thing.missing())
                .containsExactly(
                        "264 it existed for less than 14 days in the window",
                        "-40 refunds and discounts above what was charged");
        assertThat(audit.notAssessed())
                .last()
                .satisfies(refund -> assertThat(refund.largestResources()).containsExactly(UNIT + "gone"));
    }

    /** What is paid once more for all of June: negative, of a service that nobody uses. */
    private void given(String amount, String category, String description) {
        bill.add("%s,%1$s,USD,2026-06-01T00:00:00Z,2026-07-01T00:00:00Z,%s,Contract,AWS,111111111111,,,,,%s"
                .formatted(amount, category, description));
    }

    @Test
    void a_discount_that_matches_no_use_lowers_what_can_be_saved_and_a_refund_does_not() throws IOException {
        resource(
                ENDPOINT + "idle",
                "inference_endpoint",
                "idle",
                OLD,
                "Amazon SageMaker",
                "ml.g5.xlarge,1,,A10G,1,,,,,,,");
        measured(ENDPOINT + "idle", "requests", "2026-06-01", 0, 0);
        BigDecimal whole = scan("2026-06-01/2026-07-01", "").totals().saving().likely();
        given("-72", "Adjustment", "Refund");
        given("-72", "Credit", "Welcome credit");
        given("-72", "Tax", "Negotiated discount");
        assertThat(scan("2026-06-01/2026-07-01", "").totals().saving().likely()).isEqualTo(whole);

        given("-72", "Credit", "Negotiated discount");
        Audit audit = scan("2026-06-01/2026-07-01", "");

        assertThat(audit.totals().windowAiCost()).isEqualByComparingTo("648");
        assertThat(audit.totals().saving().likely())
                .isPositive()
                .isEqualByComparingTo(whole.multiply(new BigDecimal("0.9")).setScale(2, RoundingMode.HALF_EVEN));
        assertThat(audit.warnings())
                .containsOnlyOnce("aws: 72.00 USD of price discounts (1 row) matches no use of its month and is taken"
                        + " off all use of its service, account or payer in proportion to cost.");

        given("-828", "Credit", "Negotiated discount");
        Audit beyond = scan("2026-06-01/2026-07-01", "");

        assertThat(beyond.totals().saving().high()).isZero();
        assertThat(beyond.totals().windowAiCost()).isEqualByComparingTo("-180");
        assertThat(beyond.notAssessed())
                .extracting(thing -> thing.cost().intValueExact() + " " + thing.missing())
                .containsExactly("-180 refunds and discounts above what was charged");
    }

    @Test
    void what_cost_more_in_the_past_and_has_no_finding_is_not_left_after_a_fix() throws IOException {
        for (LocalDate day = LocalDate.of(2026, 6, 1); day.isBefore(LocalDate.of(2026, 7, 1)); day = day.plusDays(1)) {
            String cost = day.getDayOfMonth() < 16 ? "48" : "24";
            bill.add(
                    "%s,%s,USD,%sT00:00:00Z,%sT00:00:00Z,Usage,Amazon S3,AWS,111111111111,us-east-1,%s,GB-Mo,24,storage"
                            .formatted(cost, cost, day, day.plusDays(1), "arn:aws:s3:::datasets"));
        }

        Audit audit = scan("2026-06-01/2026-07-01", "");

        assertThat(audit.totals().coverage().past()).isPositive();
        assertThat(audit.notAssessed())
                .singleElement()
                .satisfies(thing -> assertThat(thing.missing()).isEqualTo("service"));
    }

    @Test
    void a_window_that_is_too_short_and_a_standby_show_no_use_either() throws IOException {
        for (String name : List.of("quiet", "kept", "busy")) {
            resource(UNIT + name, "provisioned_throughput", name, OLD, "Amazon Bedrock", ",1,,,,,,,,,,");
            String since = name.equals("quiet") ? "2026-06-21" : "2026-06-01";
            measured(UNIT + name, "requests", since, 0, name.equals("busy") ? 5 : 0);
        }
        String config = "policy:\n  - {match: {resource: '*/kept'}, standby: true}\n";

        Audit audit = scan("2026-06-21/2026-07-01", config);
        assertThat(verdict(audit, "quiet"))
                .isEqualTo("not_assessed: No use was measured in 240 hours; the window is too short to show that it is "
                        + "idle.");
        assertThat(verdict(audit, "kept"))
                .isEqualTo("not_assessed: No use was measured in 240 hours; the policy keeps it as a standby.");
        assertThat(verdict(audit, "busy"))
                .as("units without a model of their own are no concern of custom-model-hosting-idle")
                .isEqualTo("in_use: 1,200 requests in 240 hours; provisioned-throughput-idle found no waste."
                        + " Not assessed: the window is shorter than 14 days.");
        assertThat(audit.totals().coverage().inUse()).isEqualByComparingTo("240");

        assertThat(verdict(scan("2026-06-01/2026-07-01", config), "kept"))
                .isEqualTo("not_assessed: No use was measured in 720 hours; the policy keeps it as a standby.");
    }

    @Test
    void the_inventory_shows_use_only_where_it_says_so() throws IOException {
        resource(
                RESERVATION + "young",
                "capacity_reservation",
                "young",
                YOUNG,
                "Amazon Elastic Compute Cloud",
                "p4d.24xlarge,10,,,,,0,,,,,");
        resource(
                RESERVATION + "full",
                "capacity_reservation",
                "full",
                OLD,
                "Amazon Elastic Compute Cloud",
                "p4d.24xlarge,10,,,,,9,,,,,");
        resource(
                RESERVATION + "kept",
                "capacity_reservation",
                "kept",
                OLD,
                "Amazon Elastic Compute Cloud",
                "p4d.24xlarge,10,,,,,0,,,,,");
        resource(
                "vol-0000000000000000c",
                "volume",
                "lately",
                OLD,
                "Amazon Elastic Block Store",
                "gp3,,,,,,,false,,2026-06-20,,");
        resource(
                "vol-0000000000000000e", "volume", "attached", OLD, "Amazon Elastic Block Store", "gp3,,,,,,,true,,,,");
        resource(
                "vol-0000000000000000h",
                "volume",
                "both",
                OLD,
                "Amazon Elastic Block Store",
                "gp3,,,,,,,false,i-0123456789abcdef0,2026-06-10,,");

        Audit audit = scan("2026-06-01/2026-07-01", "policy:\n  - {match: {resource: '*/kept'}, standby: true}\n");

        assertThat(verdict(audit, "young"))
                .isEqualTo(
                        "not_assessed: The inventory says that 0 of 10 reserved instances run; it is too new to count "
                                + "as idle.");
        assertThat(verdict(audit, "kept"))
                .isEqualTo(
                        "not_assessed: The inventory says that 0 of 10 reserved instances run; the policy keeps it as "
                                + "a standby.");
        assertThat(verdict(audit, "full"))
                .isEqualTo("in_use: The inventory says that 9 of 10 reserved instances run; "
                        + "capacity-reservation-unused found no waste.");
        assertThat(verdict(audit, "lately"))
                .isEqualTo(
                        "not_assessed: The inventory says that nothing is attached to it; it was not idle long enough "
                                + "to be reported.");
        assertThat(verdict(audit, "attached"))
                .isEqualTo("in_use: The inventory says that it is attached; storage-orphaned found no waste.");
        assertThat(verdict(audit, "both"))
                .isEqualTo("not_assessed: The inventory says that something uses it, and also that nothing does.");
        assertThat(audit.totals().coverage().inUse()).isEqualByComparingTo("1440");
    }

    @Test
    void a_verdict_says_where_use_was_measured_and_what_counts_for_nothing() throws IOException {
        described(ENDPOINT + "chat", "inference_endpoint", "chat", OLD, ",,,,,,,,,,,");
        resource(
                ENDPOINT + "chat/variant/a",
                "inference_endpoint",
                "a",
                OLD,
                "Amazon SageMaker",
                "ml.g5.xlarge,1,,A10G,1," + ENDPOINT + "chat,,,,,,");
        measured(ENDPOINT + "chat", "requests", "2026-06-01", 0, 100);
        resource(UNIT + "bought", "provisioned_throughput", "bought", OLD, "Amazon Bedrock", ",1,committed,,,,,,,,,");
        measured(UNIT + "bought", "requests", "2026-06-01", 0, 0);
        resource(SERVICE + "rank", "service", "rank", OLD, "Cloud Run", ",1,,L4,1,,,,,,1,");
        measured(SERVICE + "rank", "requests", "2026-06-01", 0, 3);

        Audit audit = scan("2026-06-01/2026-07-01", "");

        assertThat(verdict(audit, "a"))
                .startsWith("in_use: 72,000 requests in 720 hours, measured on the inference endpoint chat; ")
                .contains("inference-endpoint-off-hours found no waste.");
        assertThat(verdict(audit, "bought"))
                .startsWith("finding: Not realized until the commitment expires. No traffic on bought in 30 days");
        assertThat(verdict(audit, "rank"))
                .isEqualTo("in_use: 2,160 requests in 720 hours; service-minimum-idle found no waste.");
    }

    @Test
    void what_has_ended_was_not_too_short_a_time_idle() throws IOException {
        String job = "arn:aws:sagemaker:us-east-1:111111111111:training-job/tried";
        resource(
                job,
                "training_job",
                "tried",
                "2026-06-20",
                "Amazon SageMaker",
                "ml.g5.xlarge,1,,A10G,1,,,,,,,,2026-06-30T00:00:00Z");
        measured(job, "gpu_utilization", "2026-06-20", 0, 0);

        Audit audit = scan("2026-06-01/2026-07-01", "");

        assertThat(verdict(audit, "tried")).contains("; it has ended, and what it did will not be saved any more.");
        assertThat(audit.notAssessed())
                .extracting(thing -> thing.missing())
                .containsExactly("what has ended and is billed no more");
    }

    /** Every hour of its life was measured: none can be added. Where it goes on, the days since then are missing. */
    @ParameterizedTest
    @CsvSource({
        "2026-06-18T00:00:00Z, what has ended and is billed no more",
        "'', gpu_utilization",
        "2026-09-01T00:00:00Z, gpu_utilization"
    })
    void a_metric_that_ends_with_its_resource_lacks_no_hours(String endedAt, String missing) throws IOException {
        described("i-0a1", "instance", "moved", "2026-06-01", "g5.xlarge,1,,A10G,1,,,,,,,," + endedAt);
        for (int day = 1; day < 18; day++) {
            bill.add(("24,24,USD,2026-06-%02dT00:00:00Z,2026-06-%02dT00:00:00Z,Usage,Amazon Elastic Compute Cloud,AWS,"
                            + "111111111111,us-east-1,i-0a1,Hours,24,instance hours")
                    .formatted(day, day + 1));
        }
        measured("i-0a1", "gpu_utilization", "2026-06-01", 0.8, 0);
        measured("i-0a1", "cpu_utilization", "2026-06-01", 0.5, 0);
        usage.removeIf(row -> row.split(",")[2].compareTo("2026-06-18") >= 0);
        // its workload goes on in another zone, so that what it did is judged
        String compute = "Amazon Elastic Compute Cloud";
        resource("i-0a2", "instance", "moved", "2026-06-18", compute, "g5.xlarge,1,,A10G,1,,,,,,,,");
        measured("i-0a2", "gpu_utilization", "2026-06-18", 0.8, 0);
        measured("i-0a2", "cpu_utilization", "2026-06-18", 0.5, 0);

        Audit audit = scan("2026-06-01/2026-07-01", "");

        assertThat(audit.notAssessed())
                .filteredOn(thing -> thing.largestResources().contains("i-0a1"))
                .extracting(thing -> thing.missing())
                .as(() -> audit.notAssessed().toString())
                .containsExactly(missing);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-09-01T00:00:00Z", "2026-05-20T00:00:00Z", ""})
    void what_has_ended_after_the_window_or_before_it_is_billed_all_the_same(String endedAt) throws IOException {
        resource(
                ENDPOINT + "over",
                "inference_endpoint",
                "over",
                OLD,
                "Amazon SageMaker",
                "ml.g5.xlarge,0,,A10G,1,,,,,,,," + endedAt);

        Audit audit = scan("2026-06-01/2026-07-01", "");

        assertThat(audit.notAssessed())
                .extracting(thing -> thing.missing())
                .containsExactly("why it has a cost though nothing of it runs");
    }

    @Test
    void of_metrics_that_would_help_the_one_that_most_rules_wait_for_is_named() throws IOException {
        resource(ENDPOINT + "dark", "inference_endpoint", "dark", OLD, "Amazon SageMaker", "ml.g5.2xlarge,1,on_demand");

        assertThat(scan("2026-06-01/2026-07-01", "").notAssessed())
                .extracting(NotAssessed::missing)
                .containsExactly("requests");
    }

    @Test
    void of_metrics_that_would_help_the_one_that_lacks_hours_is_named_before_the_one_that_is_not_there()
            throws IOException {
        resource(UNIT + "hole", "provisioned_throughput", "hole", OLD, "Amazon Bedrock", ",4,,,,,,,,,,");
        measured(UNIT + "hole", "throughput_utilization", "2026-06-01", 0.2, 0);
        usage.remove(100);

        Audit audit = scan("2026-06-01/2026-07-01", "");

        assertThat(audit.notAssessed()).singleElement().satisfies(thing -> {
            assertThat(thing.missing()).isEqualTo("throughput_utilization");
            assertThat(thing.fix()).startsWith("Add the missing hours of the metric throughput_utilization: ");
            assertThat(thing.largestResources()).containsExactly(UNIT + "hole");
        });
    }

    @Test
    void money_is_not_in_use_where_a_finding_depends_on_hours_that_a_metric_lacks() throws IOException {
        List<String> names = List.of("whole", "lost", "busy", "never");
        for (int i = 0; i < names.size(); i++) {
            String id = "i-0abc1230def4567c" + i;
            resource(id, "instance", names.get(i), OLD, "Amazon Elastic Compute Cloud", "g6e.xlarge,,,,,,,,,,,");
            measured(id, "gpu_utilization", "2026-06-01", names.get(i).equals("busy") ? 0.95 : 0.2, 0);
            measured(id, "cpu_utilization", "2026-06-01", 0.3, 0);
            measured(id, "memory_used_gib", "2026-06-01", 4, 0);
            if (!names.get(i).equals("never")) {
                measured(id, "gpu_memory_used_gib", names.get(i).equals("whole") ? "2026-06-01" : "2026-06-02", 16, 0);
            }
        }

        Audit audit = scan("2026-06-01/2026-07-01", "");

        String lacks = "gpu_memory_used_gib covers less than 100 % of its hours";
        assertThat(verdict(audit, "whole")).startsWith("finding: ").contains("g6.xlarge");
        assertThat(verdict(audit, "lost"))
                .startsWith("not_assessed: Not assessed: " + lacks + "; a finding depends on it");
        assertThat(verdict(audit, "busy")).startsWith("in_use: ").contains("Not assessed: " + lacks);
        assertThat(verdict(audit, "never"))
                .startsWith("in_use: ")
                .contains("Not assessed: no gpu_memory_used_gib metric");
        assertThat(audit.totals().coverage().notAssessed()).isGreaterThanOrEqualTo(new BigDecimal("720.00"));
        assertThat(audit.notAssessed()).anySatisfy(thing -> {
            assertThat(thing.missing()).isEqualTo("gpu_memory_used_gib");
            assertThat(thing.cost()).isEqualTo(new BigDecimal("720.00"));
            assertThat(thing.fix()).startsWith("Add the missing hours of the metric gpu_memory_used_gib");
        });
    }

    @Test
    void money_is_not_in_use_where_a_schedule_depends_on_a_lost_day() throws IOException {
        List<String> names = List.of("office", "lost", "always");
        for (int i = 0; i < names.size(); i++) {
            String id = "i-0abc1230def4567c" + i;
            resource(id, "instance", names.get(i), OLD, "Amazon Elastic Compute Cloud", "g6e.xlarge,,,,,,,,,,,");
            measured(id, "gpu_utilization", "2026-06-01", 0, 0);
            boolean always = names.get(i).equals("always");
            usage.replaceAll(
                    row -> row.startsWith(id) && (always || isOfficeHour(row)) ? row.replace(",0.0", ",0.9") : row);
            if (i > 0) {
                usage.removeIf(row -> row.startsWith(id) && row.contains("2026-06-13T"));
            }
        }

        Audit audit = scan("2026-06-01/2026-07-01", "");

        assertThat(verdict(audit, "office")).startsWith("finding: ");
        assertThat(verdict(audit, "lost"))
                .startsWith("not_assessed: ")
                .contains("gpu_utilization covers less than 100 % of its hours; a finding depends on it");
        assertThat(verdict(audit, "always")).startsWith("in_use: ");
    }

    private static boolean isOfficeHour(String row) {
        ZonedDateTime hour = Instant.parse(row.split(",", -1)[2]).atZone(ZoneOffset.UTC);
        return hour.getDayOfWeek().getValue() < 6 && hour.getHour() > 6 && hour.getHour() < 17;
    }

    @Test
    void no_metric_would_help_with_what_is_left_of_something_idle() throws IOException {
        resource(UNIT + "idle", "provisioned_throughput", "idle", OLD, "Amazon Bedrock", ",4,,,,,,,,,,");
        measured(UNIT + "idle", "requests", "2026-06-01", 0, 0);

        Audit audit = scan("2026-06-01/2026-07-01", "");

        assertThat(audit.notAssessed())
                .singleElement()
                .satisfies(thing -> assertThat(thing.missing()).isEqualTo(NotAssessed.MARGIN));
    }

    @Test
    void money_that_one_rule_may_not_touch_is_not_counted_by_its_twin() throws IOException {
        resource(
                UNIT + "tuned",
                "provisioned_throughput",
                "tuned",
                OLD,
                "Amazon Bedrock",
                ",1,,,,,,,,,,arn:aws:bedrock:us-east-1:111111111111:custom-model/amazon.nova/abc");
        measured(UNIT + "tuned", "requests", "2026-06-01", 0, 0);

        Audit audit = scan(
                "2026-06-01/2026-07-01",
                "ignore:\n  - {rule: custom-model-hosting-idle, resource: '*tuned', reason: kept for the launch}\n");

        assertThat(audit.findings())
                .filteredOn(finding -> finding.rule().equals("provisioned-throughput-idle"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.status()).isEqualTo(Status.ACCEPTED);
                    assertThat(finding.statusReason()).contains("custom-model-hosting-idle", "kept for the launch");
                });
        assertThat(audit.totals().saving().likely()).isEqualTo(new BigDecimal("0.00"));
        assertThat(audit.totals().coverage().accepted()).isEqualByComparingTo("612");
        assertThat(audit.totals().coverage().counted()).isZero();
    }
}
