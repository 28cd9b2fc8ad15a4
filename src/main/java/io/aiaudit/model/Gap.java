package io.aiaudit.model;

import java.util.List;

/**
 * What could not be read: from which source, why, what to do about it, and where. A gap is never read as idle, zero or
 * clean.
 *
 * @param scope where and what, for people, such as {@code 123456789012/eu-west-1 volumes of vol-1}
 * @param accountId the account, subscription or project; null = unknown, or more than one
 * @param region null = all of them, or unknown
 * @param dataset what it is missing from, such as {@code inventory} or {@code metrics}; null = everything
 * @param objects those that it is about where it is not about all: names of resources, metrics or locations; the first
 *     10,000 of them, or a million characters, and the scope says so
 */
public record Gap(
        String source,
        String scope,
        String problem,
        String fix,
        String accountId,
        String region,
        String dataset,
        List<String> objects) {
    private static final int MOST_OBJECTS = 10_000;
    /** In characters, all of them together. */
    private static final int LONGEST_OBJECTS = 1_000_000;

    public Gap {
        problem = FailureText.of(problem);
        List<String> named = bounded(objects == null ? List.of() : objects);
        if (objects != null && named.size() < objects.size()) {
            scope += ", of which the first " + named.size() + " of " + objects.size() + " are named";
        }
        objects = named;
    }

    /** A call that fails for everything would else be most of a report, and too much for a saved scan. */
    private static List<String> bounded(List<String> objects) {
        int length = 0;
        int count = 0;
        while (count < Math.min(objects.size(), MOST_OBJECTS)
                && length + objects.get(count).length() <= LONGEST_OBJECTS) {
            length += objects.get(count).length();
            count++;
        }
        return List.copyOf(objects.subList(0, count));
    }

    /** One whose account and region are added by those who know them. */
    public Gap(String source, String scope, String problem, String fix) {
        this(source, scope, problem, fix, null, null, null, List.of());
    }

    /** The same in this account and region, as far as the gap does not name its own. */
    public Gap in(String account, String regionOfAccount, String content) {
        return new Gap(
                source,
                scope,
                problem,
                fix,
                accountId == null ? account : accountId,
                region == null ? regionOfAccount : region,
                dataset == null ? content : dataset,
                objects);
    }

    /** The same of these objects, whose names {@code shown} has as people read them. */
    public Gap of(List<String> names, String shown) {
        return new Gap(source, scope + " of " + shown, problem, fix, accountId, region, dataset, names);
    }
}
