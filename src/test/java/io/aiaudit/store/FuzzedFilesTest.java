package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aiaudit.model.FileSet;
import io.aiaudit.model.UserError;
import io.aiaudit.testing.Fuzz;
import io.aiaudit.testing.Mutants;
import io.aiaudit.testing.Slow;
import io.aiaudit.testing.Stopwatch;
import io.aiaudit.testing.Survived;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Changed bills, inventories and usage files. Each is refused with words for people, or its total is that of a sum made
 * another way: of all rows, or, where rows were rejected or a warning says what was left out, of some of them. Amounts
 * are powers of two times 1.01, so that each set of rows has a sum of its own.
 */
@Fuzz
@Slow
class FuzzedFilesTest {
    /** With names of keys as long as those that a mutant has. */
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNameLength(1_000_000).build())
            .build());

    private static final int ROWS = 8;
    private static final BigDecimal UNIT = new BigDecimal("1.01");
    private static final BigDecimal NEAR = new BigDecimal("1e-6");
    private static final Duration LONGEST = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private int refused;
    private int whole;
    private int partly;

    /** The amounts of a file, read another way; empty where that way cannot read it. */
    private interface Reading {
        Optional<List<BigDecimal>> amounts(byte[] file) throws Exception;

        /** Of each line that can be read alone with the header, for a file that cannot be read as a whole. */
        default List<BigDecimal> amountsByLine(byte[] file) throws Exception {
            List<String> lines =
                    new String(file, StandardCharsets.UTF_8).lines().toList();
            List<BigDecimal> amounts = new ArrayList<>();
            for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
                amounts((lines.get(0) + "\n" + line).getBytes(StandardCharsets.UTF_8))
                        .ifPresent(amounts::addAll);
            }
            return amounts;
        }
    }

    private static String amount(int row) {
        return UNIT.multiply(BigDecimal.valueOf(1L << row)).toPlainString();
    }

    @Test
    void focus() throws Exception {
        FocusCsv bill = new FocusCsv();
        for (int row = 0; row < ROWS; row++) {
            bill.row(
                    "BilledCost=" + amount(row),
                    "EffectiveCost=" + amount(row),
                    "ChargePeriodStart=2026-06-0" + (row + 1) + "T00:00:00Z",
                    "ChargePeriodEnd=2026-06-0" + (row + 1) + "T01:00:00Z",
                    "ResourceId=i-" + row,
                    "Tags={\"team\": \"a\"}");
        }
        bills("focus.csv", Files.readAllBytes(bill.write(folder, "base.csv")), 18, csv("BilledCost"));
    }

    @Test
    void cost_and_usage_report() throws Exception {
        BillText bill = new BillText(
                "lineItem/LineItemType", "Usage",
                "lineItem/CurrencyCode", "USD",
                "lineItem/ProductCode", "AmazonEC2",
                "product/ProductName", "Amazon Elastic Compute Cloud",
                "lineItem/UsageAccountId", "111122223333");
        for (int row = 0; row < ROWS; row++) {
            bill.row(
                    "identity/LineItemId", "id" + row,
                    "lineItem/UsageStartDate", "2026-06-0" + (row + 1) + "T00:00:00Z",
                    "lineItem/UsageEndDate", "2026-06-0" + (row + 1) + "T01:00:00Z",
                    "lineItem/ResourceId", "i-" + row,
                    "lineItem/UnblendedCost", amount(row));
        }
        bills("cur.csv", Files.readAllBytes(bill.csv(folder, "base.csv")), 17, csv("lineItem/UnblendedCost"));
    }

    private byte[] azureBill() throws IOException {
        BillText bill = new BillText(
                "billingAccountId", "account-1",
                "SubscriptionId", "1caaa5a3-2b66-438e-8ab4-bce37d518c5d",
                "billingPeriodEndDate", "06/30/2026",
                "billingCurrency", "EUR",
                "pricingCurrency", "EUR",
                "meterCategory", "Virtual Machines",
                "meterName", "NC24ads A100 v4",
                "unitOfMeasure", "1 Hour",
                "quantity", "24",
                "chargeType", "Usage",
                "pricingModel", "OnDemand");
        for (int row = 0; row < ROWS; row++) {
            bill.row(
                    "date", "06/" + (row + 13) + "/2026",
                    "ResourceId",
                            "/subscriptions/s/resourceGroups/RG/providers/Microsoft.Compute/virtualMachines/" + row,
                    "costInBillingCurrency", amount(row));
        }
        return Files.readAllBytes(bill.csv(folder, "base.csv"));
    }

    @Test
    void azure() throws Exception {
        bills("azure.csv", azureBill(), 15, csv("costInBillingCurrency"));
    }

    /** Found here: the database gave up before the first row, and that was taken for a defect of ours. */
    @Test
    void a_file_that_the_database_cannot_parse_at_all_is_refused() throws Exception {
        Path file = Files.write(folder.resolve("azure.csv"), Mutants.ofText(azureBill(), 20));
        assertThatThrownBy(() -> TestStore.ofBills(folder, file).close())
                .isInstanceOf(UserError.class)
                .hasMessageContaining("azure.csv cannot be read: ");
    }

    @Test
    void google() throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int row = 0; row < ROWS; row++) {
            lines.append("{\"billing_account_id\":\"01AB23\",\"service\":{\"description\":\"Compute Engine\"},")
                    .append("\"sku\":{\"id\":\"A\",\"description\":\"A2 Instance Core running in Americas\"},")
                    .append("\"usage_start_time\":\"2026-06-0")
                    .append(row + 1)
                    .append(" 00:00:00 UTC\",")
                    .append("\"usage_end_time\":\"2026-06-0")
                    .append(row + 1)
                    .append(" 01:00:00 UTC\",")
                    .append("\"project\":{\"id\":\"prod\",\"labels\":[]},\"location\":{\"region\":\"us-central1\"},")
                    .append("\"currency\":\"USD\",\"credits\":[],\"cost\":")
                    .append(amount(row))
                    .append("}\n");
        }
        bills("google.jsonl", lines.toString().getBytes(StandardCharsets.UTF_8), 15, FuzzedFilesTest::costs);
    }

    @Test
    void parquet() throws Exception {
        FocusCsv bill = new FocusCsv();
        for (int row = 0; row < ROWS; row++) {
            bill.row("BilledCost=" + amount(row), "EffectiveCost=" + amount(row), "ResourceId=i-" + row);
        }
        Path csv = bill.write(folder, "base.csv");
        Path base = folder.resolve("base.parquet");
        try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = database.createStatement()) {
            statement.execute("COPY (SELECT * REPLACE (BilledCost::DECIMAL(18,6) AS BilledCost) FROM read_csv('" + csv
                    + "', all_varchar=true)) TO '" + base + "'");
        }
        bills("mutant.parquet", Files.readAllBytes(base), 5, this::parquetAmounts);
    }

    @Test
    void inventory() throws Exception {
        String inventory = """
                resource_id,kind,provider,region,name,machine_type,replicas,accelerator_count,created_at,parent_id,tags
                i-0,instance,aws,us-east-1,one,g5.xlarge,1,1,2026-01-01T00:00:00Z,,"{""team"": ""a""}"
                i-1,inference_endpoint,aws,us-east-1,two,ml.g5.xlarge,2,1,2026-01-01T00:00:00Z,i-0,{}
                i-2,volume,aws,us-east-1,three,,,,2026-01-01T00:00:00Z,i-0,
                """;
        beside(FileSet.Content.INVENTORY, "inventory.csv", inventory, 10);
    }

    @Test
    void usage() throws Exception {
        StringBuilder usage = new StringBuilder("resource_id,metric,hour,average,maximum,total\n");
        for (int hour = 0; hour < 12; hour++) {
            usage.append("i-")
                    .append(hour % 3)
                    .append(",gpu_utilization,2026-06-01T")
                    .append(hour < 10 ? "0" : "")
                    .append(hour)
                    .append(":00:00Z,0.5,0.75,\n");
        }
        beside(FileSet.Content.USAGE, "usage.csv", usage.toString(), 10);
    }

    /** Files beside a bill: whatever is in them, the bill's total is that of the bill. */
    private void beside(FileSet.Content content, String name, String base, int percent) throws Exception {
        FocusCsv rows = new FocusCsv();
        for (int row = 0; row < 3; row++) {
            rows.row("BilledCost=" + amount(row), "EffectiveCost=" + amount(row), "ResourceId=i-" + row);
        }
        Path bill = rows.write(folder, "bill.csv");
        byte[] whole = base.getBytes(StandardCharsets.UTF_8);
        Mutants.judge(percent, mutant -> {
            Path file = Files.write(folder.resolve(name), Mutants.ofText(whole, mutant));
            judge(name, mutant, () -> {
                try (TestStore store = TestStore.of(folder, IngestSettings.NONE, staging -> {
                    staging.files(TestStore.set(FileSet.Content.BILLING, bill));
                    staging.files(TestStore.set(content, file));
                })) {
                    assertThat(total(store)).as("mutant %d", mutant).isEqualByComparingTo("7.07");
                    this.whole++;
                }
            });
        });
        count(name);
    }

    private void bills(String name, byte[] base, int percent, Reading reading) throws Exception {
        List<BigDecimal> original = reading.amounts(base).orElseThrow();
        assertThat(original).hasSize(ROWS);
        Mutants.judge(percent, mutant -> {
            byte[] bytes = name.endsWith(".parquet") ? Mutants.ofBytes(base, mutant) : Mutants.ofText(base, mutant);
            Path file = Files.write(folder.resolve(name), bytes);
            judge(name, mutant, () -> {
                try (TestStore store = TestStore.ofBills(folder, file)) {
                    check(name + " mutant " + mutant, store, original, reading, bytes);
                }
            });
        });
        count(name);
    }

    private interface Step {
        void run() throws Exception;
    }

    /** A refusal has words for people; anything else that is thrown is a defect, and so is what takes too long. */
    private void judge(String name, int mutant, Step step) throws Exception {
        Stopwatch watch = Stopwatch.started();
        try {
            step.run();
        } catch (UserError e) {
            assertThat(e.problem() + e.fix())
                    .as("%s mutant %d", name, mutant)
                    .doesNotContain("java.", "io.aiaudit", "\tat ");
            refused++;
        } catch (StoreException e) {
            fail(name + " mutant " + mutant, e);
        } finally {
            deleteStores();
        }
        assertThat(watch.time()).as("%s mutant %d", name, mutant).isLessThan(LONGEST);
    }

    private void deleteStores() throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".duckdb")).toList()) {
                Files.delete(file);
            }
        }
    }

    private void count(String name) {
        Survived.count((refused + whole + partly) + " mutants of " + name + ": " + refused + " refused with a reason, "
                + whole + " with the total of all rows, " + partly + " with that of the rows that were not rejected");
    }

    private void check(String mutant, TestStore store, List<BigDecimal> original, Reading reading, byte[] file)
            throws Exception {
        BigDecimal total = total(store);
        Optional<List<BigDecimal>> read = reading.amounts(file);
        if (read.isPresent() && isNear(total, sum(read.get()))) {
            whole++;
            return;
        }
        List<BigDecimal> all = new ArrayList<>(read.isPresent() ? read.get() : reading.amountsByLine(file));
        original.stream().filter(amount -> !all.contains(amount)).forEach(all::add);
        assertThat(isSumOfSome(total, all))
                .as("%s: %s is the sum of some of %s", mutant, total, all)
                .isTrue();
        assertThat(message(store))
                .as("%s: %s, and nothing says what was left out of %s", mutant, total, all)
                .isPositive();
        partly++;
    }

    private static BigDecimal total(TestStore store) {
        return (BigDecimal) store.locked()
                .select("SELECT coalesce(sum(BilledCost), 0)::DECIMAL(38,12) FROM charges")
                .rows()
                .get(0)
                .get(0);
    }

    private static long message(TestStore store) {
        return (long) store.locked()
                .select("SELECT (SELECT count(*) FROM rejects) + (SELECT count(*) FROM warnings) + (SELECT count(*) "
                        + "FROM gaps)")
                .rows()
                .get(0)
                .get(0);
    }

    private static BigDecimal sum(List<BigDecimal> amounts) {
        return amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static boolean isNear(BigDecimal one, BigDecimal other) {
        return one.subtract(other).abs().compareTo(NEAR) < 0;
    }

    private static boolean isSumOfSome(BigDecimal total, List<BigDecimal> amounts) {
        Set<BigDecimal> sums = new HashSet<>(Set.of(BigDecimal.ZERO));
        for (BigDecimal amount : amounts) {
            List<BigDecimal> more = sums.stream().map(amount::add).toList();
            sums.addAll(more);
        }
        return sums.stream().anyMatch(sum -> isNear(sum, total));
    }

    /** Rows of another width than the header, and amounts that are no numbers, are ones that we must reject. */
    private static Reading csv(String column) {
        return file -> {
            try (CSVParser parser = CSVParser.parse(
                    new StringReader(new String(file, StandardCharsets.UTF_8)),
                    CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).get())) {
                List<CSVRecord> records = parser.getRecords();
                int index = records.isEmpty() ? -1 : records.get(0).toList().indexOf(column);
                if (index < 0) {
                    return Optional.empty();
                }
                List<BigDecimal> amounts = new ArrayList<>();
                for (CSVRecord row : records.subList(1, records.size())) {
                    if (row.size() == records.get(0).size()) {
                        number(row.get(index)).ifPresent(amounts::add);
                    }
                }
                return Optional.of(amounts);
            } catch (IOException | RuntimeException e) {
                return Optional.empty();
            }
        };
    }

    private static Optional<BigDecimal> number(String text) {
        try {
            BigDecimal number = new BigDecimal(text.strip());
            return number.precision() - number.scale() > 20 ? Optional.empty() : Optional.of(number);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<List<BigDecimal>> costs(byte[] file) {
        return Optional.of(new String(file, StandardCharsets.UTF_8)
                .lines()
                .map(FuzzedFilesTest::cost)
                .flatMap(Optional::stream)
                .toList());
    }

    /** A line that is no object has none. */
    private static Optional<BigDecimal> cost(String line) {
        try {
            return number(JSON.readTree(line).path("cost").asText());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Optional<List<BigDecimal>> parquetAmounts(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("read.parquet"), bytes);
        List<BigDecimal> amounts = new ArrayList<>();
        try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery("SELECT BilledCost FROM read_parquet('" + file + "')")) {
            while (rows.next()) {
                number(String.valueOf(rows.getString(1))).ifPresent(amounts::add);
            }
            return Optional.of(amounts);
        } catch (SQLException e) {
            return Optional.empty();
        }
    }
}
