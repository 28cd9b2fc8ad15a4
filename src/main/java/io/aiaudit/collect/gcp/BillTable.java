package io.aiaudit.collect.gcp;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/** A table of BigQuery that a billing export writes. */
record BillTable(String project, String dataset, String table, Kind kind) {
    /** What tells the most comes first. */
    static final Comparator<BillTable> BEST_FIRST = Comparator.comparing(BillTable::kind)
            .thenComparing(BillTable::project)
            .thenComparing(BillTable::dataset)
            .thenComparing(BillTable::table);

    /** The kinds of exports, told from the names that Google gives their tables. */
    enum Kind {
        DETAILED("gcp_billing_export_resource_v1_.+", "bill.sql", "the detailed export"),
        FOCUS("gcp_billing_export_focus_.+", "focus.sql", "the FOCUS export"),
        STANDARD("gcp_billing_export_v1_.+", "bill.sql", "the standard export, which tells no resources");

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

    /** As BigQuery prints it. */
    @Override
    public String toString() {
        return project + "." + dataset + "." + table;
    }
}
