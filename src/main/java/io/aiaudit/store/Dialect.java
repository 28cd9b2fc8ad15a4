package io.aiaudit.store;

import io.aiaudit.model.FileSet;
import java.util.List;

/**
 * A form that files come in, told from the header, and the SQL that turns its rows into ours.
 *
 * @param title for messages
 * @param required columns that tell it; of each inner list one is enough
 * @param script resource with two statements: the columns that are read, as a table with its types, and the SELECT over that table
 */
record Dialect(
        String name,
        String title,
        FileSet.Content content,
        List<List<String>> required,
        String script,
        boolean keepsOtherColumns) {

    static final Dialect FOCUS = new Dialect(
            "focus",
            "FOCUS 1.0 to 1.3",
            FileSet.Content.BILLING,
            List.of(
                    List.of("BilledCost"),
                    List.of("BillingCurrency"),
                    List.of("ChargePeriodStart"),
                    List.of("ChargePeriodEnd"),
                    List.of("ChargeCategory"),
                    List.of("ServiceName"),
                    List.of("ProviderName", "ServiceProviderName")),
            "dialects/focus.sql",
            false);

    static final Dialect INVENTORY = new Dialect(
            "inventory",
            "an inventory file",
            FileSet.Content.INVENTORY,
            List.of(List.of("resource_id"), List.of("kind")),
            "files/inventory.sql",
            true);

    static final Dialect USAGE = new Dialect(
            "usage",
            "a usage file",
            FileSet.Content.USAGE,
            List.of(List.of("resource_id"), List.of("metric"), List.of("hour"), List.of("average", "maximum", "total")),
            "files/usage.sql",
            false);

    /** In the order in which they are tried. */
    private static final List<Dialect> ALL = List.of(FOCUS, INVENTORY, USAGE);

    static List<Dialect> of(FileSet.Content content) {
        return ALL.stream().filter(dialect -> dialect.content() == content).toList();
    }

    /** What of {@code required} the header lacks; alternatives as {@code ProviderName (or ServiceProviderName)}. */
    List<String> missing(List<String> header) {
        return required.stream()
                .filter(names ->
                        names.stream().noneMatch(name -> header.stream().anyMatch(name::equalsIgnoreCase)))
                .map(Dialect::alternatives)
                .toList();
    }

    List<String> needs() {
        return required.stream().map(Dialect::alternatives).toList();
    }

    private static String alternatives(List<String> names) {
        return names.size() == 1
                ? names.get(0)
                : names.get(0) + " (or " + String.join(", ", names.subList(1, names.size())) + ")";
    }
}
