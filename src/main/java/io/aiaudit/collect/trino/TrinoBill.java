package io.aiaudit.collect.trino;

import io.aiaudit.collect.lake.BillColumns;
import io.aiaudit.collect.lake.DailyBill;
import io.aiaudit.collect.lake.Selection;
import io.aiaudit.model.FileSet;
import io.aiaudit.model.Sink;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import io.trino.jdbc.QueryStats;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVPrinter;

/**
 * A bill that is a table or view of Trino. The engine adds it up by resource, SKU and day; what comes back is read as
 * any bill is.
 */
record TrinoBill(TrinoAddress address, TrinoSession session) {
    /** What the store recognizes a FOCUS bill by; it has a provider in one of two columns besides. */
    private static final List<String> FOCUS = List.of(
            "BilledCost", "BillingCurrency", "ChargePeriodStart", "ChargePeriodEnd", "ChargeCategory", "ServiceName");

    private static final List<String> PROVIDERS = List.of("ProviderName", "ServiceProviderName");

    /**
     * The statement for this table.
     *
     * @throws UserError when the table is no bill
     */
    DailyBill statement(Window window) throws SQLException, InterruptedException {
        Map<String, String> types = session.types(address.name());
        BillColumns columns = BillColumns.of(types.keySet())
                .filter(known -> !known.equals(BillColumns.FOCUS)
                        || missing(types.keySet()).isEmpty())
                .orElseThrow(() -> new UserError(
                        address + " is not a bill in FOCUS: it has no " + String.join(", ", missing(types.keySet()))
                                + ".",
                        "Name a table or view with the columns of FOCUS (docs/billing.md): CREATE VIEW ... AS SELECT"
                                + " ... AS BilledCost, ..."));
        return new DailyBill(address.table(), columns, types, new Selection.Charges(window));
    }

    private static List<String> missing(Set<String> columns) {
        Stream<String> provider =
                PROVIDERS.stream().anyMatch(name -> has(columns, name)) ? Stream.empty() : Stream.of(PROVIDERS.get(0));
        return Stream.concat(FOCUS.stream().filter(name -> !has(columns, name)), provider)
                .toList();
    }

    private static boolean has(Set<String> columns, String name) {
        return columns.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Adds it up into a file in {@code folder}; {@code notice} receives in advance what that will read. */
    void read(Window window, Path folder, Consumer<String> notice, Sink sink)
            throws SQLException, InterruptedException, IOException {
        DailyBill bill = statement(window);
        notice.accept("Trino at " + address.server() + " adds up " + session.prediction(bill.sql(), bill.countSql())
                + " of " + address.name());
        Path file = folder.resolve("bill.csv.gz");
        try {
            read(bill, window, file, sink);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private void read(DailyBill bill, Window window, Path file, Sink sink)
            throws SQLException, InterruptedException, IOException {
        Counted counted = new Counted();
        QueryStats stats = write(bill, file, counted);
        if (counted.after == 0) {
            throw new UserError(
                    address + " has no charge in " + window + ".",
                    "Name days that it has, such as --window 2026-06-01/2026-07-01: SELECT min(ChargePeriodStart),"
                            + " max(ChargePeriodEnd) FROM " + address.name());
        }
        sink.warning(String.format(
                Locale.ROOT,
                "The bill %s was added up in Trino by resource, SKU and day: %,d rows became %,d. Trino read %,d rows"
                        + " (%s) in query %s.",
                address,
                counted.before,
                counted.after,
                stats.getProcessedRows(),
                TrinoSession.bytes(BigDecimal.valueOf(stats.getProcessedBytes())),
                stats.getQueryId()));
        sink.files(FileSet.fetched(FileSet.Content.BILLING, address.toString(), file, Set.of()));
    }

    private QueryStats write(DailyBill bill, Path file, Counted counted)
            throws SQLException, InterruptedException, IOException {
        List<String> header = bill.header();
        try (CSVPrinter csv = ResultFile.create(file)) {
            csv.printRecord(header);
            return session.query(bill.sql(), cells -> {
                csv.printRecord(cells.subList(0, header.size()));
                counted.before += Long.parseLong(cells.get(header.size()));
                counted.after++;
            });
        }
    }

    /** Rows of the table, and what they became. */
    private static final class Counted {
        private long before;
        private long after;
    }
}
