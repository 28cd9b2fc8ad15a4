package io.aiaudit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Needs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Everything that a user reads uses the terms of the field: rules, messages, help and documentation. */
class WordsTest {
    private static final Path PROJECT = Needs.projectFolder();
    private static final int LONGEST_SENTENCE = 25;

    /** In a script, which is no sentence. */
    private static final String SHELL = ">&2";

    /** Words that are not used, each with those to use instead. */
    private static final Map<Pattern, String> FORBIDDEN = new LinkedHashMap<>();

    static {
        forbid("(?:un)?told|tell(?:s|ing)?", "unspecified, show, report, list");
        forbid("strand(?:s|ed|ing)?", "leave unused");
        forbid("of order", "governance finding, no saving claimed");
        forbid("stand(?:s|ing)? up for", "supported by the evidence");
        forbid("stand-alone", "gross saving");
        forbid("both cannot be had", "can't be added together");
        forbid("in no (?:sum|total)", "excluded from totals");
        forbid(
                "(?:is|are|be|as|only|then|what) freed|frees|freed (?:commitments?|amounts?)",
                "leaves the commitment unused");
        forbid("about order", "governance finding");
        forbid("nobody said", "unspecified");
        forbid("no cash", "not realized until the commitment expires");
        forbid("(?<!decimal )(?<!in )(?<!@)places?", "account, region, subscription, project");
        forbid(
                "(?<!virtual )(?<!this )(?<!your )machines?"
                        + "(?![- _](?:types?|famil\\w+|learning|images?|readable|sizes?)\\b|[-_/])",
                "instance");
        forbid("What (?:we|there is|it does)", "a heading that names the content");
        forbid("may it", "a question that the user can answer");
        forbid("and others", "a count");
        forbid("live[sd](?! (?:sources?|scans?|data|prices?))|its life", "run hours, lifetime");
        forbid("ask(?:s|ed|ing)?(?!:)", "request, query, need approval");
        forbid("nobody (?:says|tells|knows|gave|answered|measured)", "unknown, unspecified, without data");
        forbid("dear(?:er|est)", "more expensive");
        forbid("by the (?:piece|token)", "per token");
        forbid("did no work", "idle");
        forbid("ways? back", "to undo this");
        forbid("(?:[Rr]esources?|[Cc]ost|[Ww]hy) not examined", "not assessed");
        forbid("days? of life|an? life (?:under|below|of)|shorter life", "lifetime, existed for");
        forbid("nobody recorded|those who are watched", "not recorded, users");
        forbid("no waste found by", "5 rules found no waste");
    }

    /** Data and code in strings of Java. */
    private static final Pattern CODE = Pattern.compile(
            "\\b(?:SELECT|FROM|INTEGER|WHERE|JOIN|INSERT|CREATE|WITH|CASE|UPDATE|ALTER|GROUP BY|lambda)\\b");

    private static final Pattern JAVA_TEXT = Pattern.compile(
            "//[^\n]*|/\\*.*?\\*/|'(?:\\\\.|[^'\\\\])'|\"\"\"(.*?)\"\"\"|\"((?:\\\\.|[^\"\\\\\n])*+)\"",
            Pattern.DOTALL);

    private static final Pattern SQL_TEXT = Pattern.compile("--[^\n]*|'((?:[^']|'')*+)'");

    /** Texts of the outcome of a rule, which a case repeats. */
    private static final Pattern YAML_TEXT = Pattern.compile("\\{[^{}]*\\}");

    private static final Pattern MARKDOWN_CODE = Pattern.compile("`[^`]*`");

    /** Words that name nothing, in code and cases: a response, a reported or an unclassified value have these names. */
    private static final String NOT_A_NAME = "(?:un)?told|tells|said|(?:un)?asked|stands|speaks|heard";

    private static final Pattern NOT_IN_CASES =
            Pattern.compile("\\b(?:" + NOT_A_NAME + "|nobody (?:says|tells|knows|gave|answered|measured|counted))\\b");

    /** Words that explain nothing in a comment either; the list above is for texts of users. */
    private static final Pattern NOT_IN_CODE = Pattern.compile("\\b(?:" + NOT_A_NAME
            + "|tell|telling|asking|speak|live[sd]|strand(?:s|ed|ing)?|dear(?:er|est)"
            + "|(?<!decimal )(?<!in )places?|nobody (?:says|tells|knows|gave|answered|measured)"
            + "|stand up for|both cannot be had|in no (?:sum|total)|no cash|by the piece|did no work)\\b");

    /** Names of contracts that hold such a word: a class of spend, a key of JSON, a column of a saved scan. */
    private static final Pattern CONTRACTS = Pattern.compile(
            "UNTOLD|untoldCost|'untold'|untold_cost|told_rows|" + "bits_are_told|stranded(?:Cost|Share|_cost|_share)");

    private static void forbid(String words, String instead) {
        FORBIDDEN.put(Pattern.compile("(?<![\\w`/.:-])(?:" + words + ")\\b", Pattern.CASE_INSENSITIVE), instead);
    }

    /** What the program prints from files of its own; of the demo's configuration users read the comments as well. */
    private static final List<String> TEXTS =
            List.of("scan/exports.yaml", "report/section/patterns.yaml", "analysis/checklist.yaml", "cli/init.yaml");

    private static List<String> withComments(String yaml) {
        return yaml.lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceAll("`[^`]*`", "`"))
                .toList();
    }

    @Test
    void rules_are_written_in_the_terms_of_the_field() throws IOException {
        assertThat(found("rules", "rule.yaml", WordsTest::ofYaml)).isEmpty();
        assertThat(found("rules", "rule.sql", WordsTest::ofSql)).isEmpty();
        assertThat(found("rules", "README.md", WordsTest::ofMarkdown)).isEmpty();
    }

    @Test
    void messages_reports_and_help_are_written_in_the_terms_of_the_field() throws IOException {
        assertThat(found("src/main/java", ".java", WordsTest::ofJava)).isEmpty();
        assertThat(found("reports/templates", ".html", WordsTest::ofTemplate)).isEmpty();
        assertThat(found("src/main/resources/io/aiaudit/store/dialects", ".sql", WordsTest::ofSql))
                .isEmpty();
        for (String file : TEXTS) {
            assertThat(found("src/main/resources/io/aiaudit/" + file, ".yaml", WordsTest::ofYaml))
                    .isEmpty();
        }
        assertThat(found("src/main/resources/io/aiaudit/collect/demo/aiaudit.yaml", ".yaml", WordsTest::withComments))
                .isEmpty();
    }

    @Test
    void names_and_comments_of_the_code_use_the_terms_of_the_field() throws IOException {
        assertThat(inCode("src/main/java", ".java", JAVA_TEXT, NOT_IN_CODE)).isEmpty();
        assertThat(inCode("src/main/resources", ".sql", SQL_TEXT, NOT_IN_CODE)).isEmpty();
        assertThat(inCode("rules", "rule.sql", SQL_TEXT, NOT_IN_CODE)).isEmpty();
        assertThat(inCode("src/test/java", ".java", JAVA_TEXT, NOT_IN_CODE)).isEmpty();
        assertThat(inCode("rules", "tests.yaml", YAML_TEXT, NOT_IN_CASES)).isEmpty();
        assertThat(inCode("rules", "README.md", MARKDOWN_CODE, NOT_IN_CASES)).isEmpty();
    }

    private static List<String> inCode(String folder, String ending, Pattern text, Pattern words) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files(folder, ending)) {
            found.addAll(inCode(file, text, words));
        }
        return found;
    }

    /** Words of names and comments; literals are texts for users and have a test of their own. */
    private static List<String> inCode(Path file, Pattern text, Pattern forbidden) throws IOException {
        String code = CONTRACTS.matcher(Files.readString(file)).replaceAll("");
        String names = text.matcher(code)
                .replaceAll(match ->
                        match.group().matches("(?s)(?:/[/*]|--).*") ? Matcher.quoteReplacement(match.group()) : " ");
        String words = names.replaceAll("(?<=[a-z0-9])(?=[A-Z])|_", " ").toLowerCase(Locale.ROOT);
        return forbidden
                .matcher(words)
                .results()
                .map(match -> PROJECT.relativize(file) + ": \"" + match.group() + "\"")
                .toList();
    }

    @Test
    void the_documentation_is_written_in_the_terms_of_the_field() throws IOException {
        List<String> found = new ArrayList<>(words(PROJECT.resolve("README.md"), WordsTest::ofMarkdown));
        try (Stream<Path> pages = Files.list(PROJECT.resolve("docs"))) {
            pages.filter(page -> page.toString().endsWith(".md"))
                    .sorted()
                    .forEach(page -> found.addAll(words(page, WordsTest::ofMarkdown)));
        }
        assertThat(found).isEmpty();
    }

    @Test
    void a_reason_is_one_or_two_sentences_of_at_most_25_words() throws IOException {
        List<String> longOnes = new ArrayList<>();
        for (Path rule : files("rules", "rule.sql")) {
            for (String text : ofSql(Files.readString(rule))) {
                for (String sentence : text.split("(?<=[.;]) ", -1)) {
                    if (sentence.strip().split("\\s+", -1).length > LONGEST_SENTENCE) {
                        longOnes.add(PROJECT.relativize(rule) + ": " + sentence);
                    }
                }
            }
        }
        assertThat(longOnes).isEmpty();
    }

    @Test
    void a_sentence_of_a_report_has_at_most_25_words() throws IOException {
        List<String> longOnes = new ArrayList<>();
        for (Path file : files("src/main/java/io/aiaudit/report", ".java")) {
            String joined = Files.readString(file).replaceAll("\"\\s*\\n\\s*\\+\\s*\"", "");
            ofJava(joined).stream()
                    .filter(text -> !text.contains(SHELL))
                    .forEach(text -> longOnes.addAll(longSentences(file, text)));
        }
        for (Path page : files("reports/templates", ".html")) {
            String words = Files.readString(page)
                    .replaceAll("(?s)\\{%.*?%\\}", "")
                    .replaceAll("\\{\\{.*?\\}\\}", "1")
                    .replaceAll("</?(?:a|b|code|em|strong)\\b[^>]*>|<span class=\"(?:part|comma)\"[^>]*>", "");
            Stream.of(words.split("<[^>]*>")).forEach(text -> longOnes.addAll(longSentences(page, text)));
        }
        assertThat(longOnes).isEmpty();
    }

    private static List<String> longSentences(Path file, String text) {
        return Stream.of(text.split("(?<=[.?!])\\s"))
                .filter(sentence -> sentence.strip().split("\\s+", -1).length > LONGEST_SENTENCE)
                .map(sentence -> PROJECT.relativize(file) + ": " + sentence)
                .toList();
    }

    private static List<String> found(String folder, String ending, Function<String, List<String>> texts)
            throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files(folder, ending)) {
            found.addAll(words(file, texts));
        }
        return found;
    }

    private static List<Path> files(String folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(PROJECT.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> words(Path file, Function<String, List<String>> texts) {
        List<String> found = new ArrayList<>();
        try {
            for (String text : texts.apply(Files.readString(file))) {
                FORBIDDEN.forEach((words, instead) -> words.matcher(text)
                        .results()
                        .map(MatchResult::group)
                        .forEach(word -> found.add(PROJECT.relativize(file) + ": \"" + word + "\" in \"" + text.strip()
                                + "\"; say: " + instead)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** Without tags and what the template engine reads. */
    private static List<String> ofTemplate(String page) {
        return List.of(page.replaceAll("(?s)\\{[{%#].*?[}%#]}|<[^>]*>", " "));
    }

    /** Without keys of the contract, comments, commands and addresses. */
    private static List<String> ofYaml(String yaml) {
        return yaml.lines()
                .filter(line -> !line.matches("\\s*(?:id|asks|told|[a-z_]+: \\[[a-z_, -]+\\]|- https?):.*"))
                .map(line -> line.contains("- \"#") ? line : line.replaceFirst("(?:^|\\s)#\\s.*$", ""))
                .map(line -> line.replaceAll("https?://\\S+", ""))
                .toList();
    }

    /** Without code, examples and the targets of links. Names of columns and keys stand in backticks. */
    private static List<String> ofMarkdown(String page) {
        boolean[] fenced = {false};
        return page.lines()
                .filter(line -> {
                    fenced[0] ^= line.strip().startsWith("```");
                    return !fenced[0] && !line.startsWith("    ") && !line.contains("| proof |");
                })
                .map(line -> line.replaceAll("`[^`]*`", "`").replaceAll("\\]\\([^)]*\\)", "]"))
                .toList();
    }

    /** A text that goes on in the next line is one. */
    private static List<String> ofSql(String code) {
        return texts(SQL_TEXT, code.replaceAll("(?<=[^,(])'\\s*\n\\s*\\|\\| '", ""));
    }

    private static List<String> ofJava(String code) {
        return texts(JAVA_TEXT, code).stream()
                .filter(text -> text.contains(" ") && !CODE.matcher(text).find())
                .toList();
    }

    private static List<String> texts(Pattern literal, String code) {
        List<String> texts = new ArrayList<>();
        Matcher matcher = literal.matcher(code);
        while (matcher.find()) {
            for (int group = 1; group <= matcher.groupCount(); group++) {
                if (matcher.group(group) != null && matcher.group(group).contains(" ")) {
                    texts.add(matcher.group(group));
                }
            }
        }
        return texts;
    }
}
