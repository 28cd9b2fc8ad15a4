package io.aiaudit.collect.gcp;

import static io.aiaudit.collect.Operation.BILL;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FieldValue;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.JobStatistics.QueryStatistics;
import com.google.cloud.bigquery.LegacySQLTypeName;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.QueryParameterValue;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TableDefinition;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableResult;
import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.Frequency.Sort;
import io.aiaudit.collect.rest.RestRequest;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** One query of one table of an export: after an estimate of its size, and it never reads more than may be paid for. */
final class BillQuery {
    static final Frequency FOUND = new Frequency(
            Sort.BILL, "1 query of BigQuery for the bill; after an estimate of its size, $6.25 for 1 TiB");

    private static final GoogleOperation QUERY = GoogleOperation.post(
                    "bigquery", "/bigquery/v2/projects/{project}/queries", "bigquery.tables.getData", FOUND, BILL)
            .untried();

    /** Called by Google's library. */
    static final List<GoogleOperation> OPERATIONS = List.of(
            GoogleOperation.get(
                            "bigquery",
                            "/bigquery/v2/projects/{project}/datasets/{dataset}/tables/{table}/data",
                            "bigquery.tables.getData",
                            FOUND,
                            BILL)
                    .untried(),
            GoogleOperation.post(
                            "bigquery", "/bigquery/v2/projects/{project}/jobs", "bigquery.jobs.create", FOUND, BILL)
                    .probe(BillQuery::dryRun),
            GoogleOperation.get(
                            "bigquery",
                            "/bigquery/v2/projects/{project}/jobs/{job}",
                            "bigquery.jobs.create",
                            FOUND,
                            BILL)
                    .untried(),
            QUERY,
            GoogleOperation.get(
                            "bigquery",
                            "/bigquery/v2/projects/{project}/queries/{job}",
                            "bigquery.jobs.create",
                            FOUND,
                            BILL)
                    .untried());

    private static RestRequest dryRun(RestRequest request) {
        ObjectNode job = JsonNodeFactory.instance.objectNode();
        job.putObject("configuration")
                .put("dryRun", true)
                .putObject("query")
                .put("query", "SELECT 1")
                .put("useLegacySql", false);
        return request.body(job);
    }

    private static final String AGAIN =
            "Run it again; if it persists, check the Google Cloud status: https://status.cloud.google.com";
    private static final String EXPORT_TIME = "export_time";
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+([.][0-9]+)?([eE][-+]?[0-9]+)?");
    private static final String PROJECT = "project_id";
    private static final String COST = "cost";
    private static final String FOCUS_PROJECT = "SubAccountId";
    private static final String FOCUS_COST = "BilledCost";

    /** What BigQuery takes on demand for 2^40 bytes, in US dollars; the least that it counts of a query is 10 MiB. */
    private static final BigDecimal USD_PER_TEBIBYTE = new BigDecimal("6.25");

    private static final BigDecimal TEBIBYTE = BigDecimal.valueOf(1L << 40);
    private static final long LEAST = 10L << 20;

    private final GcpClients clients;
    private final QueryJobConfiguration query;

    private BillQuery(GcpClients clients, QueryJobConfiguration query) {
        this.clients = clients;
        this.query = query;
    }

    /**
     * What came of it.
     *
     * @param exportedUpTo when the newest of the rows was exported; null where the table has no such column
     * @param leftOut what projects cost that are left out
     */
    record Answer(
            long rows, Instant exportedUpTo, long estimatedBytes, long billedBytes, Map<String, BigDecimal> leftOut) {}

    static BillQuery of(GcpClients clients, BillTable table, Window window) throws InterruptedException {
        return whole(() -> found(clients, table, window));
    }

    /** A call of Google's library. */
    private interface Call<T> {
        T get() throws InterruptedException;
    }

    /** Google's library fails by itself where a part that an answer always has is missing. */
    private static <T> T whole(Call<T> call) throws InterruptedException {
        try {
            return call.get();
        } catch (NullPointerException | IllegalArgumentException e) {
            throw new UserError("BigQuery sent an answer that is not complete.", AGAIN, e);
        }
    }

    private static BillQuery found(GcpClients clients, BillTable table, Window window) {
        Table found = clients.bigQuery().getTable(TableId.of(table.project(), table.dataset(), table.table()));
        if (found == null) {
            throw notThere(table.toString());
        }
        String sql = BillText.of(table.kind().script(), table, columns(found), partition(found));
        return new BillQuery(
                clients,
                QueryJobConfiguration.newBuilder(sql)
                        .setUseLegacySql(false)
                        .addNamedParameter("since", time(window.start()))
                        .addNamedParameter("until", time(window.end()))
                        .build());
    }

    static UserError notThere(String table) {
        return new UserError(
                "the table " + table + " does not exist.",
                "Correct gcp: export in aiaudit.yaml; it is PROJECT.DATASET or PROJECT.DATASET.TABLE.");
    }

    private static QueryParameterValue time(Instant time) {
        return QueryParameterValue.timestamp(time.getEpochSecond() * 1_000_000);
    }

    /** Names of the table's columns; a repeated one is there as {@code NAME[]} too. */
    static Set<String> columns(Table table) {
        Set<String> columns = new TreeSet<>();
        TableDefinition definition = table.getDefinition();
        for (Field field : definition.getSchema().getFields()) {
            columns.add(field.getName());
            if (field.getMode() == Field.Mode.REPEATED) {
                columns.add(field.getName() + "[]");
            }
        }
        return columns;
    }

    /** The column by which the table is partitioned into days; null where it has no days. */
    private static String partition(Table table) {
        TableDefinition tableDefinition = table.getDefinition();
        if (!(tableDefinition instanceof StandardTableDefinition definition)
                || definition.getTimePartitioning() == null) {
            return null;
        }
        String field = definition.getTimePartitioning().getField();
        if (field == null) {
            return BillText.INGESTION_TIME;
        }
        Field column = definition.getSchema().getFields().get(field);
        return column.getType().equals(LegacySQLTypeName.TIMESTAMP) ? field : null;
    }

    /** Runs the query, and writes its rows as CSV, those of these projects and of none; no projects = all rows. */
    Answer write(Path file, Set<String> billed) throws IOException, InterruptedException {
        long estimated = whole(() -> bytes(clients.bigQuery()
                .create(JobInfo.of(query.toBuilder().setDryRun(true).build()))));
        BigDecimal expected = usd(Math.max(estimated, LEAST));
        clients.operations().charge(QUERY.name(), expected);
        TableResult result = whole(() -> clients.bigQuery()
                .query(query.toBuilder().setMaximumBytesBilled(most(expected)).build()));
        Rows rows = whole(() -> new Rows(result, billed));
        rows.write(file);
        long charged = whole(() -> bytes(clients.bigQuery().getJob(result.getJobId())));
        clients.operations().charge(QUERY.name(), usd(charged).subtract(expected));
        return new Answer(rows.count, rows.exportedUpTo, estimated, charged, rows.leftOut);
    }

    private static long bytes(Job job) {
        QueryStatistics statistics = job == null ? null : job.getStatistics();
        if (statistics == null || statistics.getTotalBytesProcessed() == null) {
            throw new UserError("BigQuery returned no estimate for the billing query.", AGAIN);
        }
        Long billed = statistics.getTotalBytesBilled();
        return billed != null && billed > 0 ? billed : statistics.getTotalBytesProcessed();
    }

    /** As many bytes as may still be paid for, those of this query among them; null = any. */
    private Long most(BigDecimal charged) {
        BigDecimal limit = clients.maxApiCost();
        if (limit == null) {
            return null;
        }
        BigDecimal left = limit.subtract(clients.operations().cost().usd()).add(charged);
        return left.multiply(TEBIBYTE)
                .divide(USD_PER_TEBIBYTE, 0, RoundingMode.DOWN)
                .longValueExact();
    }

    /** What so many bytes cost on demand. */
    static BigDecimal usd(long bytes) {
        return USD_PER_TEBIBYTE.multiply(BigDecimal.valueOf(bytes)).divide(TEBIBYTE, 6, RoundingMode.UP);
    }

    /** The rows on their way into a file; one column is about the export and not about the bill. */
    private static final class Rows {
        private final TableResult result;
        private final Set<String> billed;
        private final boolean hasExportTime;
        private final String project;
        private final String cost;
        private final Map<String, BigDecimal> leftOut = new TreeMap<>();
        private long count;
        private Instant exportedUpTo;

        Rows(TableResult result, Set<String> billed) {
            this.result = result;
            this.billed = billed;
            List<String> names =
                    result.getSchema().getFields().stream().map(Field::getName).toList();
            this.hasExportTime = names.contains(EXPORT_TIME);
            this.project = names.contains(PROJECT) ? PROJECT : FOCUS_PROJECT;
            this.cost = names.contains(COST) ? COST : FOCUS_COST;
        }

        /** Cost of no project, such as tax, is everybody's. */
        private boolean isLeftOut(FieldValueList row) {
            String id = billed.isEmpty() ? null : text(row.get(project));
            if (id == null || billed.contains(id)) {
                return false;
            }
            String amount = text(row.get(cost));
            boolean isNumber = amount != null && NUMBER.matcher(amount).matches();
            leftOut.merge(id, isNumber ? new BigDecimal(amount) : BigDecimal.ZERO, BigDecimal::add);
            return true;
        }

        void write(Path file) throws IOException {
            List<String> names = result.getSchema().getFields().stream()
                    .map(Field::getName)
                    .filter(name -> !name.equals(EXPORT_TIME))
                    .toList();
            try (Writer writer = new OutputStreamWriter(
                            new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8);
                    CSVPrinter csv = new CSVPrinter(writer, CSVFormat.RFC4180)) {
                csv.printRecord(names);
                for (FieldValueList row : GooglePages.all(result)) {
                    if (isLeftOut(row)) {
                        continue;
                    }
                    csv.printRecord(
                            names.stream().map(name -> text(row.get(name))).toList());
                    count++;
                    note(row);
                }
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }

        private void note(FieldValueList row) {
            Instant exported = hasExportTime ? instant(text(row.get(EXPORT_TIME))) : null;
            if (exported != null && (exportedUpTo == null || exported.isAfter(exportedUpTo))) {
                exportedUpTo = exported;
            }
        }

        private static Instant instant(String text) {
            try {
                return text == null ? null : Instant.parse(text);
            } catch (DateTimeException e) {
                return null; // a text that is no time
            }
        }

        private static String text(FieldValue value) {
            return value.isNull() ? null : value.getStringValue();
        }
    }
}
