package io.aiaudit.collect.aws;

import static io.aiaudit.collect.Operation.DETAILS;
import static io.aiaudit.collect.aws.AwsService.EC2;

import io.aiaudit.collect.Details;
import io.aiaudit.collect.Frequency;
import io.aiaudit.model.ResourceBuilder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;

/** What machine types are made of, as EC2 describes them; SageMaker's ml.X is the hardware of X. */
final class MachineTypes {
    private static final Frequency FOUND = new Frequency("machines", "1 for 200 of them");

    static final List<AwsOperation> OPERATIONS = List.of(EC2.operation("DescribeInstanceTypes", FOUND, DETAILS)
            .knownToEveryServer()
            .probe(client -> client.describeInstanceTypes(request -> request.instanceTypesWithStrings("g5.xlarge"))));

    private static final int NAMES_PER_REQUEST = 100;
    private static final BigDecimal MIB_PER_GIB = new BigDecimal(1024);

    private static final Pattern ACCELERATED =
            Pattern.compile("(p[2-9]|g[2-9]|gr[6-9]|inf[1-9]|trn[1-9]|dl[1-9])[a-z0-9-]*[.].*");

    private final Map<String, InstanceTypeInfo> types;

    private MachineTypes(Map<String, InstanceTypeInfo> types) {
        this.types = types;
    }

    /** Those that EC2 described in a region so far; absent where it was requested, and EC2 has no such type. */
    private static final class Described {
        private final Map<String, Optional<InstanceTypeInfo>> byName = new HashMap<>();

        synchronized Map<String, InstanceTypeInfo> of(Ec2Client ec2, Set<String> names) {
            List<String> open =
                    names.stream().filter(name -> !byName.containsKey(name)).toList();
            for (int from = 0; from < open.size(); from += NAMES_PER_REQUEST) {
                read(ec2, open.subList(from, Math.min(open.size(), from + NAMES_PER_REQUEST)));
            }
            Map<String, InstanceTypeInfo> types = new HashMap<>();
            names.forEach(name -> byName.get(name).ifPresent(type -> types.put(name, type)));
            return types;
        }

        /** By filter, since one name that EC2 does not know would fail the whole request. */
        private void read(Ec2Client ec2, List<String> names) {
            List<InstanceTypeInfo> described = ec2
                    .describeInstanceTypesPaginator(request -> request.filters(
                            Filter.builder().name("instance-type").values(names).build()))
                    .instanceTypes()
                    .stream()
                    .toList();
            names.forEach(name -> byName.put(name, Optional.empty()));
            described.forEach(type -> byName.put(String.valueOf(type.instanceTypeAsString()), Optional.of(type)));
        }
    }

    /**
     * Requests those of {@code names} that no other slice has requested in this region, all at once. Where EC2 cannot
     * be read, types are known by their family, and nothing is known of their hardware.
     */
    static MachineTypes of(Details details, AwsSession session, Collection<String> names) {
        long unnamed = names.stream().filter(Objects::isNull).count();
        if (unnamed > 0) {
            details.missing(
                    "machine types",
                    null,
                    "the response names no type of " + unnamed + (unnamed == 1 ? " object" : " objects")
                            + ", so it is unknown whether it has accelerators.",
                    "Run it again; if it persists, report this line to the maintainers of aiaudit.");
        }
        Set<String> wanted = new TreeSet<>(names.stream()
                .filter(Objects::nonNull)
                .map(MachineTypes::hardware)
                .toList());
        Described described = session.requestOnce(Described.class, "machine types", List.of(), Described::new);
        return new MachineTypes(details.call("machine types", () -> described.of(session.ec2(), wanted))
                .orElse(Map.of()));
    }

    static String hardware(String name) {
        return name.startsWith("ml.") ? name.substring("ml.".length()) : name;
    }

    /** A type that EC2 no longer describes is known by its family, without its size. None is not accelerated. */
    boolean isAccelerated(String name) {
        if (name == null) {
            return false;
        }
        return types.containsKey(hardware(name))
                ? accelerator(name) != null
                : ACCELERATED.matcher(hardware(name)).matches();
    }

    /**
     * Adds to a resource what one machine of this type is made of; what EC2 does not say is as in the price catalog,
     * and nothing where it is not known there.
     */
    void describe(ResourceBuilder resource, String name) {
        if (name == null) {
            return;
        }
        InstanceTypeInfo type = types.get(hardware(name));
        if (type == null) {
            PricedTypes.describe(resource, hardware(name));
            return;
        }
        Integer vcpus = type.vCpuInfo() == null ? null : type.vCpuInfo().defaultVCpus();
        BigDecimal memory =
                type.memoryInfo() == null ? null : gib(type.memoryInfo().sizeInMiB());
        Accelerator accelerator = accelerator(name);
        if (vcpus == null || memory == null || (accelerator != null && accelerator.isIncomplete())) {
            PricedTypes.describe(resource, hardware(name));
        }
        set(vcpus == null ? null : BigDecimal.valueOf(vcpus), resource::vcpus);
        set(memory, resource::memoryGib);
        if (accelerator != null) {
            set(accelerator.name(), resource::accelerator);
            set(
                    accelerator.count() == null ? null : BigDecimal.valueOf(accelerator.count()),
                    resource::acceleratorCount);
            set(gib(accelerator.memoryMib()), resource::acceleratorMemoryGib);
        }
    }

    private static <T> void set(T value, Consumer<T> column) {
        if (value != null) {
            column.accept(value);
        }
    }

    /**
     * Local disks of one machine in GB, which lose their data when it stops; null where it has none, or it is unknown.
     */
    Long instanceStoreGb(String name) {
        InstanceTypeInfo type = name == null ? null : types.get(hardware(name));
        return type == null || type.instanceStorageInfo() == null
                ? null
                : type.instanceStorageInfo().totalSizeInGB();
    }

    /** Null is what EC2 does not say. */
    private record Accelerator(String name, Integer count, Long memoryMib) {
        static Accelerator of(String name, Integer count, Integer memoryMib) {
            return new Accelerator(
                    name == null ? null : called(name, memoryMib),
                    count,
                    memoryMib == null ? null : Long.valueOf(memoryMib));
        }

        boolean isIncomplete() {
            return name == null || count == null || memoryMib == null;
        }
    }

    /**
     * Neuron devices come first: Inferentia2 is in two of the lists. A part of a GPU has a count of 0: it is one.
     */
    private Accelerator accelerator(String name) {
        InstanceTypeInfo type = name == null ? null : types.get(hardware(name));
        if (type == null) {
            return null;
        }
        if (type.neuronInfo() != null && type.neuronInfo().hasNeuronDevices()) {
            return type.neuronInfo().neuronDevices().stream()
                    .map(device -> Accelerator.of(
                            device.name(),
                            device.count(),
                            device.memoryInfo() == null
                                    ? null
                                    : device.memoryInfo().sizeInMiB()))
                    .findFirst()
                    .orElse(null);
        }
        if (type.gpuInfo() != null && type.gpuInfo().hasGpus()) {
            return type.gpuInfo().gpus().stream()
                    .map(gpu -> Accelerator.of(
                            gpu.name(),
                            gpu.count() == null ? null : Integer.valueOf(Math.max(1, gpu.count())),
                            gpu.memoryInfo() == null ? null : gpu.memoryInfo().sizeInMiB()))
                    .findFirst()
                    .orElse(null);
        }
        if (type.inferenceAcceleratorInfo() != null
                && type.inferenceAcceleratorInfo().hasAccelerators()) {
            return type.inferenceAcceleratorInfo().accelerators().stream()
                    .map(device -> Accelerator.of(
                            device.name(),
                            device.count(),
                            device.memoryInfo() == null
                                    ? null
                                    : device.memoryInfo().sizeInMiB()))
                    .findFirst()
                    .orElse(null);
        }
        return null;
    }

    /** The name that the price catalog has for it: in EC2 two sizes of A100 and V100 differ in memory only. */
    private static String called(String name, Integer memoryMib) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "A100" -> memoryMib != null && memoryMib > 60 * 1024 ? "A100-80GB" : "A100-40GB";
            case "V100" -> memoryMib != null && memoryMib > 20 * 1024 ? "V100-32GB" : "V100";
            case "T4G" -> "T4G"; // EC2 writes T4g
            case "INFERENTIA" -> "Inferentia1";
            case "TRAINIUM" -> "Trainium1";
            case "QUALCOMM AI100" -> "QualcommAI100";
            case "RADEON PRO V520" -> "V520";
            case "RTX PRO SERVER 6000" -> "RTX-PRO-6000";
            case "RTX PRO SERVER 4500" -> "RTX-PRO-4500";
            case "GAUDI HL-205" -> "Gaudi";
            default -> name;
        };
    }

    private static BigDecimal gib(Long mib) {
        return mib == null
                ? null
                : BigDecimal.valueOf(mib)
                        .divide(MIB_PER_GIB, 3, RoundingMode.HALF_EVEN)
                        .stripTrailingZeros();
    }
}
