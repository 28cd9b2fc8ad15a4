package io.aiaudit.report.pdf;

import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.CloudName;
import io.aiaudit.model.Range;
import io.aiaudit.model.Remedy;
import io.aiaudit.report.paper.Block;
import io.aiaudit.report.paper.Heading;
import io.aiaudit.report.paper.Paragraph;
import io.aiaudit.report.paper.TextStyle;
import io.aiaudit.report.section.EffortWords;
import io.aiaudit.report.section.FindingPeriod;
import io.aiaudit.report.section.FindingWords;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.CountedNoun;
import io.aiaudit.report.text.Times;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The findings that save most, each with its evidence in a sentence. */
final class PdfLargest {
    private static final int NAMES = 3;

    private PdfLargest() {}

    /** @param most how many */
    static List<Block> of(PdfChapter chapter, int most) {
        List<AuditedFinding> counted = Findings.saving(chapter.audit());
        List<Block> blocks = new ArrayList<>();
        String yet = FindingWords.savingNothingYet(chapter.audit(), chapter.amounts())
                .orElse("");
        if (counted.isEmpty()) {
            if (!yet.isEmpty()) {
                blocks.add(Heading.chapter("No finding counts"));
                blocks.add(Paragraph.of(yet));
            }
            return blocks;
        }
        List<Entry> entries = entries(chapter, counted);
        int listed = Math.min(most, entries.size());
        boolean grouped = entries.size() < counted.size();
        blocks.add(Heading.chapter(
                listed == entries.size()
                        ? "Findings that count"
                        : "The " + listed + " largest findings" + (grouped ? " or groups of findings" : "")));
        if (grouped) {
            blocks.add(Paragraph.before("Findings of one rule with the same evidence are one group."));
        }
        entries.subList(0, listed).forEach(entry -> entry(chapter, entry, blocks));
        if (listed < entries.size()) {
            blocks.add(Paragraph.note("The CSV and JSON reports list all " + Amounts.count(counted.size())
                    + " counted findings"
                    + chapter.appendices()
                            .name(AppendixPart.CARDS)
                            .map(name -> "; " + name + " has cards.")
                            .orElse(".")));
        }
        if (!yet.isEmpty()) {
            blocks.add(Paragraph.note(yet));
        }
        return blocks;
    }

    /** Findings that one text is of, the largest first. */
    private record Entry(List<AuditedFinding> findings) {
        AuditedFinding largest() {
            return findings.get(0);
        }

        boolean single() {
            return findings.size() == 1;
        }

        Range saving() {
            return findings.stream().map(AuditedFinding::counted).reduce(Range.NOTHING, Range::plus);
        }
    }

    /** Of one rule with the same text but for the name: a reader learns nothing from it a second time. */
    private static List<Entry> entries(PdfChapter chapter, List<AuditedFinding> counted) {
        Map<List<String>, List<AuditedFinding>> groups = new LinkedHashMap<>();
        counted.forEach(finding -> groups.computeIfAbsent(
                        List.of(
                                finding.rule(),
                                chapter.common().reason(finding).replace(Findings.name(finding), ""),
                                finding.remedy() == null ? "" : finding.remedy().action(),
                                chapter.exclusions().beside(finding)),
                        key -> new ArrayList<>())
                .add(finding));
        return groups.values().stream()
                .map(Entry::new)
                .sorted(Comparator.comparing((Entry entry) -> entry.saving().likely())
                        .reversed())
                .toList();
    }

    private static void entry(PdfChapter chapter, Entry entry, List<Block> blocks) {
        AuditedFinding finding = entry.largest();
        String count = CountedNoun.of(entry.findings().size(), "resource");
        blocks.add(Heading.item(
                entry.single()
                        ? chapter.text().of(Findings.name(finding))
                        : chapter.text().of(Findings.title(chapter.audit(), finding)) + ", " + count,
                chapter.money(entry.saving().likely()) + " a month"));
        blocks.add(together(entry.single() ? where(chapter, finding) : "The largest: " + names(chapter, entry)));
        String excluded = chapter.exclusions().beside(finding);
        blocks.add(Paragraph.before(chapter.reason(finding)
                + (excluded.isEmpty() ? "" : " " + chapter.text().of(excluded))));
        Remedy remedy = finding.remedy();
        blocks.add(Paragraph.note("Range " + chapter.range(entry.saving()) + " · "
                + (entry.single() ? ownPeriod(chapter, finding) : "") + "confidence " + confidence(entry)
                + " · effort "
                + (remedy == null
                        ? "unknown"
                        : chapter.text()
                                .of(EffortWords.ofEach(remedy, entry.findings().size(), chapter.amounts())))
                + (remedy == null
                        ? ""
                        : " · " + (excluded.isEmpty() ? "" : "if that is not approved: ")
                                + chapter.text().of(remedy.action()))));
    }

    private static String names(PdfChapter chapter, Entry entry) {
        String names = entry.findings().stream()
                .limit(NAMES)
                .map(finding -> chapter.text().of(Findings.name(finding)) + " ("
                        + chapter.money(finding.counted().likely()) + ")")
                .collect(Collectors.joining(", "));
        int more = entry.findings().size() - NAMES;
        return more > 0 ? names + " and " + Amounts.count(more) + " more" : names;
    }

    private static String confidence(Entry entry) {
        return entry.findings().stream()
                .map(finding -> finding.confidence() == null
                        ? "unknown"
                        : finding.confidence().key())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static Paragraph together(String text) {
        return new Paragraph(text, TextStyle.NOTE, 0, true);
    }

    /** What is wrong, and where. */
    static String where(PdfChapter chapter, AuditedFinding finding) {
        return chapter.text().of(Findings.title(chapter.audit(), finding)) + " · " + location(chapter, finding);
    }

    /** Of what kind it is, and where. */
    static String location(PdfChapter chapter, AuditedFinding finding) {
        return Findings.orUnknown(finding.kind()).replace('_', ' ') + " · "
                + chapter.text().of(CloudName.of(finding.provider())) + " "
                + chapter.text().of(finding.region()) + " · "
                + chapter.text().of(Findings.account(finding));
    }

    /** Where it is not that of the whole report, which is on each page. */
    private static String ownPeriod(PdfChapter chapter, AuditedFinding finding) {
        String period = FindingPeriod.of(chapter.audit(), finding);
        return Times.window(chapter.audit().window()).startsWith(period) ? "" : period + " · ";
    }
}
