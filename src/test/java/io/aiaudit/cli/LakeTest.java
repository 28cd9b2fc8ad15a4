package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aiaudit.testing.AtExit;
import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Outside;
import io.aiaudit.testing.RealTrino;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Bills in tables of a real Trino, made inside the engine: {@code AIAUDIT_TEST_TRINO=trino-server-476 ./mvnw -Plake
 * test}. {@code -Dlake.resources=70000} makes 50 million rows (720 for each resource); figures go to
 * target/lake/figures.md.
 */
@Outside
@Tag("lake")
class LakeTest {
    private static final int RESOURCES = Integer.getInteger("lake.resources", 300);
    private static final int IN_A_SEQUENCE = 10_000;
    private static final Path FIGURES = Needs.projectFolder().resolve("target/lake/figures.md");

    private static RealTrino trino;

    @BeforeAll
    static void start() throws Exception {
        trino = RealTrino.start(
                AtExit.folder("lake"),
                Path.of(System.getProperty("lake.java", "/usr/lib/jvm/temurin-25-jdk-amd64")),
                System.getProperty("lake.heap", "4G"));
        trino.execute("CREATE SCHEMA iceberg.finops");
        int sequences = Math.max(1, RESOURCES / IN_A_SEQUENCE);
        int first = Math.min(RESOURCES, IN_A_SEQUENCE);
        trino.execute("""
                CREATE TABLE iceberg.finops.focus WITH (partitioning = ARRAY['day(ChargePeriodStart)']) AS
                SELECT CAST(0.1 * (1 + r %% 97) + h / 7e0 AS DECIMAL(20,10)) AS BilledCost,
                  CAST(0.07 * (1 + r %% 97) + h / 11e0 AS DOUBLE) AS EffectiveCost, 'USD' AS BillingCurrency,
                  CAST(TIMESTAMP '2026-06-01 00:00:00 UTC' + (d * 24 + h) * INTERVAL '1' HOUR
                    AS TIMESTAMP(6) WITH TIME ZONE) AS ChargePeriodStart,
                  CAST(TIMESTAMP '2026-06-01 00:00:00 UTC' + (d * 24 + h + 1) * INTERVAL '1' HOUR
                    AS TIMESTAMP(6) WITH TIME ZONE) AS ChargePeriodEnd,
                  'Usage' AS ChargeCategory, 'Standard' AS PricingCategory, 'sku-' || CAST(r %% 40 AS VARCHAR) AS SkuId,
                  element_at(ARRAY['AWS', 'Microsoft', 'Google Cloud'], CAST(r %% 3 AS INTEGER) + 1) AS ProviderName,
                  element_at(ARRAY['Amazon SageMaker', 'Azure Machine Learning', 'Vertex AI'],
                    CAST(r %% 3 AS INTEGER) + 1) AS ServiceName,
                  element_at(ARRAY['us-east-1', 'westeurope', 'us-central1'], CAST(r %% 3 AS INTEGER) + 1) AS RegionId,
                  'account-' || CAST(r %% 50 AS VARCHAR) AS SubAccountId,
                  element_at(ARRAY['arn:aws:sagemaker:us-east-1:111122223333:endpoint/e',
                    '/subscriptions/s/resourcegroups/g/providers/microsoft.machinelearningservices/workspaces/w/\
                onlineendpoints/e',
                    '//aiplatform.googleapis.com/projects/p/locations/us-central1/endpoints/'],
                    CAST(r %% 3 AS INTEGER) + 1) || CAST(r AS VARCHAR) AS ResourceId,
                  MAP(ARRAY['team'], ARRAY['t' || CAST(r %% 9 AS VARCHAR)]) AS Tags
                FROM UNNEST(sequence(0, 29)) AS days(d), UNNEST(sequence(0, 23)) AS hours(h),
                  UNNEST(sequence(1, %d)) AS some(n), UNNEST(sequence(0, %d)) AS sequences(s),
                  LATERAL (SELECT n + s * %d AS r)""".formatted(first, sequences - 1, IN_A_SEQUENCE));
    }

    @AfterAll
    static void stop() throws Exception {
        if (trino != null) {
            trino.close();
        }
    }

    private record Done(int exitCode, String out, String err) {
        static Done scan(String table) {
            return of(OneRule.with("scan", "--billing", table, "--window", "2026-06-01/2026-07-01", "-f", "json"));
        }

        static Done of(String... arguments) {
            StringWriter out = new StringWriter();
            StringWriter err = new StringWriter();
            int exitCode = CommandLines.run(arguments, new PrintWriter(out), new PrintWriter(err));
            return new Done(exitCode, out.toString(), err.toString());
        }

        /** Billed and effective cost by provider. */
        Map<String, String> totals() throws Exception {
            Map<String, String> totals = new TreeMap<>();
            JsonNode audit = new ObjectMapper()
                    .reader()
                    .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .readTree(out);
            for (JsonNode provider : audit.at("/bill/providers")) {
                totals.put(
                        provider.get("provider").asText(),
                        cents(provider.get("billed_cost").decimalValue()) + " "
                                + cents(provider.get("effective_cost").decimalValue()));
            }
            return totals;
        }
    }

    private static String cents(BigDecimal amount) {
        return amount.setScale(2, RoundingMode.HALF_EVEN).toPlainString();
    }

    /** What DuckDB adds up of the files of the table. */
    private static Map<String, String> totalsOfFiles() throws Exception {
        Map<String, String> names = Map.of("AWS", "aws", "Microsoft", "azure", "Google Cloud", "gcp");
        Map<String, String> totals = new TreeMap<>();
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckDb.createStatement();
                ResultSet found = statement.executeQuery("SELECT providername, sum(billedcost),"
                        + " sum(CAST(effectivecost AS DECIMAL(38,12))) FROM read_parquet('" + trino.files()
                        + "/**/*.parquet') GROUP BY ALL")) {
            while (found.next()) {
                totals.put(
                        names.get(found.getString(1)),
                        cents(found.getBigDecimal(2)) + " " + cents(found.getBigDecimal(3)));
            }
        }
        return totals;
    }

    private static Duration ownProcessorTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    @Test
    void what_trino_adds_up_is_to_the_cent_what_duckdb_adds_up_of_the_same_files() throws Exception {
        long begun = System.nanoTime();
        Duration own = ownProcessorTime();
        Duration engine = trino.processorTime();
        Done done = Done.scan(trino.table("iceberg/finops/focus"));
        Duration wall = Duration.ofNanos(System.nanoTime() - begun);
        own = ownProcessorTime().minus(own);
        engine = trino.processorTime().minus(engine);

        assertThat(done.exitCode()).as(done.err()).isZero();
        begun = System.nanoTime();
        Duration duck = ownProcessorTime();
        Map<String, String> expected = totalsOfFiles();
        Duration duckWall = Duration.ofNanos(System.nanoTime() - begun);
        duck = ownProcessorTime().minus(duck);
        assertThat(done.totals()).hasSize(3).isEqualTo(expected);
        assertThat(done.out()).contains(String.format(Locale.ROOT, "%,d rows became", RESOURCES * 720L));
        Files.createDirectories(FIGURES.getParent());
        Files.writeString(
                FIGURES,
                String.format(
                        Locale.ROOT,
                        "%,d rows: whole scan %s (here %s of processor time, in Trino %s, at most %s of memory);"
                                + " DuckDB adds up the files in %s (%s of processor time)%n",
                        RESOURCES * 720L,
                        seconds(wall),
                        seconds(own),
                        seconds(engine),
                        trino.peakMemory(),
                        seconds(duckWall),
                        seconds(duck)),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** As a lake of texts has it: no statistics, no types, another catalog. */
    @Test
    void a_view_of_texts_over_a_table_in_memory_is_the_same_bill() throws Exception {
        trino.execute("CREATE TABLE memory.default.raw AS SELECT * FROM iceberg.finops.focus WHERE skuid < 'sku-2'");
        trino.execute("CREATE VIEW memory.default.typed AS SELECT * FROM memory.default.raw");
        trino.execute("""
                CREATE VIEW memory.default.texts AS
                SELECT CAST(BilledCost AS VARCHAR) AS BilledCost,
                  CAST(CAST(EffectiveCost AS DECIMAL(38,12)) AS VARCHAR) AS EffectiveCost, BillingCurrency,
                  to_iso8601(ChargePeriodStart) AS ChargePeriodStart, to_iso8601(ChargePeriodEnd) AS ChargePeriodEnd,
                  ChargeCategory, PricingCategory, SkuId, ProviderName, ServiceName, RegionId, SubAccountId, ResourceId,
                  json_format(CAST(Tags AS JSON)) AS Tags
                FROM memory.default.raw""");
        Done texts = Done.scan(trino.table("memory/default/texts"));
        assertThat(texts.exitCode()).as(texts.err()).isZero();
        assertThat(texts.totals())
                .hasSize(3)
                .isEqualTo(Done.scan(trino.table("memory/default/typed")).totals());
    }

    /** A point a minute becomes an hour; what cannot be is a gap. */
    @Test
    void usage_is_rolled_up_to_hours_in_the_engine() throws Exception {
        trino.execute("CREATE SCHEMA iceberg.ops");
        trino.execute("""
                CREATE TABLE iceberg.ops.usage WITH (partitioning = ARRAY['day(hour)']) AS
                SELECT 'arn:aws:sagemaker:us-east-1:111122223333:endpoint/e' || CAST(r AS VARCHAR) AS resource_id,
                  'gpu_utilization' AS metric,
                  CAST(TIMESTAMP '2026-06-01 00:00:00' + (h * 60 + m) * INTERVAL '1' MINUTE AS TIMESTAMP(6)) AS hour,
                  CASE WHEN r = 3 AND h = 5 AND m = 7 THEN 85e0 ELSE m / 1e2 END AS average, 0.9e0 AS maximum
                FROM UNNEST(sequence(1, 3)) AS resources(r), UNNEST(sequence(0, 239)) AS hours(h),
                  UNNEST(sequence(0, 59)) AS minutes(m)""");
        Done done = Done.of(OneRule.with(
                "scan",
                "--billing",
                trino.table("iceberg/finops/focus"),
                "--usage",
                trino.table("iceberg/ops/usage"),
                "--window",
                "2026-06-01/2026-07-01",
                "-f",
                "json"));
        assertThat(done.exitCode()).as(done.err()).isEqualTo(ExitCode.GAPS.code());
        assertThat(done.err())
                .contains("rolls up about 43,200 rows")
                .contains("28,800 points in time became 480 rows")
                .contains("1 series of ")
                .contains("endpoint/e3 gpu_utilization");
    }

    @Test
    void a_query_that_somebody_kills_is_a_gap() throws Exception {
        trino.execute("CREATE VIEW iceberg.finops.endless AS SELECT f.* FROM iceberg.finops.focus f"
                + " CROSS JOIN UNNEST(sequence(1, 10000)) CROSS JOIN UNNEST(sequence(1, 10000))");
        Thread killer = new Thread(LakeTest::killWhatRuns, "kills a query");
        killer.start();
        Done done = Done.scan(trino.table("iceberg/finops/endless"));
        killer.join();
        assertThat(done.exitCode()).isEqualTo(ExitCode.FAILED.code());
        assertThat(done.err()).contains("was cancelled in Trino").contains("too expensive at noon");
    }

    private static void killWhatRuns() {
        try {
            for (int i = 0; i < 600; i++) {
                for (List<String> row : trino.query(
                        "SELECT query_id FROM system.runtime.queries WHERE state = 'RUNNING' AND query LIKE 'WITH "
                                + "line%'")) {
                    trino.execute("CALL system.runtime.kill_query(query_id => '" + row.get(0)
                            + "', message => 'too expensive at noon')");
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(200);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
