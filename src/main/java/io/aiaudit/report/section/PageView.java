package io.aiaudit.report.section;

import io.aiaudit.model.Audit;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.Banners;
import io.aiaudit.report.text.Times;
import java.util.Map;

/** The whole page as its templates see it. */
public final class PageView {
    private PageView() {}

    public static Map<String, Object> of(Audit audit) {
        Amounts amounts = Amounts.page(audit.currency());
        return View.of(
                "head", head(audit),
                "summary", SummaryView.of(audit, amounts),
                "bridge", BridgeView.of(audit, amounts),
                "levers", LeverView.of(audit, amounts),
                "patterns", PatternsView.of(audit, amounts),
                "workloads", WorkloadView.of(audit, amounts),
                "compliance", ComplianceView.of(audit, amounts),
                "residency", ResidencyView.of(audit),
                "trails", TrailView.of(audit, amounts),
                "rollups", RollUpRows.view(audit, amounts),
                "spend", SpendView.of(audit, amounts),
                "plan", PlanView.of(audit, amounts),
                "findings", FindingsView.of(audit, amounts),
                "decisions", DecisionView.of(audit, amounts),
                "tokens", TokensView.of(audit, amounts),
                "units", UnitView.of(audit, amounts),
                "coverage", CoverageView.of(audit, amounts),
                "quality", QualityView.of(audit, amounts),
                "method", MethodView.of(audit, amounts));
    }

    private static Map<String, Object> head(Audit audit) {
        return View.of(
                "version", audit.tool().version(),
                "window", Times.window(audit.window()),
                "history", CommonSentences.of(audit).history(),
                "scanned", Times.minute(audit.scannedAt()),
                "currency", Findings.orUnknown(audit.currency()),
                "prices", PriceDays.of(audit).map(PriceDays::words).orElse(Amounts.UNKNOWN),
                "demo", audit.demo(),
                "partial", audit.partial(),
                "redacted", audit.redacted(),
                "demo_text", Banners.DEMO,
                "partial_text", Banners.PARTIAL);
    }
}
