package io.aiaudit.cli;

import io.aiaudit.config.Setting;
import io.aiaudit.config.Source;
import io.aiaudit.model.Keyed;
import io.aiaudit.report.Reporters;
import io.aiaudit.rules.Rule;
import io.aiaudit.rules.RuleBook;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The values of flags that a shell can complete. They are worked out only when the completion script is printed. */
final class CompletionValues {
    private CompletionValues() {}

    static Optional<Iterable<String>> of(Setting setting) {
        return switch (setting) {
            case SOURCES -> Optional.of(new Sources());
            case FORMAT -> Optional.of(() -> Reporters.formats().iterator());
            case RULE, SKIP_RULE -> Optional.of(new RuleIds());
            default -> Optional.empty();
        };
    }

    /** The names of the sources that are available. */
    static final class Sources implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Source.values())
                    .filter(Source::built)
                    .map(Keyed::key)
                    .iterator();
        }
    }

    /** The same without the demo company, in which there is nothing to check. */
    static final class CheckedSources implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Source.values())
                    .filter(source -> source.built() && source != Source.DEMO)
                    .map(Keyed::key)
                    .iterator();
        }
    }

    /** The ids of the built-in rules. */
    static final class RuleIds implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return RuleBook.builtIn().rules().stream().map(Rule::id).iterator();
        }
    }

    /** The forms of standard error, as the help has them. */
    static final class LogFormats implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Keyed.keys(LogFormat.class).iterator();
        }
    }

    /** The shells that have a completion script. */
    static final class Shells implements Iterable<String> {
        static final List<String> NAMES = List.of("bash", "zsh", "fish");

        @Override
        public Iterator<String> iterator() {
            return NAMES.iterator();
        }
    }
}
