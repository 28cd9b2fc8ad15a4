package io.aiaudit.collect.gcp;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A table of BigQuery that a billing export writes. */
record BillTable(String project, String dataset, String table, Kind kind) {
    /** The most detailed comes first. */
    private static final Comparator<BillTable> BEST_FIRST = Comparator.comparing(BillTable::kind)
            .thenComparing(BillTable::project)
            .thenComparing(BillTable::dataset)
            .thenComparing(BillTable::table);

    private static final Pattern BILLING_ACCOUNT = Pattern.compile("([0-9A-F]{6}_){2}[0-9A-F]{6}$");

    /** The kinds of exports, recognised by the names that Google gives their tables. */
    enum Kind {
        DETAILED("gcp_billing_export_resource_v1_.+", "bill.sql", "the detailed export"),
        FOCUS("gcp_billing_export_focus_.+", "focus.sql", "the FOCUS export"),
        STANDARD("gcp_billing_export_v1_.+", "bill.sql", "the standard export, which has no resource ids");

        private final Pattern name;
        private final String script;
        private final String title;

        Kind(String name, String script, String title) {
            this.name = Pattern.compile(name);
            this.script = script;
            this.title = title;
        }

        String script() {
            return script;
        }

        String title() {
            return title;
        }
    }

    /** Empty where the name is none that an export gives. */
    static Optional<BillTable> of(String project, String dataset, String table) {
        for (Kind kind : Kind.values()) {
            if (kind.name.matcher(table).matches()) {
                return Optional.of(new BillTable(project, dataset, table, kind));
            }
        }
        return Optional.empty();
    }

    /**
     * The best table of each billing account: one account is exported in several kinds, perhaps to several datasets,
     * and counts once.
     */
    static List<BillTable> best(List<BillTable> tables) {
        Map<String, BillTable> best = new TreeMap<>();
        tables.stream().sorted(BEST_FIRST).forEach(table -> best.putIfAbsent(table.billingAccount(), table));
        if (best.size() > 1) {
            best.remove(""); // it may be the same bill once more
        }
        return List.copyOf(best.values());
    }

    /** As the name of the table ends; empty where the name has none. */
    private String billingAccount() {
        Matcher account = BILLING_ACCOUNT.matcher(table);
        return account.find() ? account.group() : "";
    }

    /** As BigQuery prints it. */
    @Override
    public String toString() {
        return project + "." + dataset + "." + table;
    }
}
