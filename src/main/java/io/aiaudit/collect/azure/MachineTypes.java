package io.aiaudit.collect.azure;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * What machine types are made of: processors, memory and how many accelerators as Azure lists them for a region, and which accelerators by a table of ours. Asked once
 * for a region in a scan, and only where a machine could have accelerators. Safe for several threads.
 */
final class MachineTypes {
    static final String SKUS = "/subscriptions/{subscription}/providers/Microsoft.Compute/skus";

    /** All sizes with accelerators have names that begin so; some others, too. */
    private static final Pattern CANDIDATE = Pattern.compile("n[cdgmpv][c0-9].*");

    static final String VERSION = "2021-07-01";
    private static final List<Family> FAMILIES = families();

    private final Map<String, Map<String, Size>> sizes = new ConcurrentHashMap<>();

    /** Where they could not be asked, which is said once, however many slices want to know. */
    private final Set<String> refused = ConcurrentHashMap.newKeySet();

    /** What Azure lists of one type; null = it does not tell. */
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

    /** A row of the table. Null = it is not told. */
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

    /** Asks for the sizes of a region, if {@code types} has one that may have accelerators. A refusal is a gap: the table still tells what most of them are. */
    void learn(AzurePlace place, String region, List<String> types, Sink sink) {
        if (region == null
                || types.stream()
                        .noneMatch(type -> CANDIDATE.matcher(bare(type)).matches())) {
            return;
        }
        try {
            sizes.computeIfAbsent(region, key -> ask(place, key));
        } catch (RuntimeException e) {
            UserError error = place.arm().explain(e).orElseThrow(() -> e);
            String scope = place.subscription() + " VM sizes of " + region;
            if (refused.add(scope)) {
                sink.gap(new Gap("azure", scope, error.problem(), error.fix()));
            }
        }
    }

    private static Map<String, Size> ask(AzurePlace place, String region) {
        Map<String, Size> byName = new HashMap<>();
        place.arm().list(place.get(SKUS, VERSION).query("$filter", "location eq '" + region + "'")).stream()
                .filter(sku -> "virtualMachines".equalsIgnoreCase(Json.text(sku, "/resourceType")))
                .forEach(sku -> byName.put(bare(String.valueOf(Json.text(sku, "/name"))), Size.of(sku)));
        return byName;
    }

    /** What Azure does not list any more is told by its family. */
    boolean isAccelerated(String region, String type) {
        if (type == null) {
            return false;
        }
        Size listed = listed(region, type);
        return (listed != null && listed.isAccelerated()) || family(type).isPresent();
    }

    /** Tells a resource what one machine of this type is made of; nothing where it is not known. */
    void describe(Resource.Builder resource, String region, String type) {
        if (type == null) {
            return;
        }
        Size listed = listed(region, type);
        if (listed != null) {
            resource.machineType(listed.name()) // as the price list writes it, too
                    .size(listed.vcpus(), listed.memoryGib());
        }
        Optional<Family> family = family(type);
        if (family.isPresent()) {
            BigDecimal told = listed == null ? null : listed.accelerators();
            BigDecimal count =
                    family.get().count() == null ? told : family.get().count();
            resource.accelerator(family.get().accelerator(), count, family.get().memoryGib());
        } else if (listed != null && listed.isAccelerated()) {
            resource.accelerator(null, listed.accelerators(), null);
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
