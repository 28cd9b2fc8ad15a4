package io.aiaudit.collect;

import io.aiaudit.model.Gap;
import io.aiaudit.model.Sink;
import io.aiaudit.model.UserError;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs optional calls, the same for every cloud: details of objects that are known already, or lists that do not need
 * each other. A failed call takes its own object with it and nothing else, whatever the failure is; each different
 * failure is one gap that names its objects or counts them. Only when many calls of a kind fail one after the other
 * because of the service, the rest is left out, and counted in the gap. One slice has one of these.
 */
public final class Details {
    /**
     * So many calls of a kind in a row without a response, and the service is down: each of the others would take its
     * time, too.
     */
    private static final int MOST_IN_A_ROW = 20;

    /** Some services take minutes to fail: after so long in vain nothing is to be had of this kind, either. */
    private static final Duration LONGEST_IN_A_ROW = Duration.ofMinutes(5);

    private final String source;
    private final String scope;
    private final Failures failures;
    private final Sink sink;
    private final InstantSource clock;
    private final Map<String, Integer> inARow = new HashMap<>();
    private final Map<String, Duration> inVain = new HashMap<>();
    private final Map<String, Optional<Gap>> givenUp = new HashMap<>();
    private final List<String> unknown = new ArrayList<>();
    private boolean responded;
    private RuntimeException failure;

    /**
     * {@code scope} is what the scopes of gaps begin with, such as {@code 123456789012/us-east-1}; {@code sink} reports
     * a gap of several objects once, as {@link ObjectGaps} does.
     */
    public Details(String source, String scope, Failures failures, Sink sink) {
        this(source, scope, failures, sink, InstantSource.system());
    }

    Details(String source, String scope, Failures failures, Sink sink, InstantSource clock) {
        this.source = source;
        this.scope = scope;
        this.failures = failures;
        this.sink = sink;
        this.clock = clock;
    }

    /** Hands over one thing of a list after the other, page by page. */
    public interface Listing<T> {
        void each(Consumer<T> thing);
    }

    /** The response of {@code call}; empty where it fails, which does not show whether there is such an object. */
    public <T> Optional<T> call(String what, Supplier<T> call) {
        return call(what, null, call);
    }

    /**
     * The same where each of several objects has a call of its own.
     *
     * @param what as the gap calls it, such as {@code volumes}
     * @param of the name of the object; null = the call is about none
     */
    public <T> Optional<T> call(String what, String of, Supplier<T> call) {
        if (isGivenUp(what, of)) {
            return Optional.empty();
        }
        Instant start = clock.instant();
        try {
            T response = call.get();
            responded(what);
            return Optional.ofNullable(response);
        } catch (RuntimeException e) {
            failed(what, of, e, start);
            return Optional.empty();
        }
    }

    /**
     * Makes something of each of {@code things}, and hands it over. One that cannot be made, because the response lacks
     * what it is made of, is a gap that names it, and takes no other with it.
     */
    public <T, M> void make(
            String what, Collection<T> things, Function<T, String> name, Function<T, M> made, Consumer<M> taker) {
        for (T thing : things) {
            make(what, name.apply(thing), () -> made.apply(thing)).ifPresent(taker);
        }
    }

    /** The same for one thing. */
    public <M> Optional<M> make(String what, String of, Supplier<M> made) {
        try {
            return Optional.of(made.get());
        } catch (RuntimeException e) {
            UserError error = UnusableResponse.of(e).orElseThrow(() -> e);
            report(gap(what, error.problem(), error.fix()), of);
            return Optional.empty();
        }
    }

    /** The same where what is made is handed over meanwhile. True where it could be made. */
    public boolean attempt(String what, String of, Runnable making) {
        return make(what, of, () -> {
                    making.run();
                    return true;
                })
                .isPresent();
    }

    /** All things of a list; where it breaks off, those before, which is a gap: what is not among them may be there. */
    public <T> List<T> list(String what, Listing<T> listing) {
        return list(what, null, listing);
    }

    /** The same of a service that hides what may not be read: an empty list of it is no response. */
    public <T> List<T> listWhatIsShown(String what, Listing<T> listing) {
        boolean before = responded;
        List<T> things = list(what, listing);
        responded = before || (responded && !things.isEmpty());
        return things;
    }

    /** The same where each of several objects has a list of its own. */
    public <T> List<T> list(String what, String of, Listing<T> listing) {
        List<T> things = new ArrayList<>();
        each(what, of, listing, things::add);
        return things;
    }

    /**
     * The same, each thing as it comes.
     *
     * @return whether the list was read to its end
     */
    public <T> boolean each(String what, String of, Listing<T> listing, Consumer<T> thing) {
        if (isGivenUp(what, of)) {
            return false;
        }
        long[] count = {0};
        Instant start = clock.instant();
        try {
            listing.each(one -> {
                attempt(what, of, () -> thing.accept(one));
                count[0]++;
            });
            responded(what);
            return true;
        } catch (RuntimeException e) {
            if (count[0] > 0) {
                brokeOff(what, of, String.valueOf(count[0]), e);
            } else {
                failed(what, of, e, start);
            }
            return false;
        }
    }

    private boolean isGivenUp(String what, String of) {
        Optional<Gap> cause = givenUp.get(what);
        if (cause == null) {
            return false;
        }
        cause.ifPresent(gap -> report(gap, of));
        return true;
    }

    private UserError explained(RuntimeException thrown) {
        if (Thread.currentThread().isInterrupted()) {
            throw thrown;
        }
        return thrown instanceof UserError error
                ? error
                : failures.explain(thrown).or(() -> UnusableResponse.of(thrown)).orElseThrow(() -> thrown);
    }

    /** A list that was read elsewhere, and broke off after so much, such as {@code 2 pages}. */
    public void brokeOff(String what, String of, String after, RuntimeException thrown) {
        responded = true;
        UserError error = explained(thrown);
        report(gap(what, "the list broke off after " + after + ": " + error.problem(), error.fix()), of);
    }

    /** A call that was made elsewhere, and failed. */
    public void failed(String what, String of, RuntimeException thrown) {
        failed(what, of, thrown, clock.instant());
    }

    private void failed(String what, String of, RuntimeException thrown, Instant start) {
        UserError error = explained(thrown);
        if (failures.explain(thrown).isEmpty() && UnusableResponse.of(thrown).isPresent()) {
            responded(what); // with something that is of no use
            report(gap(what, error.problem(), error.fix()), of);
            return;
        }
        failure = failure == null ? thrown : failure;
        if (failures.isUnknownOperation(thrown)) {
            givenUp.put(what, Optional.empty());
            unknown.add(source + " " + what + ": nothing is known where what answers has no such operation.");
            reportUnknown();
            return;
        }
        Gap gap = gap(what, error.problem(), error.fix());
        report(gap, of);
        if (!failures.isOfService(thrown)) {
            inARow.remove(what);
            inVain.remove(what);
            return;
        }
        int failed = inARow.merge(what, 1, Integer::sum);
        Duration time = inVain.merge(what, Duration.between(start, clock.instant()), Duration::plus);
        if (failed >= MOST_IN_A_ROW || time.compareTo(LONGEST_IN_A_ROW) >= 0) {
            givenUp.put(what, Optional.of(gap));
        }
    }

    /** A call that was made elsewhere, and succeeded. */
    public void responded(String what) {
        responded = true;
        inARow.remove(what);
        inVain.remove(what);
        reportUnknown();
    }

    /** Where nothing at all is known, the slice was not read, which is reported once. */
    private void reportUnknown() {
        if (responded) {
            unknown.forEach(sink::warning);
            unknown.clear();
        }
    }

    /** A response that came and does not describe the object completely. */
    public void missing(String what, String of, String problem, String fix) {
        report(gap(what, problem, fix), of);
    }

    private Gap gap(String what, String problem, String fix) {
        return new Gap(source, scope + " " + what, problem, fix);
    }

    private void report(Gap gap, String of) {
        if (of == null || of.isEmpty()) {
            sink.gap(gap);
        } else {
            sink.gap(gap, of);
        }
    }

    /** For a slice whose calls were all made here: where not one succeeded it was not read. */
    public void failUnlessSomethingAnswered() {
        if (failure != null && !responded) {
            throw failure;
        }
    }
}
