package io.aiaudit.collect.gcp;

import io.aiaudit.model.UserError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What of Google Cloud to read, and where its services are.
 *
 * @param organization all active projects of this one, by number; null = none
 * @param folders all active projects of these and of the folders in them, by number
 * @param projects these; empty = those of the organization and folders, or the one of the credentials
 * @param locations of Vertex AI, such as us-central1; empty = those in which Cloud Asset Inventory knows something
 * @param export where the export of the bill lies, as PROJECT.DATASET or PROJECT.DATASET.TABLE; null = it is looked for
 * in the projects
 * @param quotaProject the project that requests are counted on and in which queries run; null = that of the credentials
 * @param endpoints addresses instead of Google's, by service: see {@link #ENDPOINTS}
 */
public record GcpScope(
        String organization,
        List<String> folders,
        List<String> projects,
        List<String> locations,
        String export,
        String quotaProject,
        Map<String, String> endpoints) {
    /** Where the services are. */
    public static final Map<String, String> ENDPOINTS = googleapis();

    /** The project of the credentials. */
    public static final GcpScope OWN_PROJECT =
            new GcpScope(null, List.of(), List.of(), List.of(), null, null, Map.of());

    private static final String LOCATION = "{location}";

    public GcpScope {
        folders = List.copyOf(folders);
        projects = List.copyOf(projects);
        locations = List.copyOf(locations);
        endpoints = Map.copyOf(endpoints);
    }

    private static Map<String, String> googleapis() {
        Map<String, String> endpoints = new LinkedHashMap<>();
        for (String service : List.of(
                "bigquery",
                "billingbudgets",
                "cloudasset",
                "cloudbilling",
                "cloudresourcemanager",
                "compute",
                "container",
                "kmsinventory",
                "logging",
                "monitoring",
                "notebooks",
                "recommender",
                "run",
                "tpu")) {
            endpoints.put(service, "https://" + service + ".googleapis.com");
        }
        endpoints.put("aiplatform", "https://{location}-aiplatform.googleapis.com");
        return Map.copyOf(endpoints);
    }

    /** The address of the price catalog that is configured instead of Google's own; null = none was. */
    String ownPrices() {
        return endpoints.get("cloudbilling");
    }

    String endpoint(String service) {
        return endpoints.getOrDefault(service, ENDPOINTS.get(service));
    }

    /**
     * Of a service that has an address for each of its locations. The token goes there: nothing but a location is put
     * into it.
     */
    String endpoint(String service, String location) {
        if (!location.matches("[a-z0-9-]+")) {
            throw new UserError(
                    "a resource is in \"" + location + "\", which is not a location: " + service
                            + " is not queried there.",
                    "Check it in Cloud Asset Inventory; location names have letters, digits and hyphens only.");
        }
        return endpoint(service).replace(LOCATION, location);
    }
}
