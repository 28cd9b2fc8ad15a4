package io.aiaudit.report.terminal;

import io.aiaudit.model.Audit;
import io.aiaudit.model.GpuMix;
import io.aiaudit.report.section.GpuMixView;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.DisplayText;

/** The part of the terminal report that says how the hours of accelerators are bought, now and as proposed. */
public final class TerminalGpuMix {
    private static final int FAMILY = 18;
    private static final int SHARES = 20;
    private static final int PRICE = 9;

    /** The longest shares fill their column, and the next one begins with its own room. */
    private static final String GAP = "  ";

    private TerminalGpuMix() {}

    public static void write(Audit audit, Amounts amounts, TerminalPage page) {
        if (!GpuMixView.isToShow(audit)) {
            return;
        }
        page.heading("How GPU hours are bought: reserved / spot / on demand, price of an hour");
        page.faint(line("", "now", "", "proposed", ""));
        for (GpuMix mix : audit.gpuMix()) {
            page.line(line(
                    GpuMixView.family(mix),
                    GpuMixView.shares(mix.now()),
                    GpuMixView.price(mix.now(), amounts),
                    GpuMixView.shares(mix.proposed()),
                    GpuMixView.price(mix.proposed(), amounts)));
        }
        GpuMix all = audit.gpuMix().get(0);
        page.sentence(
                "",
                String.join(
                                " ",
                                GpuMixView.steps(all, amounts),
                                GpuMixView.unused(all, amounts),
                                GpuMixView.saving(audit, amounts))
                        .replaceAll(" +", " "));
        GpuMixView.notes(audit).forEach(note -> page.faintSentence("", note));
    }

    private static String line(String family, String now, String price, String proposed, String priceProposed) {
        return DisplayText.left(family, FAMILY)
                + DisplayText.right(now, SHARES)
                + DisplayText.right(price, PRICE)
                + GAP
                + DisplayText.right(proposed, SHARES)
                + DisplayText.right(priceProposed, PRICE);
    }
}
