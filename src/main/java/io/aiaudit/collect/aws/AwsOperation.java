package io.aiaudit.collect.aws;

import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.Operation;
import io.aiaudit.collect.Operations;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import software.amazon.awssdk.core.SdkRequest;

/** An operation of AWS that aiaudit may call; made by {@link AwsService#operation}, beside the call. */
public final class AwsOperation implements Operation {
    /** Without metrics nothing is examined; without Cost Explorer a machine still has its list price. */
    static final BigDecimal KEPT_FOR_METRICS = new BigDecimal("0.5");

    /** Where the permission belongs, as an administrator grants it. */
    enum Grant {
        /** To whoever reads an account. */
        ACCOUNT,
        /** In the account that pays only. */
        PAYER,
        /** The same, in the bucket of the bill's export only. */
        EXPORT,
        /** The same, in a policy of its own, since Athena keeps results and takes money. */
        ATHENA,
        ORGANIZATION,
        /** On the audit roles of other accounts. */
        ROLE
    }

    /**
     * Where a permission is tried.
     *
     * @param export of the bill; null = none is known
     * @param athena null = not configured
     */
    record Trial(AwsSession session, S3Export export, AthenaScope athena) {
        /** Where the export lies. */
        AwsSession ofExport() {
            return session.in(export.region());
        }
    }

    private final Declaration<?> declared;
    private final Predicate<Trial> isTried;
    private final Consumer<Trial> probe;

    private AwsOperation(Declaration<?> declared, Predicate<Trial> isTried, Consumer<Trial> probe) {
        this.declared = declared;
        this.isTried = isTried;
        this.probe = probe;
    }

    /** All of these, each once. */
    @SafeVarargs
    static List<AwsOperation> all(List<AwsOperation>... lists) {
        Set<AwsOperation> all = new LinkedHashSet<>();
        for (List<AwsOperation> list : lists) {
            all.addAll(list);
        }
        return List.copyOf(all);
    }

    @Override
    public String name() {
        return declared.service.name() + "." + declared.name;
    }

    @Override
    public String permission() {
        return declared.permission;
    }

    @Override
    public List<String> reads() {
        return declared.reads;
    }

    @Override
    public Frequency frequency() {
        return declared.frequency;
    }

    @Override
    public int times() {
        return declared.times;
    }

    Grant grant() {
        return declared.grant;
    }

    /** What AWS charges for one request with one item. */
    BigDecimal usd() {
        return declared.service.usd();
    }

    /** Counts what AWS charges for this request. What Athena takes, {@link AthenaBill} knows. */
    void charge(SdkRequest request, Operations operations) {
        BigDecimal usd = declared.price == null ? usd() : declared.price.apply(request);
        if (reads().contains(METRICS)) {
            operations.charge(name(), usd);
        } else if (usd.signum() > 0) {
            operations.charge(name(), usd, KEPT_FOR_METRICS, "metrics");
        }
    }

    boolean isOfPayer() {
        return List.of(Grant.PAYER, Grant.EXPORT, Grant.ATHENA).contains(grant())
                || frequency().equals(Frequency.ONCE);
    }

    /** Tried in every region, where the others are tried in one. */
    boolean isTriedEverywhere() {
        return declared.everywhere;
    }

    /** Of something that a scan uses where it is switched on, and can do without. */
    boolean isOptional() {
        return declared.optional || reads().contains(ADVICE);
    }

    /** True where a response without its list is none. */
    boolean isAlwaysListed() {
        return declared.alwaysLists;
    }

    /** True where a server that plays AWS has it, so that its failure is one. */
    boolean isKnownToEveryServer() {
        return declared.knownToEveryServer;
    }

    /** False where there is nothing to try it on, or it has been called by then. */
    boolean isTried(Trial trial) {
        return declared.service.isIn().test(trial.session().region()) && isTried.test(trial);
    }

    /** Makes the cheapest call. */
    void probe(Trial trial) {
        probe.accept(trial);
    }

    @Override
    public String toString() {
        return name();
    }

    /** An operation as far as it is declared; ends with how it is tried. */
    static final class Declaration<C> {
        private final AwsService<C> service;
        private final String name;
        private final Frequency frequency;
        private final List<String> reads;
        private String permission;
        private int times = 1;
        private Grant grant = Grant.ACCOUNT;
        private boolean everywhere;
        private boolean optional;
        private boolean alwaysLists;
        private boolean knownToEveryServer;
        private Function<SdkRequest, BigDecimal> price;

        Declaration(AwsService<C> service, String name, Frequency frequency, List<String> reads) {
            this.service = service;
            this.name = name;
            this.frequency = frequency;
            this.reads = reads;
            this.permission = service.prefix() + ":" + name;
        }

        /** Where one call after another is needed, whatever there is. */
        Declaration<C> times(int requests) {
            times = requests;
            return this;
        }

        /** Where the permission is not named as the operation; empty where none is needed. */
        Declaration<C> permission(String other) {
            permission = other;
            return this;
        }

        Declaration<C> granted(Grant where) {
            grant = where;
            return this;
        }

        /**
         * Permissions seldom differ by region. Where a whole region is closed, as by a policy of the organization, one
         * list of each service shows it.
         */
        Declaration<C> triedEverywhere() {
            everywhere = true;
            return this;
        }

        Declaration<C> optional() {
            optional = true;
            return this;
        }

        /**
         * Where its list is in each response, as an empty one where there is nothing: what the model of AWS calls
         * required, or what costs too much to be lost by a response without content.
         */
        Declaration<C> alwaysLists() {
            alwaysLists = true;
            return this;
        }

        /** What most of the money is found by, which each server that plays AWS knows. */
        Declaration<C> knownToEveryServer() {
            knownToEveryServer = true;
            return this;
        }

        /** Where the price depends on the request. */
        Declaration<C> charges(Function<SdkRequest, BigDecimal> ofRequest) {
            price = ofRequest;
            return this;
        }

        /** Tried by {@code call}, the cheapest there is. */
        AwsOperation probe(Consumer<C> call) {
            return probe((client, session) -> call.accept(client));
        }

        AwsOperation probe(BiConsumer<C, AwsSession> call) {
            return probeIf(trial -> true, trial -> call.accept(service.in(trial.session()), trial.session()));
        }

        /** Tried only where {@code condition} holds. */
        AwsOperation probeIf(Predicate<Trial> condition, Consumer<Trial> call) {
            return new AwsOperation(this, condition, call);
        }

        /** Not tried: it has been called by then, or would begin something. */
        AwsOperation untried() {
            return new AwsOperation(this, trial -> false, trial -> {});
        }
    }
}
