package io.aiaudit.report.terminal;

import io.aiaudit.report.compare.AuditDiff;
import io.aiaudit.report.compare.AuditDiff.Change;
import io.aiaudit.report.compare.AuditDiff.Side;
import io.aiaudit.report.compare.DiffCause;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.Banners;
import io.aiaudit.report.text.CountedNoun;
import io.aiaudit.report.text.DisplayText;
import io.aiaudit.report.text.Times;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A comparison for a person at a terminal: the headline first, then what changed it. */
public final class TerminalDiff {
    private static final int LARGEST = 10;
    private static final int LABEL = 15;
    private static final int AMOUNT = 15;
    private static final int REGION = 18;

    /** The heads of the columns name the currency. */
    private static final Amounts AMOUNTS = Amounts.rounded(null);

    private TerminalDiff() {}

    public static void write(AuditDiff diff, TerminalPage page) {
        Side before = diff.before();
        Side after = diff.after();
        page.strong("Changes from " + Times.window(before.window()));
        page.strong("          to " + Times.window(after.window()));
        if (diff.demo()) {
            page.banner(Banners.DEMO);
        }
        diff.warnings().forEach(warning -> page.sentence("", "warning: " + warning));
        headline(before, after, page);
        bridge(diff, page);
        diff.findings().byCause().forEach((cause, changes) -> findings(cause.heading(), changes, page));
        page.blank();
        page.sentence("", CountedNoun.of(diff.findings().unchanged(), "finding") + " as before.");
    }

    private static void headline(Side before, Side after, TerminalPage page) {
        boolean comparable = Objects.equals(before.currency(), after.currency());
        page.heading("A month");
        page.faint(line(
                "",
                "OLD, " + Findings.orUnknown(before.currency()),
                "NEW, " + Findings.orUnknown(after.currency()),
                "change"));
        page.line(amounts("AI spend", before.monthlyAiCost(), after.monthlyAiCost(), comparable));
        page.strong(amounts(
                "Net saving",
                before.saving() == null ? null : before.saving().likely(),
                after.saving() == null ? null : after.saving().likely(),
                comparable));
        page.line(amounts("Needs decision", before.needsDecision(), after.needsDecision(), comparable));
        if (comparable && isOffByRounding(before, after)) {
            page.faintSentence("", "Each amount is rounded by itself: the change of the net saving differs by 1.");
        }
    }

    private static boolean isOffByRounding(Side before, Side after) {
        if (before.saving() == null || after.saving() == null) {
            return false;
        }
        BigDecimal old = before.saving().likely();
        BigDecimal now = after.saving().likely();
        BigDecimal shown = whole(now).subtract(whole(old));
        return shown.compareTo(whole(now.subtract(old))) != 0;
    }

    private static BigDecimal whole(BigDecimal amount) {
        return amount.setScale(0, RoundingMode.HALF_EVEN);
    }

    private static String amounts(String label, BigDecimal before, BigDecimal after, boolean comparable) {
        BigDecimal change = !comparable || before == null || after == null ? null : after.subtract(before);
        return line(label, plain(before), plain(after), signed(change));
    }

    private static String line(String label, String before, String after, String change) {
        return DisplayText.left(label, LABEL)
                + DisplayText.right(before, AMOUNT)
                + DisplayText.right(after, AMOUNT)
                + DisplayText.right(change, AMOUNT);
    }

    /** The parts add up to the change of the saving. */
    private static void bridge(AuditDiff diff, TerminalPage page) {
        Map<DiffCause, List<Change>> byCause = diff.findings().byCause();
        if (byCause.isEmpty() || diff.savingChange() == null) {
            return;
        }
        page.heading("Where the change of the saving comes from");
        byCause.forEach((cause, changes) -> part(cause, changes, page));
    }

    private static void part(DiffCause cause, List<Change> changes, TerminalPage page) {
        BigDecimal sum = changes.stream().map(Change::savingChange).reduce(BigDecimal.ZERO, BigDecimal::add);
        page.line(DisplayText.right(signed(sum), AMOUNT) + "  " + CountedNoun.of(changes.size(), "finding") + ": "
                + cause.words());
    }

    private static void findings(String heading, List<Change> all, TerminalPage page) {
        page.heading(heading + ", by change of the saving");
        List<Change> changes = all.stream().filter(Change::hasEffect).toList();
        int name = page.width() - AMOUNT - REGION - 4;
        for (Change change : changes.subList(0, Math.min(LARGEST, changes.size()))) {
            page.strong(DisplayText.right(signed(change.savingChange()), AMOUNT)
                    + "  "
                    + DisplayText.left(change.displayName(), name)
                    + "  "
                    + DisplayText.cut(Findings.orUnknown(change.region()), REGION));
            page.sentence(
                    " ".repeat(AMOUNT + 2),
                    change.title() + change.exclusion(TerminalDiff::plain) + ": " + change.reason());
        }
        if (changes.size() > LARGEST) {
            page.faint(
                    " ".repeat(AMOUNT + 2) + Amounts.count(changes.size() - LARGEST) + " more are listed by -f json.");
        }
        if (all.size() > changes.size()) {
            page.faint(" ".repeat(AMOUNT + 2)
                    + CountedNoun.of(all.size() - changes.size(), "finding")
                    + " changed no amount: listed by -f json.");
        }
    }

    private static String plain(BigDecimal amount) {
        return AMOUNTS.plain(amount);
    }

    private static String signed(BigDecimal change) {
        return change != null && change.signum() > 0 ? "+" + plain(change) : plain(change);
    }
}
