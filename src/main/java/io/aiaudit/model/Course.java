package io.aiaudit.model;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How the cost of one leaf went inside the window, day by day (UTC), and what is known of its end. Only charges of at
 * most 25 hours are in it: what a row of a week or a month pays for cannot be seen by the day. Corrections and what is
 * paid once are not in it.
 *
 * @param days the metered cost of each day, by component; of a service without a resource only that of the meters of
 * which the bill names the resources from a later day on
 * @param terms under which terms time was billed on each day
 * @param configuredAt when a source says that its machine type or its limits of scaling were last changed; null where
 * none does
 * @param ended what says that it is gone though it has no end; null where nothing does
 * @param billedTo where the metered charges of its account end, at most the end of the window; null where it is unknown
 * @param wholeBill the part of the window that the bill covers, where it names the leaf in the end of that only; null
 * where it may name it in all of it
 */
public record Course(
        List<Day> days,
        List<Term> terms,
        Instant configuredAt,
        Ended ended,
        Instant billedTo,
        Window wholeBill,
        Set<LocalDate> missing,
        Instant dividedAt) {
    public Course(List<Day> days, List<Term> terms, Instant configuredAt, Ended ended, Instant billedTo) {
        this(days, terms, configuredAt, ended, billedTo, null, Set.of(), null);
    }

    public Course(List<Day> days, List<Term> terms, Instant configuredAt, Ended ended) {
        this(days, terms, configuredAt, ended, null, null, Set.of(), null);
    }

    public Course {
        days = List.copyOf(days);
        terms = List.copyOf(terms);
        missing = Set.copyOf(missing);
    }

    /**
     * The same without price, cover by a commitment, load and another division: they change what it costs, not how it
     * runs.
     */
    public Course withoutPrices() {
        return without(term -> term.kind() == Kind.COMMITMENT || term.kind() == Kind.PRICE || term.kind() == Kind.LOAD)
                .dividedAt(null);
    }

    /** The same without the numbers of instances and units. */
    public Course withoutNumbers() {
        return without(term -> term.kind() == Kind.NUMBER);
    }

    /** The same of a part of a bill that was divided anew. */
    public Course dividedAt(Instant at) {
        return new Course(days, terms, configuredAt, ended, billedTo, wholeBill, missing, at);
    }

    /** The same without some of its terms. */
    public Course without(Predicate<Term> unwanted) {
        return new Course(
                days,
                terms.stream().filter(unwanted.negate()).toList(),
                configuredAt,
                ended,
                billedTo,
                wholeBill,
                missing,
                dividedAt);
    }

    /** The same with other days. */
    public Course withDays(List<Day> others) {
        return new Course(others, terms, configuredAt, ended, billedTo, wholeBill, missing, dividedAt);
    }

    /** The same of a leaf that the bill names in the end of this only. */
    public Course namedLateIn(Window bill) {
        return new Course(days, terms, configuredAt, ended, billedTo, bill, missing, dividedAt);
    }

    /**
     * Charges of one component on one day, of time under the same terms.
     *
     * @param from the first of them
     * @param cost their sum over their whole periods, exact; it counts by insideSeconds / periodSeconds
     * @param committed the part of it that a commitment covers
     * @param chargedSeconds how long they were charged for on that day
     */
    public record Day(
            Component component,
            LocalDate date,
            Instant from,
            BigDecimal cost,
            BigDecimal committed,
            long insideSeconds,
            long periodSeconds,
            long chargedSeconds) {
        /** One that was charged for all of the day. */
        public Day(
                Component component,
                LocalDate date,
                Instant from,
                BigDecimal cost,
                BigDecimal committed,
                long insideSeconds,
                long periodSeconds) {
            this(
                    component,
                    date,
                    from,
                    cost,
                    committed,
                    insideSeconds,
                    periodSeconds,
                    Duration.ofDays(1).toSeconds());
        }
    }

    /** What may change for good about how time is billed. */
    public enum Kind implements Keyed {
        MACHINE,
        PURCHASE,
        COMMITMENT,
        PRICE,
        /** How many there are, where nothing but a person changes that. */
        NUMBER,
        /** The same where nothing says that it scales, though it may: fewer are fewer, and more may be a load. */
        LOAD
    }

    /**
     * One term on one day: a machine type, a way to buy it, whether a commitment covers some of it, what a unit of
     * it costs on demand, or how many there are where nothing says that their number follows a load.
     *
     * @param from the first charge of this day under it
     * @param to the end of the last one
     */
    public record Term(Kind kind, String value, LocalDate date, Instant from, Instant to) {
        public Term as(Kind other) {
            return new Term(other, value, date, from, to);
        }

        /** Whether it is the price of a unit of one meter, and not of all that an hour was charged for. */
        public boolean isOfMeter() {
            return value.indexOf(' ') >= 0;
        }
    }

    /**
     * What says that a resource is gone.
     *
     * @param since null where its end is unknown
     */
    public record Ended(Instant since, String why) {}
}
