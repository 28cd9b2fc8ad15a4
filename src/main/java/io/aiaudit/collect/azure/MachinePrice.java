package io.aiaudit.collect.azure;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.model.Money;
import io.aiaudit.model.Offer;
import io.aiaudit.model.OfferBuilder;
import io.aiaudit.model.Resource;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The prices of one machine type, or of a unit of throughput, in one region, out of the rows of the price API: all of
 * them have the same meter, and only names distinguish Linux from Windows and on demand from Spot.
 */
record MachinePrice(List<JsonNode> rows) {
    private static final BigDecimal HOURS_PER_YEAR = new BigDecimal(8760);

    /** Of machines, and of units of throughput. */
    private static final Set<String> HOUR = Set.of("1 Hour", "1/Hour");

    /** A commitment saves something, and not nearly everything: what is outside is another unit than we think. */
    private static final BigDecimal LEAST_SHARE = new BigDecimal("0.1");

    /**
     * The price of clusters of low priority is listed beside the machine under its own name: it is neither the price on
     * demand nor that of Spot.
     */
    static final String LOW_PRIORITY = "lowpriority/";

    /**
     * The price on demand, with those of Spot and of commitments, and that of low priority, as far as they are listed.
     */
    List<Offer> offers(String region, Resource resource, LocalDate today) {
        Optional<Offer> own = offer(region, resource, today);
        return Stream.concat(
                        own.stream(),
                        lowPriority(own.map(Offer::onDemand).orElse(null), region, resource, today).stream())
                .toList();
    }

    private Optional<Offer> lowPriority(BigDecimal onDemand, String region, Resource resource, LocalDate today) {
        Optional<JsonNode> row = first(each -> isConsumption(each) && isLowPriority(each));
        BigDecimal price = row.map(MachinePrice::hourly).orElse(null);
        if (price == null || price.signum() <= 0 || (onDemand != null && price.compareTo(onDemand) > 0)) {
            return Optional.empty();
        }
        return Optional.of(OfferBuilder.builder()
                .provider("azure")
                .region(region)
                .machineType(LOW_PRIORITY + resource.machineType())
                .accelerator(resource.accelerator())
                .acceleratorCount(resource.acceleratorCount())
                .acceleratorMemoryGib(resource.acceleratorMemoryGib())
                .vcpus(resource.vcpus())
                .memoryGib(resource.memoryGib())
                .spot(price)
                .currency(Json.text(row.get(), "/currencyCode"))
                .asOf(today)
                .build());
    }

    private Optional<Offer> offer(String region, Resource resource, LocalDate today) {
        Optional<JsonNode> own = first(row -> isConsumption(row) && !isSpot(row) && !isLowPriority(row));
        BigDecimal onDemand = own.map(MachinePrice::hourly).orElse(null);
        if (onDemand == null || onDemand.signum() <= 0) {
            return Optional.empty();
        }
        String currency = Json.text(own.get(), "/currencyCode");
        BigDecimal spot = first(row -> isConsumption(row) && isSpot(row) && isIn(row, currency))
                .map(MachinePrice::hourly)
                .orElse(null);
        return Optional.of(OfferBuilder.builder()
                .provider("azure")
                .region(region)
                .machineType(resource.machineType())
                .accelerator(resource.accelerator())
                .acceleratorCount(resource.acceleratorCount())
                .acceleratorMemoryGib(resource.acceleratorMemoryGib())
                .vcpus(resource.vcpus())
                .memoryGib(resource.memoryGib())
                .onDemand(onDemand)
                .spot(spot)
                .committed1y(committed("1 Year", 1, onDemand, currency))
                .committed3y(committed("3 Years", 3, onDemand, currency))
                .currency(currency)
                .asOf(today)
                .build());
    }

    /** The newest row that counts. */
    private Optional<JsonNode> first(Predicate<JsonNode> wanted) {
        return linux().filter(wanted)
                .max(java.util.Comparator.comparing(row -> String.valueOf(Json.text(row, "/effectiveStartDate"))));
    }

    /** Of machines, not of hosts or of Cloud Services, which have the same names. */
    private Stream<JsonNode> linux() {
        return rows.stream()
                .filter(row -> !contains(row, "/productName", "windows")
                        && !contains(row, "/productName", "cloud services")
                        && !contains(row, "/productName", "cloudservices")
                        && !contains(row, "/productName", "dedicated host"));
    }

    private static boolean isConsumption(JsonNode row) {
        return "Consumption".equals(Json.text(row, "/type"))
                && HOUR.contains(String.valueOf(Json.text(row, "/unitOfMeasure")));
    }

    private static boolean isSpot(JsonNode row) {
        return contains(row, "/skuName", "spot") || contains(row, "/meterName", "spot");
    }

    private static boolean isLowPriority(JsonNode row) {
        return contains(row, "/skuName", "low priority") || contains(row, "/meterName", "low priority");
    }

    private static boolean isIn(JsonNode row, String currency) {
        return String.valueOf(currency).equals(Json.text(row, "/currencyCode"));
    }

    private static boolean contains(JsonNode row, String pointer, String word) {
        return String.valueOf(Json.text(row, pointer)).toLowerCase(Locale.ROOT).contains(word);
    }

    private static BigDecimal hourly(JsonNode row) {
        return Json.number(row, "/retailPrice");
    }

    /**
     * The row has the unit "1 Hour" and the price of the whole term. Takes the plausible one of the two, or none.
     */
    private BigDecimal committed(String term, int years, BigDecimal onDemand, String currency) {
        BigDecimal listed = first(row -> "Reservation".equals(Json.text(row, "/type"))
                        && term.equals(Json.text(row, "/reservationTerm"))
                        && isIn(row, currency))
                .map(MachinePrice::hourly)
                .orElse(null);
        if (listed == null) {
            return null;
        }
        BigDecimal ofTerm = listed.divide(HOURS_PER_YEAR.multiply(BigDecimal.valueOf(years)), Money.PRECISION);
        return isPossible(ofTerm, onDemand) ? ofTerm : isPossible(listed, onDemand) ? listed : null;
    }

    private static boolean isPossible(BigDecimal price, BigDecimal onDemand) {
        return price.compareTo(onDemand) <= 0 && price.compareTo(onDemand.multiply(LEAST_SHARE)) >= 0;
    }
}
