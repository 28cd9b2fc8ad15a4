package io.aiaudit.analysis;

import io.aiaudit.model.Commitment;
import io.aiaudit.model.Component;
import io.aiaudit.model.Gap;
import io.aiaudit.model.GapTopic;
import io.aiaudit.model.Money;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceIds;
import io.aiaudit.model.Saving;
import io.aiaudit.model.Spend;
import io.aiaudit.model.Status;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Commitments that may cover a resource of which the bill shows no coverage: a list price, Cost Explorer and a cost
 * query know none. What a commitment may cover is taken for covered, so that a saving that would only leave the
 * commitment unused is never cash because a bill is missing (docs/money.md).
 */
public final class UnseenCoverage {
    /** The largest discount that the clouds publish for a commitment: it covers at most so much more at list price. */
    private static final BigDecimal LEAST_PRICE_SHARE = new BigDecimal("0.28");

    private static final Set<String> OWN_PURCHASE = Set.of("spot", "committed");

    /** Set where the store reads units of which neither an inventory nor the bill says for how long they are bought. */
    static final String TERM_UNKNOWN = "term_unknown";

    private static final String UNKNOWN_TERM =
            "whether it is paid by the hour or for a term is unknown: add `commitment_duration` to the inventory";

    /** In the scope of a commitment of AWS of which an inventory does not say what was bought. */
    private static final String UNKNOWN = "any";

    /** What an inventory lists under an id that does not show which kind of commitment it is. */
    private static final String OF_ANY_KIND = "commitment";

    /** As a commitment is called of which nothing is known. */
    private static final String UNREAD = "the commitments could not be read";

    private final List<Commitment> commitments;
    private final List<Gap> unread;
    private final Set<String> shown;
    private final Map<String, Set<String>> byProvider = new TreeMap<>();
    private final Set<String> ofUnknownTerm = new TreeSet<>();
    private final Map<String, Limited> limited = new TreeMap<>();

    /** What may cover a leaf, each of a known amount, and how they are called. */
    private record Limited(List<Commitment> matching, String name) {}

    /**
     * @param gaps where a list of commitments is among them, any may be there
     * @param shown ids of leaves of which the bill says under which prices they ran
     * @param end of the window: what ended before covers nothing in the coming month
     */
    public UnseenCoverage(List<Commitment> commitments, List<Gap> gaps, Set<String> shown, Instant end) {
        this.unread = gaps.stream()
                .filter(gap -> "commitments".equals(gap.dataset()) && !GapTopic.COMMITMENT_USE.isOf(gap))
                .toList();
        this.commitments = commitments.stream()
                .filter(one -> one.end() == null || one.end().isAfter(end))
                .filter(one -> one.usedShare() == null || one.usedShare().signum() > 0)
                .toList();
        this.shown = shown;
    }

    /** The spend of this leaf with what a commitment may cover of it, unseen. */
    public Spend applied(Resource resource, Spend spend) {
        BigDecimal time = spend.runRate(Component.TIME);
        if (resource.attributes().containsKey(TERM_UNKNOWN)
                && time.signum() > 0
                && spend.committedShare().signum() == 0) {
            ofUnknownTerm.add(resource.resourceId());
            return spend.withUnseenCommitment(UNKNOWN_TERM, BigDecimal.ONE);
        }
        boolean isOpen = !shown.contains(resource.resourceId())
                && time.signum() > 0
                && spend.committedShare().signum() == 0
                && !OWN_PURCHASE.contains(String.valueOf(resource.purchase()));
        if (!isOpen) {
            return spend;
        }
        List<Commitment> matching =
                commitments.stream().filter(one -> mayCover(one, resource)).toList();
        if (matching.isEmpty() && unread.stream().noneMatch(gap -> mayHide(gap, resource))) {
            return spend;
        }
        String name = matching.isEmpty()
                ? UNREAD
                : matching.stream()
                        .map(UnseenCoverage::name)
                        .distinct()
                        .collect(Collectors.joining(" or ", "", "; no bill shows what it covers"));
        byProvider
                .computeIfAbsent(resource.provider(), provider -> new TreeSet<>())
                .add(resource.resourceId());
        boolean isLimited = !matching.isEmpty() && matching.stream().allMatch(one -> one.hourlyCommitment() != null);
        if (isLimited) {
            limited.put(resource.resourceId(), new Limited(matching, name));
        }
        BigDecimal whole = matching.stream().map(UnseenCoverage::reach).reduce(BigDecimal.ZERO, BigDecimal::add);
        return spend.withUnseenCommitment(name, isLimited ? share(whole, time) : BigDecimal.ONE);
    }

    /**
     * The spend of the leaves whose commitments have a known amount, which covers them together and no more. Which of
     * them it covers is unknown: those come first of which a saving would be counted, so that none is cash because a
     * bill is missing.
     *
     * @param spends by leaf, as {@link #applied} made them
     */
    public Map<String, Spend> bounded(Map<String, Spend> spends, List<Saving> savings) {
        IdentityHashMap<Commitment, BigDecimal> left = new IdentityHashMap<>();
        Map<String, Spend> bounded = new LinkedHashMap<>();
        IdentityHashMap<Commitment, Integer> wanted = new IdentityHashMap<>();
        limited.values().forEach(one -> one.matching().forEach(may -> wanted.merge(may, 1, Integer::sum)));
        Stream<String> saved = savings.stream()
                .filter(saving -> saving.standAlone() != null
                        && saving.standAlone().likely().signum() > 0)
                .sorted(Comparator.comparing((Saving saving) -> saving.status() != Status.COUNTED)
                        .thenComparing(saving -> saving.finding().resourceId()))
                .map(saving -> saving.finding().resourceId())
                .filter(limited::containsKey);
        Stream.concat(saved, limited.keySet().stream()).distinct().forEach(id -> {
            Spend spend = spends.get(id);
            BigDecimal open = spend.runRate(Component.TIME);
            BigDecimal covered = BigDecimal.ZERO;
            // What fits few leaves first, so that a wider commitment is left for those that nothing else fits.
            List<Commitment> narrowestFirst = limited.get(id).matching().stream()
                    .sorted(Comparator.comparing(wanted::get))
                    .toList();
            for (Commitment one : narrowestFirst) {
                BigDecimal reach = left.computeIfAbsent(one, UnseenCoverage::reach);
                BigDecimal taken = reach.min(open.subtract(covered));
                left.put(one, reach.subtract(taken));
                covered = covered.add(taken);
            }
            bounded.put(
                    id,
                    covered.signum() > 0
                            ? spend.withUnseenCommitment(limited.get(id).name(), share(covered, open))
                            : spend.withUnseenCommitment(null, BigDecimal.ZERO));
        });
        return bounded;
    }

    /** Commitments of AWS and Azure are shared by accounts, those of Google Cloud belong to a project. */
    private static boolean mayHide(Gap gap, Resource resource) {
        boolean isThere = gap.region() == null || gap.region().equals(resource.region());
        boolean isOfOther = "gcp".equals(gap.source())
                && gap.accountId() != null
                && !ResourceIds.isSameAccount(gap.accountId(), resource.accountId());
        return gap.source().equals(resource.provider()) && isThere && !isOfOther && isSold(gap, resource);
    }

    /** Whether there are commitments of what was not read that are sold for such a resource. */
    private static boolean isSold(Gap gap, Resource resource) {
        String machine = lower(resource.machineType());
        return switch (gap.source()) {
            case "aws" ->
                machine.startsWith("ml.")
                        ? !GapTopic.RESERVED_INSTANCES.isOf(gap)
                        : !family(machine).isEmpty() && !machine.endsWith(".search");
            case "azure" ->
                machine.startsWith("standard_")
                        || (resource.kind().equals("provisioned_throughput") && !GapTopic.SAVINGS_PLANS.isOf(gap));
            default -> !machine.isEmpty() && !resource.kind().equals("volume");
        };
    }

    private static BigDecimal share(BigDecimal covered, BigDecimal time) {
        return covered.divide(time, Money.PRECISION).min(BigDecimal.ONE);
    }

    /** The list price of a month that a commitment of a known amount covers at the most. */
    private static BigDecimal reach(Commitment one) {
        if (one.hourlyCommitment() == null) {
            return BigDecimal.ZERO;
        }
        BigDecimal used = one.usedShare() == null ? BigDecimal.ONE : one.usedShare();
        return one.hourlyCommitment()
                .multiply(used)
                .multiply(Money.HOURS_PER_MONTH)
                .divide(LEAST_PRICE_SHARE, Money.PRECISION);
    }

    /** One sentence for each cloud whose bill leaves it open, and one for units whose term is unknown. */
    public List<String> warnings() {
        Stream<String> covered = byProvider.entrySet().stream()
                .map(entry -> "Commitments of " + entry.getKey() + " may cover "
                        + entry.getValue().size()
                        + (entry.getValue().size() == 1 ? " resource" : " resources")
                        + " of which the bill shows no coverage; savings on them are not counted as far as a "
                        + "commitment may cover them. An export of the bill shows what is covered.");
        return Stream.concat(covered, unknownTerms().stream()).toList();
    }

    private Optional<String> unknownTerms() {
        int count = ofUnknownTerm.size();
        return count == 0
                ? Optional.empty()
                : Optional.of("Whether "
                        + (count == 1 ? "1 provisioned throughput is" : count + " provisioned throughputs are")
                        + " paid by the hour or for a term is unknown ("
                        + ofUnknownTerm.iterator().next()
                        + (count == 1 ? "" : ", ...")
                        + "), so no saving on " + (count == 1 ? "it" : "them")
                        + " is counted. Add `commitment_duration` to the inventory: `none`, or a term such as `P1M`.");
    }

    static String name(Commitment commitment) {
        String id = commitment.commitmentId();
        return "aws".equals(commitment.provider())
                ? commitment.kind().replace('_', ' ') + " " + id.substring(id.lastIndexOf('/') + 1)
                : commitment.kind();
    }

    static boolean mayCover(Commitment commitment, Resource resource) {
        if (!commitment.provider().equals(resource.provider())) {
            return false;
        }
        return switch (commitment.provider()) {
            case "aws" -> ofAws(commitment, resource);
            case "azure" -> ofAzure(commitment, resource);
            case "gcp" -> ofGcp(commitment, resource);
            default -> false;
        };
    }

    /** Scopes are {@code account/type[/region/family]} and {@code account/zone/count x type}. */
    private static boolean ofAws(Commitment commitment, Resource resource) {
        String machine = lower(resource.machineType());
        String[] scope = lower(commitment.scope()).split("/", -1);
        if (machine.isEmpty() || scope.length < 2) {
            return false;
        }
        if (commitment.kind().equals("savings_plan")) {
            return switch (scope[1]) {
                case "sagemaker" -> machine.startsWith("ml.");
                case "compute" -> !machine.startsWith("ml.") && !family(machine).isEmpty();
                case UNKNOWN -> !family(machine).isEmpty();
                case "ec2instance" ->
                    scope.length == 4
                            && scope[2].equals(resource.region())
                            && family(machine).equals(scope[3]);
                default -> false;
            };
        }
        if (!commitment.kind().equals("reserved_instances")) {
            return commitment.kind().equals(OF_ANY_KIND) && !family(machine).isEmpty();
        }
        return scope[1].equals(UNKNOWN)
                ? !machine.startsWith("ml.") && !family(machine).isEmpty()
                : scope.length == 3
                        && scope[1].startsWith(lower(resource.region()))
                        && resource.region() != null
                        && family(machine).equals(family(scope[2].replaceFirst("^[0-9]+ x ", "")));
    }

    /** A machine or units of throughput, such as {@code reservation of 50 Provisioned Managed Regional}. */
    private static boolean ofAzure(Commitment commitment, Resource resource) {
        String kind = lower(commitment.kind());
        String machine = lower(resource.machineType());
        if (kind.contains("ptu") || kind.contains("provisioned managed")) {
            return resource.kind().equals("provisioned_throughput") && isOfOneScope(kind, deployment(resource));
        }
        if (kind.equals("savings plan")) {
            return machine.startsWith("standard_");
        }
        if (kind.matches("(reservation|" + OF_ANY_KIND + ")( of [0-9]+)?")) {
            return machine.startsWith("standard_") || resource.kind().equals("provisioned_throughput");
        }
        String family = family(machine);
        return !family.isEmpty()
                && Stream.of(kind.substring(kind.lastIndexOf(' ') + 1), size(kind))
                        .anyMatch(size -> family.equals(family(size)));
    }

    /** What is reserved in the words of the portal, such as {@code NC24ads A100 v4}, as the size is called. */
    private static String size(String kind) {
        String words = kind.replaceFirst("^(reservation|" + OF_ANY_KIND + ")( of [0-9]+)? (standard )?", "");
        return "standard_" + words.replace(' ', '_');
    }

    /** The kind of deployment of units; where nothing says it, it may be in place of the type, as a model may. */
    private static String deployment(Resource units) {
        return lower(units.attributes().getOrDefault("deployment_type", units.machineType()))
                .replaceAll("[^a-z]", "");
    }

    /** Units are reserved for one kind of deployment; an older name says none, and neither may an inventory. */
    private static boolean isOfOneScope(String reservation, String deployment) {
        if (deployment.isEmpty()) {
            return true;
        }
        if (reservation.contains("global")) {
            return deployment.contains("global");
        }
        if (reservation.contains("data zone") || reservation.contains("datazone")) {
            return deployment.contains("datazone");
        }
        return !reservation.contains("regional") || !deployment.matches(".*(global|datazone).*");
    }

    /** {@code committed use, accelerator optimized: 96 vCPU, 8 nvidia-tesla-a100} in {@code project/region}. */
    private static boolean ofGcp(Commitment commitment, Resource resource) {
        String scope = lower(commitment.scope());
        String region = scope.substring(scope.lastIndexOf('/') + 1);
        if (resource.region() == null
                || !(region.isEmpty() || region.equals(lower(resource.region())))
                || resource.machineType() == null) {
            return false;
        }
        String kind = lower(commitment.kind());
        if (kind.equals("committed use")) {
            return true;
        }
        boolean ofAccelerators = kind.contains("nvidia") || kind.contains("tpu");
        return resource.accelerator() == null
                ? !ofAccelerators
                : ofAccelerators && kind.contains(lower(resource.accelerator()).split("[ -]", 2)[0]);
    }

    private static String family(String machineType) {
        return Optional.ofNullable(machineType).flatMap(MachineFamily::of).orElse("");
    }

    private static String lower(String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }
}
