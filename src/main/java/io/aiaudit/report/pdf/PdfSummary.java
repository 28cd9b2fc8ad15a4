package io.aiaudit.report.pdf;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.Totals;
import io.aiaudit.model.Money;
import io.aiaudit.model.Range;
import io.aiaudit.model.Status;
import io.aiaudit.report.paper.Block;
import io.aiaudit.report.paper.Bullets;
import io.aiaudit.report.paper.Figure;
import io.aiaudit.report.paper.Heading;
import io.aiaudit.report.paper.KeyFigures;
import io.aiaudit.report.paper.KeyFigures.KeyFigure;
import io.aiaudit.report.paper.Paragraph;
import io.aiaudit.report.paper.RangeArt;
import io.aiaudit.report.paper.TextStyle;
import io.aiaudit.report.section.ChartCaptions;
import io.aiaudit.report.section.CoverageView;
import io.aiaudit.report.section.Decision;
import io.aiaudit.report.section.DecisionRanges;
import io.aiaudit.report.section.EndedWork;
import io.aiaudit.report.section.FindingWords;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.section.PlanGroup;
import io.aiaudit.report.section.SummaryView;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.CountedNoun;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a chief financial officer has to know: three figures, three sentences, three actions. */
final class PdfSummary {
    private static final int ACTIONS = 3;

    private static final List<String> ACTION_HEADINGS =
            List.of("The first action", "The first two actions", "The first three actions");

    private PdfSummary() {}

    static List<Block> of(PdfChapter chapter) {
        Totals totals = chapter.audit().totals();
        List<Block> blocks = new ArrayList<>();
        blocks.add(Heading.page("Executive summary"));
        blocks.add(new KeyFigures(List.of(spend(chapter), saving(chapter))));
        blocks.add(new KeyFigures(List.of(decisions(chapter), notAssessed(chapter))));
        if (totals.saving() != null && totals.saving().high().signum() > 0) {
            blocks.add(range(chapter, totals.saving()));
            blocks.add(Paragraph.note(chapter.text()
                    .of(ChartCaptions.range(
                            chapter.audit(),
                            chapter.amounts(),
                            chapter.appendices().name(AppendixPart.CARDS).orElse("")))));
        }
        blocks.add(Bullets.of(sentences(chapter)));
        List<PlanGroup> first =
                PlanGroup.largest(chapter.audit()).stream().limit(ACTIONS).toList();
        if (!first.isEmpty()) {
            blocks.add(Heading.section(ACTION_HEADINGS.get(first.size() - 1)));
            blocks.add(Paragraph.note("Confirm with the owner before deleting or releasing anything."));
            blocks.addAll(actions(chapter, first));
        }
        String rest = (further(chapter)
                        + PlanGroup.afterDecisions(chapter.audit(), chapter.amounts())
                                .map(words -> " " + words)
                                .orElse(""))
                .strip();
        if (!rest.isEmpty()) {
            blocks.add(Paragraph.note(rest));
        }
        return blocks;
    }

    private static KeyFigure spend(PdfChapter chapter) {
        Totals totals = chapter.audit().totals();
        String share = totals.monthlyAiCost() == null
                ? "Unknown: no cost was read."
                : Amounts.share(totals.monthlyAiCost(), totals.monthlyCost()) + " of all scanned cost ("
                        + chapter.money(totals.monthlyCost()) + "), before tax and credits."
                        + (totals.windowAiCost() == null ? "" : " A month is 730 hours.");
        return new KeyFigure("AI spend a month", chapter.money(totals.monthlyAiCost()), share);
    }

    private static KeyFigure saving(PdfChapter chapter) {
        Range saving = chapter.audit().totals().saving();
        String note;
        if (saving == null) {
            note = "Unknown: nothing could be checked, or nothing has a price.";
        } else if (saving.high().signum() == 0) {
            note = "No finding counts.";
        } else {
            String share =
                    Amounts.share(saving.likely(), chapter.audit().totals().monthlyAiCost());
            note = (share.equals(Amounts.UNKNOWN) ? "" : share + " of AI spend. ") + "Range " + chapter.range(saving)
                    + ". A year at this rate: "
                    + chapter.money(Amounts.yearly(saving.likely())) + "." + endedOfSaving(chapter);
        }
        return new KeyFigure(
                "Net saving a month", saving == null ? Amounts.UNKNOWN : chapter.money(saving.likely()), note);
    }

    private static KeyFigure decisions(PdfChapter chapter) {
        long open = Findings.count(chapter.audit(), Status.UNCONFIRMED);
        return new KeyFigure(
                "Needs your decision",
                chapter.money(chapter.audit().totals().toDecide()),
                open == 0
                        ? FindingWords.noDecision(chapter.audit(), chapter.amounts())
                        : "If all are approved: " + Decision.count(chapter.audit()) + "."
                                + decisionRange(chapter)
                                + toCheck(chapter)
                                + ended(chapter));
    }

    private static KeyFigure notAssessed(PdfChapter chapter) {
        Totals totals = chapter.audit().totals();
        boolean known = totals.coverage() != null;
        BigDecimal open = CoverageView.notAssessedCost(chapter.audit());
        return new KeyFigure(
                "Not assessed, in the window",
                chapter.money(open),
                !known
                        ? CoverageView.whyUnknown(chapter.audit())
                        : Amounts.share(open, totals.windowAiCost()) + " of the AI spend of the window, "
                                + chapter.money(totals.windowAiCost()) + "."
                                + (open.signum() == 0 ? "" : " It may still contain waste."));
    }

    /** A check by hand or a test is work before a decision. */
    private static String toCheck(PdfChapter chapter) {
        BigDecimal unsure = Money.sum(FindingWords.toDecide(chapter.audit()).stream()
                .filter(Decision::needsCheck)
                .map(AuditedFinding::decisionAmount)
                .filter(Objects::nonNull)
                .toList());
        return unsure.signum() == 0
                ? ""
                : " " + chapter.money(unsure) + " of it needs a check by hand or a test first.";
    }

    private static String endedOfSaving(PdfChapter chapter) {
        String ended = EndedWork.note(chapter.audit(), chapter.amounts());
        return ended.isEmpty() ? "" : " " + ended + ".";
    }

    private static String ended(PdfChapter chapter) {
        String ended = EndedWork.decisions(chapter.audit(), chapter.amounts());
        return ended.isEmpty() ? "" : " " + ended + ".";
    }

    private static String decisionRange(PdfChapter chapter) {
        String range =
                DecisionRanges.of(chapter.audit()).range(FindingWords.toDecide(chapter.audit()), chapter.amounts());
        return range.equals(Amounts.UNKNOWN) ? "" : " Range " + range + ".";
    }

    private static Figure range(PdfChapter chapter, Range saving) {
        String description = "Net saving a month: low " + chapter.money(saving.low()) + ", likely "
                + chapter.money(saving.likely()) + ", high " + chapter.money(saving.high()) + ".";
        return new Figure(
                RangeArt.HEIGHT,
                description,
                new RangeArt(
                        share(saving.low(), saving.high()),
                        share(saving.likely(), saving.high()),
                        "low " + chapter.money(saving.low()),
                        "likely " + chapter.money(saving.likely()),
                        "high " + chapter.money(saving.high())));
    }

    private static float share(BigDecimal part, BigDecimal whole) {
        return part.divide(whole, MathContext.DECIMAL32).floatValue();
    }

    private static List<String> sentences(PdfChapter chapter) {
        Audit audit = chapter.audit();
        Totals totals = audit.totals();
        List<String> sentences = new ArrayList<>();
        if (totals.monthlyAiCost() == null) {
            sentences.add("What AI costs is unknown: no bill and no list price was read.");
        }
        savingSentence(chapter.audit()).ifPresent(sentences::add);
        sentences.add(unknown(chapter));
        String withoutCash = String.join(" ", freed(chapter), credits(chapter)).strip();
        if (!withoutCash.isEmpty()) {
            sentences.add(withoutCash);
        }
        return sentences;
    }

    /** Why the figure of the saving is none. */
    private static Optional<String> savingSentence(Audit audit) {
        Range saving = audit.totals().saving();
        if (saving == null) {
            return Optional.of("What could be saved is unknown.");
        }
        if (saving.high().signum() > 0) {
            return Optional.empty();
        }
        return Optional.of(
                Findings.count(audit, Status.UNCONFIRMED) == 0
                        ? "The rules that could run found no saving to count."
                        : "No saving counts yet: each needs a decision first.");
    }

    private static String unknown(PdfChapter chapter) {
        Totals totals = chapter.audit().totals();
        if (totals.coverage() == null) {
            return CoverageView.whyUnknown(chapter.audit());
        }
        BigDecimal open = CoverageView.notAssessedCost(chapter.audit());
        return open.signum() <= 0
                ? allAssessed(chapter)
                : chapter.money(open) + " of the AI spend in the window ("
                        + Amounts.share(open, totals.windowAiCost())
                        + ") was not assessed and may still contain waste."
                        + largest(chapter)
                        + partly(chapter);
    }

    /** No rule that had its data is left out, though others may have lacked theirs. */
    private static String allAssessed(PdfChapter chapter) {
        String lacking = CoverageView.checksWithoutData(chapter.audit());
        String rest = (partly(chapter) + lacking + (lacking.isEmpty() ? "" : ".")).strip();
        return rest.isEmpty()
                ? "All AI spend was assessed, and no check lacked data."
                : "All AI spend was checked by at least one rule. " + rest;
    }

    private static String partly(PdfChapter chapter) {
        String partly = CoverageView.partlyChecked(chapter.audit(), chapter.amounts());
        return partly.isEmpty() ? "" : " " + partly + ": " + CoverageView.PARTLY;
    }

    /** The resource that most of what was not assessed is spent on. */
    private static String largest(PdfChapter chapter) {
        return CoverageView.openVerdicts(chapter.audit()).stream()
                .findFirst()
                .map(verdict -> " The largest part is " + chapter.text().of(verdict.name()) + " with "
                        + chapter.money(verdict.cost()) + ".")
                .orElse("");
    }

    /** What is paid for and unused until a commitment expires: no saving, but the reader's money. */
    private static String freed(PdfChapter chapter) {
        BigDecimal freed = chapter.audit().totals().freedCommitment();
        return freed == null || freed.signum() <= 0
                ? ""
                : "Findings show " + chapter.money(freed) + " a month of commitments that are unused, today or after "
                        + "these fixes, and are paid for until they expire.";
    }

    private static String credits(PdfChapter chapter) {
        String credits = SummaryView.credits(chapter.audit(), chapter.amounts());
        return credits.isEmpty()
                ? ""
                : "Promotional credits paid " + credits + " of these bills; savings may use fewer credits before they "
                        + "save cash.";
    }

    private static String owner(PdfChapter chapter, PlanGroup group) {
        return group.owners().equals(Amounts.UNKNOWN)
                ? ""
                : " Owner, by tag or policy: " + chapter.text().of(group.owners()) + ".";
    }

    /** What the roadmap has besides: {@code 18 more actions, $25,440 a month, are in the roadmap.} */
    private static String further(PdfChapter chapter) {
        List<PlanGroup> rest =
                PlanGroup.largest(chapter.audit()).stream().skip(ACTIONS).toList();
        return rest.isEmpty()
                ? ""
                : CountedNoun.of(rest.size(), "more action") + ", "
                        + chapter.money(Money.sum(rest.stream()
                                .map(group -> group.saving().likely())
                                .toList()))
                        + " a month, " + (rest.size() == 1 ? "is" : "are") + " in the roadmap.";
    }

    private static List<Block> actions(PdfChapter chapter, List<PlanGroup> groups) {
        List<Block> blocks = new ArrayList<>();
        for (int number = 0; number < groups.size(); number++) {
            PlanGroup group = groups.get(number);
            blocks.add(Heading.item(
                    (number + 1) + ". " + chapter.text().of(group.title()),
                    chapter.money(group.saving().likely()) + " a month"));
            blocks.add(new Paragraph(
                    (chapter.text().of(group.action()) + " " + group.checks()).strip(), TextStyle.BODY, 2, true));
            blocks.add(Paragraph.note(CountedNoun.of(group.findings().size(), "resource") + ": "
                    + group.names(chapter.text(), 1) + ". Range "
                    + chapter.range(group.saving()) + " a month; effort "
                    + chapter.text().of(group.effort(chapter.amounts())) + "; confidence "
                    + group.confidence() + "." + owner(chapter, group)));
        }
        return blocks;
    }
}
