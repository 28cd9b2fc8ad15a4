package io.aiaudit.report.table;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.AuditedResource;
import io.aiaudit.model.Audit.DailySpend;
import io.aiaudit.model.Audit.ListPrice;
import io.aiaudit.model.Brand;
import io.aiaudit.model.Commitment;
import io.aiaudit.model.Gap;
import io.aiaudit.model.ModelTokens;
import io.aiaudit.model.OneOff;
import io.aiaudit.model.Plan;
import io.aiaudit.model.PlannedFinding;
import io.aiaudit.model.PriorDecisions;
import io.aiaudit.model.Range;
import io.aiaudit.model.Remedy;
import io.aiaudit.model.UnitCost;
import io.aiaudit.report.section.CoverageView;
import io.aiaudit.report.section.FindingPeriod;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.section.Glossary;
import io.aiaudit.report.section.SpendView;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The tables of an audit, each with its columns and rows: the sheets of the workbook and the files of the CSV set. */
final class AuditTables {
    private final Audit audit;
    private final Brand brand;
    private final List<SheetTable<?>> tables = new ArrayList<>();

    private AuditTables(Audit audit, Brand brand) {
        this.audit = audit;
        this.brand = brand;
    }

    /** In the order of the sheets, the summary first. */
    static List<SheetTable<?>> of(Audit audit, Brand brand) {
        AuditTables all = new AuditTables(audit, brand);
        all.summary();
        all.findings();
        all.plan();
        all.resources();
        all.spend();
        all.tokens();
        all.unitCosts();
        all.commitments();
        all.coverage();
        return List.copyOf(all.tables);
    }

    private record Figure(String name, Object value) {}

    private void summary() {
        Audit.Totals totals = audit.totals();
        List<Figure> figures = new ArrayList<>();
        figures.addAll(branded());
        figures.add(new Figure("Window start", audit.window().start()));
        figures.add(new Figure("Window end (not included)", audit.window().end()));
        figures.add(new Figure("Currency", audit.currency()));
        figures.add(new Figure("Demo", String.valueOf(audit.demo())));
        figures.add(new Figure("Redacted", String.valueOf(audit.redacted())));
        figures.add(new Figure("Cost a month", totals.monthlyCost()));
        figures.add(new Figure("AI cost a month", totals.monthlyAiCost()));
        figures.add(new Figure("Run rate a month", totals.runRate()));
        figures.add(new Figure("AI cost in the window", totals.windowAiCost()));
        figures.add(new Figure("Not assessed, of the AI cost in the window", CoverageView.notAssessedCost(audit)));
        figures.add(new Figure(
                "Left after fixes, or safety margin, of the AI cost in the window",
                totals.coverage() == null ? null : CoverageView.left(audit)));
        figures.add(new Figure("Checked only in part, of the AI cost in the window", totals.inUsePartlyChecked()));
        figures.add(new Figure("Net saving a month, low", low(totals.saving())));
        figures.add(new Figure("Net saving a month, likely", likely(totals.saving())));
        figures.add(new Figure("Net saving a month, high", high(totals.saving())));
        figures.add(new Figure("Added if all decisions are approved, a month", totals.toDecide()));
        figures.add(new Figure("Blocked by policy, gross a month", totals.blockedSaving()));
        figures.add(new Figure("Accepted, gross a month", totals.acceptedSaving()));
        figures.add(new Figure("Unused commitment a month", totals.freedCommitment()));
        figures.add(new Figure("Findings without a price", totals.unpricedFindings()));
        figures.add(new Figure("Made with aiaudit", audit.tool().version()));
        tables.add(new SheetTable<>("Summary", figures)
                .wide("Figure", Figure::name)
                .money("Value", Figure::value));
    }

    private List<Figure> branded() {
        List<Figure> lines = new ArrayList<>();
        lines.add(new Figure("Client", brand.client()));
        lines.add(new Figure("Author", brand.author()));
        lines.add(new Figure("Confidentiality", brand.confidentiality()));
        for (Brand.Part part : Brand.Part.values()) {
            lines.add(new Figure("On the " + part.key(), brand.text(part)));
        }
        return lines.stream().filter(line -> !line.value().equals("")).toList();
    }

    private static BigDecimal low(Range range) {
        return range == null ? null : range.low();
    }

    private static BigDecimal likely(Range range) {
        return range == null ? null : range.likely();
    }

    private static BigDecimal high(Range range) {
        return range == null ? null : range.high();
    }

    private void findings() {
        PriorDecisions prior = PriorDecisions.of(audit);
        tables.add(new SheetTable<>("Findings", audit.findings())
                .column("Finding", AuditedFinding::id)
                .column("Rule", AuditedFinding::rule)
                .column("Status", Glossary::word)
                .column("Provider", AuditedFinding::provider)
                .column("Account number", AuditedFinding::accountId)
                .column("Account", AuditedFinding::accountName)
                .column("Region", AuditedFinding::region)
                .column("Resource", AuditedFinding::resourceName)
                .column("Kind", AuditedFinding::kind)
                .column("Owner", AuditedFinding::owner)
                .money("Cost a month", AuditedFinding::monthlyCost)
                .column("Cost from", AuditedFinding::costBasis)
                .money("Net saving a month, low", finding -> low(finding.counted()))
                .money("Net saving a month, likely", finding -> likely(finding.counted()))
                .money("Net saving a month, high", finding -> high(finding.counted()))
                .money("Gross saving a month, low", finding -> low(finding.standAlone()))
                .money("Gross saving a month, likely", finding -> likely(finding.standAlone()))
                .money("Gross saving a month, high", finding -> high(finding.standAlone()))
                .money("Added by your decision, a month", AuditedFinding::needsDecision)
                .money("Unused commitment a month", AuditedFinding::freedCommitment)
                .column("Day of the list price", finding -> price(finding, ListPrice::asOf))
                .column("Source of the list price", finding -> price(finding, ListPrice::origin))
                .column("Lever", AuditedFinding::lever)
                .column("Confidence", AuditedFinding::confidence)
                .wide("What was found", AuditedFinding::reason)
                .wide("Why it has this status", finding -> Findings.statusReason(audit, finding))
                .column("Change to", AuditedFinding::target)
                .wide("Action", ofRemedy(Remedy::action))
                .column("Effort", ofRemedy(Remedy::effort))
                .column("One-off hours", ofOneOff(OneOff::hours))
                .money("One-off cost", ofOneOff(OneOff::cost))
                .column("Payback in months", ofOneOff(OneOff::paybackMonths))
                .wide("Effect on speed", ofRemedy(Remedy::speed))
                .wide("Effect on compliance", ofRemedy(Remedy::compliance))
                .wide("Commands", ofRemedy(Remedy::commands))
                .wide("Resource id", AuditedFinding::resourceId)
                .wide("Workload", AuditedFinding::workload)
                .wide("Tags", AuditedFinding::tags)
                .wide("Evidence", AuditedFinding::evidence)
                .wide("Problem", finding -> Findings.title(audit, finding))
                .wide("Period", finding -> FindingPeriod.of(audit, finding))
                .column("Environment", AuditedFinding::environment)
                .wide(
                        "Decide first",
                        finding -> prior.before(finding)
                                .map(open -> Findings.title(audit, open) + " (finding " + open.id() + ")")
                                .orElse(null)));
    }

    private static Object price(AuditedFinding finding, Function<ListPrice, Object> part) {
        return finding.listPrice() == null ? null : part.apply(finding.listPrice());
    }

    private static Function<AuditedFinding, Object> ofRemedy(Function<Remedy, Object> part) {
        return finding -> finding.remedy() == null ? null : part.apply(finding.remedy());
    }

    private static Function<AuditedFinding, Object> ofOneOff(Function<OneOff, Object> part) {
        return ofRemedy(remedy -> remedy.oneOff() == null ? null : part.apply(remedy.oneOff()));
    }

    private record Step(Plan.Stage stage, PlannedFinding planned) {}

    private void plan() {
        List<Step> steps = audit.plan().stages().stream()
                .flatMap(stage -> stage.findings().stream().map(planned -> new Step(stage, planned)))
                .toList();
        tables.add(new SheetTable<>("Plan", steps)
                .column("Step", step -> step.stage.step())
                .column("Finding", step -> step.planned.finding().id())
                .column("Rule", step -> step.planned.finding().rule())
                .column("Resource", step -> step.planned.finding().resourceName())
                .column("Owner", step -> step.planned.finding().owner())
                .money(
                        "Net saving a month, likely",
                        step -> likely(step.planned.finding().counted()))
                .column("Effort", step -> ofRemedy(Remedy::effort).apply(step.planned.finding()))
                .wide("Action", step -> ofRemedy(Remedy::action).apply(step.planned.finding())));
    }

    private void resources() {
        tables.add(new SheetTable<>("Resources", audit.resources())
                .column("Provider", AuditedResource::provider)
                .column("Account number", AuditedResource::accountId)
                .column("Account", AuditedResource::accountName)
                .column("Region", AuditedResource::region)
                .column("Kind", AuditedResource::kind)
                .column("Resource", AuditedResource::name)
                .column("Instance type", AuditedResource::machineType)
                .column("Instances", AuditedResource::replicas)
                .column("Accelerator", AuditedResource::accelerator)
                .column("Accelerators", AuditedResource::acceleratorCount)
                .column("State", AuditedResource::state)
                .column("Purchase option", AuditedResource::purchase)
                .column("Created", AuditedResource::createdAt)
                .column("Ended", AuditedResource::endedAt)
                .money("Cost a month", AuditedResource::monthlyCost)
                .money("Run rate a month", AuditedResource::runRate)
                .column("Cost from", AuditedResource::costBasis)
                .wide("Resource id", AuditedResource::resourceId)
                .wide("Tags", AuditedResource::tags));
    }

    private void spend() {
        tables.add(new SheetTable<>("Bill", audit.bill().providers())
                .column("Provider", Audit.ProviderBill::provider)
                .money("Billed cost", Audit.ProviderBill::billedCost)
                .money("Effective cost", Audit.ProviderBill::effectiveCost)
                .money("AI cost", Audit.ProviderBill::aiCost)
                .money("Other cost", Audit.ProviderBill::otherCost)
                .money("Unclassified cost", Audit.ProviderBill::untoldCost)
                .money("Tax", Audit.ProviderBill::tax)
                .money("Promotional credit", Audit.ProviderBill::promotionalCredit)
                .column("Rows", Audit.ProviderBill::rows)
                .column("Rejected rows", Audit.ProviderBill::rejectedRows));
        tables.add(new SheetTable<>("Spend by day", audit.spend())
                .column("Day", DailySpend::day)
                .column("Provider", DailySpend::provider)
                .wide("Service", DailySpend::service)
                .column("Spend class", day -> SpendView.word(day.spendClass()))
                .money("Cost", DailySpend::cost));
    }

    private void tokens() {
        tables.add(new SheetTable<>("Models", audit.tokens())
                .column("Provider", ModelTokens::provider)
                .column("Model", ModelTokens::model)
                .column("Paid by", ModelTokens::paidBy)
                .column("Requests", ModelTokens::calls)
                .column("Input tokens", ModelTokens::tokensInput)
                .column("Output tokens", ModelTokens::tokensOutput)
                .column("Tokens read from the cache", ModelTokens::tokensCacheRead)
                .column("Tokens written to the cache", ModelTokens::tokensCacheWrite)
                .money("Cost in the window", ModelTokens::cost)
                .money("Cost a month", ModelTokens::monthlyCost));
    }

    private void unitCosts() {
        tables.add(new SheetTable<>("Unit costs", audit.unitCosts())
                .column("Unit", UnitCost::unit)
                .money("Cost in the window", UnitCost::cost)
                .column("Quantity", UnitCost::quantity)
                .column("Cost of a unit", UnitCost::unitCost)
                .column("Measured", UnitCost::measured)
                .column("Resources", UnitCost::resources)
                .column("Share of the cost", UnitCost::costShare));
    }

    private void commitments() {
        tables.add(new SheetTable<>("Commitments", audit.commitments())
                .column("Provider", Commitment::provider)
                .column("Kind", Commitment::kind)
                .column("Scope", Commitment::scope)
                .column("Start", Commitment::start)
                .column("End", Commitment::end)
                .money("Cost an hour", Commitment::hourlyCommitment)
                .column("Share used", Commitment::usedShare)
                .wide("Commitment id", Commitment::commitmentId));
    }

    /** What was examined, and what was not. */
    private void coverage() {
        tables.add(new SheetTable<>("Rules", audit.rules())
                .column("Rule", Audit.RuleReport::id)
                .wide("Problem", Audit.RuleReport::title)
                .column("State", Audit.RuleReport::state)
                .column("Resources checked", Audit.RuleReport::examined)
                .column("Resources that could not be checked", Audit.RuleReport::notExamined)
                .column("Findings", Audit.RuleReport::found)
                .money("Cost not checked, a month", Audit.RuleReport::costNotExamined)
                .wide("Why not checked", Audit.RuleReport::notExaminedReasons)
                .wide("Why it did not run", Audit.RuleReport::problem));
        tables.add(new SheetTable<>("Not assessed", CoverageView.open(audit))
                .wide("What is missing", Audit.NotAssessed::missing)
                .column("Kind of what is missing", Audit.NotAssessed::what)
                .money("Cost in the window", Audit.NotAssessed::cost)
                .column("Resources", Audit.NotAssessed::resources)
                .wide("What would help", Audit.NotAssessed::fix)
                .wide("Largest resources", Audit.NotAssessed::largestResources));
        tables.add(new SheetTable<>("Not read", audit.gaps())
                .column("Source", Gap::source)
                .wide("Where", Gap::scope)
                .wide("Why it was not read", Gap::problem)
                .wide("What would help", Gap::fix));
        tables.add(new SheetTable<>("Checklist", audit.checklist())
                .wide("Practice", Audit.ChecklistItem::item)
                .column("State", Audit.ChecklistItem::state)
                .column("Findings against it", Audit.ChecklistItem::findings));
    }
}
