package io.aiaudit.collect.aws;

import static io.aiaudit.collect.Operation.PRICES;
import static io.aiaudit.collect.aws.AwsService.EC2;

import io.aiaudit.collect.Details;
import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.OfferCache;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Gap;
import io.aiaudit.model.GapTopic;
import io.aiaudit.model.Offer;
import io.aiaudit.model.OfferBuilder;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.model.SpotPrice;
import software.amazon.awssdk.services.pricing.PricingClient;
import software.amazon.awssdk.services.pricing.model.Filter;
import software.amazon.awssdk.services.pricing.model.FilterType;

/**
 * List prices of the region's machines with accelerators, and of those that SageMaker hosts models on, where any were
 * found there: of all types at once, since rules compare prices of one day only. Requested once a day, however many
 * accounts and scans.
 */
final class PriceList extends AwsPart {
    private static final Frequency FOUND =
            new Frequency("list prices of instances", "about 4 for each region, once a day");

    private static final AwsService<PricingClient> PRICING = AwsService.of(
                    "Pricing", "pricing", PricingClient.class, PricingClient::builder)
            .atHome();

    static final List<AwsOperation> OPERATIONS = List.of(
            PRICING.operation("GetProducts", FOUND, PRICES)
                    .probe(client -> client.getProducts(
                            request -> request.serviceCode("AmazonEC2").maxResults(1))),
            EC2.operation("DescribeSpotPriceHistory", FOUND, PRICES)
                    .probe(client -> client.describeSpotPriceHistory(request -> request.maxResults(5))));

    private static final List<String> KINDS = List.of(
            "instance",
            "node_group",
            "capacity_reservation",
            "inference_endpoint",
            "notebook",
            "training_job",
            "batch_job",
            "training_cluster");

    private static final String ACCELERATED = "GPU instance,Machine Learning ASIC Instances";
    private static final String SAGEMAKER = "ml.";

    /** GovCloud has no Price List API, and that of China is in yuan. */
    private static final String IN_DOLLARS = "aws";

    /** Whether an older one is still valid is unknown. */
    private static final Duration OLDEST_SPOT_PRICE = Duration.ofDays(90);

    PriceList() {
        super("price list", Slice.Dataset.PRICES, OPERATIONS);
    }

    @Override
    public boolean mayBeUnknown() {
        return true;
    }

    @Override
    public void read(AwsSession session, Window window, Known known, Sink sink) {
        if (!session.partition().equals(IN_DOLLARS)) {
            return;
        }
        Set<String> types = KINDS.stream()
                .flatMap(kind -> session.here(known.resources(kind)).stream())
                .map(Resource::machineType)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        Details details = session.details(sink);
        List<Supplier<List<Offer>>> lists = new ArrayList<>();
        if (types.stream().anyMatch(type -> !type.startsWith(SAGEMAKER))) {
            lists.add(() -> cached("aws-ec2-" + session.region(), () -> ec2(session, details)));
        }
        if (types.stream().anyMatch(type -> type.startsWith(SAGEMAKER))) {
            lists.add(
                    () -> cached("aws-sagemaker-" + session.region(), () -> new PricesRead(sageMaker(session), true)));
        }
        read(lists, session, sink);
    }

    /** One list that fails takes no other with it; where all fail the slice does. */
    private void read(List<Supplier<List<Offer>>> lists, AwsSession session, Sink sink) {
        List<SdkException> failures = new ArrayList<>();
        for (Supplier<List<Offer>> list : lists) {
            try {
                list.get().forEach(sink::offer);
            } catch (SdkException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                failures.add(e);
            }
        }
        if (!failures.isEmpty() && failures.size() == lists.size()) {
            throw failures.get(0);
        }
        for (SdkException failure : failures) {
            UserError error = AwsFailure.explain(failure).orElseThrow();
            sink.gap(new Gap(
                    "aws", session.account() + "/" + session.region() + " " + label(), error.problem(), error.fix()));
        }
    }

    /**
     * What a list holds; one that is not {@code whole} is not kept for the day, since the next scan may read more.
     */
    private record PricesRead(List<Offer> offers, boolean whole) {}

    private static List<Offer> cached(String list, Supplier<PricesRead> call) {
        OfferCache cache = OfferCache.ofUser();
        String name = OfferCache.name(list, AwsClients.elsewhere());
        List<Offer> offers = cache.find(name, today());
        if (!offers.isEmpty()) {
            return offers;
        }
        PricesRead read = call.get();
        if (read.whole() && !read.offers().isEmpty()) {
            cache.keep(name, read.offers());
        }
        return read.offers();
    }

    private static LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }

    /** Without the prices of spot machines those on demand still hold. */
    private static PricesRead ec2(AwsSession session, Details details) {
        List<Offer> offers = products(
                session,
                "AmazonEC2",
                product -> product.ec2(session.region(), today()),
                filter("regionCode", session.region()),
                filter("operatingSystem", "Linux"),
                filter("tenancy", "Shared"),
                filter("preInstalledSw", "NA"),
                filter("capacitystatus", "Used"),
                Filter.builder()
                        .type(FilterType.ANY_OF)
                        .field("instanceFamily")
                        .value(ACCELERATED)
                        .build());
        List<String> types = offers.stream().map(Offer::machineType).toList();
        Optional<Map<String, BigDecimal>> spot = details.call(GapTopic.SPOT_PRICES.words(), () -> spot(session, types));
        return new PricesRead(
                offers.stream()
                        .map(offer -> with(offer, spot.orElse(Map.of()).get(offer.machineType())))
                        .toList(),
                spot.isPresent());
    }

    private static List<Offer> sageMaker(AwsSession session) {
        return products(
                session,
                "AmazonSageMaker",
                product -> product.sageMaker(session.region(), today()),
                filter("regionCode", session.region()),
                filter("productFamily", "ML Instance"),
                filter("component", "Hosting"));
    }

    private static Filter filter(String field, String value) {
        return Filter.builder()
                .type(FilterType.TERM_MATCH)
                .field(field)
                .value(value)
                .build();
    }

    /** One offer a type; a type with two prices has none. */
    private static List<Offer> products(
            AwsSession session, String service, Function<PricedProduct, Optional<Offer>> offer, Filter... filters) {
        Map<String, Offer> byType = new HashMap<>();
        Set<String> ambiguous = new HashSet<>();
        session
                .atHome()
                .client(PricingClient.class, PricingClient::builder)
                .getProductsPaginator(
                        request -> request.serviceCode(service).filters(filters).maxResults(100))
                .priceList()
                .stream()
                .flatMap(json -> PricedProduct.of(json).flatMap(offer).stream())
                .forEach(found -> {
                    Offer other = byType.putIfAbsent(found.machineType(), found);
                    if (other != null && other.onDemand().compareTo(found.onDemand()) != 0) {
                        ambiguous.add(found.machineType());
                    }
                });
        byType.keySet().removeAll(ambiguous);
        return byType.values().stream()
                .sorted(Comparator.comparing(Offer::machineType))
                .toList();
    }

    /** What is paid now, in the middle of the zones. */
    private static Map<String, BigDecimal> spot(AwsSession session, List<String> types) {
        Map<String, List<BigDecimal>> byType = new HashMap<>();
        if (!types.isEmpty()) {
            Instant now = Instant.now();
            session
                    .ec2()
                    .describeSpotPriceHistoryPaginator(request -> request.instanceTypesWithStrings(types)
                            .productDescriptions("Linux/UNIX")
                            .startTime(now)
                            .endTime(now)
                            .maxResults(1000))
                    .spotPriceHistory()
                    .stream()
                    .filter(price -> price.spotPrice() != null
                            && price.timestamp() != null
                            && price.timestamp().isAfter(now.minus(OLDEST_SPOT_PRICE)))
                    .collect(Collectors.toMap(
                            price -> price.instanceTypeAsString() + " " + price.availabilityZone(),
                            price -> price,
                            (one, other) -> one.timestamp().isBefore(other.timestamp()) ? other : one))
                    .values()
                    .forEach(price -> byType.computeIfAbsent(price.instanceTypeAsString(), type -> new ArrayList<>())
                            .add(price(price)));
        }
        Map<String, BigDecimal> spot = new HashMap<>();
        byType.forEach((type, prices) ->
                spot.put(type, prices.stream().sorted().toList().get((prices.size() - 1) / 2)));
        return spot;
    }

    private static BigDecimal price(SpotPrice price) {
        return new BigDecimal(price.spotPrice()).stripTrailingZeros();
    }

    /** A spot price that is none, or above that on demand, is unknown. */
    private static Offer with(Offer offer, BigDecimal spot) {
        boolean likely = spot != null && spot.signum() > 0 && spot.compareTo(offer.onDemand()) <= 0;
        return OfferBuilder.builder()
                .provider(offer.provider())
                .region(offer.region())
                .machineType(offer.machineType())
                .accelerator(offer.accelerator())
                .acceleratorCount(offer.acceleratorCount())
                .acceleratorMemoryGib(offer.acceleratorMemoryGib())
                .vcpus(offer.vcpus())
                .memoryGib(offer.memoryGib())
                .onDemand(offer.onDemand())
                .spot(likely ? spot : null)
                .committed1y(offer.committed1y())
                .committed3y(offer.committed3y())
                .currency(offer.currency())
                .asOf(offer.asOf())
                .build();
    }
}
