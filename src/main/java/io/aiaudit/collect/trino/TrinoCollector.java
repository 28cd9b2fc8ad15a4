package io.aiaudit.collect.trino;

import io.aiaudit.collect.Collector;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.FileSet.Content;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Bills and usage that lie in tables of a lake; Trino adds them up there. */
public final class TrinoCollector implements Collector {
    private final List<TrinoTable> tables;
    private final Set<String> absentIsZero;
    private final TrinoLogin login;
    private final Path scratch;
    private final Consumer<String> notice;

    /**
     * What is read lies in {@code scratch} until the store has it; {@code notice} receives what a statement will read.
     *
     * @param absentIsZero metrics for which tables of usage leave zeros out
     */
    public TrinoCollector(
            List<TrinoTable> tables,
            Set<String> absentIsZero,
            TrinoLogin login,
            Path scratch,
            Consumer<String> notice) {
        this.tables = List.copyOf(tables);
        this.absentIsZero = Set.copyOf(absentIsZero);
        this.login = login;
        this.scratch = scratch;
        this.notice = notice;
    }

    @Override
    public String source() {
        return "trino";
    }

    @Override
    public List<Slice> plan(String account, Window window) {
        return tables.stream().map(TrinoCollector::slice).distinct().toList();
    }

    private static Slice slice(TrinoTable table) {
        return new Slice(
                "",
                table.address().toString(),
                table.content() == Content.USAGE ? Slice.Dataset.METRICS : Slice.Dataset.BILLING);
    }

    @Override
    public void collect(Slice slice, Window window, Known known, Sink sink) throws Exception {
        TrinoTable table = tables.stream()
                .filter(one -> slice(one).equals(slice))
                .findFirst()
                .orElseThrow();
        TrinoAddress address = table.address();
        Path folder = Files.createTempDirectory(scratch, "trino-");
        try (TrinoSession session = TrinoSession.open(address, login)) {
            if (table.content() == Content.USAGE) {
                new TrinoUsage(address, session, absentIsZero).read(window, folder, notice, sink);
            } else {
                new TrinoBill(address, session).read(window, folder, notice, sink);
            }
        } catch (SQLException e) {
            throw new TrinoFailure(address, login).explain(e).orElseThrow();
        }
    }
}
