package io.aiaudit.store;

import io.aiaudit.model.Gap;
import io.aiaudit.model.Tokens;
import java.util.List;

/** The row of a gap in the store. */
final class GapRow {
    private static final String ALL = """
            SELECT * EXCLUDE (readable)
              REPLACE (readable[1] AS scope, readable[2] AS problem, readable[3] AS fix)
            FROM (SELECT *, all_without_tokens([scope, problem, fix]) AS readable FROM gaps)
            ORDER BY ALL""";

    private GapRow() {}

    static void insert(Sql sql, String table, Gap gap) {
        sql.update(
                "INSERT INTO " + table + " VALUES (?, ?, ?, ?, ?, ?, ?, CAST(?::JSON AS VARCHAR[]))",
                gap.source(),
                Tokens.hide(gap.scope()),
                Tokens.hide(gap.problem()),
                Tokens.hide(gap.fix()),
                gap.accountId(),
                gap.region(),
                gap.dataset(),
                Sql.json(gap.objects()));
    }

    static List<Gap> read(LockedStore store) {
        return store.any("gaps") ? store.select(ALL).as(Gap.class) : List.of();
    }
}
