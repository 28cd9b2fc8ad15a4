package io.aiaudit.store;

import io.aiaudit.model.Audit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Fills the tables {@code offers} and {@code models}: prices of the user's own win over those that a source read, and
 * those over the built-in ones.
 */
final class ListPrices {
    private static final BigDecimal HUNDRED = new BigDecimal(100);

    /** What makes two rows of a table the same thing. */
    private static final Map<String, String> SAME = Map.of(
            "offers",
            "own.provider = other.provider AND own.region = other.region AND lower(own.machine_type) = "
                    + "lower(other.machine_type)",
            "models",
            "own.provider = other.provider AND lower(own.model) = lower(other.model) AND own.tier = other.tier");

    /** A user's own price of a machine with accelerators is that of one to which they are attached, too. */
    private static final String WITHOUT_ATTACHED = """
            DELETE FROM offers AS other WHERE EXISTS (
              FROM own_prices AS own
              WHERE own.provider = other.provider AND own.region = other.region
                AND coalesce(own.accelerator_count, 0) > 0
                AND starts_with(lower(other.machine_type), 'attached/' || lower(own.machine_type) || '+'))""";

    private static final List<String> HARDWARE =
            List.of("accelerator", "accelerator_count", "accelerator_memory_gib", "vcpus", "memory_gib");

    private final Sql sql;
    private final IngestSettings settings;

    ListPrices(Sql sql, IngestSettings settings) {
        this.sql = sql;
        this.settings = settings;
    }

    /**
     * All prices, in the currencies that they come in. The built-in ones are in the tables already; they are touched
     * only where there are others.
     */
    void load() {
        boolean priceListsWereRead =
                !sql.select("FROM work.offers LIMIT 1").rows().isEmpty();
        if (!priceListsWereRead && settings.prices().isEmpty()) {
            return;
        }
        ReferenceFacts.setAside(sql::execute);
        sql.update("INSERT INTO offers SELECT DISTINCT *, 'price list that was read' FROM work.offers ORDER BY ALL");
        for (String table : List.of("offers", "models")) {
            for (PriceFile file : settings.prices()) {
                if (file.table().equals(table)) {
                    own(file);
                }
            }
        }
        ReferenceFacts.putBack(sql::execute, priceListsWereRead);
        settings.prices()
                .forEach(file -> warn(
                        Audit.AS_CONFIGURED + "list prices of " + file.rows().size()
                                + (file.table().equals("models") ? " model" : " machine type")
                                + (file.rows().size() == 1 ? "" : "s") + " are those of "
                                + file.name()
                                + ", as of " + file.days() + "."));
    }

    /** Rows of the user's own instead of others; they get the hardware from those, where they do not name it. */
    private void own(PriceFile file) {
        String table = file.table();
        sql.execute("CREATE OR REPLACE TEMP TABLE own_prices AS FROM " + table + " LIMIT 0");
        List<Rows.Column> columns = sql.columns("own_prices");
        List<List<Object>> rows = new ArrayList<>();
        for (Map<String, Object> row : file.rows()) {
            List<Object> values = new ArrayList<>();
            columns.forEach(
                    column -> values.add(column.name().equals("origin") ? file.name() : row.get(column.name())));
            rows.add(values);
        }
        sql.insert("own_prices", columns, rows);
        if (table.equals("offers")) {
            sql.execute("UPDATE own_prices SET region = region_of(provider, region)");
            String known = HARDWARE.stream()
                    .map(column -> column + " = coalesce(own." + column + ", other." + column + ")")
                    .collect(Collectors.joining(", "));
            sql.execute("UPDATE own_prices AS own SET " + known + " FROM offers AS other WHERE " + SAME.get(table));
            sql.execute(WITHOUT_ATTACHED);
        }
        sql.execute("DELETE FROM " + table + " AS other WHERE EXISTS (FROM own_prices AS own WHERE " + SAME.get(table)
                + ")");
        sql.execute("INSERT INTO " + table + " FROM own_prices");
    }

    /** Takes off what the customer pays less. Prices of the user's own are what they are. */
    void discount() {
        String own = settings.prices().stream()
                .map(file -> ", " + Sql.literal(file.name()))
                .collect(Collectors.joining("", "(''", ")"));
        new TreeMap<>(settings.discounts()).forEach((provider, percent) -> {
            String text = percent.stripTrailingZeros().toPlainString() + " %";
            lower("offers", Currencies.OFFER_MONEY, provider, percent, text, own);
            lower("models", Currencies.MODEL_MONEY, provider, percent, text, own);
            sql.update("INSERT INTO discounts VALUES (?, ?)", provider, percent);
            warn(Audit.AS_CONFIGURED + "list prices of " + provider + " are taken " + text
                    + " lower, as discounts in "
                    + settings.locations().getOrDefault("discounts " + provider, "aiaudit.yaml")
                    + " says; billed costs are not changed.");
        });
    }

    private void lower(
            String table, List<String> columns, String provider, BigDecimal percent, String text, String own) {
        String factor = "CAST(" + HUNDRED.subtract(percent).movePointLeft(2).toPlainString() + " AS DECIMAL(14,10))";
        String lowered = columns.stream()
                .map(column ->
                        column + " = CAST(CAST(" + column + " AS DECIMAL(24,12)) * " + factor + " AS DECIMAL(28,12))")
                .collect(Collectors.joining(", "));
        sql.update(
                "UPDATE " + table + " SET " + lowered + ", origin = origin || ?"
                        + " WHERE provider = ? AND origin NOT IN " + own,
                ", less " + text,
                provider);
    }

    private void warn(String message) {
        sql.update("INSERT INTO warnings VALUES (?)", message);
    }
}
