package io.aiaudit.collect;

import io.aiaudit.model.Gap;
import io.aiaudit.model.SourceReport;
import io.aiaudit.model.SourceReport.Metric;
import io.aiaudit.model.SourceReport.Part;
import io.aiaudit.model.SourceReport.Provided;
import io.aiaudit.model.UserError;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Tries the permissions of a source one by one, and puts together what a scan would get and what it would not. The same
 * for every cloud.
 */
public final class PermissionTrial {
    private final String source;
    private final Function<RuntimeException, Optional<UserError>> explain;
    private final Map<String, Set<String>> metrics;
    private final Set<String> denied = new TreeSet<>();

    /**
     * @param explain what a failure of the source's library means; empty where it is our defect
     */
    public PermissionTrial(String source, Function<RuntimeException, Optional<UserError>> explain, Measures measures) {
        this.source = source;
        this.explain = explain;
        this.metrics = measures.all();
    }

    /** The result of {@code call}; a failure of the source becomes an error for the user. */
    public <T> T explained(Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            throw explain.apply(e).map(known -> (RuntimeException) known).orElse(e);
        }
    }

    /** Why {@code call} failed; empty when it did not. */
    public Optional<UserError> failure(Runnable call) {
        try {
            explained(() -> {
                call.run();
                return true;
            });
            return Optional.empty();
        } catch (UserError e) {
            return Optional.of(e);
        }
    }

    /**
     * The message about an account, a subscription or a project that cannot be entered; empty when {@code enter} did.
     */
    public Optional<Part> closed(String account, Runnable enter) {
        return failure(enter).map(error -> missing(account, error));
    }

    /** The message about a list of accounts, subscriptions or projects that was not read to its end. */
    public static Part unread(Gap list) {
        return Part.missing(list.scope(), list.problem(), list.fix());
    }

    private static Part missing(String name, UserError error) {
        return Part.missing(name, error.problem(), error.fix());
    }

    /** A permission that was tried in an account, and remembers what cannot be read without it. */
    public Part part(Operation operation, String account, Optional<UserError> failure) {
        String name = name(operation, account);
        if (failure.isEmpty()) {
            return Part.ready(name, null);
        }
        lacks(operation);
        return missing(name, failure.get());
    }

    /** Remembers what cannot be read without a permission that is missing. */
    public void lacks(Operation operation) {
        denied.addAll(operation.reads());
        denied.addAll(operation.kinds());
    }

    /** As the parts of a report are called. */
    public static String name(Operation operation, String account) {
        return account + " " + operation.permission();
    }

    /**
     * All of it: with what can be had of the permissions that could be tried, and with the {@code role} to grant where
     * anything is missing.
     */
    public SourceReport report(List<Part> parts, Collection<? extends Operation> operations, String note, String role) {
        boolean whole = parts.stream().allMatch(part -> part.problem() == null);
        boolean nothing = parts.stream().allMatch(part -> part.state() == SourceReport.State.MISSING);
        return new SourceReport(
                parts,
                nothing ? List.of() : provided(operations),
                List.of(),
                List.of(note),
                whole ? List.of() : role.lines().toList());
    }

    private List<Provided> provided(Collection<? extends Operation> operations) {
        Map<String, Provided> provided = new LinkedHashMap<>();
        operations.stream()
                .flatMap(operation -> operation.kinds().stream())
                .filter(kind -> !denied.contains(kind))
                .forEach(kind -> provided.put(kind, new Provided(source, kind, null, measured(kind))));
        return List.copyOf(provided.values());
    }

    private List<Metric> measured(String kind) {
        return denied.contains(Operation.METRICS)
                ? List.of()
                : metrics.getOrDefault(kind, Set.of()).stream()
                        .map(name -> new Metric(name, null))
                        .toList();
    }
}
