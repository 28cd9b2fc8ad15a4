package io.aiaudit.collect.gcp;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.Dataset;
import com.google.cloud.bigquery.DatasetId;
import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TableId;
import io.aiaudit.model.FileSet;
import io.aiaudit.model.Sink;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The bill: an export in BigQuery, the one that the configuration names or the best that lies in the projects. Without one, machines cost their list price. */
final class GcpBill {
    private static final String SET_UP = "docs/gcp.md tells how to set up an export.";

    private final GcpClients clients;
    private final GcpScope scope;
    private final Path scratch;

    /** What is read lies in {@code scratch} until the store has it. */
    GcpBill(GcpClients clients, GcpScope scope, Path scratch) {
        this.clients = clients;
        this.scope = scope;
        this.scratch = scratch;
    }

    void read(List<String> projects, Window window, Sink sink) throws IOException, InterruptedException {
        List<String> reasons = new ArrayList<>();
        Optional<BillTable> table = scope.export() == null ? found(projects, reasons) : Optional.of(named());
        if (table.isEmpty()) {
            String why = reasons.isEmpty() ? "" : " (" + String.join("; ", reasons) + ")";
            sink.warning("No export of the bill lies in the projects of gcp" + why
                    + ". What a machine costs is its list price. " + SET_UP);
            new BillingAccounts(clients).told(projects).forEach(sink::warning);
            return;
        }
        read(table.get(), window, sink);
    }

    private void read(BillTable table, Window window, Sink sink) throws IOException, InterruptedException {
        BillQuery query = BillQuery.of(clients, table, window);
        Path folder = Files.createTempDirectory(scratch, "bill-");
        Path file = folder.resolve("bill.csv.gz");
        BillQuery.Answer answer = query.write(file);
        String cost = String.format(
                Locale.ROOT,
                "BigQuery read %s for it, %s were estimated: $%s at the price on demand",
                megabytes(answer.billedBytes()),
                megabytes(answer.estimatedBytes()),
                BillQuery.usd(answer.billedBytes()).stripTrailingZeros().toPlainString());
        if (answer.rows() == 0) {
            sink.warning("The export " + table + " has nothing of " + window + "; " + cost
                    + ". What a machine costs is its list price. " + SET_UP);
        } else {
            sink.warning(String.format(
                    Locale.ROOT,
                    "The bill of gcp is %s, %s: %,d rows%s. %s.",
                    table.kind().title(),
                    table,
                    answer.rows(),
                    upTo(answer.exportedUpTo(), window),
                    cost));
            sink.files(new FileSet(FileSet.Content.BILLING, table.toString(), List.of(file), Set.of()));
        }
        Files.delete(file);
        Files.delete(folder);
    }

    private static String upTo(Instant exported, Window window) {
        return exported == null || !exported.isBefore(window.end())
                ? ""
                : ", exported up to " + exported + ": what was used shortly before may not be in it yet";
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6);
    }

    /** The table or dataset of the configuration. */
    private BillTable named() {
        String[] parts = scope.export().split("[.]");
        if (parts.length == 2) {
            return tables(clients.bigQuery(), DatasetId.of(parts[0], parts[1]))
                    .min(BillTable.BEST_FIRST)
                    .orElseThrow(() -> new UserError(
                            "the dataset " + scope.export() + " of gcp: export has no table of a billing export.",
                            "Name the table: gcp: {export: " + scope.export() + ".TABLE}; 'bq ls " + parts[0] + ":"
                                    + parts[1] + "' shows what there is."));
        }
        return BillTable.of(parts[0], parts[1], parts[2])
                .orElseGet(() -> new BillTable(parts[0], parts[1], parts[2], kind(parts)));
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

    /** What cannot be listed in a project is no failure while another project may have it; it is a reason to tell where none has. */
    private Optional<BillTable> found(List<String> projects, List<String> reasons) {
        List<BillTable> tables = new ArrayList<>();
        for (String project : projects) {
            try {
                for (Dataset dataset : clients.bigQuery()
                        .listDatasets(project, BigQuery.DatasetListOption.pageSize(1000))
                        .iterateAll()) {
                    tables(clients.bigQuery(), dataset.getDatasetId()).forEach(tables::add);
                }
            } catch (BigQueryException e) {
                if (e.getCode() < 400 || e.getCode() >= 500) {
                    throw e; // it does not say that there is none
                }
                UserError error = clients.explain(e).orElseThrow(() -> e);
                reasons.add(project + ": " + error.problem().replaceFirst("[.]$", ""));
            }
        }
        return tables.stream().min(BillTable.BEST_FIRST);
    }

    private static Stream<BillTable> tables(BigQuery bigQuery, DatasetId dataset) {
        return Stream.of(bigQuery.listTables(dataset, BigQuery.TableListOption.pageSize(1000)))
                .flatMap(page -> page.streamAll())
                .flatMap(table -> BillTable.of(
                        table.getTableId().getProject(),
                        table.getTableId().getDataset(),
                        table.getTableId().getTable())
                        .stream());
    }
}
