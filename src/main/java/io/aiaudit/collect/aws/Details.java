package io.aiaudit.collect.aws;

import io.aiaudit.model.Gap;
import io.aiaudit.model.Sink;
import io.aiaudit.model.UserError;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Asks for what tells more about things that are known already, or for one of several lists that do not need each other. A failure is a gap of its own, told once however
 * many things it is about, and takes nothing else with it. One slice has one of these.
 */
final class Details {
    private final String scope;
    private final Sink sink;
    private final Set<String> told = new HashSet<>();
    private final Set<String> givenUp = new HashSet<>();
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
     * What {@code ask} answers; empty where it failed, which says nothing about whether there is such a thing. A permission may hold for some things only, so one that is
     * denied is asked for again with the next; what fails in another way would fail again, and slowly.
     *
     * @param what as the gap calls it, such as {@code volumes}
     */
    <T> Optional<T> ask(String what, Supplier<T> ask) {
        if (givenUp.contains(what)) {
            return Optional.empty();
        }
        try {
            T answer = ask.get();
            answered = true;
            return Optional.of(answer);
        } catch (UserError e) {
            failed(what, e, e); // the limit on what requests may cost
        } catch (SdkException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            failed(what, e, AwsFailure.explain(e).orElseThrow());
        }
        return Optional.empty();
    }

    private void failed(String what, RuntimeException thrown, UserError error) {
        failure = failure == null ? thrown : failure;
        if (!(thrown instanceof AwsServiceException answer) || !AwsFailure.isDenied(answer)) {
            givenUp.add(what);
        }
        if (!told.add(what + error.problem())) {
            return;
        }
        if (thrown instanceof AwsServiceException answer && AwsFailure.isUnknownOperation(answer)) {
            sink.warning("aws " + what + ": nothing is known where what answers has no such operation.");
        } else {
            sink.gap(new Gap("aws", scope + " " + what, error.problem(), error.fix()));
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
