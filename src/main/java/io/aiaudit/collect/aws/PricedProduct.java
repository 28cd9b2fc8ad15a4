package io.aiaudit.collect.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aiaudit.model.Offer;
import io.aiaudit.model.OfferBuilder;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One product of the Price List, which is JSON inside of JSON. Of the many products of one machine type only one is the
 * machine as a customer starts it: the filters of the request are checked again in the response.
 */
record PricedProduct(JsonNode product) {
    private static final String DOLLARS = "USD";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The meter of a machine that runs; UnusedBox, Reservation and the like have the same attributes. */
    private static final Pattern EC2_METER = Pattern.compile("(?:[A-Z0-9]+-)?BoxUsage:(.+)");

    private static final Pattern SAGEMAKER_METER = Pattern.compile("(?:[A-Z0-9]+-)?Host:(ml[.].+)");

    /** Linux without a licence and without other software. */
    private static final String EC2_OPERATION = "RunInstances";

    static Optional<PricedProduct> of(String json) {
        try {
            return Optional.of(new PricedProduct(JSON.readTree(json)));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /**
     * The offer of an EC2 machine in a region; empty where this is another product, or has no price, or more than one.
     */
    Optional<Offer> ec2(String region, LocalDate day) {
        boolean plain = is("operatingSystem", "Linux")
                && is("tenancy", "Shared")
                && is("preInstalledSw", "NA")
                && is("capacitystatus", "Used")
                && is("operation", EC2_OPERATION)
                && (attribute("marketoption").isEmpty() || is("marketoption", "OnDemand"));
        return plain ? offer(EC2_METER, "instanceType", region, day) : Optional.empty();
    }

    /** The offer of a machine that SageMaker hosts models on. */
    Optional<Offer> sageMaker(String region, LocalDate day) {
        return offer(SAGEMAKER_METER, "instanceName", region, day);
    }

    private Optional<Offer> offer(Pattern meter, String typeAttribute, String region, LocalDate day) {
        Matcher type = meter.matcher(attribute("usagetype"));
        boolean same = type.matches()
                && is("regionCode", region)
                && (attribute(typeAttribute).isEmpty() || is(typeAttribute, type.group(1)));
        BigDecimal onDemand = same ? onDemand() : null;
        return onDemand == null
                ? Optional.empty()
                : Optional.of(OfferBuilder.builder()
                        .provider("aws")
                        .region(region)
                        .machineType(type.group(1))
                        .vcpus(number(attribute("vcpu")))
                        .memoryGib(
                                number(attribute("memory").replace(" GiB", "").replace(",", "")))
                        .onDemand(onDemand)
                        .committed1y(reserved("1yr", onDemand))
                        .committed3y(reserved("3yr", onDemand))
                        .currency(DOLLARS)
                        .asOf(day)
                        .build());
    }

    private String attribute(String name) {
        return product.at("/product/attributes/" + name).asText("");
    }

    private boolean is(String attribute, String value) {
        return attribute(attribute).equals(value);
    }

    private BigDecimal onDemand() {
        Set<BigDecimal> prices = new HashSet<>();
        for (JsonNode term : product.at("/terms/OnDemand")) {
            hourly(term).ifPresent(prices::add);
        }
        return prices.size() == 1 ? prices.iterator().next() : null;
    }

    /** Standard, nothing in advance; none that costs more than without it. */
    private BigDecimal reserved(String length, BigDecimal onDemand) {
        for (JsonNode term : product.at("/terms/Reserved")) {
            JsonNode what = term.path("termAttributes");
            if (what.path("LeaseContractLength").asText().equals(length)
                    && what.path("PurchaseOption").asText().equals("No Upfront")
                    && what.path("OfferingClass").asText().equals("standard")) {
                return hourly(term)
                        .filter(price -> price.compareTo(onDemand) <= 0)
                        .orElse(null);
            }
        }
        return null;
    }

    private static Optional<BigDecimal> hourly(JsonNode term) {
        for (JsonNode dimension : term.path("priceDimensions")) {
            if (dimension.path("unit").asText().startsWith("H")) {
                return Optional.ofNullable(number(
                                dimension.path("pricePerUnit").path(DOLLARS).asText()))
                        .filter(known -> known.signum() > 0);
            }
        }
        return Optional.empty();
    }

    private static BigDecimal number(String text) {
        return text.matches("[0-9]{1,12}([.][0-9]{1,20})?") ? new BigDecimal(text).stripTrailingZeros() : null;
    }
}
