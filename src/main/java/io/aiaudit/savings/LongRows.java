package io.aiaudit.savings;

import io.aiaudit.model.Component;
import io.aiaudit.model.LeafCost;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Rows of weeks and months, of one component. They do not show single days, but where they are of all days of a span
 * they show what it cost; where they leave some of it out, it is unknown when the next one comes.
 */
final class LongRows {
    private static final Set<Component> SHOWN = Set.of(Component.TIME, Component.STORAGE);

    private final Component component;
    private final Span span;
    private final boolean cover;

    LongRows(LeafCost cost, Component component, Span span) {
        this.component = component;
        this.span = span.withAllDays();
        Instant covered = span.start();
        List<LeafCost.Part> rows = cost.withoutOneOffs().parts().stream()
                .filter(part -> part.component() == component && part.from() != null)
                .sorted(Comparator.comparing(LeafCost.Part::from))
                .toList();
        for (LeafCost.Part row : rows) {
            covered = !row.from().isAfter(covered) && to(row).isAfter(covered) ? to(row) : covered;
        }
        this.cover = !covered.isBefore(span.end());
    }

    /** Whether any row may show what a span cost. */
    static boolean areThere(LeafCost cost) {
        return cost.withoutOneOffs().parts().stream()
                .anyMatch(part -> SHOWN.contains(part.component()) && part.from() != null);
    }

    boolean isShown(LeafCost.Part part) {
        return cover && part.component() == component && part.from() != null;
    }

    /** What an amount of a row is a month, by its part of the span. */
    BigDecimal perMonth(BigDecimal amount, LeafCost.Part row) {
        Instant from = row.from().isAfter(span.start()) ? row.from() : span.start();
        Instant to = to(row).isBefore(span.end()) ? to(row) : span.end();
        long inside = Math.max(0, Duration.between(from, to).toSeconds());
        return span.perMonth(amount, inside, row.periodSeconds());
    }

    private static Instant to(LeafCost.Part row) {
        return row.from().plusSeconds(row.periodSeconds());
    }
}
