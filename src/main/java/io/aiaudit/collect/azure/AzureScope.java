package io.aiaudit.collect.azure;

import io.aiaudit.model.UserError;
import java.util.List;
import java.util.Map;

/**
 * What of Azure to read, and where Azure is.
 *
 * @param tenant the id or domain of the tenant to log in to; null = that of the credentials
 * @param subscriptions these; empty = all that the credentials see
 * @param export the export of the bill, as the id of its scope and its name; null = it is looked for
 * @param endpoints addresses instead of the cloud's, by name: see {@link #ENDPOINTS}
 */
public record AzureScope(
        AzureCloud cloud, String tenant, List<String> subscriptions, String export, Map<String, String> endpoints) {
    /** The names of addresses that can be configured, and the part in braces that each has to have. */
    public static final Map<String, String> ENDPOINTS = Map.of(
            "resource_manager", "",
            "login", "",
            "metrics", "{region}",
            "blobs", "{account}",
            "prices", "");

    /** All that the credentials see, in the public cloud. */
    public static final AzureScope EVERYTHING = new AzureScope(AzureCloud.PUBLIC, null, List.of(), null, Map.of());

    public AzureScope {
        subscriptions = List.copyOf(subscriptions);
        endpoints = Map.copyOf(endpoints);
    }

    String manager() {
        return endpoints.getOrDefault("resource_manager", cloud.manager());
    }

    /** Whom tokens for the resource manager are for: the cloud's, whatever its address is. */
    String managerAudience() {
        return cloud.manager();
    }

    /** The token goes there: nothing but a region is put into the address. */
    String metrics(String region) {
        if (!region.matches("[a-z0-9]+")) {
            throw new UserError(
                    "a resource is in \"" + region + "\", which is not a region: its metrics are not read.",
                    "Check the location of these resources; region names have letters and digits only.");
        }
        return endpoints.getOrDefault("metrics", cloud.metrics()).replace("{region}", region);
    }

    String metricsAudience() {
        return cloud.metricsAudience();
    }

    /** The token goes there: nothing but the name of an account is put into the address. */
    String blobs(String account) {
        if (!account.matches("[a-z0-9]{3,24}")) {
            throw new UserError(
                    "an export is said to be in \"" + account + "\", which is not a storage account: it is not read.",
                    "Check its destination: az costmanagement export list --scope subscriptions/SUBSCRIPTION-ID");
        }
        return endpoints.getOrDefault("blobs", cloud.blobs()).replace("{account}", account);
    }

    /** Null where the cloud has none. */
    String prices() {
        return endpoints.getOrDefault("prices", cloud.prices());
    }

    /** The address of prices that is configured instead of Azure's own; null = none was. */
    String ownPrices() {
        return endpoints.get("prices");
    }

    /** Where to log in; null = as the SDK's own variables configure, by default the public cloud. */
    String login() {
        return endpoints.getOrDefault("login", cloud == AzureCloud.PUBLIC ? null : cloud.login());
    }

    /** A login address of a private cloud that Microsoft does not know, so discovery is skipped. */
    boolean hasOwnLogin() {
        return endpoints.containsKey("login");
    }
}
