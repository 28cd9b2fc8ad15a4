package io.aiaudit.collect.trino;

import io.aiaudit.collect.lake.HourlyUsage;
import io.aiaudit.model.FileSet;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Sink;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVPrinter;

/**
 * Usage that is a table or view of Trino. The engine rolls it up to hours; what comes back is read as a usage file is.
 */
record TrinoUsage(TrinoAddress address, TrinoSession session, Set<String> absentIsZero) {
    /**
     * The statement for this table.
     *
     * @throws UserError when the table is no usage
     */
    HourlyUsage statement(Window window) throws SQLException, InterruptedException {
        Map<String, String> types = session.types(address.name());
        HourlyUsage usage = new HourlyUsage(address.table(), types, window);
        if (usage.problem().isPresent()) {
            throw new UserError(
                    address + " is no table of usage: " + usage.problem().orElseThrow() + ".",
                    "Name a table or view with resource_id, metric, hour (a timestamp) and average, maximum or total"
                            + " (docs/files.md).");
        }
        return usage;
    }

    /** Rolls it up into a file in {@code folder}; {@code notice} receives in advance what that will read. */
    void read(Window window, Path folder, Consumer<String> notice, Sink sink)
            throws SQLException, InterruptedException, IOException {
        HourlyUsage usage = statement(window);
        notice.accept("Trino at " + address.server() + " rolls up " + session.prediction(usage.sql(), usage.countSql())
                + " of " + address.name());
        Path file = folder.resolve("usage.csv.gz");
        try {
            Rolled rolled = new Rolled();
            write(usage, file, rolled);
            if (rolled.hours == 0 && rolled.impossible.isEmpty()) {
                throw new UserError(
                        address + " has no row in " + window + ".",
                        "Name days that it has with --window: SELECT min(hour), max(hour) FROM " + address.name());
            }
            rolled.say(address, sink);
            sink.files(FileSet.fetched(FileSet.Content.USAGE, address.toString(), file, absentIsZero));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private void write(HourlyUsage usage, Path file, Rolled rolled)
            throws SQLException, InterruptedException, IOException {
        List<String> header = usage.header();
        int width = header.size();
        try (CSVPrinter csv = ResultFile.create(file)) {
            csv.printRecord(header);
            session.query(usage.sql(), cells -> {
                if (Long.parseLong(cells.get(width)) > 0) {
                    rolled.impossible.add(cells.get(0) + " " + cells.get(1));
                } else {
                    csv.printRecord(cells.subList(0, width));
                    rolled.times += Long.parseLong(cells.get(width + 1));
                    rolled.hours++;
                }
            });
        }
    }

    /** What became of the rows. */
    private static final class Rolled {
        private long times;
        private long hours;
        private final Set<String> impossible = new TreeSet<>();

        void say(TrinoAddress address, Sink sink) {
            sink.warning(String.format(
                    Locale.ROOT,
                    "The usage %s was rolled up in Trino to hours: %,d points in time became %,d rows.",
                    address,
                    times,
                    hours));
            if (!impossible.isEmpty()) {
                sink.gap(new Gap(
                        "trino",
                        address + " usage",
                        impossible.size() + " series of " + address + " are not used, the first of "
                                + impossible.iterator().next()
                                + ": below 0, a ratio above 1, an average above its maximum, or rows of one "
                                + "time that differ.",
                        "Correct them in a view; rows of several accelerators need a column such as gpu "
                                + "(docs/files.md)."));
            }
        }
    }
}
