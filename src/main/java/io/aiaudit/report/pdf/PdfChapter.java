package io.aiaudit.report.pdf;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Range;
import io.aiaudit.report.paper.Block;
import io.aiaudit.report.section.CommonSentences;
import io.aiaudit.report.section.Exclusions;
import io.aiaudit.report.section.PrintText;
import io.aiaudit.report.text.Amounts;
import java.math.BigDecimal;
import java.util.List;

/** What the chapters of the printed report are made of. */
record PdfChapter(
        Audit audit,
        Amounts amounts,
        PrintText text,
        Exclusions exclusions,
        CommonSentences common,
        int rows,
        Appendices appendices) {
    /** A chapter as blocks; nothing where there is nothing to say. */
    @FunctionalInterface
    interface Writer {
        List<Block> of(PdfChapter chapter);
    }

    /**
     * @param rows of each table of the body; what they leave out is added up in one more
     * @param appendices that the report has, to refer to
     */
    static PdfChapter of(Audit audit, int rows, int longest, Appendices appendices) {
        Amounts amounts = Amounts.page(audit.currency());
        return new PdfChapter(
                audit,
                amounts,
                new PrintText(amounts, longest),
                Exclusions.of(audit, amounts),
                CommonSentences.of(audit),
                rows,
                appendices);
    }

    /** What a rule saw, without the sentences that the report has once. */
    String reason(AuditedFinding finding) {
        return text.of(common.reason(finding));
    }

    String money(BigDecimal amount) {
        return text.money(amount);
    }

    /** Such as {@code $12 to $34}; one amount where both are the same. */
    String range(Range range) {
        return range == null ? Amounts.UNKNOWN : Amounts.between(money(range.low()), money(range.high()));
    }
}
