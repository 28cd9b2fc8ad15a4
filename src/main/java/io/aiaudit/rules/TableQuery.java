package io.aiaudit.rules;

import io.aiaudit.model.QueryResult;
import io.aiaudit.model.ShellWord;
import io.aiaudit.model.UserError;
import io.aiaudit.store.LockedStore;
import io.aiaudit.store.Rows;
import io.aiaudit.store.StoreException;
import io.aiaudit.store.StoreTimeout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * SQL that a user runs on a saved scan, confined as that of a rule is: one SELECT over the tables of the scan, no file,
 * no network.
 */
public final class TableQuery {
    /** What a query may read, described in docs/engineer.md. */
    public static final List<String> TABLES = List.of(
            "scan",
            "charges",
            "resources",
            "metrics",
            "partial_hours",
            "commitments",
            "advice",
            "offers",
            "models",
            "discounts",
            "gaps",
            "rejects",
            "files",
            "bill_rows",
            "listings",
            "warnings",
            "conversions",
            "config");

    private TableQuery() {}

    /**
     * Runs one SELECT.
     *
     * @param file the scan is from, for the commands of errors
     * @param rows how many rows are wanted at most
     * @param limit how long it may take
     * @throws UserError when the SQL is refused, fails or takes too long
     */
    public static QueryResult run(LockedStore store, Path file, String sql, int rows, Duration limit) {
        String select = sql.strip().replaceFirst(";\\s*$", "");
        try {
            SqlGate.check(store, select, SqlScope.QUERY);
            checkNames(store.select("DESCRIBE (\n" + select + "\n)", limit).rows());
            return result(store.select("FROM (\n" + select + "\n) LIMIT " + (rows + 1L), limit), rows);
        } catch (RuleException e) {
            throw new UserError("the query is refused: " + e.getMessage(), tablesOf(file), e);
        } catch (StoreTimeout e) {
            throw new UserError(
                    "the query was stopped after " + seconds(e.limit().toSeconds()) + ", its time limit.",
                    "Restrict it with WHERE, such as one metric or one resource, or give it longer: --timeout "
                            + 10 * e.limit().toSeconds(),
                    e);
        } catch (StoreException e) {
            throw new UserError("the query failed: " + e.getMessage(), tablesOf(file), e);
        }
    }

    private static String seconds(long seconds) {
        return seconds + (seconds == 1 ? " second" : " seconds");
    }

    private static String tablesOf(Path file) {
        return "This lists the tables: aiaudit query " + ShellWord.quoted(file.toString());
    }

    /** Columns are found by their name in JSON. */
    private static void checkNames(List<List<Object>> described) {
        Set<String> names = new HashSet<>();
        for (List<Object> column : described) {
            String name = (String) column.get(0);
            if (!names.add(name.toLowerCase(Locale.ROOT))) {
                throw new RuleException("it returns two columns called " + name + "; rename one with AS.");
            }
        }
    }

    private static QueryResult result(Rows answer, int rows) {
        boolean more = answer.rows().size() > rows;
        return new QueryResult(
                answer.columns().stream().map(Rows.Column::name).toList(),
                more ? answer.rows().subList(0, rows) : answer.rows(),
                more);
    }

    /** The tables of this scan, with their columns and number of rows. */
    public static QueryResult tables(LockedStore store) {
        List<List<Object>> rows = new ArrayList<>();
        for (String table : TABLES) {
            List<String> columns = store.select("DESCRIBE " + Literal.name(table)).rows().stream()
                    .map(row -> (String) row.get(0))
                    .toList();
            Object count = store.select("SELECT count(*) FROM " + Literal.name(table))
                    .rows()
                    .get(0)
                    .get(0);
            rows.add(List.of(table, count, String.join(", ", columns)));
        }
        return new QueryResult(List.of("table", "rows", "columns"), rows, false);
    }
}
