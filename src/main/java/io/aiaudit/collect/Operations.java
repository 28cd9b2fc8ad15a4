package io.aiaudit.collect;

import io.aiaudit.model.UserError;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The fence around a cloud's client, the same for every cloud: only operations that its collectors declare can be
 * called, each request is counted, and what costs money stops at a limit. Safe for several threads.
 */
public final class Operations {
    private final Map<String, Operation> allowed;
    private final BigDecimal limit;
    private final Map<String, Long> sent = new TreeMap<>();
    private BigDecimal spent = BigDecimal.ZERO;

    private Operations(Map<String, Operation> allowed, BigDecimal limit) {
        this.allowed = allowed;
        this.limit = limit;
    }

    /** Those of {@code declared}; requests may cost as much as {@code limit} in US dollars, null = any. */
    public static Operations of(Collection<? extends Operation> declared, BigDecimal limit) {
        Map<String, Operation> allowed = new LinkedHashMap<>();
        declared.forEach(operation -> allowed.put(operation.name(), operation));
        return new Operations(allowed, limit);
    }

    /**
     * Lets an operation of the list pass. Any other is refused, whoever calls it: aiaudit reads, and only what it
     * declares.
     */
    public void allow(String operation) {
        if (!allowed.containsKey(operation)) {
            throw new NotAllowed(operation);
        }
    }

    /** What has to be granted for an operation. */
    public String action(String operation) {
        Operation declared = allowed.get(operation);
        return declared == null || declared.permission().isEmpty() ? operation : declared.permission();
    }

    /** Whether anything has to be granted for an operation. */
    public boolean needsPermission(String operation) {
        Operation declared = allowed.get(operation);
        return declared == null || !declared.permission().isEmpty();
    }

    /** Counts a request that is about to be sent. */
    public synchronized void send(String operation) {
        sent.merge(operation, 1L, Long::sum);
    }

    /**
     * Counts a request that is charged for, unless that would go over the limit.
     *
     * @throws UserError when it would
     */
    public synchronized void charge(String operation, BigDecimal usd) {
        charge(operation, usd, BigDecimal.ZERO, "");
    }

    /**
     * The same for what can be done without: {@code kept}, a share of the limit (0..1), is left for later requests that
     * are needed more, which messages name as {@code keptFor}.
     *
     * @throws UserError when it would go over the limit without that
     */
    public synchronized void charge(String operation, BigDecimal usd, BigDecimal kept, String keptFor) {
        BigDecimal after = spent.add(usd);
        BigDecimal reserve = limit == null ? BigDecimal.ZERO : limit.multiply(kept);
        if (limit != null && after.compareTo(limit.subtract(reserve)) > 0) {
            throw new UserError(
                    action(operation) + " would cost another $" + usd.toPlainString() + ", and $"
                            + spent.toPlainString() + " of the $" + limit.toPlainString()
                            + " that this scan may spend on requests are spent"
                            + (reserve.signum() == 0
                                    ? "."
                                    : "; $" + reserve.stripTrailingZeros().toPlainString() + " is kept for " + keptFor
                                            + "."),
                    "Allow more: aiaudit scan --max-api-cost "
                            + after.max(limit).multiply(BigDecimal.valueOf(2)).toPlainString());
        }
        spent = after;
    }

    public synchronized ScanCost cost() {
        return new ScanCost(sent, spent);
    }

    /** Every operation that was called so far. */
    public synchronized Set<String> called() {
        return new TreeSet<>(sent.keySet());
    }

    /** A call that the list does not have: a defect of the collector. */
    public static final class NotAllowed extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        NotAllowed(String operation) {
            super(operation + " is not declared: aiaudit does not call it");
        }
    }
}
