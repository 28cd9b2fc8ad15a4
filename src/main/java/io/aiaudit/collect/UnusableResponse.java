package io.aiaudit.collect;

import io.aiaudit.model.UserError;
import java.time.DateTimeException;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a response throws that lacks a value, or has one of another form, in words for people: which member it lacks,
 * where Java or the collector names it.
 */
final class UnusableResponse {
    private static final List<Class<? extends RuntimeException>> UNUSABLE = List.of(
            NullPointerException.class,
            IllegalArgumentException.class,
            IndexOutOfBoundsException.class,
            NoSuchElementException.class,
            ArithmeticException.class,
            DateTimeException.class);

    /** Java's own message names the method of a library that returned nothing; those of Java itself say nothing. */
    private static final Pattern GETTER =
            Pattern.compile("because the return value of \"(?!java[.x]|io[.]aiaudit)[\\w.$]+[.](\\w+)\\(\\)\" is null");

    /** The second argument of {@code Objects.requireNonNull} in a collector; labels have dots, slashes and dashes. */
    private static final Pattern MEMBER = Pattern.compile("[\\w./:~$@-]+");

    private static final Pattern NO_NUMBER = Pattern.compile("For input string: (\".*\")( under radix 10)?");

    private UnusableResponse() {}

    /** Empty for another failure, which is no fault of a response. */
    static Optional<UserError> of(RuntimeException thrown) {
        return UNUSABLE.stream().anyMatch(type -> type.isInstance(thrown))
                ? Optional.of(new UserError(
                        "the response " + problem(thrown) + ".",
                        "Run it again: what is being created or deleted may be incomplete. If it persists, report "
                                + "this line to the maintainers of aiaudit.",
                        thrown))
                : Optional.empty();
    }

    private static String problem(RuntimeException thrown) {
        String message = String.valueOf(thrown.getMessage());
        if (thrown instanceof NullPointerException) {
            Matcher getter = GETTER.matcher(message);
            String member = getter.find() ? getter.group(1) : thrown.getMessage();
            return member != null && MEMBER.matcher(member).matches()
                    ? "lacks \"" + member + "\", which is needed"
                    : "lacks a value that is needed";
        }
        if (thrown instanceof NumberFormatException) {
            Matcher text = NO_NUMBER.matcher(message);
            return "has " + (text.matches() ? text.group(1) : "a text") + " where a number is expected";
        }
        if (thrown instanceof DateTimeParseException time) {
            return "has \"" + time.getParsedString() + "\" where a time is expected";
        }
        return "has a value that aiaudit cannot read";
    }
}
