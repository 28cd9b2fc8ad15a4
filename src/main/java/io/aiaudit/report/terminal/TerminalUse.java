package io.aiaudit.report.terminal;

import io.aiaudit.model.Audit;
import io.aiaudit.model.CloudName;
import io.aiaudit.model.ModelTokens;
import io.aiaudit.model.UnitCost;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.section.TokensView;
import io.aiaudit.report.section.UnitView;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.DisplayText;
import java.math.BigDecimal;
import java.util.List;

/**
 * The part of the terminal report that says what was done for the money: the most expensive models, and what a unit of
 * work cost.
 */
final class TerminalUse {
    private static final int CALLS = 10;
    private static final int TOKENS = 8;
    private static final int COST = 11;
    private static final int THOUSAND = 8;
    private static final int WORD = 18;
    private static final int AMOUNT = 15;

    private TerminalUse() {}

    static void write(Audit audit, Amounts amounts, TerminalPage page) {
        models(audit, amounts, page);
        units(audit, amounts, page);
    }

    private static void models(Audit audit, Amounts amounts, TerminalPage page) {
        List<ModelTokens> models = audit.tokens();
        if (models.isEmpty()) {
            return;
        }
        page.heading("Models in the window, tokens in millions");
        page.faint(line(page, "", "requests", "in", "out", "cached", "cost", "/ 1,000"));
        for (ModelTokens model : models) {
            page.line(line(
                    page,
                    Findings.orUnknown(CloudName.of(model.provider())) + " " + TokensView.name(model)
                            + ("units".equals(model.paidBy()) ? " *" : ""),
                    Amounts.count(model.calls()),
                    Amounts.millions(model.tokensInput()),
                    Amounts.millions(model.tokensOutput()),
                    Amounts.millions(TokensView.cached(model)),
                    amounts.plain(model.cost()),
                    Amounts.price(model.costPerThousandCalls())));
        }
        BigDecimal total = TokensView.total(audit);
        page.strong(line(page, "All models", "", "", "", "", amounts.plain(total), ""));
        if (models.stream().anyMatch(model -> "units".equals(model.paidBy()))) {
            page.faintSentence("", "* billed by provisioned units, used or not");
        }
    }

    private static String line(
            TerminalPage page,
            String name,
            String calls,
            String in,
            String out,
            String cached,
            String cost,
            String per) {
        int rest = page.width() - CALLS - 3 * TOKENS - COST - THOUSAND;
        return (DisplayText.left(name, rest)
                        + DisplayText.right(calls, CALLS)
                        + DisplayText.right(in, TOKENS)
                        + DisplayText.right(out, TOKENS)
                        + DisplayText.right(cached, TOKENS)
                        + DisplayText.right(cost, COST)
                        + DisplayText.right(per, THOUSAND))
                .stripTrailing();
    }

    private static void units(Audit audit, Amounts amounts, TerminalPage page) {
        if (audit.unitCosts().isEmpty()) {
            return;
        }
        page.heading("Unit costs in the window");
        for (UnitCost unit : audit.unitCosts()) {
            String price = unit.unitCost() == null ? Amounts.UNKNOWN : amounts.sign() + Amounts.price(unit.unitCost());
            String start = DisplayText.left(UnitView.word(unit), WORD) + DisplayText.right(price, AMOUNT) + "   ";
            String hours = UnitView.hours(unit, amounts);
            List<String> notes = DisplayText.wrap(
                    (hours.isEmpty() ? "" : hours + "; ") + UnitView.coverage(unit), page.width() - start.length());
            page.line(start + notes.get(0));
            notes.stream().skip(1).forEach(more -> page.line(" ".repeat(start.length()) + more));
        }
    }
}
