package io.aiaudit.cli;

import io.aiaudit.config.Setting;
import io.aiaudit.config.Settings;
import io.aiaudit.model.Audit;
import io.aiaudit.model.Coverage;
import io.aiaudit.model.DidYouMean;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Money;
import io.aiaudit.model.Status;
import io.aiaudit.model.UserError;
import io.aiaudit.report.compare.AuditDiff;
import io.aiaudit.report.compare.DiffCause;
import io.aiaudit.report.compare.DiffWarnings;
import io.aiaudit.report.json.AuditJson;
import io.aiaudit.scan.SavedScan;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * When a run ends with exit code 3: the conditions of {@code --fail-on}, any of which is enough, and the earlier audit
 * that says what is new.
 *
 * @param baseline null = none was named
 * @param baselineName as the user named it; null without one
 * @param isOfChosenRules whether the user has chosen the rules, so that they assess a part of AI spend on purpose
 */
record FailOn(List<FailCondition> conditions, Audit baseline, String baselineName, boolean isOfChosenRules) {
    private static final Pattern NUMBER = Pattern.compile("[0-9.,' ]+");
    private static final String WITHOUT_AMOUNT = "Leave the amount out: then any such finding is too much.";
    private static final String FORM =
            "Write an amount of at most 12 digits, new, rule=ID or status=NAME, or several joined by colons: --fail-on 1000, "
                    + "--fail-on new:500, --fail-on status=needs_decision. NAME is one of: "
                    + String.join(", ", Status.names())
                    + ".";

    /**
     * Reads the conditions and the baseline.
     *
     * @throws UserError for what is no condition, and where something is to be new and nothing says what was
     */
    static FailOn of(Settings settings) {
        List<FailCondition> conditions =
                settings.find(Setting.FAIL_ON).map(FailOn::conditions).orElse(List.of());
        Optional<Settings.Value> baseline = settings.find(Setting.BASELINE);
        Optional<FailCondition> needsOne =
                conditions.stream().filter(FailCondition::onlyNew).findFirst();
        if (baseline.isEmpty() && needsOne.isPresent()) {
            throw new UserError(
                    "--fail-on " + needsOne.get().words()
                            + " needs an earlier audit to compare with, and none is named.",
                    "Name its JSON: --baseline last-week/aiaudit.json");
        }
        return new FailOn(
                conditions,
                baseline.map(FailOn::read).orElse(null),
                baseline.map(Settings.Value::text).orElse(null),
                settings.find(Setting.RULE).isPresent());
    }

    /** The same conditions, compared with another earlier audit. */
    FailOn against(Audit earlier) {
        return new FailOn(conditions, earlier, baselineName, isOfChosenRules);
    }

    private static Audit read(Settings.Value value) {
        Path file = value.path();
        UserError.unlessFile(
                file,
                value.name() + ": " + value.text(),
                ": there is no such file.",
                "Name the aiaudit.json of an earlier audit; the first run has none, so leave --baseline out there.");
        if (SavedScan.isOne(file)) {
            throw new UserError(
                    value.name() + ": " + value.text() + " is a saved scan, not a finished audit.",
                    "Make its JSON once: aiaudit report " + value.text() + " -f json -o baseline");
        }
        return AuditJson.read(file);
    }

    private static List<FailCondition> conditions(Settings.Value value) {
        if (value.texts().size() == 1 && NUMBER.matcher(value.text()).matches()) {
            String amount = value.amount().toPlainString();
            return List.of(condition(amount));
        }
        if (value.texts().stream().anyMatch(String::isBlank)) {
            throw new UserError(
                    value.name() + " is empty: nothing would end the run with exit code 3.",
                    "Check the variable that it is taken from, or leave it out. " + FORM);
        }
        return value.words().stream().map(FailOn::condition).toList();
    }

    private static FailCondition condition(String words) {
        boolean onlyNew = false;
        String rule = null;
        Status status = null;
        BigDecimal above = null;
        for (String part : words.split(":", -1)) {
            if (part.equals("new") && !onlyNew) {
                onlyNew = true;
            } else if (part.startsWith("rule=") && rule == null) {
                rule = part.substring("rule=".length());
            } else if (part.startsWith("status=") && status == null) {
                status = status(words, part.substring("status=".length()));
            } else if (Settings.isAmount(part) && above == null) {
                above = new BigDecimal(part);
            } else {
                throw new UserError("--fail-on is \"" + words + "\": \"" + part + "\" is no condition.", FORM);
            }
        }
        FailCondition condition = new FailCondition(words, onlyNew, rule, status, above);
        if (condition.comparesNothing()) {
            throw new UserError(
                    "--fail-on is \"" + words + "\", but findings of the status " + status.key() + " have no amount.",
                    WITHOUT_AMOUNT);
        }
        return condition;
    }

    private static Status status(String words, String name) {
        return Status.named(name)
                .orElseThrow(() -> new UserError(
                        "--fail-on is \"" + words + "\": there is no status \"" + name + "\".",
                        DidYouMean.sentence(name, Status.names())));
    }

    /** Whether a rule is named, so that it has to be looked up. */
    boolean namesRules() {
        return conditions.stream().anyMatch(condition -> condition.rule() != null);
    }

    /**
     * Refuses a rule that does not run, and an amount of a rule whose findings have none: such a condition could never
     * hold.
     *
     * @param running the lever of each rule by its id; null where an older audit does not say it
     * @throws UserError with the nearest name
     */
    void checkRules(Map<String, Lever> running) {
        for (FailCondition condition : conditions) {
            if (condition.rule() != null && !running.containsKey(condition.rule())) {
                throw new UserError(
                        "--fail-on " + condition.words() + ": no rule \"" + condition.rule() + "\" runs here.",
                        DidYouMean.sentence(condition.rule(), running.keySet()));
            }
            if (condition.rule() != null && condition.comparesNothingOf(running.get(condition.rule()))) {
                throw new UserError(
                        "--fail-on is \"" + condition.words() + "\", but findings of the rule " + condition.rule()
                                + " have no amount.",
                        WITHOUT_AMOUNT);
            }
        }
    }

    /**
     * Refuses a baseline of a made-up company for a real one, one with names for one without, and the reverse.
     *
     * @throws UserError when they have nothing in common
     */
    void checkBaseline(boolean demo, boolean redacted) {
        if (baseline != null && baseline.redacted() != redacted) {
            throw new UserError(
                    "--baseline " + baselineName
                            + (redacted ? " has names, this audit is redacted" : " is redacted, this audit has names")
                            + ": no finding of one is in the other.",
                    redacted
                            ? "Name an earlier audit that is redacted with the same key."
                            : "Redact this one with the same key, --redact-key FILE, or give that one its names back: "
                                    + "aiaudit unredact " + baselineName + " --key FILE");
        }
        if (baseline != null && baseline.demo() != demo) {
            throw new UserError(
                    "--baseline " + baselineName + " is about " + (demo ? "a real company" : "the demo company")
                            + ", this audit about " + (demo ? "the demo company" : "a real one") + ".",
                    "Name an earlier audit of the same company.");
        }
    }

    /** The first condition that holds, as a sentence. */
    Optional<String> exceeded(Audit audit) {
        Set<String> newFindings = newFindings(audit);
        return conditions.stream()
                .map(condition -> condition.exceeded(audit, newFindings))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Ids of what the baseline examined and did not find; what it did not examine is not new, only unknown before. */
    private Set<String> newFindings(Audit audit) {
        return baseline == null
                ? Set.of()
                : AuditDiff.of(baseline, audit).findings().appeared().stream()
                        .filter(change -> change.cause() == DiffCause.NEW)
                        .map(AuditDiff.Change::id)
                        .collect(Collectors.toSet());
    }

    /** What changed since the baseline, in one line; empty without one. */
    Optional<String> sinceBaseline(Audit audit) {
        return baseline == null
                ? Optional.empty()
                : Optional.of("Since " + baselineName + ": "
                        + AuditDiff.of(baseline, audit).findings().summary() + ".");
    }

    /** A warning where nothing of the baseline can be in this audit, whose findings are neither new nor gone then. */
    Optional<String> strangeBaseline(Audit audit) {
        return Optional.ofNullable(baseline)
                .flatMap(earlier -> DiffWarnings.areStrangers(earlier, audit))
                .map(question ->
                        "--baseline " + baselineName + " has no account in common with this audit: " + question);
    }

    /** The limit of the saving that cannot be compared, because the saving is unknown. */
    Optional<FailCondition> unchecked(Audit audit) {
        return audit.totals().saving() != null
                ? Optional.empty()
                : conditions.stream()
                        .filter(condition -> condition.status() == null)
                        .findFirst();
    }

    /** The limit of the saving that holds for the smaller part of AI spend, since most was not assessed. */
    Optional<String> mostlyUnassessed(Audit audit) {
        Coverage coverage = audit.totals().coverage();
        if (isOfChosenRules || coverage == null || audit.totals().saving() == null) {
            return Optional.empty();
        }
        BigDecimal spend = Money.sum(coverage.amounts());
        if (coverage.notAssessed().multiply(BigDecimal.valueOf(2)).compareTo(spend) <= 0) {
            return Optional.empty();
        }
        return conditions.stream()
                .filter(FailCondition::isHeadline)
                .findFirst()
                .map(condition -> "--fail-on " + condition.words() + " was compared with the saving on a part of AI "
                        + "spend only: " + Money.inProse(coverage.notAssessed()) + " of " + Money.inProse(spend) + " "
                        + audit.currency() + " in the window was not assessed.");
    }
}
