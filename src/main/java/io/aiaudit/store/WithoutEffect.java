package io.aiaudit.store;

import io.aiaudit.model.Vocabulary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Warns about entries of lists in the configuration that match nothing that was read: mostly a name written in another
 * form.
 */
final class WithoutEffect {
    private final Sql sql;
    private final IngestSettings settings;

    WithoutEffect(Sql sql, IngestSettings settings) {
        this.sql = sql;
        this.settings = settings;
    }

    void warn(boolean hasBills) {
        if (hasBills) {
            tags().forEach((entry, condition) -> warn(entry, "charge", "charge_texts WHERE " + condition));
            accounts().forEach((entry, condition) -> warn(entry, "charge", "charge_texts WHERE " + condition));
        }
        settings.discounts().keySet().stream()
                .filter(Vocabulary.CLOUDS::contains) // what makers of models sell is of no provider here
                .forEach(provider -> warn(
                        "discounts " + provider, "resource", "resources WHERE provider = " + Sql.literal(provider)));
    }

    /** Whether a charge with these columns is AI because the configuration says so. */
    static String isAi(IngestSettings settings, String tags, String subAccount, String account) {
        WithoutEffect entries = new WithoutEffect(null, settings);
        List<String> conditions = new ArrayList<>(List.of("false"));
        conditions.addAll(entries.tags(tags).values());
        conditions.addAll(entries.accounts(subAccount, account).values());
        return String.join(" OR ", conditions);
    }

    private Map<String, String> tags() {
        return tags("Tags");
    }

    private Map<String, String> tags(String column) {
        Map<String, String> conditions = new LinkedHashMap<>();
        for (Map.Entry<String, String> tag : settings.aiTags()) {
            String path = "'$.\"' || " + Sql.literal(tag.getKey().replace("\"", "")) + " || '\"'";
            String value = "json_extract_string(TRY_CAST(" + column + " AS JSON), " + path + ")";
            conditions.put(
                    "ai.tags " + tag.getKey() + "=" + tag.getValue(),
                    tag.getValue().equals("*")
                            ? value + " IS NOT NULL"
                            : "coalesce(" + value + " = " + Sql.literal(tag.getValue()) + ", false)");
        }
        return conditions;
    }

    private Map<String, String> accounts() {
        return accounts("SubAccountId", "BillingAccountId");
    }

    private Map<String, String> accounts(String subAccount, String account) {
        Map<String, String> conditions = new LinkedHashMap<>();
        for (String id : settings.aiAccounts()) {
            conditions.put(
                    "ai.accounts " + id,
                    "coalesce(account_key(" + Sql.literal(id) + ") IN (account_key(" + subAccount + "), account_key("
                            + account + ")), false)");
        }
        return conditions;
    }

    private void warn(String entry, String what, String where) {
        if (!sql.any(where)) {
            String location = settings.locations().get(entry);
            sql.update(
                    "INSERT INTO warnings VALUES (?)",
                    (location == null ? "" : location + ": ") + "the entry of " + entry.replaceFirst(" ", " (")
                            + ") matches no " + what + " of this scan.");
        }
    }
}
