package io.aiaudit.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Takes out charges that several files of a bill have: copies, later runs of an export, and the same bill
 * in another form. Parts of one export, which have different charges of the same days, are left alone. Four looks: at
 * the files of a folder, at what was named by itself, at versions of one form, and at the sums of different forms. What
 * stays open counts twice or as one of two runs, with both sums in a warning, and limits savings (smaller-bills.sql).
 */
final class OverlappingBills {
    private static final String FILES_OF_A_FOLDER =
            "SELECT file_id, min(file_id) OVER (PARTITION BY bill_group) AS scope, file_id AS unit, "
                    + "source_file AS name FROM bill_groups WHERE NOT is_run";
    private static final String GROUPS = "SELECT file_id, min(file_id) OVER (PARTITION BY dialect) AS scope, "
            + "min(file_id) OVER (PARTITION BY bill_group) AS unit, group_name AS name FROM bill_groups";

    private final Sql sql;
    private final Path folder;

    /** May put copies of files into {@code folder} for a moment. */
    OverlappingBills(Sql sql, Path folder) {
        this.sql = sql;
        this.folder = folder;
    }

    void remove() {
        long lines = lines();
        sql.script("finish/overlap/bills.sql");
        estimates();
        allocations();
        sameCharges(FILES_OF_A_FOLDER);
        sameCharges(GROUPS);
        sql.script("finish/overlap/forms.sql");
        if (sql.any("file_forms GROUP BY form HAVING min(version) <> max(version)")) {
            sql.script("finish/overlap/versions.sql");
            sql.script("finish/overlap/remove.sql");
        }
        sameSums();
        if (lines() < lines) {
            // What only they named is no resource.
            sql.execute("DELETE FROM staged.texts WHERE text_id NOT IN (SELECT text_id FROM charge_lines)");
        }
        sayWhatIsGone();
        sayWhatIsUndecided();
    }

    private long lines() {
        return sql.count("SELECT count(*) FROM charge_lines");
    }

    /** The cost that a gateway estimated for the calls of a bill is no second bill. */
    private void estimates() {
        sql.script("finish/overlap/estimates.sql");
        sql.script("finish/overlap/remove.sql");
        sql.execute("DELETE FROM taken_out");
        for (List<Object> row : sql.select("SELECT gateway, bills, maker, days::BIGINT, estimated, invoiced, "
                        + "at_effective, is_same, on_other_days FROM estimates ORDER BY ALL")
                .rows()) {
            String sums = String.format(
                    Locale.ROOT,
                    "%s has the cost of calls to %s, %s on %s; %s %s %s for %s",
                    row.get(0),
                    row.get(2),
                    row.get(4),
                    (Long) row.get(3) == 1 ? "1 day" : String.format(Locale.ROOT, "%,d days", (Long) row.get(3)),
                    row.get(1),
                    (Boolean) row.get(6) ? "costs (effective)" : "bills",
                    row.get(5),
                    (Long) row.get(3) == 1 ? "the same day" : "the same days");
            String others = row.get(8) == null
                    ? ""
                    : " On its other days it has " + row.get(8) + ", which no bill has and which were counted.";
            warn(((Boolean) row.get(7)
                            ? sums + ". The first is an estimate of the second and is excluded from totals."
                            : sums
                                    + ". Whether the first is an estimate of the second is unknown; both were "
                                    + "counted. If it is, omit it.")
                    + others);
        }
    }

    /** What a tool shares out of a cloud's bill is no second bill. */
    private void allocations() {
        sql.script("finish/overlap/allocations.sql");
        sql.script("finish/overlap/remove.sql");
        sql.execute("DELETE FROM taken_out");
        for (List<Object> row : sql.select("SELECT tool_file, seller, bills, allocated, invoiced, "
                        + "is_tool, is_same FROM allocations ORDER BY ALL")
                .rows()) {
            boolean isTool = (Boolean) row.get(5);
            String sums = String.format(
                    "%s has %s of %s, %s; %s bills %s for the same days",
                    row.get(0),
                    row.get(3),
                    row.get(1),
                    isTool ? "which shares out the bills of others" : "for resources that another bill has, too",
                    row.get(2),
                    row.get(4));
            warn(
                    (Boolean) row.get(6)
                            ? sums + ". The first is an allocation of the second and is excluded from totals."
                            : sums
                                    + " and these resources. Whether the first is an allocation of the second is "
                                    + "unknown; both were counted. If it is, omit it.");
        }
    }

    private void sameCharges(String units) {
        sql.execute("CREATE OR REPLACE TEMP TABLE units AS " + units);
        sql.script("finish/overlap/suspects.sql");
        if (sql.count("SELECT count(*) FROM suspects") == 0) {
            return;
        }
        for (List<Object> file : sql.select("FROM to_read").rows()) {
            new RowWords(sql, Path.of((String) file.get(1)), (Long) file.get(0)).read(folder);
        }
        sql.script("finish/overlap/same-charges.sql");
        sql.script("finish/overlap/same-identities.sql");
        if (sql.any("gone")) {
            sql.script("finish/overlap/other-sums.sql");
            sql.script("finish/overlap/remove.sql");
        }
    }

    private void sameSums() {
        sql.script("finish/overlap/form-days.sql");
        sql.script("finish/overlap/same-accounts.sql");
        if (sql.any("billed_elsewhere")) {
            sql.script("finish/overlap/remove.sql");
            sql.script("finish/overlap/form-days.sql");
        }
    }

    private void sayWhatIsGone() {
        for (List<Object> row :
                sql.select(Sql.resource("finish/overlap/counted-once.sql")).rows()) {
            String words = String.format(
                    Locale.ROOT,
                    "%s and %s are the same bill from %s to %s; %,d rows of the first were not counted a second time.",
                    row.get(0),
                    row.get(1),
                    row.get(2),
                    row.get(3),
                    (Long) row.get(4));
            String sums = row.get(5) == null
                    ? ""
                    : String.format(
                            " The first %s %s for these days, the second %s, which counts.",
                            (Boolean) row.get(7) ? "bills" : "costs (effective)", row.get(5), row.get(6));
            warn(words
                    + sums
                    + (sums.isEmpty() || (Boolean) row.get(8)
                            ? ""
                            : " Which of both is the later one is unknown, so savings are limited to the lower cost of "
                                    + "each resource. If the first is, omit the second."));
        }
    }

    private void sayWhatIsUndecided() {
        sql.script("finish/overlap/undecided.sql");
        for (List<Object> row :
                sql.select(Sql.resource("finish/overlap/counted-twice.sql")).rows()) {
            warn(String.format(
                    Locale.ROOT,
                    "%s and %s cover %s of the same account, and it is unknown whether they are the same bill; both "
                            + "were counted, %s on %s. The first alone is %s, the second %s. Savings are limited to "
                            + "the lower cost of each resource. If they are the same, use only one.",
                    row.get(0),
                    row.get(1),
                    (Long) row.get(2) == 1
                            ? "the same day"
                            : String.format(Locale.ROOT, "the same %,d days", (Long) row.get(2)),
                    row.get(5),
                    (Long) row.get(2) == 1 ? "this day" : "these days",
                    row.get(3),
                    row.get(4)));
        }
    }

    private void warn(String message) {
        sql.update("INSERT INTO warnings VALUES (?)", message);
    }
}
