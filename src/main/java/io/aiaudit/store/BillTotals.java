package io.aiaudit.store;

import io.aiaudit.model.Audit;
import io.aiaudit.model.ProviderBillBuilder;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** Sums over whole bills. */
final class BillTotals {
    private BillTotals() {}

    static Audit.Bill bill(LockedStore store) {
        return new Audit.Bill(store.select(Sql.resource("read/bill.sql")).rows().stream()
                .map(row -> ProviderBillBuilder.builder()
                        .provider((String) row.get(0))
                        .billedCost(money(row.get(1)))
                        .effectiveCost(money(row.get(2)))
                        .aiCost(money(row.get(3)))
                        .otherCost(money(row.get(4)))
                        .untoldCost(money(row.get(5)))
                        .tax(money(row.get(6)))
                        .promotionalCredit(money(row.get(7)))
                        .rows(((Number) row.get(8)).longValue())
                        .rejectedRows(((Number) row.get(9)).longValue())
                        .build())
                .toList());
    }

    static List<Audit.Conversion> conversions(LockedStore store) {
        return !store.hasTable("conversions")
                ? List.of()
                : store.once("FROM conversions ORDER BY what, provider, currency").rows().stream()
                        .map(row -> new Audit.Conversion(
                                (String) row.get(0),
                                (String) row.get(1),
                                (String) row.get(2),
                                money(row.get(3)),
                                (LocalDate) row.get(4),
                                money(row.get(5)),
                                money(row.get(6))))
                        .toList();
    }

    static List<Audit.DailySpend> daily(LockedStore store) {
        return store.once(Sql.resource("read/daily-spend.sql")).rows().stream()
                .map(row -> new Audit.DailySpend(
                        (LocalDate) row.get(0),
                        (String) row.get(1),
                        (String) row.get(2),
                        StoredScan.spendClass(row.get(3)),
                        money(row.get(4))))
                .toList();
    }

    /** Exact, without zeros at the end beyond cents; null stays null. */
    static BigDecimal money(Object amount) {
        if (amount == null) {
            return null;
        }
        BigDecimal exact = ((BigDecimal) amount).stripTrailingZeros();
        return exact.scale() < 2 ? exact.setScale(2) : exact;
    }
}
