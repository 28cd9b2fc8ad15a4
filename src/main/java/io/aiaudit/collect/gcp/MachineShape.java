package io.aiaudit.collect.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.model.Resource;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a machine is made of: its type as Compute Engine tells it, and accelerators that are attached to it.
 *
 * @param gpu as Compute Engine or we call it, null = none
 * @param attached the accelerators are not part of the type
 */
record MachineShape(
        String type,
        BigDecimal vcpus,
        BigDecimal memoryGib,
        String gpu,
        String accelerator,
        BigDecimal acceleratorCount,
        BigDecimal acceleratorMemoryGib,
        boolean attached) {
    /** So much of what is sold by the hour. */
    record Part(String name, BigDecimal amount) {}

    private static final BigDecimal MIB_PER_GIB = BigDecimal.valueOf(1024);

    /** Types whose cores and memory are sold under another name than the first word of the type. */
    private static final Map<String, String> FAMILIES = Map.of("a3-megagpu", "a3plus", "a3-ultragpu", "a3ultra");

    /** Of a machine type, without what may be attached to it. Empty for one that shares its cores: it is not sold by the core. */
    static Optional<MachineShape> of(JsonNode told) {
        BigDecimal memory = Json.number(told, "/memoryMb");
        BigDecimal cores = Json.number(told, "/guestCpus");
        if (memory == null || cores == null || told.path("isSharedCpu").asBoolean(false)) {
            return Optional.empty();
        }
        String type = Json.text(told, "/name");
        String gpu = Json.text(told, "/accelerators/0/guestAcceleratorType");
        Optional<Accelerators> known = Accelerators.ofType(type);
        BigDecimal count = Json.number(told, "/accelerators/0/guestAcceleratorCount");
        return Optional.of(new MachineShape(
                type,
                cores,
                memory.divide(MIB_PER_GIB, 6, RoundingMode.HALF_EVEN).stripTrailingZeros(),
                gpu,
                known.map(Accelerators::name).orElse(gpu),
                gpu == null ? BigDecimal.ZERO : count,
                known.map(Accelerators::memoryGib).orElse(null),
                false));
    }

    /** With what is attached to a resource; as it is where the type has accelerators itself, or the resource none. */
    MachineShape with(Resource resource) {
        if (gpu != null || resource.accelerator() == null || resource.acceleratorCount() == null) {
            return this;
        }
        return new MachineShape(
                type,
                vcpus,
                memoryGib,
                resource.accelerator(),
                resource.accelerator(),
                resource.acceleratorCount(),
                resource.acceleratorMemoryGib(),
                true);
    }

    /** What it is sold as: cores, memory and GPUs. */
    List<Part> parts(boolean vertex) {
        String prefix = vertex ? "vertex/" : "";
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(prefix + SkuPart.host(family(), false), vcpus));
        parts.add(new Part(prefix + SkuPart.host(family(), true), memoryGib));
        if (gpu != null && acceleratorCount != null) {
            parts.add(new Part(prefix + SkuPart.gpu(gpu), acceleratorCount));
        }
        return parts;
    }

    private String family() {
        return FAMILIES.entrySet().stream()
                .filter(entry -> type.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(type.substring(0, Math.max(0, type.indexOf('-'))));
    }

    /** Its name among offers. */
    String offeredAs(boolean vertex) {
        String bare = (vertex ? "vertex/" : "") + type.toLowerCase(Locale.ROOT);
        return attached
                ? "attached/" + bare + "+" + acceleratorCount.intValue() + "x" + accelerator.toLowerCase(Locale.ROOT)
                : bare;
    }
}
