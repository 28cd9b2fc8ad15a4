package io.aiaudit.report.section;

import io.aiaudit.model.Audit;
import io.aiaudit.report.text.Amounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What each pattern of architecture would save here, beside what was published about it, and why the whole is less. */
final class PatternsView {
    private PatternsView() {}

    static Map<String, Object> of(Audit audit, Amounts amounts) {
        PublishedPatterns published = PublishedPatterns.read();
        List<Object> rows = new ArrayList<>();
        published.all().forEach(pattern -> rows.add(row(PatternResult.of(audit, pattern), amounts)));
        return View.of(
                "rows",
                rows,
                "source",
                published.source(),
                "url",
                published.url(),
                "date",
                published.date(),
                "whole",
                whole(new Comparison(published.whole(), audit.totals()), amounts));
    }

    private static Map<String, Object> whole(Comparison comparison, Amounts amounts) {
        return View.of(
                "known",
                comparison.known(),
                "claim",
                comparison.claim().words(),
                "rows",
                comparison.lines().stream()
                        .map(line -> View.of(
                                "name",
                                line.name(),
                                "share",
                                comparison.share(line),
                                "amount",
                                Amounts.grouped(line.amount(), 0),
                                "meaning",
                                line.meaning()))
                        .toList(),
                "sentences",
                comparison.sentences(amounts));
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
                "known",
                result.known(),
                "found",
                result.known() ? Amounts.count(result.found().size()) : Amounts.UNKNOWN,
                "applies",
                result.applies(amounts),
                "counted",
                priced ? amounts.plain(result.counted()) : Amounts.UNKNOWN,
                "alone",
                priced ? amounts.plain(result.gross()) : Amounts.UNKNOWN,
                "share",
                Amounts.share(result.grossOfPriced(), result.cost()),
                "limits",
                result.limits(amounts));
    }
}
