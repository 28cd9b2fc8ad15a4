package io.aiaudit.collect.aws;

import static io.aiaudit.collect.Operation.BILL;

import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.aws.AwsOperation.Grant;
import io.aiaudit.collect.aws.AwsOperation.Trial;
import io.aiaudit.collect.lake.DailyBill;
import io.aiaudit.collect.lake.Selection;
import io.aiaudit.model.UserError;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.Datum;
import software.amazon.awssdk.services.athena.model.QueryExecution;
import software.amazon.awssdk.services.athena.model.QueryExecutionState;
import software.amazon.awssdk.services.athena.model.Row;
import software.amazon.awssdk.services.athena.model.StartQueryExecutionRequest;
import software.amazon.awssdk.services.athena.model.WorkGroup;
import software.amazon.awssdk.services.athena.model.WorkGroupConfiguration;
import software.amazon.awssdk.services.glue.GlueClient;

/**
 * Adds an export up in Athena, to one row a day for what differs in nothing but hours, instead of downloading it: where
 * the user allows for it, and a table lies over it. Any obstacle is a reason to download it after all.
 */
final class AthenaBill {
    static final Frequency FOUND = new Frequency("an export under a table", "some 10; $5 for each TB");

    private static final String NO_QUERY = "00000000-0000-0000-0000-000000000000";

    private static final AwsService<AthenaClient> ATHENA =
            AwsService.of("Athena", "athena", AthenaClient.class, AthenaClient::builder);

    /** A query is not tried, since it takes money and keeps its result. */
    private static final AwsOperation QUERY = ATHENA.operation("StartQueryExecution", FOUND, BILL)
            .granted(Grant.ATHENA)
            .untried();

    static final List<AwsOperation> OPERATIONS = List.of(
            ATHENA.operation("GetWorkGroup", FOUND, BILL)
                    .granted(Grant.ATHENA)
                    .probeIf(AthenaBill::isConfigured, AthenaBill::tryWorkgroup),
            QUERY,
            ATHENA.operation("GetQueryExecution", FOUND, BILL)
                    .granted(Grant.ATHENA)
                    .probeIf(
                            AthenaBill::isConfigured,
                            trial -> ATHENA.client()
                                    .apply(trial.ofExport())
                                    .getQueryExecution(request -> request.queryExecutionId(NO_QUERY))),
            ATHENA.operation("GetQueryResults", FOUND, BILL)
                    .granted(Grant.ATHENA)
                    .probeIf(
                            AthenaBill::isConfigured,
                            trial -> ATHENA.client()
                                    .apply(trial.ofExport())
                                    .getQueryResults(request -> request.queryExecutionId(NO_QUERY))));

    /** What comes back before the columns of the bill: the file, with the number of rows of the file. */
    private static final int PART = 0;

    private static final BigDecimal GIB = BigDecimal.valueOf(1L << 30);
    private static final BigDecimal USD_PER_TB = new BigDecimal(5);
    private static final long LEAST_BYTES = 10_000_000;
    private static final int LONGEST_QUERY = 262_144;
    private static final long FIRST_PAUSE = 200;
    private static final long LONGEST_PAUSE = 3000;
    private static final long LONGEST_WAIT = 15 * 60 * 1000;

    private final AwsSession session;
    private final AthenaScope scope;

    /** In the account and region of {@code session}, where the export lies. */
    AthenaBill(AwsSession session, AthenaScope scope) {
        this.session = session;
        this.scope = scope;
    }

    /** Whether there is an export, and Athena may add it up. */
    static boolean isConfigured(Trial trial) {
        return trial.athena() != null && trial.export() != null;
    }

    private static void tryWorkgroup(Trial trial) {
        String workgroup = trial.athena().workgroup();
        AwsSession session = trial.ofExport();
        AthenaClient athena = ATHENA.in(session);
        if (AwsFailure.unlessGone(() -> athena.getWorkGroup(request -> request.workGroup(workgroup)))
                .isEmpty()) {
            throw new UserError(
                    "there is no workgroup " + workgroup + " in " + session.region() + ".",
                    "Correct aws: athena: workgroup in aiaudit.yaml; to list them: aws athena"
                            + " list-work-groups --region " + session.region());
        }
    }

    /** What Athena made of an export: a file in the form of the bill, and how it came about. */
    record Added(Path file, String summary) {}

    /** Why an export is not added up; nothing failed for good. */
    static final class NotAdded extends Exception {
        private static final long serialVersionUID = 1L;

        NotAdded(String reason) {
            super(reason, null, false, false);
        }
    }

    /** {@code files} are the addresses of the parts, {@code bytes} is their size. */
    Added add(Set<String> files, long bytes, Path folder) throws NotAdded, IOException, InterruptedException {
        BigDecimal gib = gib(bytes);
        if (isBelow(bytes, scope.aboveGib())) {
            throw new NotAdded("it has " + gib + " GiB, and Athena is used above "
                    + scope.aboveGib().toPlainString() + " (above_gib)");
        }
        if (BigDecimal.valueOf(bytes).compareTo(scope.maxScanGib().multiply(GIB)) > 0) {
            throw new NotAdded("Athena would read " + gib + " GiB, and may read "
                    + scope.maxScanGib().toPlainString() + " (max_scan_gib)");
        }
        try {
            return call(files, bytes, folder);
        } catch (SdkException e) {
            throw new NotAdded(reason(AwsFailure.explain(e).orElseThrow()));
        } catch (UserError e) { // the limit on what requests may cost
            throw new NotAdded(reason(e));
        }
    }

    static boolean isBelow(long bytes, BigDecimal gib) {
        return BigDecimal.valueOf(bytes).compareTo(gib.multiply(GIB)) < 0;
    }

    private static BigDecimal gib(long bytes) {
        return BigDecimal.valueOf(bytes).divide(GIB, 2, RoundingMode.HALF_EVEN);
    }

    private static String reason(UserError error) {
        return error.problem().replaceAll("[.]$", "");
    }

    private Added call(Set<String> files, long bytes, Path folder) throws NotAdded, IOException, InterruptedException {
        AthenaClient athena = ATHENA.in(session);
        StartQueryExecutionRequest.Builder request =
                StartQueryExecutionRequest.builder().workGroup(scope.workgroup());
        if (!keepsResults(workgroup(athena, bytes))) {
            request.resultConfiguration(result -> result.outputLocation(scope.output()));
        }
        AthenaTable table = table(files);
        DailyBill query = new DailyBill(
                List.of(table.database(), table.name()), table.columns(), table.types(), new Selection.Files(files));
        String sql = query.sql();
        if (sql.length() > LONGEST_QUERY) {
            throw new NotAdded("its " + files.size() + " files do not fit into one query");
        }
        session.clients().charge(QUERY.name(), cost(bytes));
        String id = athena.startQueryExecution(request.queryString(sql)
                        .queryExecutionContext(context -> context.database(table.database()))
                        .build())
                .queryExecutionId();
        QueryExecution execution = await(athena, id);
        if (execution.status().state() != QueryExecutionState.SUCCEEDED) {
            throw new NotAdded("Athena did not finish the query " + id + ": "
                    + execution.status().stateAsString() + ", "
                    + execution.status().stateChangeReason());
        }
        return write(athena, id, query, table, files, folder);
    }

    /** Five dollars for 10^12 bytes, of ten million at least. */
    static BigDecimal cost(long bytes) {
        return BigDecimal.valueOf(Math.max(bytes, LEAST_BYTES))
                .multiply(USD_PER_TB)
                .movePointLeft(12)
                .setScale(5, RoundingMode.CEILING);
    }

    private WorkGroupConfiguration workgroup(AthenaClient athena, long bytes) throws NotAdded {
        WorkGroup workgroup = athena.getWorkGroup(request -> request.workGroup(scope.workgroup()))
                .workGroup();
        WorkGroupConfiguration configuration = workgroup.configuration() == null
                ? WorkGroupConfiguration.builder().build()
                : workgroup.configuration();
        Long cutoff = configuration.bytesScannedCutoffPerQuery();
        if (cutoff != null && cutoff < bytes) {
            throw new NotAdded("the workgroup " + scope.workgroup() + " stops queries at " + cutoff + " bytes");
        }
        return configuration;
    }

    /**
     * True where Athena keeps the results by itself. Nothing is written to a location that the user did not name,
     * whatever a workgroup allows.
     */
    private boolean keepsResults(WorkGroupConfiguration workgroup) throws NotAdded {
        if (workgroup.managedQueryResultsConfiguration() != null
                && Boolean.TRUE.equals(
                        workgroup.managedQueryResultsConfiguration().enabled())) {
            return true;
        }
        if (scope.output() == null) {
            throw new NotAdded("the workgroup " + scope.workgroup()
                    + " has no managed query results, and no S3 location is set for them (output)");
        }
        String own = workgroup.resultConfiguration() == null
                ? null
                : workgroup.resultConfiguration().outputLocation();
        if (Boolean.TRUE.equals(workgroup.enforceWorkGroupConfiguration())
                && own != null
                && !folder(own).equals(folder(scope.output()))) {
            throw new NotAdded("the workgroup " + scope.workgroup() + " writes its results to " + own
                    + " and not to the configured location (output)");
        }
        return false;
    }

    private static String folder(String address) {
        return address.endsWith("/") ? address : address + "/";
    }

    private AthenaTable table(Set<String> files) throws NotAdded {
        GlueClient glue = AthenaTable.GLUE.in(session);
        if (scope.table() != null) {
            return AthenaTable.named(glue, scope.table(), files)
                    .orElseThrow(() -> new NotAdded("the table " + scope.table() + " does not cover it"));
        }
        return AthenaTable.over(glue, files)
                .orElseThrow(() -> new NotAdded("no table of Glue in " + session.region() + " covers it"));
    }

    private static QueryExecution await(AthenaClient athena, String id) throws NotAdded, InterruptedException {
        long pause = FIRST_PAUSE;
        for (long waited = 0; waited < LONGEST_WAIT; waited += pause) {
            QueryExecution execution = athena.getQueryExecution(request -> request.queryExecutionId(id))
                    .queryExecution();
            QueryExecutionState state = execution.status().state();
            if (state != QueryExecutionState.QUEUED && state != QueryExecutionState.RUNNING) {
                return execution;
            }
            Thread.sleep(pause);
            pause = Math.min(LONGEST_PAUSE, pause * 2);
        }
        throw new NotAdded("Athena did not finish the query " + id + " in a quarter of an hour");
    }

    private Added write(
            AthenaClient athena, String id, DailyBill query, AthenaTable table, Set<String> files, Path folder)
            throws NotAdded, IOException {
        Path file = folder.resolve("athena.csv");
        List<String> header = query.header();
        Set<String> returned = new HashSet<>();
        long before = 0;
        long after = 0;
        try (Writer out = Files.newBufferedWriter(file);
                CSVPrinter csv = new CSVPrinter(out, CSVFormat.RFC4180)) {
            csv.printRecord(header);
            for (Row row : (Iterable<Row>)
                    athena
                            .getQueryResultsPaginator(
                                    request -> request.queryExecutionId(id).maxResults(1000))
                            .stream()
                            .flatMap(page -> page.resultSet().rows().stream())::iterator) {
                List<String> cells = cells(row);
                if (cells.get(PART) == null) {
                    csv.printRecord(cells.subList(PART + 1, header.size() + 1));
                    after++;
                } else if (!cells.get(PART).equals("part")) { // which is the header that Athena sends first
                    returned.add(cells.get(PART));
                    before += Long.parseLong(cells.get(header.size() + 1));
                }
            }
        }
        if (!returned.equals(files)) {
            Files.delete(file);
            Set<String> missing = new HashSet<>(files);
            missing.removeAll(returned);
            throw new NotAdded("the table " + table + " has " + (files.size() - missing.size()) + " of its "
                    + files.size() + " files; its partitions may have to be added (MSCK REPAIR TABLE)");
        }
        return new Added(
                file,
                "added up by days in Athena from the table " + table + " (workgroup " + scope.workgroup() + "): "
                        + before + " rows became " + after);
    }

    private static List<String> cells(Row row) {
        List<String> cells = new ArrayList<>();
        row.data().stream().map(Datum::varCharValue).forEach(cells::add);
        return cells;
    }
}
