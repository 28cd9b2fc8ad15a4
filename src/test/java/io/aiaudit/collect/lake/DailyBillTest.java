package io.aiaudit.collect.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Window;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The query runs in DuckDB here, over tables of the types that Glue has for the exports. Athena's own words that DuckDB
 * lacks are one: json_format. What both do with the rest of it (GROUPING SETS, dates as text, sums of decimals) is
 * standard SQL.
 */
class DailyBillTest {
    private static final List<String> FILES = List.of("s3://b/one.parquet", "s3://b/it's two.parquet");

    private Connection duckDb;

    @BeforeEach
    void open() throws SQLException {
        duckDb = DriverManager.getConnection("jdbc:duckdb:");
        execute("CREATE MACRO json_format(value) AS CAST(value AS VARCHAR)");
        execute("CREATE SCHEMA billing");
    }

    @AfterEach
    void close() throws SQLException {
        duckDb.close();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = duckDb.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<Map<String, String>> rows(String sql) throws SQLException {
        List<Map<String, String>> rows = new ArrayList<>();
        try (Statement statement = duckDb.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                Map<String, String> row = new LinkedHashMap<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    row.put(found.getMetaData().getColumnName(i), text(found, i));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    /** Decimals in plain notation, as Athena writes them. */
    private static String text(ResultSet found, int column) throws SQLException {
        return found.getObject(column) instanceof BigDecimal number ? number.toPlainString() : found.getString(column);
    }

    /**
     * Two weeks of two machines by the hour, each in its own part, with costs that have no end in binary; and a fee of
     * the month.
     */
    private static final String FOCUS_PARQUET = """
            CREATE TABLE billing.focus AS
            SELECT 's3://b/' || if(machine = 1, 'one', 'it''s two') || '.parquet' AS "$path",
              TIMESTAMP '2026-06-01' + to_hours(hour) AS chargeperiodstart, TIMESTAMP '2026-06-01' + to_hours(hour + \
            1) AS chargeperiodend,
              'USD' AS billingcurrency, 'Usage' AS chargecategory, 'Amazon EC2' AS servicename, 'AWS' AS providername, \
            'i-' || machine AS resourceid,
              0.1::DOUBLE * machine + hour / 7 AS billedcost, 0.07::DOUBLE * machine + hour / 11 AS effectivecost, \
            1.0::DOUBLE AS consumedquantity, 0.3::DOUBLE AS listunitprice,
              MAP {'team': 'search'} AS tags, 'x' AS x_operation, '2026-06' AS billing_period
            FROM range(24 * 14) AS hours(hour), range(1, 3) AS machines(machine)
            UNION ALL BY NAME
            SELECT 's3://b/one.parquet' AS "$path", TIMESTAMP '2026-06-01' AS chargeperiodstart, TIMESTAMP \
            '2026-07-01' AS chargeperiodend, 'USD' AS billingcurrency,
              'Purchase' AS chargecategory, 'Amazon EC2' AS servicename, 'AWS' AS providername, 99.99::DOUBLE AS \
            billedcost, 99.99::DOUBLE AS effectivecost, '2026-06' AS billing_period
            UNION ALL BY NAME
            SELECT 's3://b/of-another-run.parquet' AS "$path", TIMESTAMP '2026-06-01' AS chargeperiodstart, TIMESTAMP \
            '2026-06-02' AS chargeperiodend, 'USD' AS billingcurrency,
              'Usage' AS chargecategory, 'Amazon EC2' AS servicename, 'AWS' AS providername, 5000::DOUBLE AS \
            billedcost, 5000::DOUBLE AS effectivecost, '2026-06' AS billing_period""";

    private DailyBill focus() throws SQLException {
        execute(FOCUS_PARQUET);
        return query("focus", BillColumns.FOCUS);
    }

    private DailyBill query(String table, BillColumns columns) throws SQLException {
        Map<String, String> types = new LinkedHashMap<>();
        for (Map<String, String> column : rows("SELECT column_name AS name, data_type AS type FROM duckdb_columns()"
                + " WHERE table_name = '" + table + "' AND column_name <> '$path' ORDER BY column_index")) {
            String type = column.get("type").toLowerCase(java.util.Locale.ROOT);
            types.put(
                    column.get("name"),
                    type.equals("varchar") ? "string" : type.startsWith("map") ? "map<string,string>" : type);
        }
        return new DailyBill(List.of("billing", table), columns, types, new Selection.Files(FILES));
    }

    @Test
    void hours_become_days_and_every_sum_stays() throws SQLException {
        String sql = focus().sql();
        List<Map<String, String>> days =
                rows("SELECT * FROM (" + sql + ") WHERE part IS NULL ORDER BY resourceid, chargeperiodstart");
        assertThat(days).hasSize(2 * 14 + 1);
        assertThat(days.get(0))
                .containsEntry("chargeperiodstart", "2026-06-01T00:00:00Z")
                .containsEntry("chargeperiodend", "2026-06-02T00:00:00Z")
                .containsEntry("consumedquantity", "24.000000000000")
                .containsEntry("listunitprice", "0.300000000000")
                .containsEntry("tags", "{\"team\":\"search\"}")
                .containsEntry("lines", "24");
        String sums = "SELECT resourceid, sum(CAST(billedcost AS DECIMAL(28,12))) AS billed, sum(CAST(effectivecost AS "
                + "DECIMAL(28,12))) AS effective FROM ";
        assertThat(rows(sums + "(" + sql + ") WHERE part IS NULL GROUP BY ALL ORDER BY ALL"))
                .isEqualTo(rows(sums
                        + "billing.focus WHERE \"$path\" <> 's3://b/of-another-run.parquet' GROUP BY "
                        + "ALL ORDER BY ALL"));
    }

    @Test
    void what_is_paid_for_a_month_stays_a_charge_of_the_month() throws SQLException {
        assertThat(rows("SELECT * FROM (" + focus().sql() + ") WHERE chargecategory = 'Purchase'"))
                .singleElement()
                .satisfies(fee -> assertThat(fee)
                        .containsEntry("chargeperiodstart", "2026-06-01 00:00:00")
                        .containsEntry("chargeperiodend", "2026-07-01 00:00:00")
                        .containsEntry("billedcost", "99.990000000000"));
    }

    @Test
    void each_file_that_was_read_is_reported_and_files_of_other_runs_are_not_read() throws SQLException {
        assertThat(rows("SELECT part, lines FROM (" + focus().sql() + ") WHERE part IS NOT NULL ORDER BY lines"))
                .extracting(row -> row.get("part") + " " + row.get("lines"))
                .containsExactly("s3://b/it's two.parquet 336", "s3://b/one.parquet 337");
    }

    @Test
    void a_table_of_texts_is_added_up_as_exactly() throws SQLException {
        execute("""
                CREATE TABLE billing.texts AS
                SELECT 's3://b/one.parquet' AS "$path", strftime(TIMESTAMP '2026-06-01' + to_hours(hour), \
                '%Y-%m-%dT%H:%M:%SZ') AS chargeperiodstart,
                  strftime(TIMESTAMP '2026-06-01' + to_hours(hour + 1), '%Y-%m-%dT%H:%M:%SZ') AS chargeperiodend, \
                'USD' AS billingcurrency, '0.000000000001' AS billedcost, '' AS effectivecost
                FROM range(24) AS hours(hour)""");
        assertThat(rows("SELECT * FROM (" + query("texts", BillColumns.FOCUS).sql() + ") WHERE part IS NULL"))
                .singleElement()
                .satisfies(day -> assertThat(day)
                        .containsEntry("chargeperiodend", "2026-06-02T00:00:00Z")
                        .containsEntry("billedcost", "0.000000000024")
                        .containsEntry("effectivecost", null));
    }

    @Test
    void fees_of_a_cost_and_usage_report_are_not_added_up_over_hours_since_their_columns_are_shares()
            throws SQLException {
        execute("""
                CREATE TABLE billing.cur AS
                SELECT 's3://b/one.parquet' AS "$path", type AS line_item_line_item_type, TIMESTAMP '2026-06-01' + \
                to_hours(hour) AS line_item_usage_start_date,
                  TIMESTAMP '2026-06-01' + to_hours(hour + 1) AS line_item_usage_end_date, 'USD' AS \
                line_item_currency_code, 0.5::DOUBLE AS line_item_unblended_cost, 'line-' || hour AS \
                identity_line_item_id,
                  'search' AS resource_tags_user_team
                FROM range(24) AS hours(hour), (VALUES ('SavingsPlanRecurringFee'), ('Usage')) AS types(type)""");
        DailyBill query = query("cur", BillColumns.COST_AND_USAGE);
        assertThat(query.header()).contains("resource_tags_user_team").doesNotContain("identity_line_item_id");
        assertThat(rows("SELECT line_item_line_item_type AS type, count(*) AS rows, sum(line_item_unblended_cost) AS "
                        + "cost FROM ("
                        + query.sql() + ") WHERE part IS NULL GROUP BY ALL ORDER BY ALL"))
                .extracting(row -> row.get("type") + " " + row.get("rows") + " " + row.get("cost"))
                .containsExactly("SavingsPlanRecurringFee 24 12.000000000000", "Usage 1 12.000000000000");
    }

    private static final Window JUNE = Window.parse("2026-06-01/2026-07-01");

    /** An hour of each side of both ends of June, and a fee for the month. */
    private DailyBill ends(String type) throws SQLException {
        execute("""
                CREATE TABLE billing.ends AS
                SELECT CAST(start AS %1$s) AS chargeperiodstart, CAST(finish AS %1$s) AS chargeperiodend,
                  '2026-06' AS billing_period, name AS resourceid, 1.5::DOUBLE AS billedcost
                FROM (VALUES ('before', TIMESTAMP '2026-05-31 23:00:00', TIMESTAMP '2026-06-01 00:00:00'),
                  ('first', TIMESTAMP '2026-06-01 00:00:00', TIMESTAMP '2026-06-01 01:00:00'),
                  ('last', TIMESTAMP '2026-06-30 23:00:00', TIMESTAMP '2026-07-01 00:00:00'),
                  ('fee', TIMESTAMP '2026-06-01 00:00:00', TIMESTAMP '2026-07-01 00:00:00'),
                  ('over', TIMESTAMP '2026-05-16 00:00:00', TIMESTAMP '2026-06-16 00:00:00'),
                  ('after', TIMESTAMP '2026-07-01 00:00:00', TIMESTAMP '2026-07-01 01:00:00'))
                  AS charges(name, start, finish)""".formatted(type));
        DailyBill files = query("ends", BillColumns.FOCUS);
        return new DailyBill(files.table(), files.columns(), files.types(), new Selection.Charges(JUNE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TIMESTAMP", "TIMESTAMP WITH TIME ZONE", "VARCHAR"})
    void the_charges_of_a_window_are_those_that_overlap_it_whatever_the_type_of_their_times(String type)
            throws SQLException {
        execute("SET TimeZone = 'UTC'"); // as the session of Trino, whose literals have a zone where DuckDB's have none
        DailyBill bill = ends(type);
        assertThat(rows("SELECT resourceid, chargeperiodstart AS start, chargeperiodend AS finish FROM (" + bill.sql()
                        + ") ORDER BY ALL"))
                .extracting(row -> row.get("resourceid") + " " + row.get("start") + " " + row.get("finish"))
                .containsExactly(
                        "fee 2026-06-01 00:00:00 2026-07-01 00:00:00",
                        "first 2026-06-01T00:00:00Z 2026-06-02T00:00:00Z",
                        "last 2026-06-30T00:00:00Z 2026-07-01T00:00:00Z",
                        "over 2026-05-16 00:00:00 2026-06-16 00:00:00");
        assertThat(rows(bill.countSql()))
                .singleElement()
                .satisfies(row -> assertThat(row).containsValue("4"));
    }

    @Test
    void by_the_window_rows_are_counted_and_files_are_not_reported() throws SQLException {
        DailyBill bill = ends("TIMESTAMP");
        assertThat(bill.sql()).doesNotContain("$path").doesNotContain("GROUPING SETS");
        assertThat(rows("SELECT sum(lines) AS lines FROM (" + bill.sql() + ")"))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("lines", "4"));
    }

    @Test
    void partitions_by_billing_period_are_skipped_where_their_names_are_months() throws SQLException {
        DailyBill bill = ends("TIMESTAMP");
        execute("UPDATE billing.ends SET billing_period = CASE resourceid WHEN 'first' THEN '2026-02'"
                + " WHEN 'last' THEN 'June 2026' ELSE billing_period END");
        assertThat(rows("SELECT resourceid FROM (" + bill.sql() + ") ORDER BY ALL"))
                .extracting(row -> row.get("resourceid"))
                .containsExactly("fee", "last", "over");
    }

    @Test
    void every_column_that_the_store_reads_of_a_bill_is_added_up_or_distinguishes_rows() throws IOException {
        assertThat(all(BillColumns.FOCUS)).isEqualTo(read("focus.sql"));
        assertThat(all(BillColumns.COST_AND_USAGE)).isEqualTo(read("cur.sql"));
    }

    @Test
    void of_credits_only_that_for_sustained_use_is_read_so_that_amounts_in_them_keep_no_rows_apart()
            throws SQLException {
        execute(FOCUS_PARQUET);
        execute("CREATE TABLE billing.credited AS SELECT *, CASE WHEN chargecategory = 'Usage' AND resourceid = 'i-1'"
                + " THEN '[{\"Type\":\"SUSTAINED_USAGE_DISCOUNT\",\"Amount\":' || billedcost || '}]' END AS x_credits"
                + " FROM billing.focus");
        DailyBill bill = query("credited", BillColumns.FOCUS);

        assertThat(rows("SELECT resourceid AS id, x_credits AS credits, count(*) AS days FROM (" + bill.sql()
                        + ") WHERE part IS NULL AND resourceid IS NOT NULL GROUP BY ALL ORDER BY ALL"))
                .extracting(Map::toString)
                .containsExactly("{id=i-1, credits=SUSTAINED_USAGE, days=14}", "{id=i-2, credits=null, days=14}");
    }

    private static Set<String> all(BillColumns columns) {
        Set<String> all = new TreeSet<>();
        Stream.of(
                        List.of(columns.from(), columns.to()),
                        columns.texts(),
                        columns.prefixes(),
                        columns.amounts(),
                        columns.marked().keySet(),
                        columns.leftOut())
                .forEach(all::addAll);
        return all;
    }

    private static Set<String> read(String dialect) throws IOException {
        try (InputStream file = DailyBillTest.class.getResourceAsStream("/io/aiaudit/store/dialects/" + dialect)) {
            String sql = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            String table = sql.substring(sql.indexOf("CREATE TEMP TABLE bill ("), sql.indexOf(");"));
            Matcher columns = Pattern.compile("[(,]\\s*([A-Za-z_]+) (?:VARCHAR|DECIMAL|TIMESTAMP)")
                    .matcher(table);
            Set<String> names = new TreeSet<>();
            while (columns.find()) {
                names.add(columns.group(1));
            }
            return names;
        }
    }
}
