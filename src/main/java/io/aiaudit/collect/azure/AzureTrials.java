package io.aiaudit.collect.azure;

import io.aiaudit.collect.PermissionTrial;
import io.aiaudit.model.SourceReport.Part;
import io.aiaudit.model.SourceReport.State;
import io.aiaudit.model.UserError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Permissions tried in many subscriptions, reported in few lines: one for each subscription, one for each permission
 * that is missing somewhere. A subscription that refuses everything is reported once, and proves nothing about the
 * others.
 */
final class AzureTrials {
    private static final int NAMED = 3;

    private final PermissionTrial trial;
    private final List<Part> subscriptions = new ArrayList<>();
    private final List<String> open = new ArrayList<>();
    private final Map<Refused, List<String>> refused = new LinkedHashMap<>();
    private final Map<AzureOperation, Integer> refusals = new HashMap<>();

    AzureTrials(PermissionTrial trial) {
        this.trial = trial;
    }

    /** One permission that is missing for one reason. */
    private record Refused(AzureOperation operation, String problem, String fix) {}

    /** What belongs to the tenant is the same from every subscription: it is tried from the first. */
    private boolean isTried(AzureOperation operation) {
        return operation.probe() != null && (open.isEmpty() || !operation.isOfTenant());
    }

    void enter(Subscriptions all, String subscription) {
        Optional<Part> closed = trial.closed(subscription, () -> all.enter(subscription));
        if (closed.isPresent()) {
            subscriptions.add(closed.get());
            return;
        }
        AzureSession session = all.session(subscription);
        Map<AzureOperation, Optional<UserError>> tried = new LinkedHashMap<>();
        for (AzureOperation operation : AzureCollector.operations()) {
            if (isTried(operation)) {
                tried.put(operation, trial.failure(() -> operation.tryIn(session)));
            }
        }
        report(session, tried);
    }

    private void report(AzureSession session, Map<AzureOperation, Optional<UserError>> tried) {
        String name = session.name() + " " + session.subscription();
        List<Optional<UserError>> own = tried.entrySet().stream()
                .filter(entry -> !entry.getKey().isOfTenant())
                .map(Map.Entry::getValue)
                .toList();
        if (own.stream().allMatch(Optional::isPresent)) {
            subscriptions.add(nothing(session, name, own));
            return;
        }
        long granted = tried.values().stream().filter(Optional::isEmpty).count();
        open.add(session.subscription());
        boolean whole = granted == tried.size();
        subscriptions.add(new Part(
                name,
                whole ? State.READY : State.PARTLY,
                whole ? "all permissions" : granted + " of " + tried.size() + " permissions",
                null,
                null));
        tried.forEach((operation, failure) -> failure.ifPresent(error -> {
            refused.computeIfAbsent(new Refused(operation, error.problem(), error.fix()), key -> new ArrayList<>())
                    .add(session.name());
            refusals.merge(operation, 1, Integer::sum);
        }));
    }

    /** Where not everything was refused for want of a right, the first other reason is why. */
    private static Part nothing(AzureSession session, String name, List<Optional<UserError>> failures) {
        return failures.stream()
                .flatMap(Optional::stream)
                .filter(error -> !error.problem().startsWith("access denied"))
                .findFirst()
                .map(error -> Part.missing(name, error.problem(), error.fix()))
                .orElseGet(() -> Part.missing(
                        name,
                        "access to it is denied.",
                        "az role assignment create --assignee YOU --role Reader --scope /subscriptions/"
                                + session.subscription()));
    }

    /** Those of which something may be read. */
    List<String> open() {
        return List.copyOf(open);
    }

    List<Part> parts() {
        List<Part> parts = new ArrayList<>(subscriptions);
        refused.forEach((what, where) -> parts.add(part(what, where)));
        return parts;
    }

    /** What is refused in every subscription cannot be had at all. */
    private Part part(Refused what, List<String> where) {
        AzureOperation operation = what.operation();
        boolean everywhere = refusals.get(operation) == open.size() || operation.isOfTenant();
        if (everywhere) {
            trial.part(operation, "", Optional.of(new UserError(what.problem(), what.fix())));
        }
        String names = where.stream().limit(NAMED).collect(Collectors.joining(", "))
                + (where.size() > NAMED ? " and " + (where.size() - NAMED) + " more" : "");
        return new Part(
                operation.permission(),
                everywhere ? State.MISSING : State.PARTLY,
                "in " + (everywhere && where.size() > 1 ? "every subscription" : names)
                        + "; without it unknown: "
                        + String.join(", ", operation.reads()).replace('_', ' '),
                what.problem(),
                what.fix());
    }
}
