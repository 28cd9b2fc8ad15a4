package io.aiaudit.config;

import io.aiaudit.disk.FileMode;
import io.aiaudit.model.UserError;
import io.aiaudit.model.YamlNode;
import java.io.File;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What the user set: flags before keys of aiaudit.yaml before variables of the environment. Every value knows where it
 * was given.
 */
public final class Settings {
    /** One of several paths in a variable; in an address, what separates paths is before its port as well. */
    private static final Pattern PATH =
            Pattern.compile("[a-z]+://[^/]+/[^" + File.pathSeparator + "]*|[^" + File.pathSeparator + "]+");

    /** More digits than any budget has were typed by accident. */
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,12})?");

    /** What an amount is, for an error. */
    private static final String AMOUNTS =
            "an amount such as 1000 or 99.50, of at most 12 digits, without a currency or separators";

    private final Map<Setting, Value> values;

    private Settings(Map<Setting, Value> values) {
        this.values = values;
    }

    /** Puts the three layers on each other; {@code file} is null without a configuration. */
    public static Settings of(Map<Setting, List<String>> flags, ConfigFile file, Map<String, String> environment) {
        Map<Setting, Value> values = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            Optional.ofNullable(flags.get(setting))
                    .map(texts -> new Value(setting, texts, Layer.FLAG, setting.flag(), Path.of("")))
                    .or(() -> Optional.ofNullable(file).flatMap(layer -> layer.value(setting)))
                    .or(() -> ofVariable(setting, environment.get(setting.variable())))
                    .ifPresent(value -> values.put(setting, value));
        }
        return new Settings(values);
    }

    private static Optional<Value> ofVariable(Setting setting, String text) {
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        List<String> texts = setting.form() == Setting.Form.PATHS
                ? PATH.matcher(text)
                        .results()
                        .map(MatchResult::group)
                        .filter(path -> !path.isBlank())
                        .toList()
                : List.of(text);
        return Optional.of(new Value(setting, texts, Layer.VARIABLE, setting.variable(), Path.of("")));
    }

    public Optional<Value> find(Setting setting) {
        return Optional.ofNullable(values.get(setting));
    }

    /** Whether a text is an amount, as {@link Value#amount} reads it. */
    public static boolean isAmount(String text) {
        return AMOUNT.matcher(text).matches();
    }

    /** The words of a setting, separated by commas or given one by one; empty when it is not set. */
    public List<String> words(Setting setting) {
        return find(setting).map(Value::words).orElse(List.of());
    }

    /** The permissions of what is written. */
    public FileMode mode() {
        return find(Setting.MODE)
                .map(value -> FileMode.of(value.text())
                        .orElseThrow(() -> value.expected(
                                "0600, 0604, 0640, 0644, 0660 or 0664: the owner reads "
                                        + "and writes, others never write",
                                "0640")))
                .orElse(FileMode.PRIVATE);
    }

    /** Where a value was given, in descending precedence. */
    enum Layer {
        FLAG,
        FILE,
        VARIABLE
    }

    /**
     * A value as it was written.
     *
     * @param name what messages call it, such as {@code --days} or {@code aiaudit.yaml:7: days}
     * @param folder what relative paths are relative to
     */
    public record Value(Setting setting, List<String> texts, Layer layer, String name, Path folder) {
        public Value {
            texts = List.copyOf(texts);
        }

        static Value of(Setting setting, YamlNode node, Path folder) {
            List<String> texts = node.isList() && setting.takesSeveral() ? node.texts() : List.of(node.text());
            return new Value(setting, texts, Layer.FILE, node.location() + ": " + setting.key(), folder);
        }

        /** Where it was set, for a sentence, such as {@code --days} or {@code days in aiaudit.yaml:7}. */
        public String origin() {
            return layer == Layer.FILE ? setting.key() + " in " + name.replace(": " + setting.key(), "") : name;
        }

        /** The last one, as for any flag that is given again. */
        public String text() {
            return texts.isEmpty() ? "" : texts.get(texts.size() - 1);
        }

        public List<String> words() {
            return texts.stream()
                    .flatMap(text -> Arrays.stream(text.split(",")))
                    .map(String::strip)
                    .filter(word -> !word.isEmpty())
                    .toList();
        }

        public Path path() {
            return path(text());
        }

        public Path path(String text) {
            try {
                return folder.resolve(text);
            } catch (InvalidPathException e) {
                throw new UserError(name + " is \"" + text + "\", which is not a path.", "Give a path.", e);
            }
        }

        /** A whole number from 1 to {@code most}. */
        public int positive(int most) {
            int number = text().matches("[0-9]{1,9}") ? Integer.parseInt(text()) : 0;
            if (number == 0 || number > most) {
                throw expected("a whole number from 1 to " + most, "30");
            }
            return number;
        }

        public BigDecimal amount() {
            if (!isAmount(text())) {
                throw expected(AMOUNTS, "1000");
            }
            return new BigDecimal(text());
        }

        public boolean trueOrFalse() {
            return switch (text()) {
                case "true" -> true;
                case "false" -> false;
                default -> throw expected("true or false", "true");
            };
        }

        /** An error about this value, with an example that is written as this one was. */
        public UserError expected(String what, String example) {
            return new UserError(
                    name + " is \"" + text() + "\", expected " + what + ".", "Write " + written(example) + ".");
        }

        private String written(String example) {
            return switch (layer) {
                case FLAG -> setting.flag() + " " + example;
                case FILE -> setting.key() + ": " + example;
                case VARIABLE -> setting.variable() + "=" + example;
            };
        }
    }
}
