package io.aiaudit.collect.azure;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.model.ResourceBuilder;
import io.aiaudit.model.Sink;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * What machine types are made of: processors, memory and how many accelerators as Azure lists them for a region, and
 * which accelerators by a table of ours. Requested once for a region in a scan, and only where a machine could have
 * accelerators. Safe for several threads.
 */
final class MachineTypes {
    private static final String VERSION = "2021-07-01";
    static final AzureOperation SKUS = AzureOperation.get(
                    "/subscriptions/{subscription}/providers/Microsoft.Compute/skus",
                    VERSION,
                    new Frequency("1 for each region with instances"),
                    "instance",
                    "node_group",
                    "inference_endpoint",
                    "notebook",
                    "training_cluster",
                    "capacity_reservation")
            .probe((request, session) -> request.query("$filter", "location eq 'eastus'"));

    /** All sizes with accelerators have names that begin so; some others, too. */
    private static final Pattern CANDIDATE = Pattern.compile("n[cdgmpv][c0-9].*");

    private static final List<Family> FAMILIES = families();

    private final Map<String, Map<String, Size>> sizes = new ConcurrentHashMap<>();

    /** The regions whose list was read to its end. */
    private final Set<String> whole = ConcurrentHashMap.newKeySet();

    /** Each subscription requests a region once, for all slices. */
    private final Set<String> requested = ConcurrentHashMap.newKeySet();

    /** What Azure lists of one type; null = it is not listed. */
    private record Size(String name, BigDecimal accelerators, BigDecimal vcpus, BigDecimal memoryGib) {
        static Size of(JsonNode sku) {
            return new Size(
                    Json.text(sku, "/name"),
                    capability(sku, "GPUs"),
                    capability(sku, "vCPUs"),
                    capability(sku, "MemoryGB"));
        }

        private static BigDecimal capability(JsonNode sku, String name) {
            for (JsonNode capability : sku.path("capabilities")) {
                if (name.equals(Json.text(capability, "/name"))) {
                    return Json.number(capability, "/value");
                }
            }
            return null;
        }

        boolean isAccelerated() {
            return accelerators != null && accelerators.signum() > 0;
        }
    }

    /** A row of the table. Null = it is unknown. */
    private record Family(Pattern types, String accelerator, BigDecimal count, BigDecimal memoryGib) {}

    private static List<Family> families() {
        try (InputStream text = MachineTypes.class.getResourceAsStream("accelerators.csv")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(",", -1))
                    .map(cells -> new Family(Pattern.compile(cells[0]), cells[1], decimal(cells[2]), decimal(cells[3])))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the table of accelerators cannot be read", e);
        }
    }

    private static BigDecimal decimal(String cell) {
        return cell.isEmpty() ? null : new BigDecimal(cell);
    }

    /** Without standard_, in lower case: Azure ML writes names in capitals. */
    private static String bare(String type) {
        return type.toLowerCase(Locale.ROOT).replaceFirst("^standard_", "");
    }

    /**
     * Requests the sizes of a region, if {@code types} has one that may have accelerators. A refusal is a gap: the
     * table still has most of them.
     */
    void learn(AzureSession session, String region, List<String> types, Sink sink) {
        if (!AzureSession.isRegion(region)
                || types.stream()
                        .noneMatch(type -> CANDIDATE.matcher(bare(type)).matches())) {
            return;
        }
        synchronized (sizes.computeIfAbsent(region, key -> new ConcurrentHashMap<>())) {
            if (whole.contains(region)) {
                return;
            }
            if (requested.add(session.subscription() + " " + region)) {
                call(session, region, sink);
            } else {
                sink.incomplete();
            }
        }
    }

    private void call(AzureSession session, String region, Sink sink) {
        boolean read = session.details(sink)
                .<JsonNode>each(
                        "VM sizes of " + region,
                        null,
                        sku -> session.arm()
                                .each(session.request(SKUS).query("$filter", "location eq '" + region + "'"), sku),
                        sku -> {
                            if ("virtualMachines".equalsIgnoreCase(Json.text(sku, "/resourceType"))) {
                                sizes.get(region).put(bare(String.valueOf(Json.text(sku, "/name"))), Size.of(sku));
                            }
                        });
        if (read) {
            whole.add(region);
        }
    }

    /** A type that Azure does not list any more is known by its family. */
    boolean isAccelerated(String region, String type) {
        if (type == null) {
            return false;
        }
        Size listed = listed(region, type);
        return (listed != null && listed.isAccelerated()) || family(type).isPresent();
    }

    /** Adds to a resource what one machine of this type is made of; nothing where it is not known. */
    void describe(ResourceBuilder resource, String region, String type) {
        if (type == null) {
            return;
        }
        Size listed = listed(region, type);
        if (listed != null) {
            resource.machineType(listed.name()) // as the price list writes it, too
                    .vcpus(listed.vcpus())
                    .memoryGib(listed.memoryGib());
        }
        Optional<Family> family = family(type);
        if (family.isPresent()) {
            BigDecimal listedCount = listed == null ? null : listed.accelerators();
            BigDecimal count =
                    family.get().count() == null ? listedCount : family.get().count();
            resource.accelerator(family.get().accelerator())
                    .acceleratorCount(count)
                    .acceleratorMemoryGib(family.get().memoryGib());
        } else if (listed != null && listed.isAccelerated()) {
            resource.accelerator(null).acceleratorCount(listed.accelerators()).acceleratorMemoryGib(null);
        }
    }

    private static Optional<Family> family(String type) {
        return FAMILIES.stream()
                .filter(family -> family.types().matcher(bare(type)).matches())
                .findFirst();
    }

    private Size listed(String region, String type) {
        return sizes.getOrDefault(String.valueOf(region), Map.of()).get(bare(type));
    }
}
