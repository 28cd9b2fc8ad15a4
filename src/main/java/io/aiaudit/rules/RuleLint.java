package io.aiaudit.rules;

import io.aiaudit.model.Lever;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What every built-in rule keeps to beyond being valid, and what authors of their own rules are reminded of. */
public final class RuleLint {
    static final List<String> HEADINGS = List.of("Why it costs", "How it is found", "Fix", "When it is wrong");
    private static final int LONGEST_TITLE = 150;
    private static final Set<String> CLOUDS = Set.of("aws", "amazon", "azure", "microsoft", "gcp", "google");

    /** A value of a tag or an attribute beside one spelling of yes or no, through lower, trim or coalesce or not. */
    private static final Pattern ONE_SPELLING =
            Pattern.compile("(yes_or_no\\()?\\b(?:[a-z]+\\.)?(?:attributes|tags)\\['([a-z_]+)'\\](?:, '[a-z]*')?\\)*"
                    + " (?:=|<>|IN|NOT IN|IS (?:NOT )?DISTINCT FROM)"
                    + " \\(?'(?:yes|no|true|false|on|off|enabled|disabled|none)'");

    /** A value of a tag or an attribute, with the macro that reads it, if any. */
    private static final Pattern READ = Pattern.compile(
            "(?:\\b([a-z_]+)\\()?\\b(?:[a-z]+\\.)?(attribute|tag)s\\['([a-z_0-9]+)'\\](?: AS ([a-z_0-9]+)\\b)?");

    /** They read a value in any spelling; {@code stated_} begins the names of others. */
    private static final Set<String> READERS =
            Set.of("yes_or_no", "is_fixed_size", "is_no_share", "word_or_unknown", "may_name", "states_checkpoints");

    private final Rule rule;
    private final List<String> remarks = new ArrayList<>();

    private RuleLint(Rule rule) {
        this.rule = rule;
    }

    /** One sentence for each thing to improve; empty for a good rule. */
    public static List<String> check(Rule rule) {
        RuleLint lint = new RuleLint(rule);
        lint.names();
        lint.headings();
        lint.likely();
        lint.spellings();
        lint.readers();
        lint.cases(TestCase.read(rule).cases());
        return lint.remarks;
    }

    private void names() {
        List<String> clouds = clouds(rule.id());
        remark(
                !clouds.isEmpty(),
                "rule.yaml: the id names a cloud (" + String.join(", ", clouds)
                        + "); a rule is about a kind of resource.");
        remark(
                rule.title().length() > LONGEST_TITLE,
                "rule.yaml: the title is longer than " + LONGEST_TITLE + " characters.");
        remark(rule.title().endsWith("."), "rule.yaml: the title ends with a period; it names the problem.");
        remark(!rule.summary().endsWith("."), "rule.yaml: the summary is a sentence and ends with a period.");
    }

    /** Likely is what comes true: whoever claims all of it says why nothing is lost. */
    private void likely() {
        remark(
                rule.lever() != Lever.GOVERN && rule.likely() == null && !isInSql("remaining_best"),
                "rule.yaml: the rule claims money and its SQL has no remaining_best below remaining;"
                        + " let remaining be what documented losses leave of the claim and remaining_best the whole "
                        + "claim,"
                        + " or say in likely why nothing is lost.");
    }

    /** Tags are written by people, and each cloud writes its own word. */
    private void spellings() {
        Matcher found = ONE_SPELLING.matcher(rule.sql());
        while (found.find()) {
            if (found.group(1) == null) {
                remarks.add("rule.sql: " + found.group(2)
                        + " is compared with one spelling of yes or no; yes_or_no(...) reads them all.");
            }
        }
    }

    /** Case, blanks, separators, decimal commas: a value as it is written may only be shown. */
    private void readers() {
        String code = code();
        Set<String> spelled = ONE_SPELLING
                .matcher(code)
                .results()
                .map(found -> found.group(2))
                .collect(Collectors.toSet());
        READ.matcher(code)
                .results()
                .filter(found -> !isRead(found.group(1)) && !isOnlyShown(found.group(4), code))
                .filter(found -> !spelled.contains(found.group(3)))
                .map(found -> "rule.sql: the " + found.group(2) + " " + found.group(3) + " is read as it is written;"
                        + " stated_word, stated_text, stated_number, stated_count, stated_share, stated_list and"
                        + " stated_time read any spelling.")
                .distinct()
                .forEach(remarks::add);
    }

    private static boolean isRead(String macro) {
        return macro != null && (macro.startsWith("stated_") || READERS.contains(macro));
    }

    /** A column of evidence: nothing else of the SQL compares it with a text. */
    private static boolean isOnlyShown(String alias, String code) {
        return alias != null
                && !Pattern.compile("\\b" + alias + "\\)* (?:=|<>|IN|NOT IN|LIKE|ILIKE|NOT LIKE|GLOB"
                                + "|IS (?:NOT )?DISTINCT FROM) \\(?'|\\((?:[a-z]+\\.)?" + alias + "\\b[^)]* AS"
                                + " (?:BIGINT|INTEGER|DOUBLE|DECIMAL|TIMESTAMP)")
                        .matcher(code)
                        .find();
    }

    private String code() {
        return rule.sql().replaceAll("--[^\n]*", "");
    }

    /** The words of an id that name a cloud. */
    static List<String> clouds(String id) {
        return Arrays.stream(id.split("-", -1)).filter(CLOUDS::contains).toList();
    }

    private void headings() {
        List<String> found = rule.readme()
                .lines()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3).strip())
                .toList();
        remark(
                !found.equals(HEADINGS),
                "README.md: the headings are " + found + ", expected " + HEADINGS + " in this order.");
    }

    private void cases(List<TestCase> cases) {
        remark(cases.stream().allMatch(one -> one.expect().isEmpty()), "tests.yaml: no case finds anything.");
        remark(
                cases.stream()
                        .noneMatch(one -> one.expect().isEmpty()
                                && (one.notExamined() == null
                                        || one.notExamined().isEmpty())),
                "tests.yaml: no case examines something and finds nothing.");
        remark(
                !rule.needs().isEmpty()
                        && cases.stream()
                                .allMatch(one -> one.notExamined() == null
                                        || one.notExamined().isEmpty()),
                "tests.yaml: no case is not examined.");
        List<String> names = cases.stream().map(TestCase::name).toList();
        remark(names.stream().distinct().count() < names.size(), "tests.yaml: two cases have the same name.");
        Set<String> varied =
                cases.stream().flatMap(one -> one.params().keySet().stream()).collect(Collectors.toSet());
        for (String name : rule.params().keySet()) {
            if (isFloor(name)) {
                continue;
            }
            remark(!varied.contains(name), "tests.yaml: no case sets the parameter " + name + ".");
            remark(!isInSql(name) && !isReadByRelation(name), "rule.sql: the parameter " + name + " is not used.");
        }
        rule.remedies().keySet().stream()
                .skip(1)
                .forEach(name -> remark(!isInSql(name), "rule.sql: the remedy " + name + " is never returned."));
        if (isInSql(Relations.ALLOWED_SLOWDOWN)) {
            Relations.OF_ALLOWED_SLOWDOWN.forEach(name -> remark(
                    !rule.params().containsKey(name),
                    "rule.yaml: " + Relations.ALLOWED_SLOWDOWN + " needs the parameter " + name + "."));
        }
    }

    /** The engine reads it, and has its own tests. */
    private boolean isFloor(String name) {
        return Work.FLOORS.containsKey(name) && !isInSql(name);
    }

    private boolean isReadByRelation(String name) {
        return Relations.OF_ALLOWED_SLOWDOWN.contains(name) && isInSql(Relations.ALLOWED_SLOWDOWN);
    }

    private boolean isInSql(String word) {
        return Pattern.compile("\\b" + Pattern.quote(word) + "\\b")
                .matcher(code())
                .find();
    }

    private void remark(boolean applies, String text) {
        if (applies) {
            remarks.add(text);
        }
    }
}
