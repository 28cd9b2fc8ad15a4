package io.aiaudit.report.terminal;

import io.aiaudit.model.Audit;
import io.aiaudit.report.section.CoverageView;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.DisplayText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The AI spend of the window as one bar of letters, which a terminal without colour shows too, and its legend. */
final class TerminalBar {
    /** By the ink of a class; what is past is over. */
    private static final Map<String, String> LETTERS = Map.of(
            "counted", "C",
            "unconfirmed", "D",
            "blocked", "B",
            "accepted", "A",
            "freed", "U",
            "use", "=",
            "past", "-",
            "left", "L",
            "unknown", "?");

    private static final int LEGEND = 2;

    private TerminalBar() {}

    /** Empty where nothing is known. */
    static String of(Audit audit, int width) {
        List<CoverageView.Line> lines = CoverageView.lines(audit).stream()
                .filter(line -> line.amount().signum() > 0)
                .toList();
        BigDecimal sum = lines.stream().map(CoverageView.Line::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        List<Integer> columns = new ArrayList<>();
        int largest = 0;
        for (CoverageView.Line line : lines) {
            int share = line.amount()
                    .multiply(BigDecimal.valueOf(width - 2L))
                    .divide(sum, 0, RoundingMode.HALF_UP)
                    .intValue();
            columns.add(Math.max(1, share));
            largest = columns.get(columns.size() - 1) > columns.get(largest) ? columns.size() - 1 : largest;
        }
        if (lines.isEmpty()) {
            return "";
        }
        int all = columns.stream().mapToInt(Integer::intValue).sum();
        columns.set(largest, columns.get(largest) + width - 2 - all);
        StringBuilder bar = new StringBuilder("[");
        for (int index = 0; index < columns.size(); index++) {
            bar.append(letter(lines.get(index)).repeat(columns.get(index)));
        }
        return bar.append(']').toString();
    }

    /**
     * Each class with its letter and its amount, in lines of at most so many columns. What was not assessed has its
     * amount above, so it gives way where two lines do not suffice.
     */
    static List<String> legend(Audit audit, Amounts amounts, int width) {
        List<String> whole = legend(audit, amounts, width, true);
        return whole.size() <= LEGEND ? whole : legend(audit, amounts, width, false);
    }

    private static List<String> legend(Audit audit, Amounts amounts, int width, boolean withUnknown) {
        List<String> lines = new ArrayList<>();
        for (CoverageView.Line line : CoverageView.lines(audit)) {
            String entry = letter(line) + " " + word(line)
                    + (withUnknown || !line.ink().equals("unknown") ? " " + amounts.whole(line.amount()) : "");
            String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1) + ", " + entry;
            if (lines.isEmpty() || DisplayText.width(last) >= width) {
                lines.add(entry);
            } else {
                lines.set(lines.size() - 1, last);
            }
        }
        return lines;
    }

    private static String word(CoverageView.Line line) {
        return line.name()
                .toLowerCase(Locale.ROOT)
                .replace("counted savings", "counted")
                .replace("left after the fix, or safety margin", "left over")
                .replace("ended or reduced", "ended")
                .replace("needs decision", "to decide");
    }

    private static String letter(CoverageView.Line line) {
        return LETTERS.getOrDefault(line.ink(), "+");
    }
}
