package io.aiaudit.report.terminal;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Residency;
import io.aiaudit.report.section.ResidencyView;
import io.aiaudit.report.section.TrailView;
import io.aiaudit.report.text.Amounts;
import java.util.List;

/** What a limit of region or an audit trail leaves open, on a terminal. */
public final class TerminalCompliance {
    private TerminalCompliance() {}

    public static void residency(Audit audit, TerminalPage page) {
        List<ResidencyView.Workload> outside = ResidencyView.workloads(audit).stream()
                .filter(workload -> !workload.with(Residency.State.OUTSIDE).isEmpty())
                .toList();
        if (outside.isEmpty()) {
            return;
        }
        page.heading("Outside the allowed regions");
        outside.forEach(workload -> page.sentence(
                "", workload.name() + ": " + ResidencyView.sentence(workload, Residency.State.OUTSIDE) + "."));
    }

    public static void trails(Audit audit, Amounts amounts, TerminalPage page) {
        if (!TrailView.incomplete(audit).isEmpty()) {
            page.heading("Audit trail of models and endpoints");
            page.sentence("", TrailView.lead(audit, amounts));
        }
    }
}
