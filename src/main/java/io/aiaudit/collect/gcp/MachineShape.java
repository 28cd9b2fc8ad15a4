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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a machine is made of: its type as Compute Engine describes it, and accelerators that are attached to it.
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

    /** Cores that are shared, as those of e2-custom-micro, are no number. */
    private static final Pattern CUSTOM =
            Pattern.compile("(?:[a-z][0-9][0-9a-z]*-)?custom-(?<cores>[0-9]{1,4})-(?<memory>[0-9]{1,9})");

    /** Types that are named by their cores; those with accelerators of their own may be named by these instead. */
    private static final Pattern PREDEFINED = Pattern.compile(
            "[a-z]+[0-9]+[a-z]*-(?:standard|highmem|highcpu|megamem|ultramem|hypermem)-(?<cores>[0-9]{1,4})(?:-.*)?");

    /** Types whose cores and memory are sold under another name than the first part of the type. */
    private static final Map<String, String> FAMILIES = Map.of("a3-megagpu", "a3plus", "a3-ultragpu", "a3ultra");

    /**
     * Of a machine type, without what may be attached to it. Empty for one that shares its cores: it is not sold by the
     * core.
     */
    static Optional<MachineShape> of(JsonNode machineType) {
        BigDecimal memory = Json.number(machineType, "/memoryMb");
        BigDecimal cores = Json.number(machineType, "/guestCpus");
        if (memory == null || cores == null || machineType.path("isSharedCpu").asBoolean(false)) {
            return Optional.empty();
        }
        String type = Json.text(machineType, "/name");
        String gpu = Json.text(machineType, "/accelerators/0/guestAcceleratorType");
        Optional<Accelerators> known = Accelerators.ofType(type);
        BigDecimal count = Json.number(machineType, "/accelerators/0/guestAcceleratorCount");
        return Optional.of(new MachineShape(
                type,
                cores,
                gib(memory),
                gpu,
                known.map(Accelerators::name).orElse(gpu),
                gpu == null ? BigDecimal.ZERO : count,
                known.map(Accelerators::memoryGib).orElse(null),
                false));
    }

    /**
     * The shape of a custom type: its name holds cores and memory, and no list has it. Empty for all others, and for
     * one with more memory than its cores allow.
     */
    static Optional<MachineShape> ofCustom(String type) {
        Matcher custom = CUSTOM.matcher(type);
        return custom.matches()
                ? Optional.of(new MachineShape(
                        type,
                        new BigDecimal(custom.group("cores")),
                        gib(new BigDecimal(custom.group("memory"))),
                        null,
                        null,
                        BigDecimal.ZERO,
                        null,
                        false))
                : Optional.empty();
    }

    /** How many cores a type has, as far as its name or the list of accelerators has it; null where it is unknown. */
    static BigDecimal coresOf(String type) {
        String lower = String.valueOf(type).toLowerCase(Locale.ROOT);
        return Stream.of(CUSTOM, PREDEFINED)
                .map(pattern -> pattern.matcher(lower))
                .filter(Matcher::matches)
                .map(named -> new BigDecimal(named.group("cores")))
                .findFirst()
                .or(() -> Accelerators.coresBeside(lower))
                .orElse(null);
    }

    private static BigDecimal gib(BigDecimal mib) {
        return mib.divide(MIB_PER_GIB, 6, RoundingMode.HALF_EVEN).stripTrailingZeros();
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

    /** What it is sold as: cores, memory and GPUs; {@code prefix} names the conditions, see {@link SkuPart}. */
    List<Part> parts(String prefix) {
        List<Part> parts = new ArrayList<>();
        String host = prefix + (CUSTOM.matcher(type).matches() ? SkuPart.CUSTOM : "");
        parts.add(new Part(host + SkuPart.host(family(), false), vcpus));
        parts.add(new Part(host + SkuPart.host(family(), true), memoryGib));
        if (gpu != null && acceleratorCount != null) {
            parts.add(new Part(prefix + SkuPart.gpu(gpu), acceleratorCount));
        }
        return parts;
    }

    private String family() {
        if (type.startsWith("custom-")) {
            return "n1";
        }
        return FAMILIES.entrySet().stream()
                .filter(entry -> type.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(type.substring(0, Math.max(0, type.indexOf('-'))));
    }

    /** Its name among offers. */
    String offeredAs(String prefix) {
        String bare = prefix + type.toLowerCase(Locale.ROOT);
        return attached
                ? "attached/" + bare + "+" + acceleratorCount.intValue() + "x" + accelerator.toLowerCase(Locale.ROOT)
                : bare;
    }
}
