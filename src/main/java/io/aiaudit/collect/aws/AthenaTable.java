package io.aiaudit.collect.aws;

import static io.aiaudit.collect.Operation.BILL;

import io.aiaudit.collect.aws.AwsOperation.Grant;
import io.aiaudit.collect.aws.AwsOperation.Trial;
import io.aiaudit.collect.lake.BillColumns;
import io.aiaudit.model.UserError;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.GetTableResponse;
import software.amazon.awssdk.services.glue.model.Table;

/**
 * A table of Glue's catalog that lies over an export of the bill.
 *
 * @param types of its columns, by name in small letters
 */
record AthenaTable(String database, String name, BillColumns columns, Map<String, String> types) {
    static final AwsService<GlueClient> GLUE = AwsService.of("Glue", "glue", GlueClient.class, GlueClient::builder);

    /** What is called here: either the table that the user named is looked at, or one is looked for. */
    static final List<AwsOperation> OPERATIONS = List.of(
            GLUE.operation("GetDatabases", AthenaBill.FOUND, BILL)
                    .granted(Grant.ATHENA)
                    .probeIf(
                            trial -> AthenaBill.isConfigured(trial)
                                    && trial.athena().table() == null,
                            trial -> client(trial).getDatabases(request -> request.maxResults(1))),
            GLUE.operation("GetTables", AthenaBill.FOUND, BILL)
                    .granted(Grant.ATHENA)
                    .probeIf(
                            trial -> AthenaBill.isConfigured(trial)
                                    && trial.athena().table() == null,
                            trial -> client(trial)
                                    .getTables(request ->
                                            request.databaseName("default").maxResults(1))),
            GLUE.operation("GetTable", AthenaBill.FOUND, BILL)
                    .granted(Grant.ATHENA)
                    .probeIf(
                            trial -> AthenaBill.isConfigured(trial)
                                    && trial.athena().table() != null,
                            AthenaTable::tryNamed));

    private static GlueClient client(Trial trial) {
        return GLUE.in(trial.ofExport());
    }

    private static void tryNamed(Trial trial) {
        String table = trial.athena().table();
        if (AwsFailure.unlessGone(() -> get(client(trial), table)).isEmpty()) {
            throw new UserError(
                    "there is no table " + table + " in Glue's catalog in "
                            + trial.ofExport().region() + ".",
                    "Correct aws: athena: table in aiaudit.yaml, or omit it to search for a table.");
        }
    }

    private static GetTableResponse get(GlueClient glue, String address) {
        int dot = address.indexOf('.');
        return glue.getTable(
                request -> request.databaseName(address.substring(0, dot)).name(address.substring(dot + 1)));
    }

    /**
     * The first table under which all of these files lie and that has the columns of a bill; of the catalog where the
     * export is.
     */
    static Optional<AthenaTable> over(GlueClient glue, Collection<String> files) {
        return glue.getDatabasesPaginator(request -> {}).stream()
                .flatMap(page -> page.databaseList().stream())
                .flatMap(database -> glue.getTablesPaginator(request -> request.databaseName(database.name())).stream())
                .flatMap(page -> page.tableList().stream())
                .flatMap(table -> of(table, files).stream())
                .findFirst();
    }

    /** The one of this name, DATABASE.TABLE, if it lies over these files and has the columns of a bill. */
    static Optional<AthenaTable> named(GlueClient glue, String address, Collection<String> files) {
        return AwsFailure.unlessGone(() -> get(glue, address)).flatMap(response -> of(response.table(), files));
    }

    private static Optional<AthenaTable> of(Table table, Collection<String> files) {
        String location = table.storageDescriptor() == null
                ? null
                : table.storageDescriptor().location();
        if (location == null || location.isBlank()) { // a view
            return Optional.empty();
        }
        String folder = location.endsWith("/") ? location : location + "/";
        if (!files.stream().allMatch(file -> file.startsWith(folder))) {
            return Optional.empty();
        }
        Map<String, String> types = new LinkedHashMap<>();
        table.storageDescriptor().columns().forEach(column -> add(types, column));
        table.partitionKeys().forEach(column -> add(types, column));
        return BillColumns.of(types.keySet())
                .map(columns -> new AthenaTable(table.databaseName(), table.name(), columns, types));
    }

    private static void add(Map<String, String> types, Column column) {
        types.put(column.name().toLowerCase(Locale.ROOT), column.type() == null ? "string" : column.type());
    }

    @Override
    public String toString() {
        return database + "." + name;
    }
}
