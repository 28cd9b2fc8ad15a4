package io.aiaudit.collect.rest;

import io.aiaudit.model.Gap;
import io.aiaudit.model.Sink;
import io.aiaudit.model.UserError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Runs optional calls: details of objects that are known already, or lists that do not need each other. A failed call
 * takes its own object with it and nothing else, whatever the failure is; each different failure is one gap that names
 * its objects or counts them. Only when many calls of a kind fail one after the other because of the service, the rest
 * is left out, and counted in the gap. One slice has one of these.
 */
public class Questions {
    private static final int NAMED = 3;

    /**
     * So many calls of a kind in a row without an answer, and the service is down: each of the others would take its
     * time, too.
     */
    private static final int MOST_IN_A_ROW = 20;

    private final String source;
    private final String account;
    private final Function<Exception, Optional<UserError>> explain;
    private final Map<Failed, List<String>> failed = new LinkedHashMap<>();
    private final Map<String, Integer> inARow = new HashMap<>();
    private final Map<String, Failed> givenUp = new HashMap<>();
    private boolean answered;
    private RuntimeException failure;

    /** {@code account} is what the scopes of gaps begin with; {@code explain} says what a failure of the cloud means. */
    public Questions(String source, String account, Function<Exception, Optional<UserError>> explain) {
        this.source = source;
        this.account = account;
        this.explain = explain;
    }

    private record Failed(String what, String problem, String fix) {}

    /** Something to ask a cloud for. */
    public interface Ask<T, X extends Exception> {
        T answer() throws X;
    }

    /** What {@code ask} answers; {@code otherwise} where it fails. {@code what} is what is not known then, such as {@code computes}. */
    public <T, X extends Exception> T ask(String what, Ask<T, X> ask, T otherwise) throws X {
        return ask(what, "", ask, otherwise);
    }

    /**
     * The same where each of several things is asked by itself.
     *
     * @param of the name of the thing, such as that of a workspace
     */
    public <T, X extends Exception> T ask(String what, String of, Ask<T, X> ask, T otherwise) throws X {
        Failed cause = givenUp.get(what);
        if (cause != null) {
            failed.get(cause).add(name(of));
            return otherwise;
        }
        try {
            T answer = ask.answer();
            answered(what);
            return answer;
        } catch (RuntimeException e) {
            failed(what, of, e);
            return otherwise;
        }
    }

    /** Something that was asked by somebody else, and failed. */
    public void failed(String what, String of, RuntimeException thrown) {
        UserError error =
                thrown instanceof UserError told ? told : explain.apply(thrown).orElseThrow(() -> thrown);
        failure = failure == null ? thrown : failure;
        lacks(what, of, error.problem(), error.fix());
        boolean ofService = thrown instanceof RestFailure said && said.isOfService();
        if (ofService && inARow.merge(what, 1, Integer::sum) >= MOST_IN_A_ROW) {
            givenUp.put(what, new Failed(what, error.problem(), error.fix()));
        } else if (!ofService) {
            inARow.remove(what);
        }
    }

    /** Something that was asked by somebody else, and answered. */
    public void answered(String what) {
        answered = true;
        inARow.remove(what);
    }

    /** An answer that lacks something: it came, and says why. */
    public void lacks(String what, String of, String problem, String fix) {
        failed.computeIfAbsent(new Failed(what, problem, fix), key -> new ArrayList<>())
                .add(name(of));
    }

    private static String name(String of) {
        return of == null ? "" : of;
    }

    /** Says what is not known, last of all in a slice. */
    public void tell(Sink sink) {
        failed.forEach((key, things) ->
                sink.gap(new Gap(source, account + " " + key.what() + of(things), key.problem(), key.fix())));
    }

    /** The same, for a slice whose requests were all asked here: where not one was answered it was not read. */
    public void tellUnlessNothingAnswered(Sink sink) {
        if (failure != null && !answered) {
            throw failure;
        }
        tell(sink);
    }

    private static String of(List<String> things) {
        List<String> names =
                things.stream().filter(name -> !name.isEmpty()).distinct().toList();
        if (names.isEmpty()) {
            return "";
        }
        return " of "
                + (names.size() <= NAMED
                        ? String.join(", ", names)
                        : String.join(", ", names.subList(0, NAMED)) + " and " + (names.size() - NAMED) + " more");
    }
}
