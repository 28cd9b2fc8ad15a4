package io.aiaudit.collect.rest;

import io.aiaudit.model.Gap;
import io.aiaudit.model.Sink;
import io.aiaudit.model.UserError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Asks for what tells more about things that are known already, or for one of several lists that do not need each other. A failure takes nothing else with it: what was
 * answered stays, and each different failure is one gap, however many things it befell. One slice has one of these.
 */
public class Questions {
    private static final int NAMED = 3;

    private final String source;
    private final String account;
    private final Function<Exception, Optional<UserError>> explain;
    private final Map<Failed, List<String>> failed = new LinkedHashMap<>();
    private final Set<String> givenUp = new HashSet<>();
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
     * The same where each of several things is asked by itself. A permission may hold for some of them only, so the next is asked, too; a service that is not well would fail
     * again, and slowly.
     *
     * @param of the name of the thing, such as that of a workspace
     */
    public <T, X extends Exception> T ask(String what, String of, Ask<T, X> ask, T otherwise) throws X {
        if (givenUp.contains(what)) {
            return otherwise;
        }
        try {
            T answer = ask.answer();
            answered = true;
            return answer;
        } catch (RuntimeException e) {
            failed(what, of, e);
            if (e instanceof RestFailure said && said.isOfService()) {
                givenUp.add(what);
            }
            return otherwise;
        }
    }

    /** Something that was asked by somebody else, and failed. */
    public void failed(String what, String of, RuntimeException thrown) {
        UserError error =
                thrown instanceof UserError told ? told : explain.apply(thrown).orElseThrow(() -> thrown);
        failure = failure == null ? thrown : failure;
        lacks(what, of == null ? "" : of, error.problem(), error.fix());
    }

    /** Something that was asked by somebody else, and answered. */
    public void answered() {
        answered = true;
    }

    /** An answer that lacks something: it came, and says why. */
    public void lacks(String what, String of, String problem, String fix) {
        failed.computeIfAbsent(new Failed(what, problem, fix), key -> new ArrayList<>())
                .add(of);
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
