package io.aiaudit.store;

import io.aiaudit.model.FileSet;
import io.aiaudit.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which days files cover. */
final class Coverage {
    /**
     * Start and end of what charges cover. Usage shows it; a monthly fee or tax of the whole month does not show how
     * far the bill goes, nor does what is posted once for its billing period (finish/posted-charges.sql), a charge over
     * more than a month or the correction of an earlier one, unless there is nothing else.
     */
    static final String BILL = first("min(ChargePeriodStart)") + ", " + first("max(ChargePeriodEnd)");

    private static String first(String bound) {
        String usage =
                "lower(coalesce(ChargeCategory, 'usage')) = 'usage' AND coalesce(lower(ChargeClass) <> 'correction', "
                        + "true) AND NOT (coalesce(ChargeFrequency = 'Recurring', false)"
                        + " AND ChargePeriodEnd - ChargePeriodStart > INTERVAL 25 HOUR)";
        String brief = "ChargePeriodEnd - ChargePeriodStart <= INTERVAL 32 DAY";
        return "coalesce(" + bound + " FILTER (" + usage + " AND " + brief + "), " + bound + " FILTER (" + brief + "), "
                + bound + ")";
    }

    private Coverage() {}

    /** What the bill of a provider covers by billing periods that are over, where these go beyond its usage. */
    static Map<String, Window> closedPeriods(LockedStore store) {
        Map<String, Window> periods = new HashMap<>();
        store.once(Sql.resource("read/closed-periods.sql"))
                .rows()
                .forEach(row ->
                        periods.put((String) row.get(0), new Window((Instant) row.get(1), (Instant) row.get(2))));
        return periods;
    }

    static Optional<Window> of(Sql sql, FileSet.Content content) {
        return switch (content) {
            case BILLING ->
                fullDays(sql.select("SELECT " + BILL + " FROM staged.bill")
                        .rows()
                        .get(0));
            case USAGE ->
                fullDays(sql.select(
                                "SELECT date_trunc('hour', min(moment)), date_trunc('hour', max(moment)) + INTERVAL 1 "
                                        + "HOUR FROM work.usage_rows")
                        .rows()
                        .get(0));
            case INVENTORY -> Optional.empty();
        };
    }

    private static Optional<Window> fullDays(List<Object> bounds) {
        if (bounds.get(0) == null || bounds.get(1) == null) {
            return Optional.empty();
        }
        Instant start = ((Instant) bounds.get(0)).truncatedTo(ChronoUnit.DAYS);
        if (start.isBefore((Instant) bounds.get(0))) {
            start = start.plus(Duration.ofDays(1));
        }
        Instant end = ((Instant) bounds.get(1)).truncatedTo(ChronoUnit.DAYS);
        return start.isBefore(end) ? Optional.of(new Window(start, end)) : Optional.empty();
    }
}
