package io.aiaudit.store;

import io.aiaudit.model.Gap;
import io.aiaudit.model.Tokens;
import java.util.List;

/** The row of a gap in the store. */
final class GapRow {
    private GapRow() {}

    static void insert(Sql sql, String table, Gap gap) {
        Gap kept = withoutTokens(gap);
        sql.update(
                "INSERT INTO " + table + " VALUES (?, ?, ?, ?, ?, ?, ?, CAST(?::JSON AS VARCHAR[]))",
                kept.source(),
                kept.scope(),
                kept.problem(),
                kept.fix(),
                kept.accountId(),
                kept.region(),
                kept.dataset(),
                Sql.json(kept.objects()));
    }

    static List<Gap> read(LockedStore store) {
        return store.any("gaps")
                ? store.select("FROM gaps ORDER BY ALL").as(Gap.class).stream()
                        .map(GapRow::withoutTokens)
                        .toList()
                : List.of();
    }

    /** A saved scan may come from anybody. */
    private static Gap withoutTokens(Gap gap) {
        return new Gap(
                gap.source(),
                Tokens.hide(gap.scope()),
                Tokens.hide(gap.problem()),
                Tokens.hide(gap.fix()),
                gap.accountId(),
                gap.region(),
                gap.dataset(),
                gap.objects());
    }
}
