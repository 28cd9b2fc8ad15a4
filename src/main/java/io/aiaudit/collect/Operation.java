package io.aiaudit.collect;

import java.util.List;
import java.util.Set;

/**
 * An operation of a cloud's API that a collector may call, declared once, beside the call. What may be sent, what has
 * to be granted, what {@code sources check} tries and what a dry run counts all follow from these declarations.
 */
public interface Operation {
    /** Names something that does not exist, for a trial: the clouds check the permission first. */
    String NO_SUCH_NAME = "aiaudit-asks-whether-it-may";

    String METRICS = "metrics";
    String BILL = "bill";
    String COMMITMENTS = "commitments";
    String PRICES = "prices";
    String ADVICE = "advice";

    /** Accounts, subscriptions, projects and regions. */
    String SCOPE = "scope";

    /** Attributes of resources that are read without it, too. */
    String DETAILS = "details";

    /** Facts of an account as a whole, which are a resource of kind {@code account}. */
    String GOVERNANCE = "governance";

    /** What operations read that is no kind of resource. */
    Set<String> NO_KINDS = Set.of(METRICS, BILL, COMMITMENTS, PRICES, ADVICE, SCOPE, DETAILS);

    /** As requests are counted: {@code SageMaker.ListEndpoints}, or the method and the template of a path. */
    String name();

    /** What an administrator has to grant, such as {@code sagemaker:ListEndpoints}; empty where nothing is needed. */
    String permission();

    /** What cannot be read without it: kinds of resources, and the words above. */
    List<String> reads();

    Frequency frequency();

    /** How many requests a call takes at least, where it depends on nothing. */
    default int times() {
        return 1;
    }

    /** The kinds of resources that cannot be read without it. */
    default List<String> kinds() {
        return reads().stream()
                .filter(read -> !NO_KINDS.contains(read))
                .map(read -> read.equals(GOVERNANCE) ? "account" : read)
                .toList();
    }
}
