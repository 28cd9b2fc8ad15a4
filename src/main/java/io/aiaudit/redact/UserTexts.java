package io.aiaudit.redact;

import io.aiaudit.model.UserText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where texts of ours have a text of the user in them: reasons, owners and conditions of aiaudit.yaml, what an error
 * quotes, paths. Ordinary words are names there, too ("Mark May agreed"), so none of them may stay.
 */
final class UserTexts {
    /** As an entry of {@code ignore} and {@code verified} is quoted: the reason, the line, who and until when. */
    private static final String ENTRY = "(?<text>.+?) \\((?<file>[^()\\n]+?):[0-9]+(?:, owner (?<name>.+?))?"
            + "(?:, until [0-9]{4}-[0-9]{2}-[0-9]{2})?\\)";

    private static final Pattern ACCEPTED =
            Pattern.compile("(?s)(?:[a-z0-9-]+ has the same effect and is ignored: )?" + ENTRY);

    private static final List<Pattern> IN_SENTENCES = List.of(
            Pattern.compile("(?s)Checked by hand: " + ENTRY.replace(".+?) \\(", ".+) \\(") + "(?=\\.)"),
            Pattern.compile("(?s)the (?:ignore|verified) entry \"(?<text>.+)\" (?:matches no|names the rule|ended on)"),
            Pattern.compile("(?:^|[(]|, )(?<file>[^,;()\\n:]+\\.ya?ml)(?=:[0-9])"),
            Pattern.compile("[(](?:tag|resource_id|resource|account) (?<text>[^\\n]+?)[)]"
                    + "(?=$|[.,;:]| has| matches| depends)"));

    private static final String FILE = "\\.(?:csv|parquet|json|jsonl|tsv|txt|ya?ml|xlsx|zip|aiaudit|key)(?:\\.gz)?";

    /** What aiaudit and the clouds call a column or a setting. */
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z]+(?:_[a-z_]+|[a-z][A-Z][A-Za-z]*)");

    private static final List<Pattern> IN_ERRORS = List.of(
            Pattern.compile("(?:^|, |filtered by |the filter )"
                    + "(?:owner|environment|account|resource|workload|tag[.][^=]+?)"
                    + "!?=(?<text>[^,:]+?)(?=$|, |: [0-9]| matches no)"),
            Pattern.compile("\"(?<text>[^\"\\n]+)\""),
            Pattern.compile("[\u201c\u201d\u201e\u00ab](?<text>[^\u201c\u201d\u00bb\\n]+)[\u201c\u201d\u00bb]"),
            // no apostrophe: the cloud's words, its users' words
            Pattern.compile("(?<![\\p{L}\\p{N}])['\u2018](?<text>[^'\u2018\u2019\\n]+)['\u2019](?![\\p{L}\\p{N}])"),
            Pattern.compile("^(?<file>[^\"\\n:;]+?" + FILE + ")(?= record [0-9]|:| line [0-9]|$)"),
            Pattern.compile("(?:^|: )(?<file>[^\"`\\n:;]+?" + FILE
                    + ")(?= is (?:empty|not )| has no rows| cannot be |, which )"),
            Pattern.compile("(?<![\\p{L}\\p{N}_}/.:*$-])(?<file>(?:~|[A-Za-z]:)?[/\\\\](?!/|subscriptions/|providers/)"
                    + "(?:[^\"\\n:;]*?" + FILE + "\\b|[^\\s\"',;:]*))"));

    private static final String QUOTES = "\"'\u201c\u201d\u201e\u00ab\u2018";

    private static final Pattern SCALAR = Pattern.compile(
            "(?:\"(?<quoted>(?:[^\"\\\\]++|\\\\.)*+)\"|(?<plain>[A-Za-z_][A-Za-z0-9_-]*))(?<key>:(?=\\s|$))?");

    /** Keys of aiaudit.yaml whose values are ours or the cloud's; those of all other keys are the user's. */
    private static final Set<String> OURS = Set.of(("interruption latency quality residency commitment allowed_regions"
                    + " latency_target_ms standby checkpointed quality_tolerance timezone excluded_periods rule until"
                    + " provider currency skip only")
            .split(" "));

    /** No value of ours has a space in it: a rule that does is one that does not exist. */
    private static final Pattern ONE_WORD = Pattern.compile("\\S+");

    private static final Set<String> CONSTANTS = Set.of("true", "false", "null", "yes", "no");

    private UserTexts() {}

    /**
     * A part of a text that is replaced whole.
     *
     * @param isName of a person or a team, which may stand in other texts, too
     */
    record Span(int start, int end, boolean isFile, boolean isName) {
        String of(String text) {
            return text.substring(start, end);
        }

        /** Whether it is what a column, a setting or a metric may be called by. */
        boolean isIdentifier(String text) {
            return IDENTIFIER.matcher(of(text)).matches();
        }

        /** Whether quotes are around it. */
        boolean isQuoted(String text) {
            return !isFile && start > 0 && QUOTES.indexOf(text.charAt(start - 1)) >= 0;
        }

        Span from(int later) {
            return new Span(later, end, isFile, isName);
        }
    }

    /** Where sentences of aiaudit have a text of aiaudit.yaml that the audit lists. */
    static Pattern quoted(UserText quoted) {
        String text = quoted.text();
        return switch (quoted.part()) {
            case CONDITION -> between("(?<=[(] ?|, )" + key(text, " "), "text", value(text, " "), "(?=[),])");
            case VALUE -> between("(?<=: )" + key(text, ": "), "text", value(text, ": "), "(?= [(])");
            case REASON ->
                between("(?:^|(?<=Checked by hand: |is ignored: | entry \"))", "text", text, "(?= [(]|\" [a-z])");
            case OWNER -> between("(?<=, owner )", "name", text, "(?=[,)])");
            case RULE -> between("(?<= names the rule \")", "text", text, "(?=\")");
            case FILE -> between("(?:^|(?<=[ (]))", "file", text, "(?=:[0-9])");
        };
    }

    private static Pattern between(String before, String group, String text, String after) {
        return Pattern.compile(before + "(?<" + group + ">" + Pattern.quote(text) + ")" + after);
    }

    private static String key(String text, String separator) {
        return Pattern.quote(
                text.substring(0, text.length() - value(text, separator).length()));
    }

    /** The user's part of a condition or a value: its key is ours. */
    static String value(String text, String separator) {
        int key = text.indexOf(separator);
        return key < 0 ? text : text.substring(key + separator.length());
    }

    /**
     * In any sentence.
     *
     * @param quoted what {@link #quoted} makes of what the audit lists
     */
    static List<Span> of(String text, List<Pattern> quoted) {
        List<Pattern> all = new ArrayList<>(quoted);
        all.addAll(IN_SENTENCES);
        return found(all, text, span -> true);
    }

    /** In the reason of an accepted finding. One that is of another form is the user's as a whole. */
    static List<Span> ofAccepted(String text) {
        Matcher entry = ACCEPTED.matcher(text);
        if (!entry.matches()) {
            return List.of(new Span(0, text.length(), false, false));
        }
        List<Span> spans = new ArrayList<>();
        add(entry, spans);
        return spans;
    }

    /**
     * In what was wrong somewhere, or where that was.
     *
     * @param isOfUser whether what looks like a file is one of the user's and no sentence of ours that names a file, or
     *     what is quoted is no public word
     */
    static List<Span> ofError(String text, List<Pattern> quoted, Predicate<Span> isOfUser) {
        List<Pattern> all = new ArrayList<>(quoted);
        all.addAll(IN_SENTENCES);
        all.addAll(IN_ERRORS);
        return found(all, text, isOfUser);
    }

    private static List<Span> found(List<Pattern> patterns, String text, Predicate<Span> isOfUser) {
        List<Span> spans = new ArrayList<>();
        for (Pattern pattern : patterns) {
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                add(matcher, spans);
            }
        }
        spans.removeIf(span -> !isOfUser.test(span));
        return apart(spans);
    }

    private static void add(Matcher matcher, List<Span> spans) {
        for (String group : List.of("text", "file", "name")) {
            if (matcher.pattern().pattern().contains("(?<" + group + ">") && matcher.group(group) != null) {
                spans.add(
                        new Span(matcher.start(group), matcher.end(group), group.equals("file"), group.equals("name")));
            }
        }
    }

    /** Of those that overlap only the one that begins first, the longest of them. */
    private static List<Span> apart(List<Span> spans) {
        List<Span> apart = new ArrayList<>();
        int end = 0;
        spans.sort(Comparator.comparing(Span::start).thenComparing(Span::end, Comparator.reverseOrder()));
        for (Span span : spans) {
            if (span.start >= end && span.start < span.end) {
                apart.add(span);
                end = span.end;
            }
        }
        return apart;
    }

    /** The values in a part of aiaudit.yaml, as a saved scan has it, that are the user's. */
    static List<Span> ofYaml(String text) {
        List<Span> spans = new ArrayList<>();
        Matcher scalar = SCALAR.matcher(text);
        String key = "";
        int from = text.startsWith("#") ? Math.max(0, text.indexOf('\n')) : 0;
        while (scalar.find(from)) {
            from = scalar.end();
            String group = scalar.group("plain") == null ? "quoted" : "plain";
            boolean isKey = scalar.group("key") != null;
            boolean isQuoted = group.equals("quoted");
            key = isKey ? scalar.group(group) : key;
            boolean isOurs = isKey
                    ? !isQuoted
                    : (OURS.contains(key)
                                    && ONE_WORD.matcher(scalar.group(group)).matches())
                            || isConstant(scalar.group(group), isQuoted);
            if (!isOurs) {
                spans.add(new Span(scalar.start(group), scalar.end(group), false, key.equals("owner")));
            }
        }
        return spans;
    }

    private static boolean isConstant(String scalar, boolean isQuoted) {
        return !KnownWords.WORD.matcher(scalar).find()
                || KnownWords.isAmount(scalar)
                || (!isQuoted && CONSTANTS.contains(scalar));
    }
}
