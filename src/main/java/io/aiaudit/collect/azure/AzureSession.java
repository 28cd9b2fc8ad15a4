package io.aiaudit.collect.azure;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.collect.rest.RestRequest;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceBuilder;
import io.aiaudit.model.Sink;
import java.util.List;
import java.util.Locale;

/**
 * One subscription, and the client that reads there.
 *
 * @param name null where it is unknown
 */
record AzureSession(Arm arm, String subscription, String name) {
    /** Of the API of virtual machines. */
    static final String COMPUTE_VERSION = "2024-07-01";

    /** A request whose path begins with the subscription. */
    RestRequest request(AzureOperation operation) {
        return arm.request(operation).with("subscription", subscription);
    }

    /** Optional calls here, none of which takes another with it. */
    Details details(Sink sink) {
        return new Details("azure", subscription, arm.failures(), sink);
    }

    /** Ids of Azure are the same in any case; ours are in lower case. */
    static String id(String id) {
        return id == null ? null : id.toLowerCase(Locale.ROOT);
    }

    /** A resource here, with the fields that all resources of Azure have: id, name, region and tags. */
    ResourceBuilder resource(JsonNode resource, String kind) {
        return Resource.builder(id(Json.needed(resource, "/id")), kind, "azure")
                .accountId(subscription)
                .accountName(name)
                .region(region(Json.text(resource, "/location")))
                .name(Json.text(resource, "/name"))
                .tags(Json.texts(resource, "/tags"));
    }

    /** Azure writes "eastus", "EastUS" or "East US". */
    static String region(String location) {
        return location == null ? null : location.toLowerCase(Locale.ROOT).replace(" ", "");
    }

    /** A location as a filter may have it: what is no region is in no list of Azure. */
    static boolean isRegion(String location) {
        return location != null && location.matches("[a-z0-9]+");
    }

    /** Those of {@code resources} that are here. */
    List<Resource> here(List<Resource> resources) {
        return resources.stream()
                .filter(resource ->
                        "azure".equals(resource.provider()) && subscription.equalsIgnoreCase(resource.accountId()))
                .toList();
    }
}
