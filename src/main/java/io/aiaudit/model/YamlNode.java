package io.aiaudit.model;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A value in a YAML file that knows its position, so that whatever is wrong with it is reported with file, line and
 * key. Made by {@link YamlReader}; immutable. A key without a value counts as absent.
 */
public final class YamlNode {
    private static final String NUMBER = "Write a number with a point and without quotes, such as 0.9.";
    /** With its zeros: 1e999999999 is short, and sums with it fill the memory. */
    private static final int MOST_DIGITS = 40;

    private static final Set<String> YES = Set.of("true", "yes", "on");

    enum Kind {
        NULL("nothing"),
        TEXT("text"),
        WHOLE_NUMBER("a whole number"),
        NUMBER("a number"),
        YES_OR_NO("true or false"),
        LIST("a list"),
        MAP("keys with values");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    private final String file;
    private final int line;
    private final String path;
    private final Kind kind;
    private final String text;
    private final List<YamlNode> items;
    private final Map<String, YamlNode> entries;

    private YamlNode(Location location, Kind kind, String text, List<YamlNode> items, Map<String, YamlNode> entries) {
        this.file = location.file();
        this.line = location.line();
        this.path = location.path();
        this.kind = kind;
        this.text = text;
        this.items = items;
        this.entries = entries;
    }

    /**
     * The position of a value: the file as the user named it, the line from 1, and the keys that lead to it, empty at
     * the top.
     */
    record Location(String file, int line, String path) {}

    static YamlNode scalar(Location location, Kind kind, String text) {
        return new YamlNode(location, kind, text, List.of(), Map.of());
    }

    static YamlNode list(Location location, List<YamlNode> items) {
        return new YamlNode(location, Kind.LIST, null, List.copyOf(items), Map.of());
    }

    static YamlNode map(Location location, Map<String, YamlNode> entries) {
        return new YamlNode(
                location, Kind.MAP, null, List.of(), Collections.unmodifiableMap(new LinkedHashMap<>(entries)));
    }

    public String file() {
        return file;
    }

    public int line() {
        return line;
    }

    /** Such as {@code aiaudit.yaml:12}. */
    public String location() {
        return file + ":" + line;
    }

    /** The keys that lead here, such as {@code policy[1].match.tag}; empty for the whole file. */
    public String path() {
        return path;
    }

    public boolean isAbsent() {
        return kind == Kind.NULL;
    }

    public boolean isText() {
        return kind == Kind.TEXT;
    }

    /** True for whole numbers as well. */
    public boolean isNumber() {
        return kind == Kind.NUMBER || kind == Kind.WHOLE_NUMBER;
    }

    public boolean isYesOrNo() {
        return kind == Kind.YES_OR_NO;
    }

    public boolean isList() {
        return kind == Kind.LIST;
    }

    public boolean isMap() {
        return kind == Kind.MAP;
    }

    /** A text, or another single value as it is written: {@code 012345678901} keeps its zero, {@code yes} is "yes". */
    public String text() {
        if (text == null) {
            throw expected("text", "Write one value, in quotes if it holds a colon or a hash.");
        }
        return text;
    }

    public long wholeNumber() {
        if (kind != Kind.WHOLE_NUMBER) {
            throw expected("a whole number", "Write digits only, without quotes, such as 14.");
        }
        try {
            return new BigDecimal(plainDigits()).longValueExact();
        } catch (ArithmeticException e) {
            throw error(
                    "expected a whole number below 9223372036854775808, found " + text + ".",
                    "Write a smaller number.");
        }
    }

    /** Exact, as written: fit for money. */
    public BigDecimal number() {
        if (!isNumber()) {
            throw expected("a number", NUMBER);
        }
        try {
            BigDecimal number = new BigDecimal(plainDigits());
            if (number.precision() > MOST_DIGITS || Math.abs((long) number.scale()) > MOST_DIGITS) {
                throw error("expected a number of at most " + MOST_DIGITS + " digits, found another one.", NUMBER);
            }
            return number;
        } catch (NumberFormatException e) {
            throw expected("a number", NUMBER);
        }
    }

    /** True for true, yes and on. */
    public boolean yesOrNo() {
        if (kind != Kind.YES_OR_NO) {
            throw expected("true or false", "Write true or false, without quotes.");
        }
        return YES.contains(text.toLowerCase(Locale.ROOT));
    }

    /** The constant of {@code type} that is named here by its key. */
    public <E extends Enum<E> & Keyed> E oneOf(Class<E> type) {
        String word = text();
        return Keyed.find(type, word)
                .orElseThrow(() -> error(
                        "expected one of " + String.join(", ", Keyed.keys(type)) + ", found \"" + word + "\".",
                        DidYouMean.sentence(word, Keyed.keys(type))));
    }

    /** The elements of a list; empty when absent. */
    public List<YamlNode> items() {
        if (kind != Kind.LIST && kind != Kind.NULL) {
            throw expected("a list", "Write the values in brackets, such as [a, b], or one a line after a hyphen.");
        }
        return items;
    }

    /** The elements of a list of texts; empty when absent. */
    public List<String> texts() {
        return items().stream().map(YamlNode::text).toList();
    }

    /** The keys and values in the order of the file; empty when absent. */
    public Map<String, YamlNode> entries() {
        if (kind != Kind.MAP && kind != Kind.NULL) {
            throw expected("keys with values", "Write lines of the form key: value, indented below this key.");
        }
        return entries;
    }

    /** The value of a key of this map, if it has one. */
    public Optional<YamlNode> get(String key) {
        return Optional.ofNullable(entries().get(key)).filter(value -> !value.isAbsent());
    }

    /** The value of a key that this map must have. */
    public YamlNode need(String key) {
        return get(key).orElseThrow(
                        () -> error("the key \"" + key + "\" is missing.", "Add a line " + key + ": and its value."));
    }

    /** Refuses keys of this map that are not {@code allowed}; returns itself. */
    public YamlNode unknownKeysAgainst(Collection<String> allowed) {
        entries().forEach((key, value) -> {
            if (!allowed.contains(key)) {
                throw new UserError(
                        value.location() + ": " + (path.isEmpty() ? "" : path + ": ") + "unknown key \"" + key + "\".",
                        DidYouMean.sentence(key, allowed));
            }
        });
        return this;
    }

    /** The value as String, Long, BigDecimal, Boolean, List, Map or null. */
    public Object value() {
        return switch (kind) {
            case NULL -> null;
            case TEXT -> text;
            case WHOLE_NUMBER -> wholeNumber();
            case NUMBER -> number();
            case YES_OR_NO -> yesOrNo();
            case LIST -> items.stream().map(YamlNode::value).collect(Collectors.toCollection(ArrayList::new));
            case MAP -> {
                Map<String, Object> copy = new LinkedHashMap<>();
                entries.forEach((key, value) -> copy.put(key, value.value()));
                yield copy;
            }
        };
    }

    /** An error about this value: {@code file:line: key: problem}. */
    public UserError error(String problem, String fix) {
        return new UserError(location() + ": " + (path.isEmpty() ? "" : path + ": ") + problem, fix);
    }

    private UserError expected(String what, String fix) {
        String found = text == null ? kind.words : kind == Kind.TEXT ? "\"" + text + "\"" : text;
        return error("expected " + what + ", found " + found + ".", fix);
    }

    private String plainDigits() {
        return text.replace("_", "");
    }
}
