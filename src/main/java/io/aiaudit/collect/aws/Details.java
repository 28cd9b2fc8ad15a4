package io.aiaudit.collect.aws;

import io.aiaudit.model.Gap;
import io.aiaudit.model.Sink;
import io.aiaudit.model.UserError;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Runs optional calls: details of objects that are known already, or lists that do not need each other. A failed call
 * takes its own object with it and nothing else, whatever the failure is, and is a gap. Only when several calls of a
 * kind fail one after the other, and not for want of a permission, the rest is left out: the SDK has waited for each of
 * them. One slice has one of these.
 */
final class Details {
    /** So many failures of a kind in a row, and the service is down. */
    private static final int MOST_IN_A_ROW = 5;

    private final String scope;
    private final Sink sink;
    private final Set<String> told = new HashSet<>();
    private final Map<String, Integer> inARow = new HashMap<>();
    private final Map<String, Gap> givenUp = new HashMap<>();
    private boolean answered;
    private RuntimeException failure;

    Details(AwsPlace place, Sink sink) {
        this(place.account() + "/" + place.region(), sink);
    }

    /** For what is asked beside regions; {@code scope} is what stands before the words of a gap, such as {@code 123456789012/all}. */
    Details(String scope, Sink sink) {
        this.scope = scope;
        this.sink = sink;
    }

    /**
     * What {@code ask} answers; empty where it failed, which says nothing about whether there is such a thing.
     *
     * @param what as the gap calls it, such as {@code volumes}
     */
    <T> Optional<T> ask(String what, Supplier<T> ask) {
        return ask(what, null, ask);
    }

    /** The same where each of several objects is asked for by itself; {@code of} is the name of this one. */
    <T> Optional<T> ask(String what, String of, Supplier<T> ask) {
        if (givenUp.containsKey(what)) {
            tell(givenUp.get(what), of);
            return Optional.empty();
        }
        try {
            T answer = ask.get();
            answered = true;
            inARow.remove(what);
            return Optional.of(answer);
        } catch (UserError e) {
            failed(what, of, e, e, MOST_IN_A_ROW); // the limit on what requests may cost
        } catch (SdkException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            boolean denied = e instanceof AwsServiceException answer && AwsFailure.isDenied(answer);
            failed(what, of, e, AwsFailure.explain(e).orElseThrow(), denied ? 0 : 1);
        }
        return Optional.empty();
    }

    private void failed(String what, String of, RuntimeException thrown, UserError error, int counts) {
        failure = failure == null ? thrown : failure;
        Gap gap = new Gap("aws", scope + " " + what, error.problem(), error.fix());
        boolean unknown = thrown instanceof AwsServiceException answer && AwsFailure.isUnknownOperation(answer);
        if (unknown || inARow.merge(what, counts, Integer::sum) >= MOST_IN_A_ROW) {
            givenUp.put(what, unknown ? null : gap);
        }
        if (unknown) {
            sink.warning("aws " + what + ": nothing is known where what answers has no such operation.");
        } else {
            tell(gap, of);
        }
    }

    private void tell(Gap gap, String of) {
        if (gap != null && of != null) {
            sink.gap(gap, of);
        } else if (gap != null && told.add(gap.scope() + gap.problem())) {
            sink.gap(gap);
        }
    }

    /** What was answered and is not enough to know the thing: a gap, told once. */
    void missing(String what, String problem, String fix) {
        if (told.add(what + problem)) {
            sink.gap(new Gap("aws", scope + " " + what, problem, fix));
        }
    }

    /** Of lists that do not need each other not one was told: then the slice was not read. */
    void failUnlessSomethingAnswered() {
        if (failure != null && !answered) {
            throw failure;
        }
    }
}
