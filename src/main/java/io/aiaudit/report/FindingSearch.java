package io.aiaudit.report;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.AuditedResource;
import io.aiaudit.model.Audit.RuleReport;
import io.aiaudit.model.DidYouMean;
import io.aiaudit.model.RuleOutcome;
import io.aiaudit.model.ShellWord;
import io.aiaudit.model.UserError;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.DisplayText;
import io.aiaudit.report.text.VisibleText;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds the one finding that a user means: by its id or the start of it, or by rule and resource. */
public final class FindingSearch {
    private static final int SHORTEST_ID = 4;
    private static final int NAMED = 20;
    private static final int AMOUNT = 10;

    private final Audit audit;
    private final List<RuleOutcome> outcomes;
    private final String file;
    private final String wanted;
    private final String resource;

    private FindingSearch(Audit audit, List<RuleOutcome> outcomes, String file, String wanted, String resource) {
        this.audit = audit;
        this.outcomes = List.copyOf(outcomes);
        this.file = file;
        this.wanted = wanted;
        this.resource = resource;
    }

    /**
     * A search.
     *
     * @param outcomes what became of each rule; empty for a finished audit, which does not have it
     * @param file the audit is from, for the commands of errors
     * @param wanted an id, the start of one, a rule, or the name or id of a resource
     * @param resource name or id of a resource, null = not given
     */
    public static FindingSearch of(
            Audit audit, List<RuleOutcome> outcomes, String file, String wanted, String resource) {
        return new FindingSearch(audit, outcomes, ShellWord.quoted(file), wanted, resource);
    }

    private List<AuditedFinding> found() {
        return audit.findings().stream()
                .filter(this::isWanted)
                .filter(finding -> resource == null || isOn(finding, resource))
                .toList();
    }

    /**
     * The finding that is meant.
     *
     * @throws UserError when there is none, or more than one
     */
    public AuditedFinding find() {
        List<AuditedFinding> found = found();
        if (found.size() == 1) {
            return found.get(0);
        }
        throw found.isEmpty() ? none() : several(found);
    }

    /** The findings that may be meant, a line each; empty unless there is more than one. */
    public List<String> candidates() {
        List<AuditedFinding> found = found();
        if (found.size() < 2) {
            return List.of();
        }
        Amounts amounts = Amounts.rounded(audit.currency());
        Stream<String> lines = found.stream()
                .limit(NAMED)
                .map(finding -> finding.id()
                        + DisplayText.right(
                                amounts.money(
                                        finding.standAlone() == null
                                                ? null
                                                : finding.standAlone().likely()),
                                AMOUNT)
                        + "  "
                        + (wanted.equals(finding.rule()) ? Findings.name(finding) : finding.rule()));
        return Stream.concat(
                        lines,
                        found.size() > NAMED ? Stream.of("and " + (found.size() - NAMED) + " more") : Stream.empty())
                .toList();
    }

    /** The resources that are meant, where no finding is about them; empty where there is a finding or no resource. */
    public List<AuditedResource> withoutFinding() {
        return resource != null || !found().isEmpty()
                ? List.of()
                : audit.resources().stream()
                        .filter(each -> wanted.equals(each.resourceId()) || wanted.equals(each.name()))
                        .toList();
    }

    private boolean isWanted(AuditedFinding finding) {
        boolean start = wanted.length() >= SHORTEST_ID
                && wanted.matches("[0-9a-f]+")
                && finding.id().startsWith(wanted);
        return start || finding.id().equals(wanted) || finding.rule().equals(wanted) || isOn(finding, wanted);
    }

    private static boolean isOn(AuditedFinding finding, String resource) {
        return resource.equals(finding.resourceId()) || resource.equals(finding.resourceName());
    }

    private UserError several(List<AuditedFinding> found) {
        return new UserError(
                "\"" + VisibleText.of(wanted) + "\" matches " + found.size() + " findings.",
                "Name one by its id, or by rule and resource: aiaudit explain " + file + " "
                        + found.get(0).id());
    }

    private UserError none() {
        String about = resource == null ? "" : " on \"" + VisibleText.of(resource) + "\"";
        String what = "\"" + VisibleText.of(wanted) + "\"" + about;
        if (resource == null && wanted.length() < SHORTEST_ID && wanted.matches("[0-9a-f]+")) {
            return new UserError(
                    "no finding matches " + what + ": the start of an id needs " + SHORTEST_ID + " characters.",
                    "Give more of it. List them: aiaudit report " + file + " --details");
        }
        return resource == null ? unknown(what) : rule().map(this::noneOfRule).orElseGet(() -> unknown(what));
    }

    private Optional<RuleReport> rule() {
        return audit.rules().stream().filter(rule -> rule.id().equals(wanted)).findFirst();
    }

    private UserError unknown(String what) {
        Set<String> known = new TreeSet<>();
        audit.findings().forEach(finding -> {
            known.add(finding.id());
            known.add(finding.rule());
            known.add(Findings.name(finding));
        });
        return new UserError(
                "no finding matches " + what + ".",
                DidYouMean.closest(wanted, known)
                                .map(near -> "Did you mean \"" + VisibleText.of(near) + "\"? ")
                                .orElse("")
                        + "List them: aiaudit report " + file + " --details");
    }

    /** Why a rule has no finding on a resource, as far as the audit records it. */
    private UserError noneOfRule(RuleReport rule) {
        Optional<AuditedResource> meant = audit.resources().stream()
                .filter(each -> resource.equals(each.resourceId()) || resource.equals(each.name()))
                .findFirst();
        if (meant.isEmpty()) {
            return new UserError(
                    "this audit has no resource \"" + VisibleText.of(resource) + "\".",
                    "Give its name or id as the report shows it.");
        }
        Optional<String> judged = outcomes.stream()
                .filter(RuleOutcome.Evaluated.class::isInstance)
                .map(RuleOutcome.Evaluated.class::cast)
                .filter(outcome -> outcome.rule().equals(rule.id()))
                .findFirst()
                .map(outcome -> judged(outcome, meant.get()));
        if (judged.isPresent()) {
            return noneBecause(rule, judged.get());
        }
        int missed = rule.notExaminedResources().indexOf(meant.get().resourceId());
        String why = !rule.state().equals("evaluated")
                ? "the rule did not run (" + rule.state() + ")"
                : missed >= 0 ? notExamined(rule, missed) : unexplained(rule, meant.get());
        return noneBecause(rule, why);
    }

    private UserError noneBecause(RuleReport rule, String why) {
        return new UserError(
                rule.id() + " has no finding on " + VisibleText.of(resource) + ": " + VisibleText.of(why) + ".",
                "'aiaudit rules show " + rule.id() + "' lists the kinds, metrics and thresholds of the rule.");
    }

    /** What a rule made of a resource that it has no finding on. */
    private String judged(RuleOutcome.Evaluated outcome, AuditedResource meant) {
        String id = meant.resourceId();
        if (outcome.findings().stream().anyMatch(found -> found.resourceId().equals(id))) {
            return "the rule examined it, and what it found is at the parts that it consists of, or counts nowhere";
        }
        if (outcome.notExamined().containsKey(id)) {
            return "the rule could not examine it: " + outcome.notExamined().get(id);
        }
        if (outcome.examined().contains(id)) {
            return "the rule examined it and it is fine: what the rule looks for is not there";
        }
        String kind = Findings.orUnknown(meant.kind());
        boolean judgesKind = audit.resources().stream()
                .anyMatch(each -> Objects.equals(each.kind(), meant.kind())
                        && outcome.judged().contains(each.resourceId()));
        return judgesKind
                ? "the rule did not examine it by itself, only others of its kind (" + kind
                        + "), the whole that it is a part of, or its parts"
                : "the rule does not apply to it: it examined nothing of its kind (" + kind + ")";
    }

    /** An audit of an older version has the reasons of a rule, and not which one is that of a resource. */
    private static String notExamined(RuleReport rule, int resource) {
        return resource < rule.notExaminedBecause().size()
                ? "the rule could not examine it: " + rule.notExaminedBecause().get(resource)
                : "the rule could not examine it; its reasons: "
                        + String.join(
                                "; ", new TreeSet<>(rule.notExaminedReasons().keySet()));
    }

    /** What the audit records, and where it records too little, that: never several causes. */
    private static String unexplained(RuleReport rule, AuditedResource meant) {
        String kind = Findings.orUnknown(meant.kind());
        if (rule.examined() + rule.notExamined() == 0
                || (!rule.judgedKinds().isEmpty() && !rule.judgedKinds().contains(meant.kind()))) {
            return "the rule does not apply to it: it examined nothing of its kind (" + kind + ")";
        }
        if (rule.judgedKinds().isEmpty()) {
            return "this audit is of a version that did not record which kinds a rule examined; the scan saved with "
                    + "--save has it";
        }
        return rule.notExaminedResources().size() < rule.notExamined()
                ? "the audit lists " + rule.notExaminedResources().size() + " of " + rule.notExamined()
                        + " resources that the rule could not examine, and not this one; the scan saved with --save "
                        + "has all"
                : "the rule examined its kind (" + kind + ") and found nothing on it";
    }
}
