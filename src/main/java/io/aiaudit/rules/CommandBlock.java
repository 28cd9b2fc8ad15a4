package io.aiaudit.rules;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The commands of one finding on one resource. Their variables and files have the block's own names: a value or a file
 * of the block that was pasted before must not be taken for this one's. A line with empty quotes is left for each
 * value.
 */
public final class CommandBlock {
    private static final int HEX_DIGITS = 8;
    private static final Pattern USED = Pattern.compile("\\$\\{([A-Z_]+):\\?}");
    private static final Pattern ASSIGNED = Pattern.compile("^([A-Z_]+)=");
    private static final String COMMENT = "#";

    private final String mark;

    public CommandBlock(String rule, String resourceId) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((rule + "\n" + resourceId).getBytes(StandardCharsets.UTF_8));
            this.mark = HexFormat.of().formatHex(digest).substring(0, HEX_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** {@code name} as a variable of this block alone. */
    public String variable(String name) {
        return name + "_" + mark;
    }

    /**
     * {@code name} as the name of a file of this block alone, without colons, which Windows refuses; null where there
     * is no name.
     */
    String fileName(String name) {
        return name == null ? null : name.replace(':', '-') + "-" + mark;
    }

    /** Lines of rule.yaml, before they are filled: a resource may be called like a variable. */
    List<String> withOwnVariables(List<String> lines) {
        Set<String> names = lines.stream()
                .filter(line -> !line.startsWith(COMMENT))
                .flatMap(line -> List.of(USED, ASSIGNED).stream()
                        .flatMap(pattern -> pattern.matcher(line).results()))
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (names.isEmpty()) {
            return lines;
        }
        String name = "(" + String.join("|", names) + ")";
        Pattern inCommand = Pattern.compile("(?<=\\$\\{)" + name + "(?=:\\?})|^" + name + "(?==)");
        Pattern inComment = Pattern.compile("(?<![\\w-])" + name + "(?![\\w-])");
        return lines.stream()
                .map(line -> (line.startsWith(COMMENT) ? inComment : inCommand).matcher(line))
                .map(matcher -> matcher.replaceAll(match -> Matcher.quoteReplacement(variable(match.group()))))
                .toList();
    }

    /** Filled lines with one before each command for the values that it is the first to need. */
    List<String> withValuesToFillIn(List<String> lines) {
        Pattern own = Pattern.compile("\\$\\{([A-Z_]+_" + mark + "):\\?}");
        Set<String> known = lines.stream()
                .map(line -> Pattern.compile("^([A-Z_]+_" + mark + ")=").matcher(line))
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        List<String> all = new ArrayList<>();
        for (String line : lines) {
            if (!line.startsWith(COMMENT)) {
                String missing = own.matcher(line)
                        .results()
                        .map((MatchResult match) -> match.group(1))
                        .filter(known::add)
                        .map(variable -> variable + "=''")
                        .collect(Collectors.joining(" "));
                if (!missing.isEmpty()) {
                    all.add(missing);
                }
            }
            all.add(line);
        }
        return all;
    }
}
