package io.aiaudit.rules;

import io.aiaudit.model.Confidence;
import io.aiaudit.model.Lever;
import java.util.List;
import java.util.Map;

/**
 * A resource that nobody declared as a standby, and that looks like one by its name, a tag or an attribute. It is idle
 * on purpose if it is one: what would stop or shrink it waits for {@code standby: false} in the policy. Only whole
 * words of a fixed list are taken, so that what a tag holds never reaches a report.
 */
final class StandbyHint {
    static final String COLUMN = "standby_hint";

    private static final List<Lever> DOUBTFUL =
            List.of(Lever.ELIMINATE, Lever.REPLACE, Lever.SCHEDULE, Lever.AUTOSCALE, Lever.RESIZE);

    /** Words for the time of a failover; of "secondary" only that of a region or of a pair. */
    private static final String WORDS =
            "stand-?by[0-9]*|fail-?over|dr[0-9]*|disaster-recovery|passive|secondary(?:-(?:region|site|zone|replica))?"
                    + "|(?:hot|warm|cold)-spare|fall-?back|bcp|backup(?:-(?:llm|model|endpoint|region|site|gpu))";

    /** Words between which the same words mean something else. */
    private static final String NO_HINT = "passive-(?:learning|aggressive|income|listening|monitoring)"
            + "|(?:no|non|not|without)-(?:" + WORDS + ")|secondary-[a-z]+-(?:model|index)";

    private StandbyHint() {}

    /** The word, or NULL; {@code table} has the columns of {@code resources}. */
    static String sql(String table) {
        String texts = """
                concat_ws(' | ', %1$s.name, %1$s.workload,
                  list_reduce(list_concat([''], map_values(%1$s.tags)), lambda a, b: a || ' | ' || coalesce(b, '')),
                  %1$s.attributes['role'],
                  list_reduce(list_concat([''], list_transform(
                    list_filter(map_entries(%1$s.tags),
                      lambda e: lower(trim(coalesce(e.value, ''))) IN ('true', 'yes', '1', 'on')),
                    lambda e: e.key)), lambda a, b: a || ' | ' || b))""".formatted(table);
        // Words of camelCase part as well; | stays, so that a word never spans two texts.
        String words = "'-' || regexp_replace(lower(regexp_replace(left(" + texts
                + ", 4000), '([a-z0-9])([A-Z])', '\\1-\\2', 'g')), '[^a-z0-9|]+', '-', 'g') || '-'";
        return "nullif(regexp_extract(regexp_replace(" + words + ", '-(?:" + NO_HINT + ")-', '-', 'g'), '-(" + WORDS
                + ")-', 1), '')";
    }

    /** Takes the confidence from a finding about what may be a standby, and shows the word as evidence. */
    static void apply(Rule rule, Map<String, Object> row, Map<String, Map<String, String>> subjects) {
        String hint = subjects.getOrDefault(String.valueOf(row.get("resource_id")), Map.of())
                .get(COLUMN);
        boolean saves = row.get("remaining") != null;
        if (hint != null && saves && DOUBTFUL.contains(rule.leverOf(row))) {
            row.put("confidence", Confidence.LOW.key());
            row.put(COLUMN, hint);
        }
    }
}
