package io.aiaudit.report.section;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.AuditedResource;
import io.aiaudit.model.CloudName;
import io.aiaudit.model.Range;
import io.aiaudit.model.Status;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.CountedNoun;
import io.aiaudit.report.text.PolicyWords;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The list of findings, grouped, and the details of each of them. */
public final class FindingsView {
    /** Rows of the page; more make a browser slow. Groups and filters count what has no row, too. */
    public static final int MOST_ROWS = 10_000;

    /** Findings whose metrics are drawn: they are most of the size of a page. */
    static final int MOST_DRAWN = 500;

    /** Findings whose details stay as they are on the page, also for browsers without scripts. */
    public static final int MOST_PLAIN = 200;

    private static final int NAMES = 3;

    private final Audit audit;
    private final Amounts amounts;
    private final Exclusions exclusions;
    private final CommonSentences common;
    private final DecisionRanges ranges;
    private final Map<String, AuditedResource> resources = new HashMap<>();
    private final Map<String, String> titles = new HashMap<>();
    private final Set<String> drawn = new HashSet<>();
    /** Findings that have a row, by id. */
    private final Set<String> listed = new HashSet<>();

    /** Of findings in the plan, by id: the word for the step. */
    private final Map<String, String> steps = new HashMap<>();

    private FindingsView(Audit audit, Amounts amounts) {
        this.audit = audit;
        this.amounts = amounts;
        this.exclusions = Exclusions.of(audit, amounts);
        this.common = CommonSentences.of(audit);
        this.ranges = DecisionRanges.of(audit);
        audit.resources().forEach(resource -> resources.putIfAbsent(resource.resourceId(), resource));
        audit.plan().inOrder().forEach(planned -> steps.put(planned.finding().id(), PlanView.word(planned.step())));
        audit.findings().stream().limit(MOST_DRAWN).forEach(finding -> drawn.add(finding.id()));
        audit.findings().stream().limit(MOST_ROWS).forEach(finding -> listed.add(finding.id()));
    }

    static Map<String, Object> of(Audit audit, Amounts amounts) {
        return new FindingsView(audit, amounts).view();
    }

    private Map<String, Object> view() {
        List<AuditedFinding> findings = audit.findings();
        return View.of(
                "groups", FindingGroup.of(audit).stream().map(this::group).toList(),
                "all", CountedNoun.of(findings.size(), "finding"),
                "shown", Amounts.count(Math.min(MOST_ROWS, findings.size())),
                "cut", findings.size() > MOST_ROWS,
                "plain", Amounts.count(MOST_PLAIN),
                "packed", findings.size() > MOST_PLAIN,
                "drawn", Amounts.count(MOST_DRAWN),
                "drawn_cut", findings.size() > MOST_DRAWN,
                "saving",
                        audit.totals().saving() == null
                                ? Amounts.UNKNOWN
                                : amounts.money(audit.totals().saving().likely()),
                "sign", amounts.sign(),
                "statuses", choices(Findings::state, Glossary::word),
                "rules", choices(AuditedFinding::rule, this::title),
                "providers", choices(FindingsView::provider, finding -> CloudName.of(provider(finding))),
                "steps", choices(this::step, finding -> steps.getOrDefault(finding.id(), "Not in the plan")),
                "owners",
                        choices(
                                finding -> Findings.orUnknown(finding.owner()),
                                finding -> finding.owner() == null ? "No owner" : finding.owner()),
                "environments",
                        choices(
                                finding -> Findings.orUnknown(finding.environment()),
                                finding -> finding.environment() == null ? "No environment" : finding.environment()),
                "accounts",
                        choices(
                                finding -> Findings.orUnknown(finding.accountId()),
                                finding -> finding.accountName() == null
                                        ? Findings.orUnknown(finding.accountId())
                                        : finding.accountName()));
    }

    /** An anchor on the page: the id where it is one of ours, so that links stay the same from audit to audit. */
    public static String anchor(AuditedFinding finding) {
        return finding.id().matches("[0-9a-f]{16}")
                ? "finding-" + finding.id()
                : "finding-" + Integer.toHexString(finding.id().hashCode());
    }

    static String where(AuditedFinding finding) {
        return Findings.orUnknown(CloudName.of(finding.provider())) + " · "
                + Findings.orUnknown(finding.accountName() == null ? finding.accountId() : finding.accountName())
                + " · " + Findings.orUnknown(finding.region());
    }

    private Map<String, Object> group(FindingGroup group) {
        List<AuditedFinding> findings = group.findings();
        Range range = group.range();
        boolean valued = findings.stream().anyMatch(finding -> FindingGroup.amount(finding) != null);
        List<AuditedFinding> rows = findings.stream()
                .filter(finding -> listed.contains(finding.id()))
                .toList();
        List<AuditedFinding> leftOut = findings.stream()
                .filter(finding -> !listed.contains(finding.id()))
                .toList();
        BigDecimal unlisted = FindingGroup.sum(leftOut);
        return View.of(
                "title", title(group.first()),
                "status", group.status().key(),
                "status_word", Glossary.word(group.first()),
                "amount", valued ? amounts.money(group.whole()) : Amounts.UNKNOWN,
                "range", PlanView.range(range, amounts),
                "rule", group.first().rule(),
                "state", Findings.state(group.first()),
                "single", findings.size() == 1 && leftOut.isEmpty(),
                "cut", !leftOut.isEmpty(),
                "left_out", Integer.toString(leftOut.size()),
                "left_out_cents", cents(unlisted),
                "left_out_findings", CountedNoun.of(leftOut.size(), "more finding"),
                "left_out_amount", valued ? amounts.money(unlisted) : "",
                "count", CountedNoun.of(findings.size(), "finding"),
                "names", findings.stream().limit(NAMES).map(Findings::name).collect(Collectors.joining(", ")),
                "more", findings.size() > NAMES ? Amounts.count(findings.size() - NAMES) : "",
                "rows", rows.stream().map(this::row).toList());
    }

    private Map<String, Object> row(AuditedFinding finding) {
        BigDecimal amount = FindingGroup.amount(finding);
        return View.of(
                "anchor", anchor(finding),
                "amount", amounts.money(amount),
                "range", range(finding),
                "cents", amount == null ? "0" : cents(amount),
                "name", Findings.name(finding),
                "where", where(finding),
                "owner", finding.owner() == null ? "" : finding.owner(),
                "provider", provider(finding),
                "step", step(finding),
                "environment_key", Findings.orUnknown(finding.environment()),
                "owner_key", Findings.orUnknown(finding.owner()),
                "account_key", Findings.orUnknown(finding.accountId()),
                "reason", Findings.orUnknown(finding.reason()),
                "brief", common.reason(finding),
                "title", title(finding),
                "rule", finding.rule(),
                "status", finding.status().key(),
                "state", Findings.state(finding),
                "status_word", Glossary.word(finding),
                "confidence",
                        finding.confidence() == null
                                ? Amounts.UNKNOWN
                                : finding.confidence().key(),
                "tags", tags(finding),
                "excluded", exclusions.beside(finding),
                "answers", finding.status() == Status.UNCONFIRMED ? DecisionView.answers(audit, finding) : List.of(),
                "details", details(finding));
    }

    private static String cents(BigDecimal amount) {
        return amount.movePointRight(2).toBigInteger().toString();
    }

    /** Of what saves nothing yet: what it saves later. */
    private String range(AuditedFinding finding) {
        BigDecimal freed = finding.freedCommitment();
        return finding.onlyFrees()
                ? amounts.money(freed) + " once the commitment expires"
                : PlanView.range(shown(finding), amounts);
    }

    /** Of a decision what approving it adds, as where it is put. */
    private Range shown(AuditedFinding finding) {
        return finding.status() == Status.UNCONFIRMED && FindingWords.adds(finding)
                ? ranges.added(List.of(finding))
                : FindingGroup.shown(finding);
    }

    private Map<String, Object> details(AuditedFinding finding) {
        LocalDate first = LocalDate.ofInstant(audit.window().start(), ZoneOffset.UTC);
        String reason = Findings.titled(audit, PolicyWords.of(Findings.orUnknown(finding.statusReason())));
        return FindingDetails.of(
                finding,
                reason,
                FindingPeriod.of(audit, finding, resources.get(finding.resourceId())),
                resources.get(finding.resourceId()),
                shown(finding),
                drawn.contains(finding.id()) ? first : null,
                amounts);
    }

    private String title(AuditedFinding finding) {
        return titles.computeIfAbsent(finding.rule(), rule -> Findings.title(audit, finding));
    }

    private static String tags(AuditedFinding finding) {
        return finding.tags() == null
                ? ""
                : new TreeMap<>(finding.tags())
                        .entrySet().stream()
                                .map(tag -> tag.getKey() + "=" + tag.getValue())
                                .collect(Collectors.joining(" "));
    }

    private static String provider(AuditedFinding finding) {
        return Findings.orUnknown(finding.provider());
    }

    /** Of the plan; "-" for what is no work to do now: it waits for a decision, or does not count. */
    private String step(AuditedFinding finding) {
        return steps.getOrDefault(finding.id(), Amounts.UNKNOWN);
    }

    /** What a filter offers: each value with its words and its number of findings. */
    private List<Object> choices(Function<AuditedFinding, String> value, Function<AuditedFinding, String> words) {
        Map<String, String> names = new HashMap<>();
        Map<String, Integer> counts = new HashMap<>();
        audit.findings().forEach(finding -> {
            names.putIfAbsent(value.apply(finding), words.apply(finding));
            counts.merge(value.apply(finding), 1, Integer::sum);
        });
        List<Object> choices = new ArrayList<>();
        names.entrySet().stream()
                .sorted(Map.Entry.<String, String>comparingByValue(
                                java.util.Comparator.comparing(name -> name.toLowerCase(Locale.ROOT)))
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(name -> choices.add(View.of(
                        "value", name.getKey(),
                        "word", name.getValue(),
                        "count", Amounts.count(counts.get(name.getKey())))));
        return choices;
    }
}
