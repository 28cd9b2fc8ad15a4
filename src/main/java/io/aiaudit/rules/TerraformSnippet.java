package io.aiaudit.rules;

import io.aiaudit.model.DidYouMean;
import io.aiaudit.model.YamlNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills a snippet of Terraform with a resource's own values: {@code {name}} becomes a quoted string of HCL, {@code
 * {number:column}} the number that the rule returned. Names come from clouds and files and are hostile: a quote, a line
 * break or the beginning of a template of HCL in one stays a part of the name. A snippet with a value that is not known
 * is left out.
 */
final class TerraformSnippet {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(number:)?([a-z][a-z0-9_]*)}");

    private TerraformSnippet() {}

    /** Refuses a snippet of rule.yaml with an unknown placeholder. */
    static void check(YamlNode snippet) {
        Matcher matcher = PLACEHOLDER.matcher(snippet.text());
        while (matcher.find()) {
            if (matcher.group(1) == null && !ResourceCommand.PLACEHOLDERS.contains(matcher.group(2))) {
                throw snippet.error(
                        "unknown placeholder {" + matcher.group(2) + "}.",
                        DidYouMean.sentence(matcher.group(2), ResourceCommand.PLACEHOLDERS));
            }
        }
    }

    /** The lines of the first snippet whose values are all known; empty when there is none. */
    static List<String> first(List<String> snippets, Map<String, String> values, Map<String, Object> row) {
        return snippets.stream()
                .flatMap(snippet -> fill(snippet, values, row).stream())
                .findFirst()
                .map(filled -> filled.strip().lines().toList())
                .orElse(List.of());
    }

    private static Optional<String> fill(String snippet, Map<String, String> values, Map<String, Object> row) {
        Matcher matcher = PLACEHOLDER.matcher(snippet);
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            Optional<String> value = matcher.group(1) == null
                    ? Optional.ofNullable(values.get(matcher.group(2)))
                            .filter(text -> !text.isEmpty())
                            .map(TerraformSnippet::quote)
                    : number(row.get(matcher.group(2)));
            if (value.isEmpty()) {
                return Optional.empty();
            }
            matcher.appendReplacement(filled, Matcher.quoteReplacement(value.get()));
        }
        return Optional.of(matcher.appendTail(filled).toString());
    }

    /** Digits for a number that a rule returned; empty for anything else. */
    static Optional<String> number(Object value) {
        boolean isNumber = value instanceof Number number && Double.isFinite(number.doubleValue());
        return isNumber
                ? Optional.of(
                        new BigDecimal(value.toString()).stripTrailingZeros().toPlainString())
                : Optional.empty();
    }

    /**
     * A string of HCL. What starts a template is doubled, as its language has it; what would act on a screen, or cannot
     * be seen, is written as its number.
     */
    static String quote(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        int[] characters = value.codePoints().toArray();
        for (int index = 0; index < characters.length; index++) {
            int character = characters[index];
            boolean opens = index + 1 < characters.length && characters[index + 1] == '{';
            boolean again = index > 0 && characters[index - 1] == character;
            switch (character) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                case '$', '%' -> quoted.append(sign(character, opens, again));
                default -> append(quoted, character);
            }
        }
        return quoted.append('"').toString();
    }

    /**
     * Doubled where it would start a template; after a sign like itself as its number, since three in a row can be read
     * two ways.
     */
    private static String sign(int character, boolean opens, boolean again) {
        String sign = Character.toString(character);
        if (!opens) {
            return sign;
        }
        return again ? String.format(Locale.ROOT, "\\u%04x", character) : sign + sign;
    }

    private static void append(StringBuilder quoted, int character) {
        boolean hidden = switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
        if (Character.getType(character) == Character.SURROGATE) {
            quoted.append('\ufffd'); // half a character: no string of HCL can hold it
        } else if (hidden) {
            quoted.append(String.format(Locale.ROOT, character > 0xffff ? "\\U%08x" : "\\u%04x", character));
        } else {
            quoted.appendCodePoint(character);
        }
    }
}
