package io.aiaudit.collect.trino;

import io.aiaudit.collect.SourceCheck;
import io.aiaudit.collect.lake.DailyBill;
import io.aiaudit.collect.lake.HourlyUsage;
import io.aiaudit.model.FileSet.Content;
import io.aiaudit.model.SourceReport;
import io.aiaudit.model.SourceReport.Part;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Tries whether the tables can be read, and shows what a scan would have Trino read. No row of them leaves the engine.
 */
public final class TrinoCheck implements SourceCheck {
    private final List<TrinoTable> tables;
    private final TrinoLogin login;
    private final Window window;

    /** {@code window} is that of the scan. */
    public TrinoCheck(List<TrinoTable> tables, TrinoLogin login, Window window) {
        this.tables = List.copyOf(tables);
        this.login = login;
        this.window = window;
    }

    @Override
    public String source() {
        return "trino";
    }

    @Override
    public SourceReport check() throws Exception {
        if (tables.isEmpty()) {
            throw new UserError(
                    "nothing to check: no table of Trino is named.",
                    "Name one: aiaudit sources check trino --billing trino://HOST:PORT/CATALOG/SCHEMA/TABLE");
        }
        List<Part> parts = new ArrayList<>();
        for (TrinoTable table : tables) {
            parts.add(part(table));
        }
        return SourceReport.tried(parts, List.of(), List.of());
    }

    private Part part(TrinoTable table) throws InterruptedException {
        TrinoAddress address = table.address();
        try (TrinoSession session = TrinoSession.open(address, login)) {
            if (table.content() == Content.USAGE) {
                HourlyUsage usage = new TrinoUsage(address, session, Set.of()).statement(window);
                return Part.ready(
                        address.toString(),
                        "usage; a scan of " + window + " has Trino roll up "
                                + session.prediction(usage.sql(), usage.countSql()) + " of it");
            }
            DailyBill bill = new TrinoBill(address, session).statement(window);
            return Part.ready(
                    address.toString(),
                    "bill; a scan of " + window + " has Trino add up " + session.prediction(bill.sql(), bill.countSql())
                            + " of it");
        } catch (SQLException e) {
            UserError error = new TrinoFailure(address, login).explain(e).orElseThrow();
            return Part.missing(address.toString(), error.problem(), error.fix());
        } catch (UserError e) {
            return Part.missing(address.toString(), e.problem(), e.fix());
        }
    }
}
