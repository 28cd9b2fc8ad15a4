package io.aiaudit.analysis;

import io.aiaudit.model.Money;
import io.aiaudit.model.Resource;
import io.aiaudit.model.TrailCoverage;
import io.aiaudit.model.TrailCoverage.Part;
import io.aiaudit.model.Window;
import io.aiaudit.store.MetricSum;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the audit trail of each AI workload holds, by the settings of its models and endpoints, and the storage that the
 * missing part would take.
 */
final class TrailMap {
    private static final Set<String> ANSWERING = Set.of("model_usage", "provisioned_throughput", "inference_endpoint");
    private static final BigDecimal BYTES_PER_KIB = BigDecimal.valueOf(1024);
    private static final BigDecimal BYTES_PER_GIB = BigDecimal.valueOf(1L << 30);
    private static final Pattern SIZE = Pattern.compile("[0-9]{1,9}([.][0-9]{1,9})?");
    private static final int GIB_DIGITS = 3;
    private static final TrailStorage ASSUMED = TrailStorage.read();

    private final Collection<Resource> resources;
    private final Map<String, Map<String, MetricSum>> sums;
    private final Window window;
    private final String currency;

    /** @param sums metrics added up over the window, by resource */
    TrailMap(Collection<Resource> resources, Map<String, Map<String, MetricSum>> sums, Window window, String currency) {
        this.resources = resources;
        this.sums = sums;
        this.window = window;
        this.currency = currency;
    }

    private record Key(String provider, String account, String workload) {}

    /** What misses most first. */
    List<TrailCoverage> all() {
        Map<String, Map<String, String>> accounts = resources.stream()
                .filter(resource -> "account".equals(resource.kind())
                        && resource.resourceId().equals(resource.provider() + ":" + resource.accountId()))
                .collect(Collectors.toMap(Resource::resourceId, Resource::attributes, (one, other) -> one));
        Map<String, Resource> defaultBuckets = resources.stream()
                .filter(resource -> "_Default".equals(resource.name())
                        && "trail".equals(resource.attributes().get("fact")))
                .collect(Collectors.toMap(
                        resource -> resource.provider() + ":" + resource.accountId(),
                        Function.identity(),
                        (one, other) -> one));
        Map<String, Resource> byId = resources.stream()
                .collect(Collectors.toMap(Resource::resourceId, Function.identity(), (one, other) -> one));
        Set<String> parents = resources.stream()
                .map(Resource::parentId)
                .filter(parent -> parent != null
                        && byId.containsKey(parent)
                        && ANSWERING.contains(byId.get(parent).kind()))
                .collect(Collectors.toSet());
        Map<Key, List<Member>> members = new TreeMap<>(
                Comparator.comparing(Key::provider).thenComparing(Key::account).thenComparing(Key::workload));
        for (Resource resource : resources) {
            if (ANSWERING.contains(resource.kind()) && !parents.contains(resource.resourceId())) {
                String account = resource.provider() + ":" + resource.accountId();
                Resource whole = withParent(resource, byId.get(resource.parentId()));
                members.computeIfAbsent(
                                new Key(
                                        resource.provider(),
                                        resource.accountId() == null ? "" : resource.accountId(),
                                        Workloads.of(byId.getOrDefault(resource.parentId(), resource))),
                                key -> new ArrayList<>())
                        .add(new Member(
                                whole,
                                new TrailFacts(
                                        whole, accounts.getOrDefault(account, Map.of()), defaultBuckets.get(account))));
            }
        }
        return members.entrySet().stream()
                .map(entry -> coverage(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(
                                TrailCoverage::missingGib, Comparator.nullsFirst(Comparator.naturalOrder()))
                        .reversed()) // stable: else by name
                .toList();
    }

    private record Member(Resource resource, List<Part> parts, Share share) {
        Member(Resource resource, TrailFacts facts) {
            this(resource, facts.parts(), facts.share());
        }

        /** From 0 to 1; of a sample what is outside of it. */
        BigDecimal missing(int part) {
            return switch (parts.get(part).state()) {
                case MISSING -> BigDecimal.ONE;
                case PARTLY -> share.others();
                case NOT_ASSESSED, RECORDED -> BigDecimal.ZERO;
            };
        }
    }

    /** Settings of an endpoint hold for what is deployed to it. */
    private static Resource withParent(Resource resource, Resource parent) {
        if (parent == null) {
            return resource;
        }
        Map<String, String> attributes = new TreeMap<>(parent.attributes());
        attributes.putAll(resource.attributes());
        return Resource.builder(resource.resourceId(), resource.kind(), resource.provider())
                .attributes(attributes)
                .build();
    }

    private TrailCoverage coverage(Key key, List<Member> members) {
        List<Part> least = new ArrayList<>();
        for (int part = 0; part < TrailFacts.PARTS.size(); part++) {
            int which = part;
            least.add(members.stream()
                    .map(member -> member.parts().get(which))
                    .min(Comparator.comparing(Part::state))
                    .orElseThrow());
        }
        Volume volume = missing(members);
        return new TrailCoverage(
                key.provider(),
                key.account().isEmpty() ? null : key.account(),
                key.workload(),
                members.size(),
                least,
                volume.gib(),
                cost(key.provider(), volume.gib()),
                volume.needed(),
                volume.gibPerKib(),
                cost(key.provider(), volume.gibPerKib()));
    }

    /**
     * What is missing a month.
     *
     * @param gib of what was measured; null where nothing is missing, or nothing of it was measured
     * @param needed metrics that would say the rest
     * @param gibPerKib for each KiB of a request with its response, where their size is unknown
     */
    private record Volume(BigDecimal gib, List<String> needed, BigDecimal gibPerKib) {}

    private Volume missing(List<Member> members) {
        BigDecimal bytes = BigDecimal.ZERO;
        BigDecimal ofUnknownSize = BigDecimal.ZERO;
        Set<String> needed = new TreeSet<>();
        boolean known = false;
        for (Member member : members) {
            BigDecimal input = member.missing(0);
            BigDecimal output = member.missing(2);
            BigDecimal record = input.max(member.missing(1));
            if (record.signum() == 0 && output.signum() == 0) {
                continue;
            }
            Double requests = total(member, "requests");
            if (requests == null) {
                needed.add("requests");
            } else {
                known = true;
                bytes = bytes.add(times(requests, ASSUMED.recordBytes()).multiply(record));
            }
            BigDecimal unknownShare = BigDecimal.ZERO;
            for (Text text : List.of(
                    new Text("tokens_input", "request_kib", input),
                    new Text("tokens_output", "response_kib", output))) {
                BigDecimal size = size(member, text, requests);
                if (size != null) {
                    known |= text.missing().signum() > 0;
                    bytes = bytes.add(size.multiply(text.missing()));
                } else {
                    needed.add(text.tokens());
                    unknownShare = unknownShare.max(text.missing());
                }
            }
            if (requests != null) {
                ofUnknownSize = ofUnknownSize.add(times(requests, BYTES_PER_KIB).multiply(unknownShare));
            }
        }
        return new Volume(
                known ? gibOfMonth(bytes) : null,
                List.copyOf(needed),
                ofUnknownSize.signum() == 0 ? null : gibOfMonth(ofUnknownSize));
    }

    /** What is missing of texts: their tokens, the attribute with their size on average, and which share of them. */
    private record Text(String tokens, String kib, BigDecimal missing) {}

    /** The bytes of all texts, by their tokens, else by the size that an inventory has; null where it is unknown. */
    private BigDecimal size(Member member, Text text, Double requests) {
        boolean none = text.missing().signum() == 0 || (requests != null && requests == 0);
        Double tokens = none ? Double.valueOf(0) : total(member, text.tokens());
        if (tokens != null) {
            return times(tokens, ASSUMED.bytesPerToken());
        }
        String kib = member.resource().attributes().getOrDefault(text.kib(), "").trim();
        return requests == null || !SIZE.matcher(kib).matches()
                ? null
                : times(requests, BYTES_PER_KIB.multiply(new BigDecimal(kib)));
    }

    /** Null where the window has no hours. */
    private BigDecimal gibOfMonth(BigDecimal bytes) {
        long hours = Duration.between(window.start(), window.end()).toHours();
        return hours == 0
                ? null
                : bytes.multiply(Money.HOURS_PER_MONTH)
                        .divide(BigDecimal.valueOf(hours).multiply(BYTES_PER_GIB), GIB_DIGITS, RoundingMode.HALF_EVEN);
    }

    private static BigDecimal times(double count, BigDecimal bytes) {
        return BigDecimal.valueOf(count).multiply(bytes);
    }

    private Double total(Member member, String metric) {
        MetricSum sum =
                sums.getOrDefault(member.resource().resourceId(), Map.of()).get(metric);
        return sum == null ? null : sum.total();
    }

    /** Once the records of the whole retention are there. */
    private BigDecimal cost(String provider, BigDecimal gib) {
        BigDecimal price = ASSUMED.pricePerGibMonth().get(provider);
        return gib == null || price == null || !ASSUMED.currency().equals(currency)
                ? null
                : Money.toCents(gib.multiply(price).multiply(BigDecimal.valueOf(ASSUMED.retentionMonths())));
    }
}
