package io.aiaudit.collect.gcp;

import com.google.cloud.billing.v1.PricingExpression;
import com.google.cloud.billing.v1.Sku;
import io.aiaudit.model.Money;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What one SKU sells of a machine: an hour of a core, of a GiB of memory, of a GPU or of a GiB of a disk. Google
 * describes a SKU in words only, so only SKUs whose words are known, and whose category and unit agree, are used.
 *
 * @param name such as {@code a2/core}, {@code gpu/80gb a100}, {@code vertex/a3/ram}, {@code flex/a3/core}, {@code
 * custom/n2/core} or {@code disk/pd-ssd}
 * @param usage OnDemand, Preemptible, Commit1Yr or Commit3Yr
 * @param price of an hour
 */
record SkuPart(String name, List<String> regions, String usage, BigDecimal price, String currency) {
    /**
     * What is a price of the same thing under other conditions has further words, such as Extended, Sole Tenancy,
     * Calendar Mode or Reserved.
     */
    private static final Pattern HOST = Pattern.compile(
            "(?<spot>Spot Preemptible )?(?<flex>DWS Defined Duration )?(?<vertex>Vertex AI: Online/Batch Prediction )?"
                    + "(?:(?<family>[A-Z][0-9][0-9A-Za-z]*)(?: Predefined| AMD| Arm)?(?<custom> "
                    + "Custom)?|(?<bare>Custom))(?<instance> Instance)? (?<part>Core|Ram) running in .+");

    /** That of N1 has no family in its name. */
    private static final Pattern COMMITTED_HOST = Pattern.compile(
            "Commitment v1: (?:(?<family>[A-Z][0-9][0-9A-Za-z]*) )?(?<part>Cpu|Ram) in .+ for [13] Years?");

    private static final Pattern GPU = Pattern.compile(
            "(?<committed>Commitment v1: )?(?<vertex>Vertex AI: Online/Batch Prediction )?Nvidia (?<gpu>(?:Tesla "
                    + ")?[A-Z]+[0-9]+(?: [0-9]+[Gg][Bb])?(?: Mega| Plus)?) GPU(?<spot> attached to Spot Preemptible "
                    + "VMs)?(?<flex> attached to DWS Defined Duration VMs)? (?:running )?in .+");

    /** Disks whose size is all that is paid for: of others, operations and throughput are, too. */
    private static final Pattern DISK =
            Pattern.compile("(?<regional>Regional )?(?<disk>Storage|Balanced|SSD backed) PD Capacity(?: in .+)?");

    private static final Map<String, String> DISKS =
            Map.of("Storage", "pd-standard", "Balanced", "pd-balanced", "SSD backed", "pd-ssd");

    /**
     * What Vertex AI runs, what waits in a queue for a time that ends, custom machine types, and
     * disks of two zones.
     */
    static final String VERTEX = "vertex/";

    static final String FLEX = "flex/";
    static final String CUSTOM = "custom/";
    static final String REGIONAL = "regional/";

    private static final String STORED = "GiBy.mo";
    private static final Set<String> MEMORY_UNITS = Set.of("GiBy.h", "GBy.h");
    private static final Set<String> USAGES = Set.of("OnDemand", "Preemptible", "Commit1Yr", "Commit3Yr");

    /** Words of a GPU name that mean nothing, or the same as another. */
    private static final Map<String, String> WORDS = Map.of("nvidia", "", "tesla", "", "mega", "plus");

    private static final int NANO_DIGITS = 9;

    static Optional<SkuPart> of(Sku sku) {
        String usage = sku.getCategory().getUsageType();
        String unit = expression(sku).getUsageUnit();
        return USAGES.contains(usage)
                ? name(sku.getDescription(), usage, unit).flatMap(name -> priced(sku, name, usage))
                : Optional.empty();
    }

    private static Optional<String> name(String description, String usage, String unit) {
        Matcher gpu = GPU.matcher(description);
        if (gpu.matches() && unit.equals("h") && says(usage, gpu.group("committed"), gpu.group("spot"))) {
            return Optional.of(prefix(gpu.group("vertex"), gpu.group("flex")) + gpu(gpu.group("gpu")));
        }
        Matcher host = HOST.matcher(description);
        if (host.matches()
                && says(usage, null, host.group("spot"))
                && (host.group("instance") != null || host.group("flex") != null)) {
            boolean custom = host.group("custom") != null || host.group("bare") != null;
            String prefix = prefix(host.group("vertex"), host.group("flex"));
            return host(custom ? prefix + CUSTOM : prefix, host.group("family"), host.group("part"), unit);
        }
        Matcher disk = DISK.matcher(description);
        if (disk.matches() && usage.equals("OnDemand") && unit.equals(STORED)) {
            return Optional.of(disk((disk.group("regional") == null ? "" : REGIONAL) + DISKS.get(disk.group("disk"))));
        }
        Matcher committed = COMMITTED_HOST.matcher(description);
        return committed.matches() && says(usage, description, null)
                ? host("", committed.group("family"), committed.group("part"), unit)
                : Optional.empty();
    }

    private static boolean says(String usage, String committed, String spot) {
        return usage.startsWith("Commit") == (committed != null) && usage.equals("Preemptible") == (spot != null);
    }

    private static String prefix(String vertex, String flex) {
        return (flex == null ? "" : FLEX) + (vertex == null ? "" : VERTEX);
    }

    /** An hour of a GiB of this type of disks. */
    static String disk(String type) {
        return "disk/" + type;
    }

    private static Optional<String> host(String prefix, String family, String part, String unit) {
        boolean memory = part.equals("Ram");
        return (memory ? MEMORY_UNITS.contains(unit) : unit.equals("h"))
                ? Optional.of(prefix + host(family == null ? "n1" : family, memory))
                : Optional.empty();
    }

    /** The core or the memory of a family. */
    static String host(String family, boolean memory) {
        return family.toLowerCase(Locale.ROOT) + (memory ? "/ram" : "/core");
    }

    /**
     * A GPU as the catalog, or as Compute Engine calls it: {@code Tesla A100 80GB} and {@code nvidia-a100-80gb} are the
     * same.
     */
    static String gpu(String text) {
        return "gpu/"
                + Arrays.stream(text.toLowerCase(Locale.ROOT).split("[ _-]"))
                        .map(word -> WORDS.getOrDefault(word, word))
                        .filter(word -> !word.isEmpty())
                        .collect(Collectors.toCollection(TreeSet::new))
                        .stream()
                        .collect(Collectors.joining(" "));
    }

    /**
     * Steps of a price that falls with the amount are no price of an hour; the first gigabytes of a disk may be free,
     * once for a whole account.
     */
    private static Optional<SkuPart> priced(Sku sku, String name, String usage) {
        PricingExpression expression = expression(sku);
        int steps = expression.getTieredRatesCount();
        boolean stored = expression.getUsageUnit().equals(STORED);
        if (steps == 0
                || (steps > 1 && !(stored && steps == 2 && amount(expression, 0).signum() == 0))) {
            return Optional.empty();
        }
        String currency = expression.getTieredRates(steps - 1).getUnitPrice().getCurrencyCode();
        BigDecimal listed = amount(expression, steps - 1);
        BigDecimal price = stored ? listed.divide(Money.HOURS_PER_MONTH, Money.PRECISION) : listed;
        return price.signum() > 0
                ? Optional.of(new SkuPart(name, List.copyOf(sku.getServiceRegionsList()), usage, price, currency))
                : Optional.empty();
    }

    private static BigDecimal amount(PricingExpression expression, int step) {
        com.google.type.Money money = expression.getTieredRates(step).getUnitPrice();
        return BigDecimal.valueOf(money.getUnits()).add(BigDecimal.valueOf(money.getNanos(), NANO_DIGITS));
    }

    private static PricingExpression expression(Sku sku) {
        return sku.getPricingInfoCount() == 0
                ? PricingExpression.getDefaultInstance()
                : sku.getPricingInfo(sku.getPricingInfoCount() - 1).getPricingExpression();
    }
}
