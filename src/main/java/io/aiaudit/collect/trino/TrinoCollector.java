package io.aiaudit.collect.trino;

import io.aiaudit.collect.Collector;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;

/** Bills that lie in tables of a lake; Trino adds them up there. */
public final class TrinoCollector implements Collector {
    private final List<TrinoAddress> bills;
    private final TrinoLogin login;
    private final Path scratch;
    private final Consumer<String> notice;

    /** What is read lies in {@code scratch} until the store has it; {@code notice} is told what a statement will read. */
    public TrinoCollector(List<TrinoAddress> bills, TrinoLogin login, Path scratch, Consumer<String> notice) {
        this.bills = List.copyOf(bills);
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
        return bills.stream()
                .map(address -> new Slice("", address.toString(), Slice.Dataset.BILLING))
                .distinct()
                .toList();
    }

    @Override
    public void collect(Slice slice, Window window, Known known, Sink sink) throws Exception {
        TrinoAddress address = bills.stream()
                .filter(bill -> bill.toString().equals(slice.scope()))
                .findFirst()
                .orElseThrow();
        Path folder = Files.createTempDirectory(scratch, "trino-");
        try (TrinoSession session = TrinoSession.open(address, login)) {
            new TrinoBill(address, session).read(window, folder, notice, sink);
        } catch (SQLException e) {
            throw new TrinoFailure(address, login).explain(e).orElseThrow();
        }
    }
}
