package io.aiaudit.store;

import io.aiaudit.model.Window;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The bill of an account that begins clearly after that of its provider or ends clearly before it, though what it
 * charges was there all the time.
 *
 * @param coveredFrom null where it begins as that of the provider does
 * @param coveredTo null where it ends as that of the provider does
 */
public record CutBill(String provider, String account, Instant coveredFrom, Instant coveredTo) {
    /** Those that are cut within a window, by the leaves of their accounts; none where no bill was finished. */
    public static Map<String, CutBill> byLeaf(LockedStore store, Window window) {
        Map<String, CutBill> bills = new HashMap<>();
        if (!store.hasTable("charge_texts")) {
            return bills;
        }
        store.once(Sql.inWindow("read/cut-bills.sql", window)).each(CutBill.class, bills::put);
        return bills;
    }
}
