package io.aiaudit.store;

import io.aiaudit.model.DidYouMean;
import io.aiaudit.model.Vocabulary;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Says which kinds and metrics of files no rule will look at, and which tiers of tokens and regions of price lists are
 * unknown, since a misspelt one would leave a report that looks clean.
 */
final class UnknownWords {
    private static final int NAMED = 5;

    /** As docs/prices.md has them; a location may follow. */
    private static final Pattern TIER = Pattern.compile(
            "standard|(global|regional)?_?(cache_1h|long_context(_flex|_priority)?|priority|flex)?(@[a-z0-9-]+)?");

    private final Sql sql;
    private final List<PriceFile> prices;

    UnknownWords(Sql sql, List<PriceFile> prices) {
        this.sql = sql;
        this.prices = prices;
    }

    void warn() {
        warn(
                "SELECT kind, count(DISTINCT resource_id) FROM work.resources WHERE source = 'files' AND kind <> "
                        + "'unknown' AND kind NOT IN ("
                        + words(Vocabulary.KINDS) + ") GROUP BY kind",
                "The inventory files have kinds that no rule looks at: ",
                Vocabulary.KINDS);
        warn(
                "SELECT metric, count(DISTINCT resource_id) FROM work.metrics WHERE source = 'files' AND metric NOT "
                        + "IN ("
                        + words(Vocabulary.METRICS) + ") GROUP BY metric",
                "The usage files have metrics that no rule reads: ",
                Vocabulary.METRICS);
        warnAboutStates();
        warnAboutTiers();
        warnAboutRegions();
    }

    /** A state that a cloud has added, or that somebody wrote. */
    private void warnAboutStates() {
        List<List<Object>> found = sql.select("SELECT state, count(*), min(resource_id) FROM resources r"
                        + " WHERE is_unknown_state(r) GROUP BY state ORDER BY 2 DESC, 1")
                .rows();
        if (!found.isEmpty()) {
            warnOf("Whether anything runs is not known from these states: "
                    + found.stream()
                            .limit(NAMED)
                            .map(row -> String.format(
                                    Locale.ROOT,
                                    "%s (%,d %s, such as %s)",
                                    Loaded.shortened((String) row.get(0)),
                                    (Long) row.get(1),
                                    (Long) row.get(1) == 1 ? "resource" : "resources",
                                    Loaded.shortened((String) row.get(2))))
                            .collect(Collectors.joining(", "))
                    + (found.size() > NAMED
                            ? String.format(Locale.ROOT, " and %,d more states", found.size() - NAMED)
                            : "")
                    + ". Without a bill these resources have no price.");
        }
    }

    /** Mostly the region is misspelt, and its prices do not count. */
    private void warnAboutRegions() {
        if (prices.isEmpty()) {
            return;
        }
        String names = words(prices.stream().map(PriceFile::name).toList());
        Map<Object, Set<String>> known = new HashMap<>();
        sql.select("SELECT DISTINCT provider, region FROM offers WHERE origin NOT IN (" + names
                        + ") UNION SELECT DISTINCT provider, region FROM resources WHERE region IS NOT NULL")
                .rows()
                .forEach(row -> known.computeIfAbsent(row.get(0), provider -> new HashSet<>())
                        .add((String) row.get(1)));
        sql.select("SELECT DISTINCT origin, provider, region FROM offers WHERE origin IN (" + names + ") ORDER BY ALL")
                .rows()
                .forEach(row -> {
                    String region = (String) row.get(2);
                    Set<String> regions = known.getOrDefault(row.get(1), Set.of());
                    if (!regions.contains(region)) {
                        warnOf(row.get(0) + ": no resource and no other list price of " + row.get(1)
                                + " is in the region \"" + region + "\", so its prices are those of nothing."
                                + DidYouMean.closest(region, regions)
                                        .map(near -> " Did you mean \"" + near + "\"?")
                                        .orElse(""));
                    }
                });
    }

    /** Tokens of an unknown tier are priced as those of no other. */
    private void warnAboutTiers() {
        List<List<Object>> found = sql.select(
                        "SELECT DISTINCT coalesce(SkuMeter, ChargeDescription) FROM charge_texts WHERE tier = "
                                + "'unknown' ORDER BY 1")
                .rows();
        if (!found.isEmpty()) {
            warnOf("The bill has tokens of a tier that is not known ("
                    + found.stream()
                            .limit(NAMED)
                            .map(row -> '"' + Loaded.shortened((String) row.get(0)) + '"')
                            .collect(Collectors.joining(", "))
                    + "): they are compared with the prices of no other tier.");
        }
        for (PriceFile file : prices) {
            file.rows().stream()
                    .map(row -> (String) row.get("tier"))
                    .filter(tier -> tier != null && !TIER.matcher(tier).matches())
                    .distinct()
                    .forEach(tier -> warnOf(file.name() + ": the tier \"" + tier
                            + "\" is not known, so its prices are compared with nothing. " + "Known are standard, "
                            + "priority, flex, long_context, cache_1h, global and regional@PLACE (docs/prices.md)."));
        }
    }

    private void warnOf(String message) {
        sql.update("INSERT INTO warnings VALUES (?)", message);
    }

    private void warn(String counts, String beginning, List<String> known) {
        List<List<Object>> found = sql.select(counts + " ORDER BY 2 DESC, 1").rows();
        if (found.isEmpty()) {
            return;
        }
        String named =
                found.stream().limit(NAMED).map(row -> described(row, known)).collect(Collectors.joining(", "));
        String more = found.size() > NAMED ? String.format(Locale.ROOT, " and %,d more", found.size() - NAMED) : "";
        warnOf(beginning + named + more + ". Known are " + String.join(", ", known) + ".");
    }

    private static String described(List<Object> row, List<String> known) {
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
