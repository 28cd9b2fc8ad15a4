package io.aiaudit.report.pipeline;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.CloudName;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Money;
import io.aiaudit.model.Status;
import io.aiaudit.report.format.Reporter;
import io.aiaudit.report.section.AuditHeadline;
import io.aiaudit.report.section.FindingWords;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.DisplayText;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Annotations of a GitHub Actions run, as workflow commands: what failed or was not read as errors, the largest
 * findings as warnings, the largest decisions as notices. GitHub shows ten of each in a step and drops the rest without
 * a word, so the tenth says what the rest is.
 */
public final class GithubReporter implements Reporter {
    /** Of each kind in one step. */
    static final int LIMIT = 10;

    /** GitHub cuts a longer message. */
    private static final int LONGEST = 2_000;

    @Override
    public String format() {
        return "github";
    }

    /** What a workflow command says. */
    private record Annotation(String title, String message, BigDecimal amount) {}

    @Override
    public void write(Audit audit, OutputStream out) throws IOException {
        Amounts amounts = new Amounts(audit.currency());
        StringBuilder lines = new StringBuilder(AuditHeadline.sentence(audit)).append('\n');
        annotate("error", notJudged(audit), "more could not be read or judged", lines, amounts);
        annotate("warning", findings(audit, Findings.saving(audit), amounts), "more", lines, amounts);
        annotate("notice", findings(audit, FindingWords.toDecide(audit), amounts), "more to decide", lines, amounts);
        out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static List<Annotation> notJudged(Audit audit) {
        List<Annotation> annotations = new ArrayList<>();
        audit.rules().stream()
                .filter(rule -> rule.state().equals("failed"))
                .forEach(rule -> annotations.add(
                        new Annotation("Rule failed: " + rule.id(), Findings.orUnknown(rule.problem()), null)));
        for (Gap gap : audit.gaps()) {
            annotations.add(new Annotation(
                    "Not read: " + CloudName.of(gap.source()) + " " + Findings.orUnknown(gap.scope()),
                    gap.problem() + " Fix: " + gap.fix(),
                    null));
        }
        return annotations;
    }

    private static List<Annotation> findings(Audit audit, List<AuditedFinding> findings, Amounts amounts) {
        return findings.stream()
                .map(finding -> new Annotation(
                        FindingWords.title(audit, finding),
                        Findings.titled(audit, FindingWords.text(finding, amounts)) + " "
                                + FindingWords.location(finding),
                        finding.status() == Status.COUNTED ? finding.counted().likely() : finding.decisionAmount()))
                .toList();
    }

    private static void annotate(
            String kind, List<Annotation> annotations, String more, StringBuilder lines, Amounts amounts) {
        boolean all = annotations.size() <= LIMIT;
        List<Annotation> shown = annotations.subList(0, all ? annotations.size() : LIMIT - 1);
        shown.forEach(annotation -> lines.append(command(kind, annotation)));
        if (!all) {
            List<Annotation> rest = annotations.subList(shown.size(), annotations.size());
            BigDecimal sum = sum(rest);
            String message = Amounts.count(rest.size()) + " " + more
                    + (sum == null ? "" : ", " + amounts.whole(sum) + " a month") + ": see the report.";
            lines.append(command(kind, new Annotation("aiaudit", message, null)));
        }
    }

    /** Null where no amount is known. */
    private static BigDecimal sum(List<Annotation> annotations) {
        List<BigDecimal> known = annotations.stream()
                .map(Annotation::amount)
                .filter(Objects::nonNull)
                .toList();
        return known.isEmpty() ? null : Money.sum(known);
    }

    private static String command(String kind, Annotation annotation) {
        return "::" + kind + " title=" + property(annotation.title()) + "::" + data(annotation.message()) + "\n";
    }

    /** Line breaks are shown and not made, so that no name starts a command of its own. */
    private static String data(String text) {
        return DisplayText.cut(text, LONGEST).replace("%", "%25");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
