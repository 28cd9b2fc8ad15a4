package io.aiaudit.store;

import io.aiaudit.model.DidYouMean;
import io.aiaudit.model.Vocabulary;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Says which kinds and metrics of files no rule will look at, since a misspelt one would leave a report that looks clean. */
final class UnknownWords {
    private static final int NAMED = 5;

    private final Sql sql;

    UnknownWords(Sql sql) {
        this.sql = sql;
    }

    void warn() {
        warn(
                "SELECT kind, count(DISTINCT resource_id) FROM work.resources WHERE source = 'files' AND kind <> 'unknown' AND kind NOT IN ("
                        + words(Vocabulary.KINDS) + ") GROUP BY kind",
                "The inventory files have kinds that no rule looks at: ",
                Vocabulary.KINDS);
        warn(
                "SELECT metric, count(DISTINCT resource_id) FROM work.metrics WHERE source = 'files' AND metric NOT IN ("
                        + words(Vocabulary.METRICS) + ") GROUP BY metric",
                "The usage files have metrics that no rule reads: ",
                Vocabulary.METRICS);
    }

    private void warn(String counts, String beginning, List<String> known) {
        List<List<Object>> found = sql.select(counts + " ORDER BY 2 DESC, 1").rows();
        if (found.isEmpty()) {
            return;
        }
        String named = found.stream().limit(NAMED).map(row -> told(row, known)).collect(Collectors.joining(", "));
        String more = found.size() > NAMED ? String.format(Locale.ROOT, " and %,d more", found.size() - NAMED) : "";
        sql.update(
                "INSERT INTO warnings VALUES (?)",
                beginning + named + more + ". Known are " + String.join(", ", known) + ".");
    }

    private static String told(List<Object> row, List<String> known) {
        String word = Loaded.shortened((String) row.get(0));
        long count = (Long) row.get(1);
        return word + String.format(Locale.ROOT, " (%,d %s", count, count == 1 ? "resource" : "resources")
                + DidYouMean.closest(word, known)
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("") + ")";
    }

    private static String words(List<String> known) {
        return known.stream().map(Sql::literal).collect(Collectors.joining(", "));
    }
}
