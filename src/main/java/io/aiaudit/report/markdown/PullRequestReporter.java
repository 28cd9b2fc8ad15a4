package io.aiaudit.report.markdown;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Status;
import io.aiaudit.report.format.Reporter;
import io.aiaudit.report.section.AuditHeadline;
import io.aiaudit.report.section.Decision;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.text.CountedNoun;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A comment on a pull or merge request: the figures at once, everything else folded, short enough for GitHub and GitLab
 * whatever the audit holds.
 */
public final class PullRequestReporter implements Reporter {
    /** By which a pipeline finds its own comment, to replace it. */
    public static final String MARK = "<!-- aiaudit -->";

    private static final int MOST = 10;

    @Override
    public String format() {
        return "pr.md";
    }

    @Override
    public void write(Audit audit, OutputStream out) throws IOException {
        MarkdownSections sections = MarkdownSections.largest(audit, MOST);
        StringBuilder text = new StringBuilder(MARK + "\n### aiaudit: ")
                .append(AuditHeadline.saving(audit, sections.amounts()))
                .append("\n\n")
                .append(sections.banners())
                .append(sections.window())
                .append(sections.totals());
        folded(
                CountedNoun.of(Findings.saving(audit).size(), "finding") + " in the saving",
                Findings.count(audit, Status.COUNTED),
                sections.counted(),
                text);
        folded(
                Decision.count(audit) + ": each with its answer in aiaudit.yaml",
                Findings.count(audit, Status.UNCONFIRMED),
                sections.decisions(),
                text);
        folded(
                CountedNoun.of(Findings.count(audit, Status.ACCEPTED), "finding") + " accepted",
                Findings.count(audit, Status.ACCEPTED),
                sections.accepted(),
                text);
        String missing = sections.missing();
        folded("Not read or uncertain", missing.length(), missing, text);
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void folded(String summary, long content, String body, StringBuilder text) {
        if (content > 0) {
            text.append("<details><summary>")
                    .append(summary)
                    .append("</summary>\n\n")
                    .append(body.stripTrailing())
                    .append("\n\n</details>\n\n");
        }
    }
}
