package io.aiaudit.report.compare;

import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.FindingId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Which finding of an audit is which of earlier ones. Ids are the same as long as a workload keeps its number of
 * resources; earlier versions changed them when another finding of the workload ended, and with the spelling of an
 * account (ADR 0231).
 */
final class SameFindings {
    private final IdentityHashMap<AuditedFinding, AuditedFinding> earlier = new IdentityHashMap<>();
    private final Set<AuditedFinding> paired = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<AuditedFinding> before;
    private final List<AuditedFinding> after;

    private SameFindings(Collection<AuditedFinding> before, Collection<AuditedFinding> after) {
        this.before = new ArrayList<>(before);
        this.after = new ArrayList<>(after);
    }

    /**
     * The earlier finding of each that has one.
     *
     * @param before each once
     * @param after each once
     * @param resources that there are in the audit of {@code after}
     */
    static IdentityHashMap<AuditedFinding, AuditedFinding> of(
            Collection<AuditedFinding> before, Collection<AuditedFinding> after, Set<String> resources) {
        SameFindings same = new SameFindings(before, after);
        same.match(AuditedFinding::id);
        same.match(finding -> List.of(idOf(finding), finding.resourceId()));
        // A workload that was one resource, or is one now, and whose resource was replaced.
        same.before.removeIf(was -> resources.contains(was.resourceId()));
        same.matchReplaced();
        return same.earlier;
    }

    private static FindingId idOf(AuditedFinding finding) {
        String workload = finding.workload() == null ? finding.resourceId() : finding.workload();
        return new FindingId(finding.rule(), finding.provider(), finding.accountId(), workload);
    }

    private void match(Function<AuditedFinding, Object> key) {
        Map<Object, AuditedFinding> byKey = new HashMap<>();
        before.forEach(was -> byKey.putIfAbsent(key.apply(was), was));
        for (AuditedFinding is : List.copyOf(after)) {
            AuditedFinding was = byKey.remove(key.apply(is));
            if (was != null) {
                pair(was, is);
            }
        }
        before.removeIf(paired::contains);
        after.removeIf(earlier::containsKey);
    }

    private void matchReplaced() {
        Map<FindingId, List<AuditedFinding>> was = byWorkload(before);
        byWorkload(after).forEach((id, is) -> {
            List<AuditedFinding> left = was.getOrDefault(id, List.of());
            boolean isOne = left.size() == 1
                    && is.size() == 1
                    && (left.get(0).id().equals(id.ofWorkload())
                            || is.get(0).id().equals(id.ofWorkload()));
            if (isOne) {
                pair(left.get(0), is.get(0));
            }
        });
    }

    private static Map<FindingId, List<AuditedFinding>> byWorkload(List<AuditedFinding> findings) {
        Map<FindingId, List<AuditedFinding>> byWorkload = new HashMap<>();
        findings.forEach(finding -> byWorkload
                .computeIfAbsent(idOf(finding), id -> new ArrayList<>())
                .add(finding));
        return byWorkload;
    }

    private void pair(AuditedFinding was, AuditedFinding is) {
        earlier.put(is, was);
        paired.add(was);
    }
}
