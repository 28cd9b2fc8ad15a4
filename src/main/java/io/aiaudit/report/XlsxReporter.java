package io.aiaudit.report;

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
import io.aiaudit.model.Range;
import io.aiaudit.model.Remedy;
import io.aiaudit.model.UnitCost;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.dhatim.fastexcel.Workbook;

/** A workbook with a sheet for each table of the audit, to filter and to calculate with. It has no formula. */
final class XlsxReporter implements Reporter {
    private final Brand brand;

    XlsxReporter() {
        this(Brand.NONE);
    }

    private XlsxReporter(Brand brand) {
        this.brand = brand;
    }

    @Override
    public String format() {
        return "xlsx";
    }

    @Override
    public Reporter branded(Brand given) {
        return new XlsxReporter(given);
    }

    @Override
    public void write(Audit audit, OutputStream out) throws IOException {
        SameBook.write(audit.scannedAt(), out, book -> {
            summary(audit, book);
            findings(audit, book);
            plan(audit, book);
            resources(audit, book);
            spend(audit, book);
            tokens(audit, book);
            unitCosts(audit, book);
            commitments(audit, book);
            coverage(audit, book);
        });
    }

    private record Figure(String name, Object value) {}

    private void summary(Audit audit, Workbook book) {
        Audit.Totals totals = audit.totals();
        List<Figure> figures = new ArrayList<>();
        figures.addAll(branded());
        figures.add(new Figure("window start", audit.window().start()));
        figures.add(new Figure("window end (not included)", audit.window().end()));
        figures.add(new Figure("currency", audit.currency()));
        figures.add(new Figure("demo", String.valueOf(audit.demo())));
        figures.add(new Figure("redacted", String.valueOf(audit.redacted())));
        figures.add(new Figure("cost a month", totals.monthlyCost()));
        figures.add(new Figure("AI cost a month", totals.monthlyAiCost()));
        figures.add(new Figure("run rate a month", totals.runRate()));
        figures.add(new Figure("net saving a month, low", low(totals.saving())));
        figures.add(new Figure("net saving a month, likely", likely(totals.saving())));
        figures.add(new Figure("net saving a month, high", high(totals.saving())));
        figures.add(new Figure("needs decision a month", totals.toDecide()));
        figures.add(new Figure("blocked a month", totals.blockedSaving()));
        figures.add(new Figure("accepted a month", totals.acceptedSaving()));
        figures.add(new Figure("freed commitment a month", totals.freedCommitment()));
        figures.add(new Figure("findings without a price", totals.unpricedFindings()));
        figures.add(new Figure("made with aiaudit", audit.tool().version()));
        new SheetTable<Figure>("Summary")
                .wide("figure", Figure::name)
                .money("value", Figure::value)
                .write(book, figures);
    }

    private List<Figure> branded() {
        List<Figure> lines = new ArrayList<>();
        lines.add(new Figure("client", brand.client()));
        lines.add(new Figure("author", brand.author()));
        lines.add(new Figure("confidentiality", brand.confidentiality()));
        for (Brand.Part part : Brand.Part.values()) {
            lines.add(new Figure("on the " + part.key(), brand.text(part)));
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

    private static void findings(Audit audit, Workbook book) {
        new SheetTable<AuditedFinding>("Findings")
                .column("id", AuditedFinding::id)
                .column("rule", AuditedFinding::rule)
                .column("status", AuditedFinding::status)
                .column("provider", AuditedFinding::provider)
                .column("account id", AuditedFinding::accountId)
                .column("account", AuditedFinding::accountName)
                .column("region", AuditedFinding::region)
                .column("resource", AuditedFinding::resourceName)
                .column("kind", AuditedFinding::kind)
                .column("owner", AuditedFinding::owner)
                .money("cost a month", AuditedFinding::monthlyCost)
                .column("cost basis", AuditedFinding::costBasis)
                .money("net low", finding -> low(finding.counted()))
                .money("net likely", finding -> likely(finding.counted()))
                .money("net high", finding -> high(finding.counted()))
                .money("gross low", finding -> low(finding.standAlone()))
                .money("gross likely", finding -> likely(finding.standAlone()))
                .money("gross high", finding -> high(finding.standAlone()))
                .money("needs decision", AuditedFinding::needsDecision)
                .money("freed commitment", AuditedFinding::freedCommitment)
                .column("list price of", finding -> price(finding, ListPrice::asOf))
                .column("list price from", finding -> price(finding, ListPrice::origin))
                .column("lever", AuditedFinding::lever)
                .column("confidence", AuditedFinding::confidence)
                .wide("reason", AuditedFinding::reason)
                .wide("status reason", finding -> Findings.statusReason(audit, finding))
                .column("target", AuditedFinding::target)
                .wide("fix", ofRemedy(Remedy::action))
                .column("effort", ofRemedy(Remedy::effort))
                .column("one-off hours", ofOneOff(OneOff::hours))
                .money("one-off cost", ofOneOff(OneOff::cost))
                .column("payback months", ofOneOff(OneOff::paybackMonths))
                .wide("effect on speed", ofRemedy(Remedy::speed))
                .wide("effect on compliance", ofRemedy(Remedy::compliance))
                .wide("commands", ofRemedy(Remedy::commands))
                .wide("resource id", AuditedFinding::resourceId)
                .wide("workload", AuditedFinding::workload)
                .wide("tags", AuditedFinding::tags)
                .wide("evidence", AuditedFinding::evidence)
                .write(book, audit.findings());
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

    private static void plan(Audit audit, Workbook book) {
        List<Step> steps = audit.plan().stages().stream()
                .flatMap(stage -> stage.findings().stream().map(planned -> new Step(stage, planned)))
                .toList();
        new SheetTable<Step>("Plan")
                .column("step", step -> step.stage.step())
                .column("finding", step -> step.planned.finding().id())
                .column("rule", step -> step.planned.finding().rule())
                .column("resource", step -> step.planned.finding().resourceName())
                .column("owner", step -> step.planned.finding().owner())
                .money("net likely", step -> likely(step.planned.finding().counted()))
                .column("effort", step -> ofRemedy(Remedy::effort).apply(step.planned.finding()))
                .wide("fix", step -> ofRemedy(Remedy::action).apply(step.planned.finding()))
                .write(book, steps);
    }

    private static void resources(Audit audit, Workbook book) {
        new SheetTable<AuditedResource>("Resources")
                .column("provider", AuditedResource::provider)
                .column("account id", AuditedResource::accountId)
                .column("account", AuditedResource::accountName)
                .column("region", AuditedResource::region)
                .column("kind", AuditedResource::kind)
                .column("resource", AuditedResource::name)
                .column("machine type", AuditedResource::machineType)
                .column("replicas", AuditedResource::replicas)
                .column("accelerator", AuditedResource::accelerator)
                .column("accelerators", AuditedResource::acceleratorCount)
                .column("state", AuditedResource::state)
                .column("purchase", AuditedResource::purchase)
                .column("created", AuditedResource::createdAt)
                .column("ended", AuditedResource::endedAt)
                .money("cost a month", AuditedResource::monthlyCost)
                .money("run rate a month", AuditedResource::runRate)
                .column("cost basis", AuditedResource::costBasis)
                .wide("resource id", AuditedResource::resourceId)
                .wide("tags", AuditedResource::tags)
                .write(book, audit.resources());
    }

    private static void spend(Audit audit, Workbook book) {
        new SheetTable<Audit.ProviderBill>("Bill")
                .column("provider", Audit.ProviderBill::provider)
                .money("billed", Audit.ProviderBill::billedCost)
                .money("effective", Audit.ProviderBill::effectiveCost)
                .money("AI", Audit.ProviderBill::aiCost)
                .money("other", Audit.ProviderBill::otherCost)
                .money("unclassified", Audit.ProviderBill::untoldCost)
                .money("tax", Audit.ProviderBill::tax)
                .money("promotional credit", Audit.ProviderBill::promotionalCredit)
                .column("rows", Audit.ProviderBill::rows)
                .column("rejected rows", Audit.ProviderBill::rejectedRows)
                .write(book, audit.bill().providers());
        new SheetTable<DailySpend>("Spend by day")
                .column("day", DailySpend::day)
                .column("provider", DailySpend::provider)
                .wide("service", DailySpend::service)
                .column("class", DailySpend::spendClass)
                .money("cost", DailySpend::cost)
                .write(book, audit.spend());
    }

    private static void tokens(Audit audit, Workbook book) {
        new SheetTable<ModelTokens>("Models")
                .column("provider", ModelTokens::provider)
                .column("model", ModelTokens::model)
                .column("paid by", ModelTokens::paidBy)
                .column("calls", ModelTokens::calls)
                .column("input tokens", ModelTokens::tokensInput)
                .column("output tokens", ModelTokens::tokensOutput)
                .column("cache read", ModelTokens::tokensCacheRead)
                .column("cache write", ModelTokens::tokensCacheWrite)
                .money("cost in the window", ModelTokens::cost)
                .money("cost a month", ModelTokens::monthlyCost)
                .write(book, audit.tokens());
    }

    private static void unitCosts(Audit audit, Workbook book) {
        new SheetTable<UnitCost>("Unit costs")
                .column("unit", UnitCost::unit)
                .money("cost in the window", UnitCost::cost)
                .column("quantity", UnitCost::quantity)
                .column("unit cost", UnitCost::unitCost)
                .column("measured", UnitCost::measured)
                .column("resources", UnitCost::resources)
                .column("share of cost", UnitCost::costShare)
                .write(book, audit.unitCosts());
    }

    private static void commitments(Audit audit, Workbook book) {
        new SheetTable<Commitment>("Commitments")
                .column("provider", Commitment::provider)
                .column("kind", Commitment::kind)
                .column("scope", Commitment::scope)
                .column("start", Commitment::start)
                .column("end", Commitment::end)
                .money("an hour", Commitment::hourlyCommitment)
                .column("used share", Commitment::usedShare)
                .wide("id", Commitment::commitmentId)
                .write(book, audit.commitments());
    }

    /** What was examined, and what was not. */
    private static void coverage(Audit audit, Workbook book) {
        new SheetTable<Audit.RuleReport>("Rules")
                .column("rule", Audit.RuleReport::id)
                .wide("title", Audit.RuleReport::title)
                .column("state", Audit.RuleReport::state)
                .column("examined", Audit.RuleReport::examined)
                .column("not examined", Audit.RuleReport::notExamined)
                .column("found", Audit.RuleReport::found)
                .money("cost not examined", Audit.RuleReport::costNotExamined)
                .wide("reasons", Audit.RuleReport::notExaminedReasons)
                .wide("problem", Audit.RuleReport::problem)
                .write(book, audit.rules());
        new SheetTable<Audit.NotAssessed>("Not assessed")
                .wide("missing", Audit.NotAssessed::missing)
                .column("what", Audit.NotAssessed::what)
                .money("cost in the window", Audit.NotAssessed::cost)
                .column("resources", Audit.NotAssessed::resources)
                .wide("fix", Audit.NotAssessed::fix)
                .write(book, audit.notAssessed());
        new SheetTable<Gap>("Not read")
                .column("source", Gap::source)
                .wide("scope", Gap::scope)
                .wide("problem", Gap::problem)
                .wide("fix", Gap::fix)
                .write(book, audit.gaps());
        new SheetTable<Audit.ChecklistItem>("Checklist")
                .wide("item", Audit.ChecklistItem::item)
                .column("state", Audit.ChecklistItem::state)
                .column("findings", Audit.ChecklistItem::findings)
                .write(book, audit.checklist());
    }
}
