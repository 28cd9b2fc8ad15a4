package io.aiaudit.store;

import io.aiaudit.model.Gap;
import io.aiaudit.model.Tokens;
import java.util.List;

/** The row of a gap in the store. */
final class GapRow {
    /** Scans that were saved before a gap had an account and a region have the first four columns only. */
    private static final String ALL = """
            SELECT * REPLACE (without_tokens(scope) AS scope, without_tokens(problem) AS problem,
              without_tokens(fix) AS fix)
            FROM gaps UNION ALL BY NAME
            SELECT NULL::VARCHAR AS account_id, NULL::VARCHAR AS region, NULL::VARCHAR AS dataset,
              NULL::VARCHAR[] AS objects
            WHERE false
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
        return store.select(ALL).as(Gap.class);
    }
}
