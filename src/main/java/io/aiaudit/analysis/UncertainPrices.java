package io.aiaudit.analysis;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Gap;
import io.aiaudit.model.GapTopic;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceIds;
import io.aiaudit.model.Spend;
import io.aiaudit.model.Vocabulary;
import io.aiaudit.model.Window;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * List prices that may be more than is paid, so that nothing of them counts before somebody checks it: where the bill
 * failed to be read (docs/adr/0173), where the only bill is of another time (docs/adr/0190), where the metric that
 * shows the hours run was lost (docs/adr/0191), and where a built-in price was used instead of one that failed to be
 * read (docs/adr/0206), also as a share of a bill.
 */
public final class UncertainPrices {
    private static final String BILLING = "billing";
    private static final String PRICES = "prices";

    /** Their prices are built in, and no cloud but Google's is called for them. */
    private static final String VOLUME = "volume";

    /** So begins the origin of a price that came with this version. */
    private static final String BUILT_IN = "built-in";

    private static final String TPU = "//tpu.googleapis.com/";

    /** One bill has all accounts there, and its gap names whichever account was entered first. */
    private static final Set<String> ONE_BILL = Set.of("aws", "gcp");

    private final List<Gap> gaps;
    private final List<Gap> prices;
    private final Set<String> billed;
    private final Map<String, Window> bills;
    private final Map<String, Audit.ListPrice> origins;
    private final Window window;

    /**
     * @param bills the days of each provider's bill
     * @param origins where the list price of each leaf is from
     */
    public UncertainPrices(
            List<Gap> gaps,
            List<LeafCost> leaves,
            Map<String, Window> bills,
            Map<String, Audit.ListPrice> origins,
            Window window) {
        this.bills = bills;
        this.origins = origins;
        this.window = window;
        this.gaps = gaps.stream().filter(gap -> BILLING.equals(gap.dataset())).toList();
        this.prices = gaps.stream()
                .filter(gap -> PRICES.equals(gap.dataset()) && !GapTopic.SPOT_PRICES.isOf(gap))
                .toList();
        this.billed = leaves.stream()
                .filter(leaf -> !leaf.parts().isEmpty())
                .map(leaf -> account(leaf.resource()))
                .collect(Collectors.toSet());
    }

    /** The spend of this leaf, with the reason why its list price does not count. */
    public Spend applied(LeafCost leaf, Spend spend) {
        if (spend.gone()) {
            return spend;
        }
        Stream<Optional<String>> reasons = switch (spend.basis()) {
            case LIST ->
                Stream.of(unread(leaf.resource()), ofAnotherTime(leaf.resource()), unmeasured(leaf), builtIn(leaf));
            case ALLOCATED -> Stream.of(builtIn(leaf));
            default -> Stream.empty();
        };
        return reasons.flatMap(Optional::stream)
                .findFirst()
                .map(spend::withNote)
                .orElse(spend);
    }

    private Optional<String> unread(Resource resource) {
        if (billed.contains(account(resource))) {
            return Optional.empty();
        }
        List<Gap> unread =
                gaps.stream().filter(gap -> mayHaveBilled(gap, resource)).toList();
        if (unread.isEmpty()) {
            return Optional.empty();
        }
        boolean isOfCloud = unread.stream().anyMatch(gap -> Vocabulary.CLOUDS.contains(gap.source()));
        return Optional.of("The bill of its account could not be read, and its list price may be more than is paid. "
                + (isOfCloud ? "Grant access to the bill" : "Bring the bill again"));
    }

    /** A price that was not read may be lower than the one that came with this version. */
    private Optional<String> builtIn(LeafCost leaf) {
        Audit.ListPrice price = origins.get(leaf.resource().resourceId());
        boolean isBuiltIn = leaf.listPricePerHour() != null
                && price != null
                && price.origin().startsWith(BUILT_IN)
                && prices.stream().anyMatch(gap -> mayHavePriced(gap, leaf.resource()));
        return isBuiltIn
                ? Optional.of("Its list price could not be read, and the built-in price that is used instead may be "
                        + "more than is paid. Run the scan again")
                : Optional.empty();
    }

    /** What is named in such a gap is the list of a service, or a type in a region; and none has prices of TPUs. */
    private static boolean mayHavePriced(Gap gap, Resource resource) {
        boolean hasDisks = "gcp".equals(gap.source()) && !GapTopic.MACHINE_TYPES.isOf(gap);
        boolean isRequested = gap.source().equals(resource.provider())
                && (gap.region() == null || gap.region().equals(resource.region()))
                && (hasDisks || !VOLUME.equals(resource.kind()))
                && !resource.resourceId().startsWith(TPU)
                && (resource.accelerator() != null || !isOfEc2(resource));
        String type = resource.machineType() + " in " + resource.region();
        return isRequested
                && (gap.objects().stream().noneMatch(object -> object.contains(" in "))
                        || gap.objects().stream().anyMatch(type::equalsIgnoreCase));
    }

    /** Of these AWS is called for the prices of types with accelerators only. */
    private static boolean isOfEc2(Resource resource) {
        return "aws".equals(resource.provider())
                && !String.valueOf(resource.machineType()).startsWith("ml.");
    }

    /** A contract, a plan or a reservation that the other bill shows may go on. */
    private Optional<String> ofAnotherTime(Resource resource) {
        Window bill = resource.provider() == null ? null : bills.get(resource.provider());
        if (bill == null || !WindowWarnings.isOutside(bill, window)) {
            return Optional.empty();
        }
        return Optional.of("The bill of " + resource.provider()
                + " is of another time than the window, and its list price may be more than is paid. Add the bill of "
                + "the window");
    }

    private static Optional<String> unmeasured(LeafCost leaf) {
        String metric = leaf.resource().attributes().get(HoursRun.MEASURED_BY);
        boolean isLost = metric != null
                && leaf.hoursMeasuredBy() == null
                && !"true".equals(leaf.resource().attributes().get("hours_run_known"));
        return isLost
                ? Optional.of("The metric that shows the hours it runs, " + metric
                        + ", has no point in the window: it is priced as always on, which may be more than is paid. "
                        + "Add the metric")
                : Optional.empty();
    }

    private static boolean mayHaveBilled(Gap gap, Resource resource) {
        if (!Vocabulary.CLOUDS.contains(gap.source())) {
            return true;
        }
        return gap.source().equals(resource.provider())
                && (ONE_BILL.contains(gap.source())
                        || gap.accountId() == null
                        || ResourceIds.isSameAccount(gap.accountId(), resource.accountId()));
    }

    private static String account(Resource resource) {
        return resource.provider() + " " + Objects.requireNonNullElse(ResourceIds.accountKey(resource.accountId()), "");
    }
}
