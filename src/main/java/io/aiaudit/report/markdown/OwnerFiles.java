package io.aiaudit.report.markdown;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Money;
import io.aiaudit.model.Status;
import io.aiaudit.report.section.FindingWords;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.section.Glossary;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.Banners;
import io.aiaudit.report.text.CountedNoun;
import io.aiaudit.report.text.MarkdownText;
import io.aiaudit.report.text.Times;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A Markdown file for each owner with the findings of that owner only, for a chat, a mail or a ticket. Names of owners
 * come from tags that anybody may write: what is no plain word is not part of a file name.
 */
public final class OwnerFiles {
    /** The file of what has no owner. */
    static final String UNOWNED = "unowned.md";

    private static final int LONGEST_NAME = 40;
    private static final int DIGEST = 8;

    private OwnerFiles() {}

    /** The text of each file by its name. */
    public static Map<String, String> of(Audit audit) {
        Map<String, List<AuditedFinding>> byOwner = new TreeMap<>();
        for (AuditedFinding finding : audit.findings()) {
            String owner = finding.owner() == null ? "" : finding.owner().strip();
            byOwner.computeIfAbsent(owner, name -> new ArrayList<>()).add(finding);
        }
        Map<String, String> files = new TreeMap<>();
        byOwner.forEach((owner, findings) -> files.put(fileName(owner), text(audit, owner, findings)));
        return files;
    }

    /**
     * The plain letters and digits of the name, and a digest of the name where it has more than those, so that no two
     * owners share a file.
     */
    static String fileName(String owner) {
        if (owner.isEmpty()) {
            return UNOWNED;
        }
        String plain =
                owner.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        String start = plain.substring(0, Math.min(plain.length(), LONGEST_NAME));
        boolean same = start.equals(owner) && !UNOWNED.equals(start + ".md");
        return same ? start + ".md" : "owner-" + start + (start.isEmpty() ? "" : "-") + digest(owner) + ".md";
    }

    private static String digest(String owner) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(owner.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGEST);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String text(Audit audit, String owner, List<AuditedFinding> findings) {
        Amounts amounts = Amounts.rounded(audit.currency());
        BigDecimal net = sum(findings, Status.COUNTED);
        BigDecimal decisions = sum(findings, Status.UNCONFIRMED);
        StringBuilder text = new StringBuilder("# AI cost findings: ")
                .append(owner.isEmpty() ? "no owner" : MarkdownText.sentence(owner))
                .append("\n\n")
                .append(audit.demo() ? Banners.DEMO + "\n\n" : "")
                .append(MarkdownText.sentence(Times.window(audit.window())))
                .append(", amounts in ")
                .append(MarkdownText.sentence(Findings.orUnknown(audit.currency())))
                .append(" a month. ")
                .append(CountedNoun.of(findings.size(), "finding"))
                .append(": net saving ")
                .append(amounts.money(net))
                .append(", needs your decision ")
                .append(amounts.money(decisions))
                .append(".\n\n")
                .append(MarkdownText.head(1, "amount", "resource", "finding", "status"));
        for (AuditedFinding finding : findings) {
            text.append(MarkdownText.row(
                    amounts.money(finding.monthlyAmount()),
                    MarkdownText.code(Findings.name(finding)),
                    MarkdownText.sentence(FindingWords.titleWithUnused(audit, finding, amounts)),
                    Glossary.word(finding)));
        }
        findings.forEach(finding -> text.append('\n')
                .append(MarkdownReporter.details(audit, finding).stripTrailing())
                .append('\n'));
        return text.toString();
    }

    private static BigDecimal sum(List<AuditedFinding> findings, Status status) {
        return Money.sum(findings.stream()
                .filter(finding -> finding.status() == status)
                .map(AuditedFinding::monthlyAmount)
                .filter(Objects::nonNull)
                .toList());
    }
}
