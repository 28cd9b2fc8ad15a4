package io.aiaudit.model.invariant;

import io.aiaudit.model.Audit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What holds in every audit that aiaudit writes: amounts are the sums of their parts, or lie between bounds that follow
 * from other parts. A file in which it does not hold was changed, and a report of it would show what its parts do not
 * support.
 */
public final class AuditInvariants {
    private static final List<Table<?>> TABLES = Stream.of(
                    FindingTables.ORDER, TotalsTables.ALL, FindingTables.ALL, RuleTables.ALL, UseTables.ALL)
            .flatMap(List::stream)
            .toList();

    private AuditInvariants() {}

    /** What contradicts itself first, with its JSON path and both figures; empty when all agree. */
    public static Optional<String> firstProblem(Audit audit) {
        Facts facts = new Facts(audit);
        return TABLES.stream()
                .flatMap(table -> table.firstProblem(facts).stream())
                .findFirst()
                .or(() -> RuleTables.names(audit).findFirst());
    }
}
