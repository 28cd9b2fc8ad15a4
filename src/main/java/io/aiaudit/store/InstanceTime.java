package io.aiaudit.store;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * What the time of one resource cost in one hour, or on one day where its bill is by the day.
 *
 * @param hours how long that is: 1 or 24
 * @param committed the part of the cost that a commitment covered
 * @param paidHours instance hours that the bill counts; null where it counts something else
 * @param committedHours those of them that a commitment covered; null as well
 * @param hoursOfOneMeter those of the meter that counts most of them, as another one may count the same hours; null as
 *     well
 */
public record InstanceTime(
        Instant start,
        int hours,
        BigDecimal cost,
        BigDecimal committed,
        Double paidHours,
        Double committedHours,
        Double hoursOfOneMeter) {}
