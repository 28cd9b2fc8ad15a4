package io.aiaudit.collect.gcp;

import static io.aiaudit.collect.Operation.BILL;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.bigquery.DatasetId;
import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TableId;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.collect.rest.RestFailure;
import io.aiaudit.collect.rest.RestRequest;
import io.aiaudit.model.FileSet;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Sink;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import java.io.IOException;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The bill: an export in BigQuery, the one that the configuration names or the best that lies in the projects. Without
 * one, machines cost their list price.
 */
final class GcpBill {
    private static final GoogleOperation DATASETS = GoogleOperation.get(
            "bigquery", "/bigquery/v2/projects/{project}/datasets", "bigquery.datasets.get", BillQuery.FOUND, BILL);
    private static final GoogleOperation TABLES = GoogleOperation.list(
                    "bigquery", "/bigquery/v2/projects/{project}/datasets/{dataset}/tables", BillQuery.FOUND, BILL)
            .untried();

    /** The last ones are called by Google's library. */
    static final List<GoogleOperation> OPERATIONS = Stream.of(
                    BillingAccounts.OPERATIONS,
                    List.of(
                            DATASETS,
                            TABLES,
                            GoogleOperation.get(
                                            "bigquery",
                                            "/bigquery/v2/projects/{project}/datasets/{dataset}/tables/{table}",
                                            "bigquery.tables.get",
                                            BillQuery.FOUND,
                                            BILL)
                                    .untried()),
                    BillQuery.OPERATIONS)
            .flatMap(List::stream)
            .toList();

    private static final String LIST_PRICE =
            "Instances are priced at list, and the use of commitments is unknown. To set up an export, see "
                    + "docs/gcp.md.";

    private static final int MOST_NAMED = 10;

    private final GcpClients clients;
    private final GcpScope scope;
    private final Path scratch;

    /** What is read lies in {@code scratch} until the store has it. */
    GcpBill(GcpClients clients, GcpScope scope, Path scratch) {
        this.clients = clients;
        this.scope = scope;
        this.scratch = scratch;
    }

    /** {@code billed} are the projects whose cost is read; empty = all that the export has. */
    void read(List<String> projects, Set<String> billed, Window window, Sink sink)
            throws IOException, InterruptedException {
        List<Gap> refused = new ArrayList<>();
        List<BillTable> tables = new ArrayList<>();
        if (scope.export() == null) {
            tables.addAll(found(projects, refused, sink));
        } else if (!tried(scope.export(), sink, () -> tables.addAll(named()))) {
            sink.warning(LIST_PRICE);
            return;
        }
        if (tables.isEmpty()) {
            refused.forEach(sink::gap);
            sink.warning("No billing export was found in " + (refused.isEmpty() ? "" : "what could be read of ")
                    + "the projects of gcp. " + LIST_PRICE);
            new BillingAccounts(clients).sentences(projects).forEach(sink::warning);
            return;
        }
        if (!refused.isEmpty()) {
            sink.warning("These could not be searched and may hold the export of another billing account: "
                    + refused.stream()
                            .map(gap ->
                                    gap.scope().replaceFirst(" bill$", "") + " (" + withoutStop(gap.problem()) + ")")
                            .collect(Collectors.joining("; "))
                    + ". If so, grant bigquery.tables.list and bigquery.tables.getData there, or set gcp: "
                    + "{export: PROJECT.DATASET}.");
        }
        boolean[] hasBill = {false};
        for (BillTable table : tables) {
            tried(table.toString(), sink, () -> hasBill[0] |= read(table, billed, window, sink));
        }
        if (!hasBill[0]) {
            sink.warning(LIST_PRICE);
        }
    }

    /** A step that may fail. */
    private interface Step {
        void run() throws IOException, InterruptedException;
    }

    /** False where it fails: a gap of the table or dataset that it is about, in whatever project a scan begins. */
    private boolean tried(String what, Sink sink, Step step) throws IOException, InterruptedException {
        try {
            step.run();
            return true;
        } catch (RuntimeException e) {
            sink.gap(gap(what, e));
            return false;
        }
    }

    /** Whether there was anything in it. */
    private boolean read(BillTable table, Set<String> billed, Window window, Sink sink)
            throws IOException, InterruptedException {
        BillQuery query = BillQuery.of(clients, table, window);
        Path folder = Files.createTempDirectory(scratch, "bill-");
        Path file = folder.resolve("bill.csv.gz");
        BillQuery.Answer response = query.write(file, billed);
        String cost = String.format(
                Locale.ROOT,
                "BigQuery read %s for it, %s were estimated: $%s at the price on demand",
                megabytes(response.billedBytes()),
                megabytes(response.estimatedBytes()),
                BillQuery.usd(response.billedBytes()).stripTrailingZeros().toPlainString());
        if (!response.leftOut().isEmpty()) {
            sink.warning("The export " + table
                    + " has cost of projects that are not scanned, which is not in this report: "
                    + response.leftOut().entrySet().stream()
                            .map(project -> project.getKey() + " ("
                                    + project.getValue()
                                            .setScale(2, RoundingMode.HALF_EVEN)
                                            .toPlainString() + ")")
                            .limit(MOST_NAMED)
                            .collect(Collectors.joining(", "))
                    + (response.leftOut().size() > MOST_NAMED
                            ? " and " + (response.leftOut().size() - MOST_NAMED) + " more"
                            : "")
                    + ". Name them under gcp: projects, or their organization, to include them.");
        }
        if (response.rows() == 0) {
            sink.warning("The export " + table + " has nothing of " + window + "; " + cost + ".");
        } else {
            sink.warning(String.format(
                    Locale.ROOT,
                    "The bill of gcp is %s, %s: %,d rows%s. %s.",
                    table.kind().title(),
                    table,
                    response.rows(),
                    upTo(response.exportedUpTo(), window),
                    cost));
            sink.files(FileSet.fetched(FileSet.Content.BILLING, table.toString(), file, Set.of()));
        }
        Files.delete(file);
        Files.delete(folder);
        return response.rows() > 0;
    }

    private static String withoutStop(String sentence) {
        return sentence.replaceFirst("[.]$", "");
    }

    private static String upTo(Instant exported, Window window) {
        return exported == null || !exported.isBefore(window.end())
                ? ""
                : ", exported up to " + exported + ": very recent usage may be missing";
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6);
    }

    /** The table of the configuration, or those of its dataset. */
    private List<BillTable> named() {
        String[] parts = scope.export().split("[.]");
        if (parts.length == 2) {
            List<BillTable> tables = BillTable.best(tables(DatasetId.of(parts[0], parts[1])));
            if (tables.isEmpty()) {
                throw new UserError(
                        "the dataset " + scope.export() + " of gcp: export has no table of a billing export.",
                        "Name the table: gcp: {export: " + scope.export() + ".TABLE}; 'bq ls " + parts[0] + ":"
                                + parts[1] + "' lists the tables.");
            }
            return tables;
        }
        return List.of(BillTable.of(parts[0], parts[1], parts[2])
                .orElseGet(() -> new BillTable(parts[0], parts[1], parts[2], kind(parts))));
    }

    /** Of a table or view that has a name of the user's own. */
    private BillTable.Kind kind(String[] parts) {
        Table table = clients.bigQuery().getTable(TableId.of(parts[0], parts[1], parts[2]));
        if (table == null) {
            throw BillQuery.notThere(scope.export());
        }
        Set<String> columns = BillQuery.columns(table);
        return columns.contains("BilledCost")
                ? BillTable.Kind.FOCUS
                : columns.contains("resource") ? BillTable.Kind.DETAILED : BillTable.Kind.STANDARD;
    }

    /**
     * What is refused, a project or a dataset of it, is no failure while another may have the export; it is a gap where
     * none has. What fails otherwise is a gap in any case: it may have a better one.
     */
    private List<BillTable> found(List<String> projects, List<Gap> refused, Sink sink) {
        List<BillTable> tables = new ArrayList<>();
        for (String project : projects) {
            search(
                    project,
                    refused,
                    sink,
                    () -> pages(
                            DATASETS,
                            project,
                            "",
                            page -> page.path("datasets").forEach(dataset -> {
                                DatasetId id = DatasetId.of(
                                        project, String.valueOf(Json.text(dataset, "/datasetReference/datasetId")));
                                search(project + "." + id.getDataset(), refused, sink, () -> tables.addAll(tables(id)));
                            })));
        }
        return BillTable.best(tables);
    }

    private void search(String what, List<Gap> refused, Sink sink, Runnable search) {
        try {
            search.run();
        } catch (RestFailure e) {
            if (e.status() >= 400 && e.status() < 500) {
                refused.add(gap(what, e));
            } else {
                sink.gap(gap(what, e));
            }
        }
    }

    private Gap gap(String what, RuntimeException failure) {
        if (Thread.currentThread().isInterrupted()) {
            throw failure;
        }
        UserError error = clients.explain(failure).orElseThrow(() -> failure);
        return new Gap("gcp", what + " bill", error.problem(), error.fix());
    }

    private List<BillTable> tables(DatasetId dataset) {
        List<BillTable> tables = new ArrayList<>();
        pages(
                TABLES,
                dataset.getProject(),
                dataset.getDataset(),
                page -> page.path("tables")
                        .forEach(table -> BillTable.of(
                                        dataset.getProject(),
                                        dataset.getDataset(),
                                        String.valueOf(Json.text(table, "/tableReference/tableId")))
                                .ifPresent(tables::add)));
        return tables;
    }

    /** BigQuery says of each list what it is: one without any content is none. */
    private void pages(GoogleOperation list, String project, String dataset, Consumer<JsonNode> page) {
        RestRequest request = clients.api()
                .request(list)
                .with("project", project)
                .with("dataset", dataset)
                .query("maxResults", "1000");
        clients.api().pages(request, one -> page.accept(GoogleApi.notEmpty(request, one)));
    }
}
