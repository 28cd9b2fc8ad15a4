package io.aiaudit.collect.trino;

import io.aiaudit.collect.SourceCheck;
import io.aiaudit.collect.lake.DailyBill;
import io.aiaudit.model.SourceReport;
import io.aiaudit.model.SourceReport.Part;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Tries whether the tables can be read, and says what a scan would have Trino read. No row of them leaves the engine. */
public final class TrinoCheck implements SourceCheck {
    private final List<TrinoAddress> bills;
    private final TrinoLogin login;
    private final Window window;

    /** {@code window} is that of the scan. */
    public TrinoCheck(List<TrinoAddress> bills, TrinoLogin login, Window window) {
        this.bills = List.copyOf(bills);
        this.login = login;
        this.window = window;
    }

    @Override
    public String source() {
        return "trino";
    }

    @Override
    public SourceReport check() throws Exception {
        if (bills.isEmpty()) {
            throw new UserError(
                    "nothing to check: no table of Trino is named.",
                    "Name one: aiaudit sources check trino --billing trino://HOST:PORT/CATALOG/SCHEMA/TABLE");
        }
        List<Part> parts = new ArrayList<>();
        for (TrinoAddress address : bills) {
            parts.add(part(address));
        }
        return SourceReport.tried(parts, List.of(), List.of());
    }

    private Part part(TrinoAddress address) throws InterruptedException {
        try (TrinoSession session = TrinoSession.open(address, login)) {
            TrinoBill bill = new TrinoBill(address, session);
            DailyBill statement = bill.statement(window);
            return Part.ready(
                    address.toString(),
                    "bill; a scan of " + window + " has Trino add up " + bill.prediction(statement) + " of it");
        } catch (SQLException e) {
            UserError error = new TrinoFailure(address, login).explain(e).orElseThrow();
            return Part.missing(address.toString(), error.problem(), error.fix());
        } catch (UserError e) {
            return Part.missing(address.toString(), e.problem(), e.fix());
        }
    }
}
