package io.aiaudit.collect.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.rest.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The pools of machines of a job, of which a resource has one type. Vertex AI wants one machine in the first pool of a
 * job, so more of the same type are in further pools: pools of the same machine are one.
 *
 * @param machine null where several types have a claim to be the resource's, or where the number of its machines is
 *     unknown
 * @param replicas null where the number is unknown
 * @param used how many of them work, null where it is unknown
 * @param others the machines that are not those of the resource, such as {@code 1 n1-standard-8}
 */
record WorkerPools(JsonNode machine, Integer replicas, Integer used, List<String> others) {
    /** What makes two machines the same. */
    private record Type(String machine, Optional<Accelerators> accelerators) {
        static Type of(JsonNode pool) {
            JsonNode spec = pool.path("machineSpec");
            return new Type(Json.text(spec, "/machineType"), Accelerators.ofSpec(spec));
        }
    }

    /**
     * @param times how many run of each pool at a time, as trials do
     * @param areUsed by jobs, as the pools of a persistent resource are, and report how many of their machines
     */
    static WorkerPools of(JsonNode specs, String replicas, int times, boolean areUsed) {
        Collection<List<JsonNode>> types = byType(specs, replicas);
        Collection<List<JsonNode>> accelerated = types.stream()
                .filter(pools -> Type.of(pools.get(0)).accelerators().isPresent())
                .toList();
        Collection<List<JsonNode>> candidates = accelerated.isEmpty() ? types : accelerated;
        // It is unknown which of several types is the resource's; pools of an unknown size have no price.
        List<JsonNode> main = candidates.size() == 1 ? candidates.iterator().next() : List.of();
        if (main.size() > 1 && sum(main, replicas, times) == null) {
            main = List.of();
        }
        List<JsonNode> chosen = main;
        return new WorkerPools(
                main.isEmpty() ? null : main.get(0).path("machineSpec"),
                sum(main, replicas, times),
                areUsed ? sum(main, pool -> Proto.count(pool, "usedReplicaCount"), 1) : null,
                types.stream()
                        .filter(pools -> !pools.equals(chosen))
                        .map(pools -> named(pools, sum(pools, replicas, times)))
                        .toList());
    }

    /** A pool that is left empty, as those in front of an evaluator may be, has no machines. */
    private static Collection<List<JsonNode>> byType(JsonNode specs, String replicas) {
        Map<Type, List<JsonNode>> types = new LinkedHashMap<>();
        for (JsonNode pool : specs.isArray() ? specs : List.of(specs)) {
            Type type = Type.of(pool);
            Integer count = Json.integer(pool, replicas);
            if (type.machine != null && (count == null || count > 0 || !specs.isArray() || specs.size() == 1)) {
                types.computeIfAbsent(type, key -> new ArrayList<>()).add(pool);
            }
        }
        return types.values();
    }

    /** Nothing where one of them has no number. */
    private static Integer sum(List<JsonNode> pools, String count, int times) {
        return sum(pools, pool -> Json.integer(pool, count), times);
    }

    private static Integer sum(List<JsonNode> pools, Function<JsonNode, Integer> count, int times) {
        List<Integer> counts = pools.stream().map(count).toList();
        return counts.isEmpty() || counts.stream().anyMatch(Objects::isNull)
                ? null
                : Integer.valueOf(
                        times * counts.stream().mapToInt(Integer::intValue).sum());
    }

    private static String named(List<JsonNode> pools, Integer replicas) {
        String type = Type.of(pools.get(0)).machine();
        return replicas == null ? type : replicas + " " + type;
    }

    /** Whether the cost of the machines is unknown. */
    boolean isWithoutPrice() {
        return machine == null && !others.isEmpty();
    }
}
