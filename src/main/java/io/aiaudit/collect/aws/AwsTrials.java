package io.aiaudit.collect.aws;

import io.aiaudit.model.SourceReport.Part;
import io.aiaudit.model.SourceReport.State;
import io.aiaudit.model.UserError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * What came of trying permissions in accounts and regions, in few lines: equal failures are one, and what works is
 * counted.
 */
final class AwsTrials {
    private static final int NAMED = 5;

    /**
     * One permission that was tried in one region.
     *
     * @param failure null where it works
     */
    record Tried(AwsOperation operation, String account, String region, UserError failure) {
        String scope() {
            return account + "/" + region;
        }

        boolean isDenied() {
            return failure != null
                    && failure.getCause() instanceof AwsServiceException response
                    && AwsFailure.isDenied(response);
        }

        /** What a scan takes where it is switched on, and can do without. */
        boolean isUnused() {
            return failure != null && operation.isOptional() && AwsFailure.isNotSwitchedOn(failure.getCause());
        }

        private State state() {
            return failure == null ? State.READY : isUnused() ? State.UNUSED : State.MISSING;
        }

        private String problem() {
            // What has to be listed before may be what is denied: then its name stays.
            String own = failure.problem().replace(operation.permission(), "it");
            return isDenied() && own.contains(" for it") ? "access denied." : own;
        }

        private String fix() {
            return isDenied() && operation.grant() == AwsOperation.Grant.ATHENA
                    ? "Add docs/aws-athena-policy.json to the user or role, or remove aws: athena from aiaudit.yaml."
                    : isDenied()
                            ? "Add it to the policy of the user or role that reads there; the whole policy is below."
                            : failure.fix();
        }
    }

    /** What failures have to have in common to be reported together. */
    private record Failure(State state, List<String> reads, String problem, String fix, Set<String> scopes) {}

    private final List<Tried> all;

    AwsTrials(List<Tried> all) {
        this.all = List.copyOf(all);
    }

    boolean anyDenied() {
        return all.stream().anyMatch(Tried::isDenied);
    }

    /** Permissions that work nowhere: what they read is not there for a scan. */
    List<AwsOperation> lacking() {
        return byOperation().entrySet().stream()
                .filter(entry -> entry.getValue().stream().allMatch(tried -> tried.state() == State.MISSING))
                .map(Map.Entry::getKey)
                .toList();
    }

    private Map<AwsOperation, List<Tried>> byOperation() {
        return all.stream().collect(Collectors.groupingBy(Tried::operation, LinkedHashMap::new, Collectors.toList()));
    }

    List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        Map<String, Integer> working = new TreeMap<>();
        Map<Failure, Set<String>> failures = new LinkedHashMap<>();
        byOperation().forEach((operation, tried) -> {
            if (tried.stream().allMatch(each -> each.state() == State.READY)) {
                working.merge(operation.permission().replaceFirst(":.*", ""), 1, Integer::sum);
            }
            failures(tried)
                    .forEach(failure -> failures.computeIfAbsent(failure, key -> new LinkedHashSet<>())
                            .add(operation.permission()));
        });
        int count = working.values().stream().mapToInt(Integer::intValue).sum();
        if (count > 0) {
            parts.add(Part.ready(
                    count == 1 ? "1 permission" : count + " permissions",
                    working.entrySet().stream()
                            .map(service -> service.getKey() + " " + service.getValue())
                            .collect(Collectors.joining(", "))));
        }
        failures.forEach((failure, actions) -> parts.add(part(failure, actions)));
        return parts;
    }

    private List<Failure> failures(List<Tried> tried) {
        Map<String, List<Tried>> byProblem = tried.stream()
                .filter(each -> each.state() != State.READY)
                .collect(Collectors.groupingBy(Tried::problem, LinkedHashMap::new, Collectors.toList()));
        Set<String> everywhere = scopes(tried);
        return byProblem.values().stream()
                .map(same -> new Failure(
                        same.get(0).state(),
                        same.get(0).operation().reads(),
                        same.get(0).problem(),
                        same.get(0).fix(),
                        scopes(same).equals(everywhere) ? Set.of() : scopes(same)))
                .toList();
    }

    private static Set<String> scopes(List<Tried> tried) {
        return tried.stream().map(Tried::scope).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Part part(Failure failure, Set<String> actions) {
        String name = String.join(", ", actions) + (failure.scopes().isEmpty() ? "" : " in " + few(failure.scopes()));
        return failure.state() == State.UNUSED
                ? Part.unused(name, failure.problem())
                : Part.missing(name, failure.problem(), failure.fix(), failure.reads());
    }

    /** The first of them, and how many more there are. */
    static String few(Set<String> names) {
        String first = names.stream().limit(NAMED).collect(Collectors.joining(", "));
        return names.size() > NAMED ? first + " and " + (names.size() - NAMED) + " more" : first;
    }
}
