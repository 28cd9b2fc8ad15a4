package io.aiaudit.rules;

import io.aiaudit.store.LockedStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which resources a rule can judge, and why not the others. Candidates are the lowest resources of its kinds; one without any needed metric is represented by the
 * nearest resource above it, of its kinds, that has some. Reasons hold no number of a resource, so that equal ones can be counted.
 */
final class Examination {
    private static final int NEWEST_POINT_HOURS = 48;

    /** Metrics that only a machine with an accelerator has: one without is no candidate of a rule that needs them. */
    private static final Set<String> OF_ACCELERATORS =
            Set.of("gpu_utilization", "gpu_memory_used_gib", "accelerators_active");

    private final Rule rule;
    private boolean empty;

    Examination(Rule rule) {
        this.rule = rule;
    }

    /** Fills the temporary table {@code aiaudit_coverage} and gives the reason for each candidate in it that cannot be judged. */
    Map<String, String> run(LockedStore store, Lives lives) {
        lives.readPoints(rule.neededMetrics());
        store.execute("CREATE OR REPLACE TEMP TABLE aiaudit_coverage AS WITH candidates AS MATERIALIZED ("
                + candidates() + ") " + coverage());
        Map<String, String> notExamined = new TreeMap<>();
        empty = true;
        for (List<Object> row :
                store.select("SELECT resource_id, reason FROM aiaudit_coverage").rows()) {
            if (row.get(1) == null) {
                empty = false;
            } else {
                notExamined.put((String) row.get(0), (String) row.get(1));
            }
        }
        return new LinkedHashMap<>(notExamined);
    }

    /** True when {@link #run} found nothing that the rule can judge. */
    boolean isEmpty() {
        return empty;
    }

    private String candidates() {
        return """
                WITH of_kind AS (
                  SELECT l.*, l.resource_id IN (SELECT resource_id FROM aiaudit_points WHERE metric IN (SELECT unnest(%2$s))) AS has_points
                  FROM aiaudit_lives l WHERE kind IN (SELECT unnest(%1$s))
                ), part AS (
                  SELECT a.resource_id, a.ancestor_id, a.depth
                  FROM aiaudit_ancestors a JOIN of_kind USING (resource_id) JOIN of_kind up ON up.resource_id = a.ancestor_id
                  WHERE a.depth > 0
                ), lowest AS (
                  SELECT * FROM of_kind WHERE resource_id NOT IN (SELECT ancestor_id FROM part)
                ), represented AS (
                  SELECT lowest.resource_id, arg_min(part.ancestor_id, (part.depth, part.ancestor_id)) AS by_whom
                  FROM lowest JOIN part USING (resource_id) JOIN of_kind up ON up.resource_id = part.ancestor_id
                  WHERE NOT lowest.has_points AND up.has_points GROUP BY lowest.resource_id
                )
                SELECT resource_id, accelerated, window_days, life_days, expected, wanted, seen_to FROM lowest WHERE resource_id NOT IN (SELECT resource_id FROM represented) AND %3$s
                UNION ALL
                SELECT resource_id, accelerated, window_days, life_days, expected, wanted, seen_to FROM of_kind WHERE resource_id IN (SELECT by_whom FROM represented)
                """.formatted(
                        Literal.texts(rule.appliesTo()),
                        Literal.texts(rule.neededMetrics()),
                        needsAccelerator() ? "(has_points OR accelerated IS DISTINCT FROM false)" : "true");
    }

    private boolean needsAccelerator() {
        return rule.needs().stream().anyMatch(Examination::isOfAccelerators);
    }

    /** Of one that has accelerators only they tell whether it works; processors do where it has none, or nobody says. */
    private String coverage() {
        String life = "CASE WHEN window_days = 0 THEN 'it did not exist in the window'"
                + " WHEN window_days < " + rule.minDays() + " THEN 'it lived less than " + rule.minDays()
                + " days in the window'"
                + " WHEN bit_count(expected) = 0 THEN 'it did not run in the window'"
                + " WHEN bit_count(wanted) = 0 THEN 'all of its time lies in excluded periods' END";
        List<String> reasons = new ArrayList<>();
        rule.needs().stream()
                .filter(Examination::isOfAccelerators)
                .findFirst()
                .ifPresent(need -> reasons.add(untold("p" + rule.needs().indexOf(need), need)));
        reasons.add(life);
        List<String> seen = new ArrayList<>();
        StringBuilder joins = new StringBuilder();
        for (int i = 0; i < rule.needs().size(); i++) {
            String points = "p" + i;
            Need need = rule.needs().get(i);
            List<String> ofAccelerators =
                    need.oneOf().stream().filter(OF_ACCELERATORS::contains).toList();
            joins.append(
                            " LEFT JOIN (SELECT resource_id, bit_or(hours) AS hours, max(newest) AS newest FROM aiaudit_points JOIN candidates USING (resource_id)")
                    .append(" WHERE metric IN (SELECT unnest(")
                    .append(Literal.texts(need.oneOf()))
                    .append("))")
                    .append(
                            ofAccelerators.isEmpty()
                                    ? ""
                                    : " AND (accelerated IS DISTINCT FROM true OR metric IN (SELECT unnest("
                                            + Literal.texts(ofAccelerators) + ")))")
                    .append(" GROUP BY resource_id) ")
                    .append(points)
                    .append(" USING (resource_id)");
            String reason = reason(points, need.toString());
            reasons.add(
                    ofAccelerators.isEmpty()
                            ? reason
                            : "CASE WHEN accelerated THEN " + reason(points, new Need(ofAccelerators).toString())
                                    + " ELSE " + reason + " END");
            seen.add("bit_count(" + points + ".hours & wanted) / 24.0");
        }
        String seenDays = seen.isEmpty() ? "window_days" : "least(" + String.join(", ", seen) + ")";
        return "SELECT c.resource_id, (" + seenDays
                + ")::DOUBLE AS seen_days, life_days::DOUBLE AS life_days, coalesce(" + String.join(", ", reasons)
                + ", NULL) AS reason FROM candidates c" + joins;
    }

    /** Most machines of a bill are of this kind; apart from those with accelerators, they do not hide them. */
    private static String untold(String points, Need need) {
        return "CASE WHEN %s.hours IS NULL AND accelerated IS NULL THEN %s END"
                .formatted(points, Literal.text("no " + need + " metric, and nothing tells of an accelerator"));
    }

    /** Nothing else will do in place of a metric of accelerators. */
    private static boolean isOfAccelerators(Need need) {
        return OF_ACCELERATORS.containsAll(need.oneOf());
    }

    private String reason(String points, String need) {
        String percent = java.math.BigDecimal.valueOf(rule.minCoverage() * 100)
                .stripTrailingZeros()
                .toPlainString();
        // A share such as 0.9 is not exact in binary: 90 of 100 hours must not fail for that.
        return "CASE WHEN %1$s.hours IS NULL THEN %2$s WHEN bit_count(%1$s.hours & wanted) < %3$s * bit_count(wanted) - 1e-9 THEN %4$s WHEN %1$s.newest < seen_to - INTERVAL %5$d HOUR THEN %6$s END"
                .formatted(
                        points,
                        Literal.text("no " + need + " metric"),
                        rule.minCoverage(),
                        Literal.text(need + " covers less than " + percent + " % of its hours"),
                        NEWEST_POINT_HOURS,
                        Literal.text(need + " ends more than " + NEWEST_POINT_HOURS + " h before the window"));
    }
}
