package io.aiaudit.analysis;

import io.aiaudit.config.Glob;
import io.aiaudit.model.Residency;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourcePolicy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where each AI workload has models, endpoints, data, logs and backups and where its requests may be processed, against
 * the allowed regions of the policy.
 */
final class ResidencyMap {
    private static final String ANY_REGION = "any region";
    private static final String REQUESTS = "requests";
    private static final Set<String> MODELS = Set.of("model_usage", "provisioned_throughput");

    /** Kinds that are AI by themselves. */
    private static final Map<String, String> AI_PARTS = Map.ofEntries(
            Map.entry("model_usage", "model"),
            Map.entry("provisioned_throughput", "model"),
            Map.entry("inference_endpoint", "endpoint"),
            Map.entry("gpu_workload", "endpoint"),
            Map.entry("instance", "compute"),
            Map.entry("node_group", "compute"),
            Map.entry("notebook", "compute"),
            Map.entry("training_job", "compute"),
            Map.entry("training_cluster", "compute"),
            Map.entry("batch_job", "compute"),
            Map.entry("search_index", "vector_store"),
            Map.entry("feature_store", "database"));

    /**
     * Kinds that any application has: they count where their charges are AI, or where an AI resource is of the same
     * workload.
     */
    private static final Map<String, String> DATA_PARTS = Map.of(
            "database",
            "database",
            "volume",
            "storage",
            "file_system",
            "storage",
            "log_store",
            "log",
            "backup",
            "backup");

    private final List<Resource> resources;
    private final ServedWorkloads served;
    private final Map<String, ResourcePolicy> policies;
    private final Set<String> chargedAsAi;
    private final Map<String, List<String>> dataZones;

    /**
     * @param chargedAsAi resources with a charge of the spend class ai
     * @param dataZones name of a zone to its regions
     */
    ResidencyMap(
            Collection<Resource> resources,
            Map<String, ResourcePolicy> policies,
            Set<String> chargedAsAi,
            Map<String, List<String>> dataZones) {
        this.resources = List.copyOf(resources);
        this.served = new ServedWorkloads(resources);
        this.policies = policies;
        this.chargedAsAi = chargedAsAi;
        this.dataZones = dataZones;
    }

    private record Key(
            String provider,
            String account,
            String workload,
            String part,
            String region,
            Residency.State state,
            List<String> allowed) {}

    /** By workload, what is outside first. */
    List<Residency> all() {
        Set<String> ofAi = resources.stream()
                .filter(resource -> AI_PARTS.containsKey(resource.kind()))
                .map(resource -> account(resource) + Workloads.of(resource))
                .collect(Collectors.toSet());
        Set<String> parents = resources.stream()
                .filter(resource -> AI_PARTS.containsKey(resource.kind()))
                .map(Resource::resourceId)
                .collect(Collectors.toSet());
        Map<Key, Integer> counts = new TreeMap<>(Comparator.comparing(Key::provider)
                .thenComparing(Key::account)
                .thenComparing(Key::workload)
                .thenComparing(Key::state, Comparator.comparingInt(ResidencyMap::urgency))
                .thenComparing(Key::part)
                .thenComparing(Key::region)
                .thenComparing(key -> String.join(",", key.allowed())));
        for (Resource resource : resources) {
            String part = part(resource, ofAi, parents);
            if (part != null) {
                add(counts, resource, part, where(resource));
                if (MODELS.contains(resource.kind())) {
                    requests(counts, resource);
                }
            }
        }
        return counts.entrySet().stream()
                .map(entry -> residency(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static int urgency(Residency.State state) {
        return switch (state) {
            case OUTSIDE -> 0;
            case NOT_ASSESSED -> 1;
            case ALLOWED -> 2;
            case UNSPECIFIED -> 3;
        };
    }

    /** Null for what is of no AI workload. A part of an endpoint or a cluster is where that is. */
    private String part(Resource resource, Set<String> ofAi, Set<String> parents) {
        if (resource.parentId() != null && parents.contains(resource.parentId())) {
            return null;
        }
        if ("account".equals(resource.kind())) {
            return "trail".equals(resource.attributes().get("fact")) ? "log" : null;
        }
        String own = AI_PARTS.get(resource.kind());
        if (own != null) {
            return own;
        }
        boolean isAi = chargedAsAi.contains(resource.resourceId())
                || parents.contains(resource.parentId())
                || Stream.of(resource.attributes()
                                .getOrDefault("attached_to", "")
                                .split(",", -1))
                        .anyMatch(parents::contains)
                || ofAi.contains(account(resource) + workload(resource));
        return isAi ? DATA_PARTS.get(resource.kind()) : null;
    }

    /** Of a trail the region of its bucket; it may lie elsewhere. */
    private static String where(Resource resource) {
        String bucket = resource.attributes().get("bucket_region");
        if (bucket != null) {
            return "unknown".equals(bucket) ? null : bucket;
        }
        boolean isNowhere = "global".equalsIgnoreCase(resource.region()) && !"gcp".equals(resource.provider());
        return isNowhere ? null : resource.region();
    }

    /**
     * Where a profile or a deployment sends requests to; what says nothing of it is not known to stay in its region.
     */
    private void requests(Map<Key, Integer> counts, Resource resource) {
        String destinations = resource.attributes().getOrDefault("destination_regions", "");
        String processedIn = resource.attributes().getOrDefault("processed_in", "");
        if ("any".equalsIgnoreCase(destinations) || "anywhere".equals(processedIn)) {
            add(counts, resource, REQUESTS, ANY_REGION);
        } else if (!destinations.isEmpty()) {
            for (String region : destinations.replaceAll("[\\[\\]\" ]", "").split(",")) {
                add(counts, resource, REQUESTS, region);
            }
        } else if ("data zone".equals(processedIn)) {
            add(counts, resource, REQUESTS, zone(resource.region()));
        } else if ("region".equals(processedIn) || "gcp".equals(resource.provider())) {
            add(counts, resource, REQUESTS, "global".equals(resource.region()) ? ANY_REGION : resource.region());
        } else {
            add(counts, resource, REQUESTS, null);
        }
    }

    private String zone(String region) {
        String home = String.valueOf(region).toLowerCase(Locale.ROOT);
        return dataZones.entrySet().stream()
                .filter(zone -> zone.getValue().contains(home))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    private void add(Map<Key, Integer> counts, Resource resource, String part, String region) {
        List<String> allowed = policies.getOrDefault(resource.resourceId(), ResourcePolicy.UNSPECIFIED)
                .allowedRegions();
        counts.merge(
                new Key(
                        resource.provider(),
                        account(resource),
                        workload(resource),
                        part,
                        region == null ? "" : region,
                        state(resource.provider(), region, allowed),
                        allowed),
                1,
                Integer::sum);
    }

    private Residency.State state(String provider, String region, List<String> allowed) {
        if (allowed.isEmpty()) {
            return Residency.State.UNSPECIFIED;
        }
        if (region == null) {
            return Residency.State.NOT_ASSESSED;
        }
        List<String> regions =
                ANY_REGION.equals(region) ? List.of("*") : dataZones.getOrDefault(region, List.of(region));
        boolean all = regions.stream()
                .allMatch(each -> allowed.stream().anyMatch(pattern -> matches(pattern, provider, each)));
        return all ? Residency.State.ALLOWED : Residency.State.OUTSIDE;
    }

    private static boolean matches(String pattern, String provider, String region) {
        Glob glob = new Glob(pattern.toLowerCase(Locale.ROOT));
        String name = region.toLowerCase(Locale.ROOT);
        return glob.matches(name) || glob.matches(provider + "/" + name);
    }

    /** A log of a workload of its own is that of the endpoint that it is named after. */
    private String workload(Resource resource) {
        String own = Workloads.of(resource);
        Resource endpoint =
                "log_store".equals(resource.kind()) && own.equals(resource.name()) ? served.of(resource) : null;
        return endpoint == null ? own : Workloads.of(endpoint);
    }

    private static String account(Resource resource) {
        return resource.accountId() == null ? "" : resource.accountId();
    }

    private static Residency residency(Key key, int resources) {
        List<String> allowed = new ArrayList<>(key.allowed());
        return new Residency(
                key.provider(),
                key.account().isEmpty() ? null : key.account(),
                key.workload(),
                key.part(),
                key.region().isEmpty() ? null : key.region(),
                key.state(),
                allowed,
                resources);
    }
}
