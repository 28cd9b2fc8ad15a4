package io.aiaudit.report.pdf;

import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.CloudName;
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
import io.aiaudit.report.text.Times;
import java.util.ArrayList;
import java.util.List;

/** The findings that save most, each with its evidence in a sentence. */
final class PdfLargest {
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
        int listed = Math.min(most, counted.size());
        blocks.add(Heading.chapter(
                listed == counted.size() ? "Findings that count" : "The " + listed + " largest findings"));
        for (AuditedFinding finding : counted.subList(0, listed)) {
            blocks.add(Heading.item(
                    chapter.text().of(Findings.name(finding)),
                    chapter.money(finding.counted().likely()) + " a month"));
            blocks.add(together(where(chapter, finding)));
            blocks.add(Paragraph.before(chapter.reason(finding)));
            String excluded = chapter.exclusions().beside(finding);
            if (!excluded.isEmpty()) {
                blocks.add(Paragraph.before(chapter.text().of(excluded)));
            }
            Remedy remedy = finding.remedy();
            if (remedy != null) {
                blocks.add(Paragraph.before((excluded.isEmpty() ? "Action: " : "Action, if that is not approved: ")
                        + chapter.text().of(remedy.action())));
            }
            blocks.add(Paragraph.note(effects(chapter, finding)));
        }
        if (listed < counted.size()) {
            blocks.add(Paragraph.note("The CSV and JSON reports list all " + Amounts.count(counted.size())
                    + " counted findings; the largest have cards in the appendix."));
        }
        if (!yet.isEmpty()) {
            blocks.add(Paragraph.note(yet));
        }
        return blocks;
    }

    private static Paragraph together(String text) {
        return new Paragraph(text, TextStyle.NOTE, 0, true);
    }

    /** What is wrong, and where. */
    static String where(PdfChapter chapter, AuditedFinding finding) {
        return chapter.text().of(Findings.title(chapter.audit(), finding)) + " · "
                + Findings.orUnknown(finding.kind()).replace('_', ' ') + " · "
                + chapter.text().of(CloudName.of(finding.provider())) + " "
                + chapter.text().of(finding.region()) + " · "
                + chapter.text().of(Findings.account(finding));
    }

    /** How sure it is, and what it costs besides money. */
    static String effects(PdfChapter chapter, AuditedFinding finding) {
        Remedy remedy = finding.remedy();
        return "Range " + chapter.range(finding.counted()) + " · "
                + ownPeriod(chapter, finding) + "confidence "
                + (finding.confidence() == null
                        ? "unknown"
                        : finding.confidence().key())
                + " · effort "
                + (remedy == null ? "unknown" : chapter.text().of(EffortWords.of(remedy, chapter.amounts())))
                + " · speed: "
                + chapter.text().of(remedy == null ? null : remedy.speed()) + " · compliance: "
                + chapter.text().of(remedy == null ? null : remedy.compliance());
    }

    /** Where it is not that of the whole report, which is on each page. */
    private static String ownPeriod(PdfChapter chapter, AuditedFinding finding) {
        String period = FindingPeriod.of(chapter.audit(), finding);
        return Times.window(chapter.audit().window()).startsWith(period) ? "" : period + " · ";
    }
}
