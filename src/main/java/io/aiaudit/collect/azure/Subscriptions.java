package io.aiaudit.collect.azure;

import static io.aiaudit.collect.Frequency.ONCE;
import static io.aiaudit.collect.Operation.SCOPE;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.AccountLists;
import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.collect.rest.RestFailure;
import io.aiaudit.model.Gap;
import io.aiaudit.model.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Which subscriptions are read: those that the user named, else all that the credentials see. */
final class Subscriptions {
    private static final String VERSION = "2022-12-01";
    private static final AzureOperation ALL = AzureOperation.get("/subscriptions", VERSION, ONCE, SCOPE)
            .permission("Microsoft.Resources/subscriptions/read")
            .untried();
    private static final AzureOperation ONE = AzureOperation.get(
                    "/subscriptions/{subscription}",
                    VERSION,
                    new Frequency("1 for each subscription that is named and not listed"),
                    SCOPE)
            .permission("Microsoft.Resources/subscriptions/read")
            .untried();

    static final List<AzureOperation> OPERATIONS = List.of(ALL, ONE);

    private final Arm arm;
    private final Map<String, String> names = new ConcurrentHashMap<>();
    private final Set<String> disabled = ConcurrentHashMap.newKeySet();

    Subscriptions(Arm arm) {
        this.arm = arm;
    }

    /** Those that are named are read whatever the list gives. */
    List<String> find(Consumer<Gap> unread) {
        List<String> wanted = arm.scope().subscriptions();
        List<String> seen = new ArrayList<>();
        AccountLists lists = new AccountLists("azure", arm::explain);
        lists.<JsonNode>each("subscriptions", each -> arm.each(arm.request(ALL), each), subscription -> {
            String listed = Json.text(subscription, "/subscriptionId");
            if (listed == null) {
                throw RestFailure.unreadable(arm.request(ALL), "a subscription has no id");
            }
            String id = listed.toLowerCase(Locale.ROOT);
            note(id, subscription);
            if (!"Deleted".equals(Json.text(subscription, "/state"))) {
                seen.add(id);
            }
        });
        lists.finish(false, wanted.isEmpty() ? unread : gap -> {});
        if (wanted.isEmpty() && seen.isEmpty()) {
            throw new UserError(
                    "these credentials see no subscription.",
                    "Assign the role of docs/azure.md to them; 'az account list --all' shows their subscriptions.");
        }
        return wanted.isEmpty() ? seen : wanted;
    }

    /** One that is not listed is requested: the failure shows why it cannot be read. */
    void enter(String subscription) {
        if (!names.containsKey(subscription)) {
            note(subscription, arm.call(arm.request(ONE).with("subscription", subscription)));
        }
    }

    private void note(String id, JsonNode subscription) {
        String name = Json.text(subscription, "/displayName");
        names.put(id, name == null ? id : name);
        if ("Disabled".equals(Json.text(subscription, "/state"))) {
            disabled.add(id);
        }
    }

    /** It can still be read, and nothing in it runs or can be made. */
    boolean isDisabled(String subscription) {
        return disabled.contains(subscription);
    }

    AzureSession session(String subscription) {
        return new AzureSession(arm, subscription, names.get(subscription));
    }
}
