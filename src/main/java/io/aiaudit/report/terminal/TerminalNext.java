package io.aiaudit.report.terminal;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Status;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.text.VisibleText;

/** The end of the terminal report: what to type next. */
final class TerminalNext {
    private TerminalNext() {}

    static void write(Audit audit, TerminalPage page) {
        page.heading("What next");
        if (!audit.examinedAnything() && page.check() != null) {
            page.line("  " + VisibleText.of(page.check())); // never cut: it is there to be pasted
            purpose(page, "missing files and metrics, and how to export them");
        }
        if (page.save() != null) {
            next(page, page.save(), "keeps what was read");
        }
        next(page, html(audit, page), "evidence, charts and commands for every finding");
        if (!audit.findings().isEmpty()) {
            next(
                    page,
                    "aiaudit rules show " + audit.findings().get(0).rule(),
                    "how it is detected, and when it is wrong");
        }
        if (audit.demo()) {
            next(page, "aiaudit scan --billing FILE --usage FILE", "the same for your own bill");
        }
        if (Findings.count(audit, Status.UNCONFIRMED) > 0) {
            page.sentence(
                    "  ",
                    audit.demo()
                            ? "The demo has its own policy. In your scan, record decisions under 'policy' in "
                                    + "aiaudit.yaml, then scan again."
                            : "Record decisions under 'policy' in aiaudit.yaml, then scan again.");
        }
    }

    /** What to type for the report that holds everything. */
    static String html(Audit audit, TerminalPage page) {
        return page.again(audit.demo()) + " -f html -o report";
    }

    private static void next(TerminalPage page, String command, String purpose) {
        page.line("  " + VisibleText.of(command)); // never cut: it is there to be pasted
        purpose(page, purpose);
    }

    private static void purpose(TerminalPage page, String words) {
        page.faintSentence("      ", words);
    }
}
