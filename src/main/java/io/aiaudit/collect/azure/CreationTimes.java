package io.aiaudit.collect.azure;

import static io.aiaudit.collect.Frequency.ACCOUNT;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.rest.Json;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** When resources were made whose own service does not say: only the list of all resources has it. */
final class CreationTimes {
    static final AzureOperation LIST = AzureOperation.get(
                    "/subscriptions/{subscription}/resources",
                    "2021-04-01",
                    ACCOUNT,
                    "private_endpoint",
                    "search_index")
            .permission("Microsoft.Resources/subscriptions/resources/read");

    private CreationTimes() {}

    /** By id, those of one type; {@code what} such as {@code private endpoints}. */
    static Map<String, Instant> of(AzureSession session, String type, String what, Details details) {
        Map<String, Instant> created = new HashMap<>();
        details.<JsonNode>list(
                        "ages of " + what,
                        row -> session.arm()
                                .each(
                                        session.request(LIST)
                                                .query("$filter", "resourceType eq '" + type + "'")
                                                .query("$expand", "createdTime"),
                                        row))
                .forEach(row -> created.put(AzureSession.id(Json.text(row, "/id")), Json.instant(row, "/createdTime")));
        return created;
    }
}
