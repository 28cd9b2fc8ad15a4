package io.aiaudit.store;

import io.aiaudit.model.Component;
import io.aiaudit.model.Course;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Window;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Reads how the cost of leaves went by the day, when each was last changed, and which are gone without a known end
 * they ended.
 */
final class Courses {
    /** Attributes: since when a resource is what it is, and when its limits of scaling were last changed. */
    private static final List<String> CHANGED = List.of("configured_at", "scaling_changed_at");

    /** Set where the inventory lists others of its kind instead and not it (finish/not-in-inventory.sql). */
    private static final String NOT_LISTED = "not_in_inventory";

    /** Prices that differ less are the same. */
    private static final MathContext DIGITS = new MathContext(3);

    private static final Duration RECENT = Duration.ofDays(2);

    private final Map<String, List<Course.Day>> days = new HashMap<>();
    private final Map<String, List<Course.Term>> terms = new HashMap<>();
    /** How many ran on each day. */
    private final Map<String, List<Course.Term>> numbers = new HashMap<>();
    /** Times and texts that many days have, each once; empty when all is read. */
    private final Map<Object, Object> shared = new HashMap<>();

    private final Map<String, Course.Ended> silent = new HashMap<>();
    private final Map<String, Instant> billedTo = new HashMap<>();
    private final Map<String, Instant> lastCharged = new HashMap<>();
    private final Map<String, Set<LocalDate>> missing;
    private final Set<String> measured;

    private Courses(LockedStore store, Window window) {
        List<DailyCost> ofLeaf = new ArrayList<>();
        store.each(Sql.inWindow("read/daily-costs.sql", window), DailyCost.class, day -> {
            if (!ofLeaf.isEmpty() && !ofLeaf.get(0).resourceId.equals(day.resourceId)) {
                add(ofLeaf);
                ofLeaf.clear();
            }
            ofLeaf.add(day);
        });
        add(ofLeaf);
        shared.clear();
        for (Billed leaf :
                store.select(Sql.inWindow("read/no-longer-billed.sql", window)).as(Billed.class)) {
            billedTo.put(leaf.resourceId, leaf.billEnd);
            lastCharged.put(leaf.resourceId, leaf.lastEnd);
            if (leaf.isSilent) {
                silent.put(
                        leaf.resourceId,
                        new Course.Ended(
                                leaf.lastEnd,
                                "No longer charged since " + day(leaf.lastEnd)
                                        + ", while the bill of its account continues to " + lastDay(leaf.goesOnTo)
                                        + "."));
            }
        }
        missing = MissingDays.byLeaf(store);
        measured = new TreeSet<>(store.select(
                        "SELECT DISTINCT resource_id FROM metrics WHERE hour >= ? AND hour < ?",
                        window.end().minus(RECENT),
                        window.end())
                .texts());
    }

    static Courses read(LockedStore store, Window window) {
        return new Courses(store, window);
    }

    /** When the bill of a leaf ends, and that of its account; and until when the bill goes on without it. */
    private record Billed(String resourceId, Instant lastEnd, Instant billEnd, Instant goesOnTo, boolean isSilent) {}

    /** What a component of a leaf cost on a day, and how its time was billed; null where it is no time. */
    record DailyCost(
            String resourceId,
            Component component,
            LocalDate day,
            long inside,
            long period,
            String machine,
            String purchase,
            String cover,
            Instant firstStart,
            Instant lastEnd,
            long charged,
            BigDecimal cost,
            BigDecimal committed,
            BigDecimal quantity,
            boolean growsCheaper,
            boolean mayGrowCheaper,
            boolean corrected) {
        /** The same day at another cost. */
        DailyCost costing(BigDecimal other) {
            return new DailyCost(
                    resourceId,
                    component,
                    day,
                    inside,
                    period,
                    machine,
                    purchase,
                    cover,
                    firstStart,
                    lastEnd,
                    charged,
                    other,
                    committed,
                    quantity,
                    growsCheaper,
                    mayGrowCheaper,
                    corrected);
        }

        /** The same of values that equal ones have too: a bill has many days and few of these. */
        private DailyCost with(Map<Object, Object> shared) {
            return new DailyCost(
                    resourceId,
                    component,
                    one(day, shared),
                    inside,
                    period,
                    one(machine, shared),
                    one(purchase, shared),
                    one(cover, shared),
                    one(firstStart, shared),
                    one(lastEnd, shared),
                    charged,
                    cost,
                    one(committed, shared),
                    quantity,
                    growsCheaper,
                    mayGrowCheaper,
                    corrected);
        }

        @SuppressWarnings("unchecked")
        private static <T> T one(T value, Map<Object, Object> shared) {
            return value == null ? null : (T) shared.computeIfAbsent(value, same -> same);
        }

        /** Of time at a fixed price; null of another. A price of spot capacity is another one each day. */
        private BigDecimal unitPrice() {
            boolean isPriced = "on_demand".equals(purchase)
                    && "uncovered".equals(cover)
                    && quantity != null
                    && quantity.signum() > 0
                    && cost.signum() > 0;
            return isPriced ? cost.divide(quantity, DIGITS) : null;
        }

        private void term(Course.Kind kind, String value, List<Course.Term> terms) {
            if (value != null) {
                terms.add(new Course.Term(kind, value, day, firstStart, lastEnd));
            }
        }
    }

    /** All days of one leaf. */
    private void add(List<DailyCost> ofLeaf) {
        if (ofLeaf.isEmpty()) {
            return;
        }
        List<Course.Day> ofDays = new ArrayList<>();
        List<Course.Term> ofTerms = new ArrayList<>();
        List<Course.Term> ofPrices = new ArrayList<>();
        for (DailyCost read : SustainedUse.levelled(ofLeaf)) {
            DailyCost cost = read.with(shared);
            ofDays.add(new Course.Day(
                    cost.component,
                    cost.day,
                    cost.firstStart,
                    cost.cost,
                    cost.committed,
                    cost.inside,
                    cost.period,
                    cost.charged));
            cost.term(Course.Kind.MACHINE, cost.machine, ofTerms);
            cost.term(Course.Kind.PURCHASE, cost.purchase, ofTerms);
            cost.term(Course.Kind.COMMITMENT, cost.cover, ofTerms);
            BigDecimal price = cost.unitPrice();
            cost.term(Course.Kind.PRICE, price == null ? null : cost.machine + " " + price, ofPrices);
        }
        String id = ofLeaf.get(0).resourceId;
        days.put(id, List.copyOf(ofDays));
        terms.put(
                id,
                isGivenBackBefore(ofLeaf)
                        ? List.copyOf(ofTerms)
                        : Stream.concat(ofTerms.stream(), BilledNumber.varying(ofPrices).stream())
                                .toList());
        numbers.put(id, BilledNumber.terms(ofLeaf));
    }

    /** What is taken back for some days makes these cheap, and later ones no more expensive than they were. */
    private static boolean isGivenBackBefore(List<DailyCost> ofLeaf) {
        List<BigDecimal> prices = ofLeaf.stream()
                .filter(DailyCost::corrected)
                .map(DailyCost::unitPrice)
                .filter(Objects::nonNull)
                .toList();
        return IntStream.range(1, prices.size()).anyMatch(day -> prices.get(day).compareTo(prices.get(day - 1)) > 0);
    }

    /**
     * The leaf with its course.
     *
     * @param number what another number of its instances or units is; null where it scales
     */
    LeafCost of(LeafCost leaf, Course.Kind number) {
        String id = leaf.resource().resourceId();
        List<Course.Term> counted = number == null
                ? List.of()
                : numbers.getOrDefault(id, List.of()).stream()
                        .map(term -> number == Course.Kind.LOAD ? term.as(number) : term)
                        .toList();
        return leaf.withCourse(new Course(
                days.getOrDefault(id, List.of()),
                Stream.concat(terms.getOrDefault(id, List.of()).stream(), counted.stream())
                        .toList(),
                changedAt(leaf.resource()),
                ended(leaf.resource()),
                billedTo.get(id),
                null,
                missing.getOrDefault(id, Set.of()),
                null));
    }

    /**
     * Metrics that go on contradict an inventory that does not list their resource. A bill that goes on does too, with
     * a warning.
     */
    private Course.Ended ended(Resource resource) {
        String id = resource.resourceId();
        if (silent.containsKey(id) || !resource.attributes().containsKey(NOT_LISTED) || measured.contains(id)) {
            return silent.get(id);
        }
        Instant last = lastCharged.get(id);
        return new Course.Ended(
                null, "Not in the inventory" + (last == null ? "." : ", but billed until " + lastDay(last) + "."));
    }

    private static Instant changedAt(Resource resource) {
        return CHANGED.stream()
                .map(key -> resource.attributes().get(key))
                .filter(Objects::nonNull)
                .flatMap(Courses::time)
                .max(Instant::compareTo)
                .orElse(null);
    }

    private static Stream<Instant> time(String text) {
        try {
            return Stream.of(
                    text.length() == 10
                            ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
                            : text.endsWith("Z") || text.contains("+")
                                    ? OffsetDateTime.parse(text.replace(' ', 'T'))
                                            .toInstant()
                                    : LocalDateTime.parse(text.replace(' ', 'T'))
                                            .toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException e) {
            return Stream.empty();
        }
    }

    private static LocalDate lastDay(Instant end) {
        return day(end.minusSeconds(1));
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
}
