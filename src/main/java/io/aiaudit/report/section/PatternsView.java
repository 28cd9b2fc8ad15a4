package io.aiaudit.report.section;

import io.aiaudit.model.Audit;
import io.aiaudit.report.text.Amounts;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What each pattern of architecture would save here, beside what was published about it, and why the whole is less. */
final class PatternsView {
    private PatternsView() {}

    static Map<String, Object> of(Audit audit, Amounts amounts) {
        PublishedPatterns published = PublishedPatterns.read();
        List<PatternResult> results = PatternResult.all(audit);
        return View.of(
                "rows",
                results.stream().map(result -> row(result, amounts)).toList(),
                "sums",
                PatternResult.IN_TOTALS.stream()
                        .map(status -> amounts.plain(PatternResult.sum(results, status)))
                        .toList(),
                "added_up",
                PatternResult.ADDED_UP,
                "source",
                published.source(),
                "url",
                published.url(),
                "date",
                published.date(),
                "whole",
                whole(new Comparison(published, audit), amounts));
    }

    private static Map<String, Object> whole(Comparison comparison, Amounts amounts) {
        PublishedPatterns published = comparison.published();
        return View.of(
                "known",
                comparison.known(),
                "claim",
                published.whole().words(),
                "reasons",
                published.reasons(),
                "rows",
                comparison.known()
                        ? Stream.concat(comparison.rows().stream(), Stream.of(comparison.sum()))
                                .map(PatternsView::share)
                                .toList()
                        : List.of(),
                "bridge",
                comparison.bridge(Amounts.rounded(amounts.currency())),
                "sentences",
                comparison.sentences(Amounts.rounded(amounts.currency())));
    }

    private static Map<String, Object> share(Comparison.Row row) {
        return View.of(
                "name",
                row.name(),
                "share",
                row.share(),
                "amount",
                Amounts.grouped(row.inWindow(), 0),
                "monthly",
                row.monthly() == null ? Amounts.UNKNOWN : Amounts.grouped(row.monthly(), 0),
                "meaning",
                row.meaning());
    }

    private static Map<String, Object> row(PatternResult result, Amounts amounts) {
        boolean priced = result.priced();
        return View.of(
                "title",
                result.pattern().title(),
                "part",
                result.pattern().part(),
                "rules",
                String.join(", ", result.pattern().rules().stream().sorted().toList()),
                "claim",
                result.pattern().claim().words(),
                "conditions",
                result.pattern().conditions(),
                "basis",
                result.pattern().basis(),
                "any",
                result.isFound(),
                "known",
                result.known(),
                "found",
                result.known() ? Amounts.count(result.found().size()) : Amounts.UNKNOWN,
                "applies",
                result.applies(amounts),
                "counted",
                priced ? amounts.plain(result.counted()) : Amounts.UNKNOWN,
                "parts",
                PatternResult.IN_TOTALS.stream()
                        .map(status -> priced ? amounts.plain(result.with(status)) : Amounts.UNKNOWN)
                        .toList(),
                "open",
                OpenReasons.of(result.found(), amounts),
                "alone",
                priced ? amounts.plain(result.gross()) : Amounts.UNKNOWN,
                "share",
                Amounts.share(result.grossOfPriced(), result.cost()),
                "limits",
                result.limits(amounts));
    }
}
