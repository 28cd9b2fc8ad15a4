package io.aiaudit.report.pdf;

import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Keyed;
import io.aiaudit.model.Money;
import io.aiaudit.model.Range;
import io.aiaudit.model.Remedy;
import io.aiaudit.model.SecondOpinion;
import io.aiaudit.model.Status;
import io.aiaudit.report.paper.Block;
import io.aiaudit.report.paper.Cell;
import io.aiaudit.report.paper.Heading;
import io.aiaudit.report.paper.Paragraph;
import io.aiaudit.report.paper.Table;
import io.aiaudit.report.paper.Table.Column;
import io.aiaudit.report.paper.TextStyle;
import io.aiaudit.report.section.CommonSentences;
import io.aiaudit.report.section.EffortWords;
import io.aiaudit.report.section.EvidenceWords;
import io.aiaudit.report.section.FindingPeriod;
import io.aiaudit.report.section.FindingWords;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.section.Glossary;
import io.aiaudit.report.section.PrintText;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.CountedNoun;
import io.aiaudit.report.text.PolicyWords;
import io.aiaudit.report.text.Times;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The finding cards of the appendix: everything that is known of a finding but its commands. */
final class PdfCards {
    /** Cards; what comes after them is added up by rule. */
    static final int MOST = 100;

    private static final String RESOURCE = "Resource";
    private static final String AMOUNTS = "A month";
    private static final String PERIOD = "Period";
    private static final String EVIDENCE = "Evidence";
    private static final String TO_APPROVE = "To approve";

    /** What findings with one card have each in a row of its own. */
    private static final Set<String> OWN = Set.of(RESOURCE, AMOUNTS, PERIOD, EVIDENCE, TO_APPROVE);

    private PdfCards() {}

    /** @param most how many findings have a card */
    static List<Block> of(PdfChapter chapter, int most) {
        List<AuditedFinding> findings = chapter.audit().findings();
        List<Block> blocks = new ArrayList<>();
        int cards = Math.min(most, findings.size());
        blocks.add(chapter.appendices().heading(AppendixPart.CARDS));
        blocks.add(Paragraph.of(
                shown(cards, findings.size(), Findings.saving(chapter.audit()).size()) + " "
                        + chapter.common().history() + " " + CommonSentences.HOW_TO_RECORD));
        blocks.addAll(ranges(chapter));
        groups(chapter, findings.subList(0, cards)).forEach(group -> {
            if (group.size() == 1) {
                card(chapter, group.get(0), blocks);
            } else {
                card(chapter, group, blocks);
            }
        });
        if (cards < findings.size()) {
            blocks.add(Heading.section("All other findings, by rule"));
            blocks.add(rest(chapter, findings.subList(cards, findings.size())));
        }
        return blocks;
    }

    /** Which findings have a card, and where the others are. */
    static String shown(int cards, int findings, int counted) {
        if (findings == 1) {
            return "This appendix shows the only finding.";
        }
        String order = counted == 0
                ? "the largest first."
                : counted >= cards
                        ? cards == findings ? "all are counted, the largest first." : "the largest counted ones."
                        : "the " + (counted == 1 ? "counted one" : Amounts.count(counted) + " counted ones")
                                + " first, then the " + (cards == findings ? "others." : "largest others.");
        return cards == findings
                ? "This appendix shows all " + Amounts.count(findings) + " findings: " + order
                : "This appendix shows " + Amounts.count(cards) + " of " + Amounts.count(findings) + " findings: "
                        + order + " The rest are added up by rule at the end. The CSV and JSON reports list all.";
    }

    /** The terms of the low and the high end of the net saving. */
    private static List<Block> ranges(PdfChapter chapter) {
        List<AuditedFinding> counted = Findings.saving(chapter.audit());
        Range all = chapter.audit().totals().saving();
        if (counted.isEmpty() || all == null) {
            return List.of();
        }
        Map<String, List<AuditedFinding>> problems = new LinkedHashMap<>();
        counted.forEach(finding -> problems.computeIfAbsent(
                        Findings.title(chapter.audit(), finding), title -> new ArrayList<>())
                .add(finding));
        Table table = new Table(
                Column.text("Problem", 0.46f),
                Column.number("Findings", 0.12f),
                Column.number("Low", 0.14f),
                Column.number("Likely", 0.14f),
                Column.number("High", 0.14f));
        problems.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, List<AuditedFinding>> problem) ->
                                sum(problem.getValue(), Range::likely))
                        .reversed())
                .forEach(problem -> table.row(
                        chapter.text().of(problem.getKey()),
                        Amounts.count(problem.getValue().size()),
                        chapter.money(sum(problem.getValue(), Range::low)),
                        chapter.money(sum(problem.getValue(), Range::likely)),
                        chapter.money(sum(problem.getValue(), Range::high))));
        table.sum(
                "Net saving a month",
                Amounts.count(counted.size()),
                chapter.money(all.low()),
                chapter.money(all.likely()),
                chapter.money(all.high()));
        return List.of(
                Heading.section("What low, likely and high add up"),
                Paragraph.before("Low is the saving at worst, high at best; the cards have the shares. Where another "
                        + "finding covers a part of the cost, only the rest counts."),
                table);
    }

    private static BigDecimal sum(List<AuditedFinding> findings, Function<Range, BigDecimal> end) {
        return Money.sum(findings.stream().map(AuditedFinding::counted).map(end).toList());
    }

    private static void card(PdfChapter chapter, AuditedFinding finding, List<Block> blocks) {
        blocks.add(Heading.item(chapter.text().of(Findings.name(finding)), worth(chapter, finding)));
        blocks.add(new Paragraph(
                PdfLargest.where(chapter, finding) + " · finding "
                        + chapter.text().of(finding.id()),
                TextStyle.NOTE,
                0,
                true));
        blocks.add(new Paragraph(chapter.reason(finding), TextStyle.BODY, 4, true));
        Table facts = Table.facts(0.12f);
        facts(chapter, finding).forEach((name, value) -> facts.row(Cell.of(name), Cell.of(value)));
        blocks.add(facts);
    }

    /** Findings whose cards would differ in nothing but what their own rows have, in the order of the first of each. */
    private static Collection<List<AuditedFinding>> groups(PdfChapter chapter, List<AuditedFinding> findings) {
        Map<List<Object>, List<AuditedFinding>> groups = new LinkedHashMap<>();
        for (AuditedFinding finding : findings) {
            groups.computeIfAbsent(
                            List.of(
                                    finding.rule(),
                                    Glossary.word(finding),
                                    chapter.reason(finding).replace(Findings.name(finding), ""),
                                    shared(chapter, finding)),
                            key -> new ArrayList<>())
                    .add(finding);
        }
        return groups.values();
    }

    /** One card of like findings: what they have in common once, and a row of each with its own figures. */
    private static void card(PdfChapter chapter, List<AuditedFinding> alike, List<Block> blocks) {
        AuditedFinding largest = alike.get(0);
        blocks.add(Heading.item(
                chapter.text().of(Findings.title(chapter.audit(), largest)) + ", "
                        + CountedNoun.of(alike.size(), "finding"),
                sum(chapter, alike)));
        String reason = chapter.reason(largest);
        blocks.add(new Paragraph(
                (reason.contains(Findings.name(largest)) ? "The first: " : "Each: ") + reason,
                TextStyle.BODY,
                4,
                true));
        Table facts = Table.facts(0.12f).withNext();
        shared(chapter, largest).forEach((name, value) -> facts.row(Cell.of(name), Cell.of(value)));
        blocks.add(facts);
        Table each =
                new Table(Column.text("Resource", 0.38f), Column.text("A month", 0.32f), Column.text("Evidence", 0.3f));
        for (AuditedFinding finding : alike) {
            Map<String, String> own = facts(chapter, finding);
            each.row(
                    Cell.of(
                            chapter.text().of(Findings.name(finding)),
                            PdfLargest.location(chapter, finding) + owner(chapter, finding) + " · finding "
                                    + chapter.text().of(finding.id())
                                    + (own.containsKey(RESOURCE) ? " · " + own.get(RESOURCE) : "")),
                    Cell.of(own.getOrDefault(AMOUNTS, Amounts.UNKNOWN), own.getOrDefault(PERIOD, "")),
                    Cell.of(own.getOrDefault(EVIDENCE, ""), own.getOrDefault(TO_APPROVE, "")));
        }
        blocks.add(each);
    }

    /** What they are counted with together; else their status, as on the card of one. */
    private static String sum(PdfChapter chapter, List<AuditedFinding> alike) {
        AuditedFinding largest = alike.get(0);
        return largest.status() == Status.COUNTED && alike.stream().noneMatch(AuditedFinding::onlyFrees)
                ? worth(chapter, alike) + " a month"
                : Glossary.word(largest);
    }

    private static String worth(PdfChapter chapter, AuditedFinding finding) {
        boolean counts = finding.status() == Status.COUNTED && finding.counted() != null;
        if (counts && !finding.onlyFrees()) {
            return chapter.money(finding.counted().likely()) + " a month";
        }
        return Glossary.word(finding);
    }

    /** Confidence once: a finding that waits since it is low has a reason that begins with it. */
    private static String sure(PdfChapter chapter, AuditedFinding finding, String reason) {
        String confidence =
                finding.confidence() == null ? "unknown" : finding.confidence().key();
        return reason.contains("Confidence is " + confidence)
                ? ownerAlone(chapter, finding).strip()
                : "Confidence " + confidence + owner(chapter, finding) + ".";
    }

    private static Map<String, String> facts(PdfChapter chapter, AuditedFinding finding) {
        PrintText text = chapter.text();
        Map<String, String> facts = new LinkedHashMap<>();
        if (!Findings.name(finding).equals(finding.resourceId())) {
            facts.put(RESOURCE, text.of(finding.resourceId()));
        }
        String reason = Findings.titled(chapter.audit(), PolicyWords.of(Findings.orUnknown(finding.statusReason())))
                .replace("`", "");
        facts.put(
                "Status",
                (finding.status() == Status.UNCONFIRMED ? "" : Glossary.word(finding) + ". ")
                        + (Findings.isAllowedByPolicy(finding)
                                        || finding.onlyFrees()
                                        || finding.status() != Status.COUNTED
                                ? FindingWords.sentence(text.of(CommonSentences.withoutRecord(reason))) + " "
                                : "")
                        + sure(chapter, finding, reason));
        String amounts = amounts(chapter, finding);
        if (!amounts.isEmpty()) {
            facts.put(AMOUNTS, amounts);
        }
        String period = FindingPeriod.of(chapter.audit(), finding);
        if (!Times.window(chapter.audit().window()).startsWith(period)) { // that is on each page
            facts.put(PERIOD, period);
        }
        Remedy remedy = finding.remedy();
        if (remedy != null) {
            facts.put(
                    "Action",
                    text.of(remedy.action()) + " Effort: " + text.of(EffortWords.of(remedy, chapter.amounts())) + ".");
            facts.put(
                    "Effects",
                    "Speed: " + text.of(remedy.speed()) + ". Compliance: " + text.of(remedy.compliance()) + ".");
        }
        if (finding.status() == Status.UNCONFIRMED && Findings.isPolicyLine(Findings.openQuestion(finding))) {
            facts.put(TO_APPROVE, text.of(Findings.policyEntry(chapter.audit(), finding)));
        }
        if (finding.evidence() != null && !finding.evidence().isEmpty()) {
            facts.put(EVIDENCE, text.of(evidence(finding.evidence())));
        }
        Findings.priceNote(finding).ifPresent(note -> facts.put("Price", text.of(note)));
        for (SecondOpinion opinion : finding.advice()) {
            facts.put(
                    "Cloud advice",
                    text.of((opinion.source() + " " + Findings.verdict(opinion, chapter.amounts())).strip() + ": "
                            + opinion.recommendation()));
        }
        return facts;
    }

    private static String owner(PdfChapter chapter, AuditedFinding finding) {
        return "; owner "
                + (finding.owner() == null ? "unknown" : chapter.text().of(finding.owner()));
    }

    private static String ownerAlone(PdfChapter chapter, AuditedFinding finding) {
        return owner(chapter, finding).replace("; owner", " Owner") + ".";
    }

    /** What its card has in common with those of like findings. */
    private static Map<String, String> shared(PdfChapter chapter, AuditedFinding finding) {
        Map<String, String> shared = facts(chapter, finding);
        shared.keySet().removeAll(OWN);
        shared.computeIfPresent(
                "Status",
                (name, status) ->
                        status.replace(owner(chapter, finding) + ".", ".").replace(ownerAlone(chapter, finding), ""));
        return shared;
    }

    private static String amounts(PdfChapter chapter, AuditedFinding finding) {
        List<String> parts = new ArrayList<>();
        BigDecimal cost = finding.runRate() == null ? finding.monthlyCost() : finding.runRate();
        if (cost != null) {
            parts.add("cost " + chapter.money(cost));
        }
        Range gross = finding.standAlone();
        boolean netIsGross = gross != null
                && finding.status() == Status.COUNTED
                && !finding.onlyFrees()
                && gross.equals(finding.counted());
        if (gross != null) {
            parts.add((netIsGross ? "gross and net saving " : "gross saving ") + chapter.money(gross.likely()) + " ("
                    + chapter.range(gross) + ")");
            FindingWords.remaining(finding, chapter.amounts()).ifPresent(parts::add);
        }
        if (finding.status() == Status.COUNTED && finding.counted() != null && !netIsGross) {
            parts.add(
                    finding.onlyFrees()
                            ? FindingWords.noSavingYet(finding)
                            : "net saving " + chapter.money(finding.counted().likely()) + " ("
                                    + chapter.range(finding.counted()) + ")");
        }
        if (finding.status() == Status.UNCONFIRMED) {
            parts.add("approval adds " + chapter.money(finding.decisionAmount()));
        }
        if (finding.freedCommitment() != null && finding.freedCommitment().signum() > 0) {
            parts.add("unused commitment " + chapter.money(finding.freedCommitment())
                    + ", not realized until it expires");
        }
        return String.join("; ", parts);
    }

    private static String evidence(Map<String, Object> evidence) {
        return EvidenceWords.of(new TreeMap<>(evidence)).entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining("; "));
    }

    private static Table rest(PdfChapter chapter, List<AuditedFinding> findings) {
        Map<List<String>, List<AuditedFinding>> groups = new LinkedHashMap<>();
        findings.forEach(finding -> groups.computeIfAbsent(
                        List.of(
                                Findings.title(chapter.audit(), finding),
                                Glossary.word(finding),
                                ((Keyed) finding.status()).key()),
                        key -> new ArrayList<>())
                .add(finding));
        Table table = new Table(
                Column.text("Problem", 0.46f),
                Column.text("Status", 0.2f),
                Column.number("Findings", 0.14f),
                Column.number("Net saving per month, or added if approved", 0.2f));
        groups.forEach((key, members) -> table.row(
                chapter.text().of(key.get(0)), key.get(1), Amounts.count(members.size()), worth(chapter, members)));
        return table;
    }

    /** What they are counted with, or what approving them adds; nothing of what is excluded from both. */
    private static String worth(PdfChapter chapter, List<AuditedFinding> alike) {
        return switch (alike.get(0).status()) {
            case COUNTED ->
                chapter.money(Money.sum(alike.stream()
                        .map(finding -> finding.counted().likely())
                        .toList()));
            case UNCONFIRMED -> {
                List<BigDecimal> added =
                        alike.stream().map(AuditedFinding::decisionAmount).toList();
                yield added.contains(null) ? Amounts.UNKNOWN : chapter.money(Money.sum(added));
            }
            case ALTERNATIVE, BLOCKED, ACCEPTED, UNPRICED, NO_SAVING, GOVERN -> Amounts.UNKNOWN;
        };
    }
}
