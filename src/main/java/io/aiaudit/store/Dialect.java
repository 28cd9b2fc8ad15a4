package io.aiaudit.store;

import io.aiaudit.model.FileSet;
import java.util.List;

/**
 * A form that files come in, recognised by the header, and the SQL that turns its rows into ours.
 *
 * @param title for messages
 * @param required columns that identify it; of each inner list one is enough
 * @param script resource with its statements: the columns that are read, as a table with its types; comments on columns
 * that have other names, too (separated by
 *     commas, {@code prefix*} gathers all that begin so); variables that the file as a whole decides; and last the
 *     SELECT over that table
 * @param spelling how the names in the file become those of the script
 * @param rows what differs from one to the next
 */
record Dialect(
        String name,
        String title,
        FileSet.Content content,
        List<List<String>> required,
        String script,
        Spelling spelling,
        boolean keepsOtherColumns,
        DifferingColumns rows) {

    /** How a provider writes the names of columns. */
    enum Spelling {
        AS_WRITTEN {
            @Override
            String plain(String name) {
                return name;
            }
        },
        /**
         * {@code lineItem/UsageType} of CSV files is {@code line_item_usage_type} in Parquet files, by AWS's own rule.
         */
        SNAKE_CASE {
            @Override
            String plain(String name) {
                return name.replaceAll("(?<=[a-zA-Z])(?=[A-Z])|/", "_");
            }
        },
        /** Translated headers of Azure: {@code Kategorie der Verbrauchseinheit (MeterCategory)}. */
        IN_PARENTHESES {
            @Override
            String plain(String name) {
                return name.replaceFirst("^.*\\((\\w+)\\)$", "$1");
            }
        };

        /** The name without what is only a way to write it; case never matters. */
        abstract String plain(String name);
    }

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
            Spelling.AS_WRITTEN,
            false,
            DifferingColumns.FOCUS);

    static final Dialect CUR = new Dialect(
            "cur",
            "an AWS Cost and Usage Report",
            FileSet.Content.BILLING,
            List.of(
                    List.of("line_item_unblended_cost"),
                    List.of("line_item_currency_code"),
                    List.of("line_item_usage_start_date"),
                    List.of("line_item_line_item_type"),
                    List.of("line_item_product_code")),
            "dialects/cur.sql",
            Spelling.SNAKE_CASE,
            false,
            DifferingColumns.CUR);

    static final Dialect AZURE = new Dialect(
            "azure",
            "an Azure cost details file",
            FileSet.Content.BILLING,
            List.of(
                    List.of("Date", "UsageDateTime", "UsageDate"),
                    List.of("Cost", "CostInBillingCurrency", "PreTaxCost"),
                    List.of("BillingCurrency", "BillingCurrencyCode", "Currency"),
                    List.of("MeterCategory"),
                    List.of("SubscriptionId", "SubscriptionGuid")),
            "dialects/azure.sql",
            Spelling.IN_PARENTHESES,
            false,
            DifferingColumns.AZURE);

    static final Dialect GCP = new Dialect(
            "gcp",
            "a Cloud Billing export of BigQuery",
            FileSet.Content.BILLING,
            List.of(
                    List.of("cost"),
                    List.of("currency"),
                    List.of("usage_start_time"),
                    List.of("credits"),
                    List.of("service_description", "service.description"),
                    List.of("sku_description", "sku.description")),
            "dialects/gcp.sql",
            Spelling.AS_WRITTEN,
            false,
            DifferingColumns.GCP);

    static final Dialect INVENTORY = new Dialect(
            "inventory",
            "an inventory file",
            FileSet.Content.INVENTORY,
            List.of(List.of("resource_id"), List.of("kind")),
            "files/inventory.sql",
            Spelling.AS_WRITTEN,
            true,
            DifferingColumns.NONE);

    static final Dialect USAGE = new Dialect(
            "usage",
            "a usage file",
            FileSet.Content.USAGE,
            List.of(List.of("resource_id"), List.of("metric"), List.of("hour"), List.of("average", "maximum", "total")),
            "files/usage.sql",
            Spelling.AS_WRITTEN,
            false,
            DifferingColumns.NONE);

    /** In the order in which they are tried. */
    private static final List<Dialect> ALL = List.of(FOCUS, CUR, AZURE, GCP, INVENTORY, USAGE);

    static List<Dialect> all() {
        return ALL;
    }

    static List<Dialect> of(FileSet.Content content) {
        return ALL.stream().filter(dialect -> dialect.content() == content).toList();
    }

    /** What of {@code required} the header lacks; alternatives as {@code ProviderName (or ServiceProviderName)}. */
    List<String> missing(List<String> header) {
        return required.stream()
                .filter(names -> names.stream()
                        .noneMatch(name -> header.stream().map(spelling::plain).anyMatch(name::equalsIgnoreCase)))
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
