package io.aiaudit.collect.gcp;

import io.aiaudit.collect.gcp.MachineShape.Part;
import io.aiaudit.model.Offer;
import io.aiaudit.model.OfferBuilder;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What the parts of machines cost in each region. A machine costs the sum of its parts; where the price of one is not
 * known, that of the whole is not.
 */
final class PartPrices {
    private static final String DOLLARS = "USD";

    private final Map<String, Offer> offers = new HashMap<>();

    /** {@code parts} as {@link #offers} made them, from the catalog or kept from it. */
    PartPrices(List<Offer> parts) {
        parts.forEach(part -> offers.put(key(part.region(), part.machineType()), part));
    }

    private static String key(String region, String part) {
        return region + " " + part;
    }

    /** One offer a region and part. Of what has two prices neither is taken. */
    static List<Offer> offers(Iterable<SkuPart> parts, LocalDate day) {
        Map<String, Map<String, BigDecimal>> prices = new TreeMap<>();
        Map<String, String[]> keys = new HashMap<>();
        for (SkuPart part : parts) {
            for (String region : part.currency().equals(DOLLARS) ? part.regions() : List.<String>of()) {
                String key = key(region, part.name());
                keys.put(key, new String[] {region, part.name()});
                prices.computeIfAbsent(key, any -> new HashMap<>())
                        .merge(
                                part.usage(),
                                part.price(),
                                (one, other) -> one.compareTo(other) == 0 ? one : BigDecimal.ZERO);
            }
        }
        List<Offer> offers = new ArrayList<>();
        prices.forEach((key, byUsage) -> {
            byUsage.values().removeIf(price -> price.signum() == 0);
            offers.add(OfferBuilder.builder()
                    .provider("gcp")
                    .region(keys.get(key)[0])
                    .machineType(keys.get(key)[1])
                    .onDemand(byUsage.get("OnDemand"))
                    .spot(byUsage.get("Preemptible"))
                    .committed1y(byUsage.get("Commit1Yr"))
                    .committed3y(byUsage.get("Commit3Yr"))
                    .currency(DOLLARS)
                    .asOf(day)
                    .build());
        });
        return List.copyOf(offers);
    }

    /**
     * The price of a machine, under the conditions that {@code prefix} names, named as in docs/prices.md; empty
     * where it has none on demand.
     */
    Optional<Offer> of(MachineShape shape, String region, String prefix, LocalDate day) {
        List<Part> parts = shape.parts(prefix);
        BigDecimal onDemand = sum(parts, region, Offer::onDemand);
        return onDemand == null
                ? Optional.empty()
                : Optional.of(OfferBuilder.builder()
                        .provider("gcp")
                        .region(region)
                        .machineType(shape.offeredAs(prefix))
                        .accelerator(shape.accelerator())
                        .acceleratorCount(shape.acceleratorCount())
                        .acceleratorMemoryGib(shape.acceleratorMemoryGib())
                        .vcpus(shape.vcpus())
                        .memoryGib(shape.memoryGib())
                        .onDemand(onDemand)
                        .spot(atMost(onDemand, sum(parts, region, Offer::spot)))
                        .committed1y(atMost(onDemand, sum(parts, region, Offer::committed1y)))
                        .committed3y(atMost(onDemand, sum(parts, region, Offer::committed3y)))
                        .currency(DOLLARS)
                        .asOf(day)
                        .build());
    }

    /** The price of a GiB of a type of disks, named as the type; empty where it has none. */
    Optional<Offer> ofDisk(String type, String region) {
        return Optional.ofNullable(offers.get(key(region, SkuPart.disk(type))))
                .map(disk -> OfferBuilder.builder()
                        .provider("gcp")
                        .region(region)
                        .machineType(type)
                        .onDemand(disk.onDemand())
                        .currency(DOLLARS)
                        .asOf(disk.asOf())
                        .build());
    }

    private BigDecimal sum(List<Part> parts, String region, Function<Offer, BigDecimal> price) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Part part : parts) {
            Offer offer = offers.get(key(region, part.name()));
            BigDecimal one = offer == null ? null : price.apply(offer);
            if (one == null) {
                return null;
            }
            sum = sum.add(one.multiply(part.amount()));
        }
        return parts.isEmpty() ? null : sum.stripTrailingZeros();
    }

    /** What should be cheaper and is not is unknown. */
    private static BigDecimal atMost(BigDecimal onDemand, BigDecimal price) {
        return price == null || price.compareTo(onDemand) > 0 ? null : price;
    }
}
