package io.aiaudit.report.section;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.AuditedResource;
import io.aiaudit.model.CloudName;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.Money;
import io.aiaudit.model.Status;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.CountedNoun;
import io.aiaudit.report.text.MarkdownText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Cost, speed and compliance of each workload that has findings: what the counted ones would do to the three, and what
 * the policy forbids or leaves open.
 */
public final class WorkloadView {
    /** Rows of the page; the table of findings has all. */
    static final int MOST_ROWS = 100;

    /** Rows that are printed. */
    private static final int MOST_PRINTED = 15;

    /** Rules of order that are about cost, not about compliance. */
    static final Set<String> ABOUT_COST = Set.of("spend-anomaly", "spend-unmonitored");

    public static final String LEAD = "Effect of the counted findings on each workload: cost, speed and compliance, "
            + "and what the policy allows. \"No change\" means no effect, \"-\" means no counted change or no entry of "
            + "a policy. Other compliance cost is in a separate table.";

    private WorkloadView() {}

    private record Key(String provider, String account, String workload) {
        static Key of(AuditedFinding finding) {
            return new Key(
                    finding.provider(),
                    finding.accountId(),
                    finding.workload() == null ? finding.resourceId() : finding.workload());
        }

        static Key of(AuditedResource resource) {
            return new Key(
                    resource.provider(),
                    resource.accountId(),
                    resource.workload() == null ? resource.resourceId() : resource.workload());
        }
    }

    /** What its leaves cost; {@code unpriced} of them have no price. */
    private record Cost(BigDecimal known, long unpriced) {
        static final Cost UNKNOWN = new Cost(null, 0);

        static Cost of(List<AuditedResource> resources) {
            List<BigDecimal> known = resources.stream()
                    .map(AuditedResource::monthlyCost)
                    .filter(Objects::nonNull)
                    .toList();
            return new Cost(
                    known.isEmpty() ? null : Money.sum(known),
                    resources.stream()
                            .filter(resource -> resource.costBasis() == CostBasis.UNPRICED)
                            .count());
        }
    }

    private record Workload(Key key, Cost cost, List<AuditedFinding> findings) {
        BigDecimal counted() {
            return Money.sum(counting().stream()
                    .map(finding -> finding.counted().likely())
                    .toList());
        }

        List<AuditedFinding> counting() {
            return findings.stream()
                    .filter(finding -> finding.status() == Status.COUNTED && finding.counted() != null)
                    .toList();
        }
    }

    static Map<String, Object> of(Audit audit, Amounts amounts) {
        List<Row> workloads = rows(audit, amounts);
        List<Object> rows = new ArrayList<>();
        for (Row workload : workloads.subList(0, Math.min(MOST_ROWS, workloads.size()))) {
            rows.add(view(workload, rows.size() < MOST_PRINTED, amounts));
        }
        return View.of(
                "lead",
                LEAD,
                "rows",
                rows,
                "more",
                Math.max(0, workloads.size() - MOST_ROWS),
                "more_words",
                CountedNoun.of(Math.max(0, workloads.size() - MOST_ROWS), "more workload"),
                "print_cut",
                rows.size() > MOST_PRINTED,
                "printed",
                Amounts.count(MOST_PRINTED));
    }

    private static List<Workload> workloads(Audit audit) {
        Map<Key, List<AuditedFinding>> findings = new LinkedHashMap<>();
        audit.findings()
                .forEach(finding -> findings.computeIfAbsent(Key.of(finding), key -> new ArrayList<>())
                        .add(finding));
        Map<String, AuditedResource> each = new LinkedHashMap<>();
        audit.resources().forEach(resource -> each.putIfAbsent(resource.resourceId(), resource));
        Map<Key, List<AuditedResource>> resources = new HashMap<>();
        each.values()
                .forEach(resource -> resources
                        .computeIfAbsent(Key.of(resource), key -> new ArrayList<>())
                        .add(resource));
        return findings.entrySet().stream()
                .map(entry -> new Workload(
                        entry.getKey(),
                        resources.containsKey(entry.getKey()) ? Cost.of(resources.get(entry.getKey())) : Cost.UNKNOWN,
                        entry.getValue()))
                .sorted(Comparator.comparing(Workload::counted).reversed()) // stable: else in the order of the findings
                .toList();
    }

    /**
     * A workload as reports show it.
     *
     * @param now what it costs a month
     * @param saving net; unknown where no finding has an amount
     */
    public record Row(
            AuditedFinding first,
            String name,
            String where,
            BigDecimal now,
            String unpriced,
            BigDecimal saving,
            List<String> speed,
            Compliance compliance,
            List<Line> policy) {}

    /**
     * Compliance of a workload.
     *
     * @param paid what it pays for that now
     * @param effects what the counted findings do to it
     * @param order what is out of order there
     */
    public record Compliance(List<String> paid, List<String> effects, List<String> order) {
        /** All of it in one list. */
        public List<String> all() {
            return Stream.of(paid, effects, order).flatMap(List::stream).toList();
        }
    }

    /**
     * What the policy allows, forbids or leaves open.
     *
     * @param amount empty where it counts, or has none
     */
    public record Line(Status status, String word, String amount, String reason) {
        /** As one sentence. */
        public String words() {
            return word + (amount.isEmpty() ? ": " : ", " + amount + ": ") + reason;
        }
    }

    /** All workloads with findings, the largest saving first. */
    public static List<Row> rows(Audit audit, Amounts amounts) {
        return workloads(audit).stream()
                .map(workload -> row(audit, workload, amounts))
                .toList();
    }

    /** Those that paper has room for: the first, and those that pay for compliance. */
    public static List<Row> printed(List<Row> rows) {
        return IntStream.range(0, rows.size())
                .filter(index -> index < MOST_PRINTED
                        || !rows.get(index).compliance().paid().isEmpty())
                .mapToObj(rows::get)
                .toList();
    }

    private static Map<String, Object> view(Row row, boolean printed, Amounts amounts) {
        return View.of(
                "anchor", FindingsView.anchor(row.first()),
                "name", row.name(),
                "where", row.where(),
                "cost", amounts.plain(row.now()),
                "unpriced", row.unpriced(),
                "saving", amounts.plain(row.saving()),
                "speed", row.speed(),
                "compliance", row.compliance().effects(),
                "paid", row.compliance().paid(),
                "order", row.compliance().order(),
                "policy",
                        row.policy().stream()
                                .map(line -> View.of(
                                        "key",
                                        line.status().key(),
                                        "word",
                                        line.word(),
                                        "amount",
                                        line.amount(),
                                        "reason",
                                        View.prose(line.reason())))
                                .toList(),
                "printed", printed);
    }

    private static Row row(Audit audit, Workload workload, Amounts amounts) {
        AuditedFinding first = workload.findings().get(0);
        boolean anyMoney = workload.findings().stream().anyMatch(finding -> finding.standAlone() != null);
        return new Row(
                first,
                workload.key().workload().equals(first.resourceId())
                        ? Findings.name(first)
                        : workload.key().workload(),
                Findings.orUnknown(CloudName.of(first.provider())) + " · "
                        + Findings.orUnknown(first.accountName() == null ? first.accountId() : first.accountName()),
                workload.cost().known(),
                workload.cost().unpriced() == 0
                        ? ""
                        : CountedNoun.of(workload.cost().unpriced(), "resource") + " without a price",
                anyMoney ? workload.counted() : null,
                effects(workload, Triangle::speed),
                new Compliance(
                        ComplianceView.of(
                                audit,
                                workload.key().provider(),
                                workload.key().account(),
                                workload.key().workload(),
                                amounts),
                        effects(workload, Triangle::compliance),
                        order(workload)),
                policy(audit, workload));
    }

    /** Of what counts, each once; nothing where nothing counts. */
    private static List<String> effects(Workload workload, Function<AuditedFinding, String> effect) {
        return workload.counting().stream().map(effect).distinct().toList();
    }

    /** What is out of order there; unusual or unwatched spend is a finding, and nothing of compliance. */
    private static List<String> order(Workload workload) {
        return workload.findings().stream()
                .filter(finding -> finding.status() == Status.GOVERN && !ABOUT_COST.contains(finding.rule()))
                .map(finding -> Findings.orUnknown(finding.reason()))
                .distinct()
                .toList();
    }

    private static List<Line> policy(Audit audit, Workload workload) {
        Map<Line, BigDecimal> lines = new LinkedHashMap<>();
        Amounts whole = Amounts.page(audit.currency());
        for (AuditedFinding finding : workload.findings()) {
            boolean shown = switch (finding.status()) {
                case BLOCKED, ACCEPTED -> true;
                case UNCONFIRMED -> finding.monthlyAmount() == null || addsSomething(finding, whole);
                case COUNTED -> Findings.isAllowedByPolicy(finding);
                case ALTERNATIVE, UNPRICED, NO_SAVING, GOVERN -> false;
            };
            if (shown) {
                boolean counts = finding.status() == Status.COUNTED;
                lines.merge(
                        new Line(
                                finding.status(),
                                counts ? "Allowed" : Glossary.word(finding.status()),
                                counts || finding.monthlyAmount() == null ? "" : amountWord(finding),
                                Findings.openQuestion(audit, finding)),
                        counts || finding.monthlyAmount() == null ? Money.NOTHING : finding.monthlyAmount(),
                        BigDecimal::add);
            }
        }
        return lines.entrySet().stream()
                .map(line -> line.getKey().amount().isEmpty()
                        ? line.getKey()
                        : new Line(
                                line.getKey().status(),
                                line.getKey().word(),
                                line.getKey().amount() + " " + whole.money(line.getValue()),
                                line.getKey().reason()))
                .toList();
    }

    /** What a larger finding of the resource leaves nothing of is open to no decision. */
    private static boolean addsSomething(AuditedFinding finding, Amounts whole) {
        return !whole.money(finding.monthlyAmount()).equals(whole.money(BigDecimal.ZERO));
    }

    /** Of a decision what approving it adds, as in the list of decisions; else what it saves alone. */
    private static String amountWord(AuditedFinding finding) {
        return finding.status() == Status.UNCONFIRMED ? "adds" : "gross";
    }

    /** Cost, speed and compliance of each workload with findings. */
    public static String markdown(Audit audit, Amounts amounts) {
        StringBuilder text = new StringBuilder(MarkdownText.sentence(LEAD))
                .append("\n\n")
                .append(MarkdownText.head(2, "a month now", "net saving", "workload", "speed", "compliance", "policy"));
        rows(audit, amounts)
                .forEach(row -> text.append(MarkdownText.row(
                        amounts.whole(row.now()),
                        amounts.whole(row.saving()),
                        MarkdownText.sentence(row.name() + ", " + row.where()),
                        cell(row.speed()),
                        cell(row.compliance().all()),
                        cell(row.policy().stream().map(Line::words).toList()))));
        return text.toString();
    }

    private static String cell(List<String> sentences) {
        return MarkdownText.sentence(joined(sentences));
    }

    /** As one text: whole sentences one after the other, and phrases with a semicolon between them. */
    public static String joined(List<String> sentences) {
        return sentences.isEmpty()
                ? Amounts.UNKNOWN
                : sentences.stream()
                        .reduce((one, other) -> one + (one.endsWith(".") ? " " : "; ") + other)
                        .orElseThrow();
    }
}
