package io.aiaudit.store;

import io.aiaudit.model.Window;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/**
 * What the time of one resource cost in one hour, or on one day where its bill is by the day, or the fee for longer
 * that it has beside these.
 *
 * @param hours how long that is: 1 or 24, or more of a fee, which may begin before the window and end after it
 * @param committed the part of the cost that a commitment covered
 * @param paidHours instance hours that the bill counts; null where it counts something else
 * @param committedHours those of them that a commitment covered; null as well
 * @param hoursOfOneMeter those of the meter that counts most of them, as another one may count the same hours; null as
 *     well, and where a meter has no name
 */
public record InstanceTime(
        Instant start,
        int hours,
        BigDecimal cost,
        BigDecimal committed,
        Double paidHours,
        Double committedHours,
        Double hoursOfOneMeter) {
    private static final int HOURS_OF_DAY = 24;

    public boolean isFee() {
        return hours > HOURS_OF_DAY;
    }

    /** The period that it pays for. */
    public Window period() {
        return new Window(start, start.plus(Duration.ofHours(hours)));
    }
}
