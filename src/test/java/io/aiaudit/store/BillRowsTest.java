package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.FileSet;
import io.aiaudit.model.ResourceIds;
import io.aiaudit.model.Tokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows that have the columns of a text in common have the text, whatever is in the others. */
class BillRowsTest {
    private static final List<String> NUMBERS = List.of("0", "1.5", "-2", "7000000");
    private static final List<String> TIMES = List.of("2026-06-01", "2026-06-15", "2026-05-31", "2027-01-01");
    private static final List<String> CREDITS = List.of(
            "[]",
            "[{\"type\":\"PROMOTION\",\"amount\":\"-1\"}]",
            "[{\"type\":\"COMMITTED_USAGE_DISCOUNT\",\"amount\":\"-1\"}]",
            "[{\"type\":\"FEE_UTILIZATION_OFFSET\",\"amount\":\"-1\"}]");

    /** By wanted column, what is tried in rows of different texts; the rest has one value. */
    private static final Map<String, List<String>> KINDS = Map.of(
            "ChargeCategory", List.of("Usage", "Purchase", "Tax", "Credit", "Adjustment"),
            "line_item_line_item_type",
                    List.of(
                            "Usage",
                            "SavingsPlanCoveredUsage",
                            "SavingsPlanRecurringFee",
                            "SavingsPlanNegation",
                            "DiscountedUsage",
                            "RIFee",
                            "Fee",
                            "Tax",
                            "Credit",
                            "Refund",
                            "EdpDiscount"),
            "ChargeType", List.of("Usage", "Purchase", "UnusedReservation", "UnusedSavingsPlan", "Refund", "Tax"),
            "PricingModel", List.of("OnDemand", "Reservation", "Spot"),
            "cost_type", List.of("regular", "tax", "adjustment", "rounding_error"),
            "sku_description", List.of("A2 core", "Commitment: A2 core", "Spot A2 core"),
            "consumption_model_description", List.of("Default", "CUD 1 year"));

    @TempDir
    private Path folder;

    static Stream<Dialect> bills() {
        return Dialect.of(FileSet.Content.BILLING).stream();
    }

    private static List<String> tried(WantedColumn column) {
        if (column.name().equals("credits")) {
            return CREDITS;
        }
        boolean time = column.type().equals("TIMESTAMP") || column.name().equals("Date");
        return time ? TIMES : NUMBERS;
    }

    private static String sample(WantedColumn column) {
        if (column.type().equals("TIMESTAMP") || column.name().startsWith("BillingPeriod")) {
            return "2026-06-30";
        }
        return column.type().startsWith("DECIMAL") ? "3" : "text of " + column.name();
    }

    /** Rows of every kind, each with all that may differ from row to row. */
    private Path bill(Dialect dialect, List<WantedColumn> wanted) throws IOException {
        List<Map<String, String>> kinds = List.of(Map.of());
        for (WantedColumn column : wanted) {
            List<Map<String, String>> before = kinds;
            kinds = KINDS.getOrDefault(column.name(), List.of(sample(column))).stream()
                    .flatMap(value -> before.stream().map(kind -> {
                        Map<String, String> next = new HashMap<>(kind);
                        next.put(column.name(), value);
                        return next;
                    }))
                    .toList();
        }
        List<String> lines = new ArrayList<>();
        lines.add(wanted.stream().map(WantedColumn::name).collect(Collectors.joining("\t")));
        for (Map<String, String> kind : kinds) {
            for (int n = 0; n < 16; n++) {
                int row = n;
                lines.add(wanted.stream()
                        .map(column -> differs(dialect, column)
                                ? tried(column).get((row >> (wanted.indexOf(column) % 3)) % 4)
                                : kind.get(column.name()))
                        .map(value -> "\"" + value.replace("\"", "\"\"") + "\"")
                        .collect(Collectors.joining("\t")));
            }
        }
        return Files.write(folder.resolve("bill.csv"), lines, StandardCharsets.UTF_8);
    }

    private static boolean differs(Dialect dialect, WantedColumn column) {
        return dialect.rows().differing().contains(column.name().toLowerCase(Locale.ROOT));
    }

    @ParameterizedTest
    @MethodSource("bills")
    void texts_follow_from_the_columns_in_common_and_nothing_else(Dialect dialect) throws IOException {
        try (Sql sql = Sql.open("", new Properties())) {
            sql.execute("SET TimeZone = 'UTC'");
            sql.execute(ResourceIds.sqlMacro());
            sql.execute(Tokens.sqlMacro());
            sql.execute(Tokens.sqlMacroOfSigns());
            sql.script("secrets.sql");
            sql.script("ids.sql");
            sql.script("macros.sql");
            sql.execute("ATTACH ':memory:' AS work");
            sql.script("schema.sql");
            sql.script("bills.sql");
            sql.script("staging.sql");
            DialectScript script = DialectScript.read(sql, dialect);
            Path bill = bill(dialect, script.wanted());
            SourceFile file = FileHeader.read(bill);
            ReadColumns columns = ReadColumns.of(file, dialect, script.wanted());
            PartedText text = PartedText.prepare(file, columns, folder).orElseThrow();
            new TypedView(sql, file, dialect, script, columns, text, 1, WrittenForms.PLAIN).create("rejects");
            String texts = sql.select("DESCRIBE FROM staged.texts").rows().stream()
                    .map(row -> (String) row.get(0))
                    .filter(sql.select("DESCRIBE " + script.select()).rows().stream()
                            .map(row -> (String) row.get(0))
                            .toList()::contains)
                    .filter(name -> !dialect.rows().decided().contains(name))
                    .collect(Collectors.joining(", "));
            assertThat(sql.select("SELECT common_hash, count(DISTINCT (" + texts + ")) FROM (" + script.select()
                                    + ") WHERE bad IS NULL GROUP BY ALL HAVING count(DISTINCT (" + texts + ")) <> 1")
                            .rows())
                    .isEmpty();
            assertThat(sql.count("SELECT count(DISTINCT common_hash) FROM (" + script.select() + ") WHERE bad IS NULL"))
                    .isGreaterThanOrEqualTo(5);
        }
    }

    @ParameterizedTest
    @MethodSource("bills")
    void a_bill_that_is_read_once_gives_the_rows_of_one_that_is_read_twice(Dialect dialect) throws IOException {
        for (boolean isParted : List.of(true, false)) {
            List<List<Object>> once = rows(dialect, isParted, true);
            assertThat(once).hasSizeGreaterThan(10).isEqualTo(rows(dialect, isParted, false));
        }
    }

    private List<List<Object>> rows(Dialect dialect, boolean isParted, boolean isReadOnce) throws IOException {
        try (Sql sql = Sql.open("", new Properties())) {
            sql.execute("SET TimeZone = 'UTC'");
            sql.execute(ResourceIds.sqlMacro());
            sql.execute(Tokens.sqlMacro());
            sql.execute(Tokens.sqlMacroOfSigns());
            sql.script("secrets.sql");
            sql.script("ids.sql");
            sql.script("macros.sql");
            sql.script("schema.sql");
            sql.script("bills.sql");
            DialectScript script = DialectScript.read(sql, dialect);
            SourceFile file = FileHeader.read(bill(dialect, script.wanted()));
            ReadColumns columns = ReadColumns.of(file, dialect, script.wanted());
            ReadableText text =
                    isParted ? PartedText.prepare(file, columns, folder).orElseThrow() : CsvText.prepare(file, folder);
            TypedView view = new TypedView(sql, file, dialect, script, columns, text, 1, WrittenForms.PLAIN);
            view.create("rejects");
            new BillRows(sql, view, script.select(), dialect.rows().decided(), 1, isReadOnce).insert();
            return sql.select("SELECT b::VARCHAR FROM staged.bill b ORDER BY ALL")
                    .rows();
        }
    }

    /** Which happens where a bill has so many texts that the first ones are forgotten. */
    @Test
    void a_text_that_is_reported_again_counts_once() throws IOException {
        Path lines = Files.writeString(
                folder.resolve("lines.csv"), "1,1,2,2026-06-01,2026-06-02\n2,2,3,2026-06-01,2026-06-02\n");
        String row = ",USD,2026-06-01,2026-06-02,Usage,EC2,AWS\n";
        Path texts = Files.writeString(folder.resolve("texts.csv"), "1,1,2" + row + "2,2,3" + row);
        Path bill = Files.writeString(
                folder.resolve("bill.csv"),
                "BilledCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ServiceName,"
                        + "ProviderName\n2"
                        + row + "3" + row);
        try (Sql sql = Sql.open("", new Properties())) {
            sql.execute(ResourceIds.sqlMacro());
            sql.execute(Tokens.sqlMacro());
            sql.execute(Tokens.sqlMacroOfSigns());
            sql.script("secrets.sql");
            sql.script("ids.sql");
            sql.script("macros.sql");
            sql.execute("ATTACH ':memory:' AS work");
            sql.script("schema.sql");
            sql.script("bills.sql");
            sql.script("staging.sql");
            DialectScript script = DialectScript.read(sql, Dialect.FOCUS);
            SourceFile file = FileHeader.read(bill);
            ReadColumns columns = ReadColumns.of(file, Dialect.FOCUS, script.wanted());
            PartedText text = new PartedText(file, lines, texts, columns, "");
            TypedView view = new TypedView(sql, file, Dialect.FOCUS, script, columns, text, 1, WrittenForms.PLAIN);
            view.create("rejects");
            new BillRows(sql, view, script.select(), List.of(), 1, false).insert();
            assertThat(sql.select("SELECT count(*), sum(BilledCost)::VARCHAR FROM staged.bill")
                            .rows())
                    .containsExactly(List.of(2L, "5.000000000000"));
        }
    }

    /** As when the disk is full between the two. */
    @Test
    void rows_of_a_bill_and_what_is_reported_of_their_file_land_together() {
        Path bill = new FocusCsv().row().row("BilledCost=x").write(folder, "bill.csv");
        Properties properties = TestStore.limits(folder).properties(0);
        try (Store store = Store.create(folder.resolve("other.duckdb"), TestStore.limits(folder));
                Sql others = Sql.open("", properties);
                Sql bills = others.another()) {
            others.execute("ATTACH ':memory:' AS store");
            others.execute("ATTACH ':memory:' AS work");
            others.execute("USE store");
            others.script("schema.sql");
            others.script("bills.sql");
            others.script("staging.sql");
            for (Sql sql : List.of(others, bills)) {
                sql.execute("USE store");
                sql.execute(ResourceIds.sqlMacro());
                sql.execute(Tokens.sqlMacro());
                sql.execute(Tokens.sqlMacroOfSigns());
                sql.script("secrets.sql");
                sql.script("ids.sql");
                sql.script("macros.sql");
                sql.execute("BEGIN TRANSACTION");
            }
            new FileLoad(others, bills, store, "files", "bill", new ArrayList<>())
                    .read(TestStore.set(FileSet.Content.BILLING, bill));
            bills.execute("COMMIT");
            others.execute("ROLLBACK");
            assertThat(others.count("SELECT count(*) FROM charge_lines")).isEqualTo(1);
            assertThat(others.count("SELECT rows FROM staged.files")).isEqualTo(1);
            assertThat(others.count("SELECT rejected_rows FROM staged.bill_rows"))
                    .isEqualTo(1);
            assertThat(others.value("SELECT problem FROM staged.rejects")).isEqualTo("BilledCost is \"x\"");
        }
    }

    @Test
    void numbers_of_hashes_are_right_or_forgotten() {
        HashNumbers numbers = new HashNumbers();
        long wrong = 0;
        long known = 0;
        for (long i = 1; i <= 1_200_000; i++) {
            long hash = i * 0x9e3779b97f4a7c15L;
            wrong += numbers.number(hash) == 0 ? 0 : 1;
            numbers.put(hash, i);
            wrong += numbers.number(hash) == i ? 0 : 1;
            long earlier = i / 2 + 1;
            long number = numbers.number(earlier * 0x9e3779b97f4a7c15L);
            wrong += number == 0 || number == earlier ? 0 : 1;
            known += number == 0 ? 0 : 1;
        }
        assertThat(wrong).isZero();
        assertThat(known).isGreaterThan(1_000_000);
    }
}
