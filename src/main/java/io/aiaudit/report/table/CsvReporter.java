package io.aiaudit.report.table;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.ListPrice;
import io.aiaudit.model.Keyed;
import io.aiaudit.model.PriorDecisions;
import io.aiaudit.model.Range;
import io.aiaudit.model.Remedy;
import io.aiaudit.report.format.Reporter;
import io.aiaudit.report.json.AuditMapper;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.text.PlainNumber;
import io.aiaudit.report.text.VisibleText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * One row a finding, for spreadsheets: UTF-8 with a byte order mark, safe from formulas in names. The columns are in
 * docs/formats.md.
 */
public final class CsvReporter implements Reporter {
    /** A reader may rely on these names and on their order; new ones are added at the end. */
    static final List<String> COLUMNS = List.of(
            "id",
            "rule",
            "provider",
            "account_id",
            "account_name",
            "region",
            "resource_id",
            "resource_name",
            "workload",
            "kind",
            "owner",
            "tags",
            "monthly_cost",
            "cost_basis",
            "lever",
            "status",
            "status_reason",
            "stand_alone_low",
            "stand_alone_likely",
            "stand_alone_high",
            "counted_low",
            "counted_likely",
            "counted_high",
            "freed_commitment",
            "confidence",
            "reason",
            "target",
            "remedy_action",
            "remedy_effort",
            "remedy_speed",
            "remedy_compliance",
            "remedy_commands",
            "advice",
            "evidence",
            "currency",
            "demo",
            "partial",
            "list_price_as_of",
            "list_price_origin",
            "environment",
            "title",
            "needs_decision",
            "decide_first");

    static final String BYTE_ORDER_MARK = "\ufeff";
    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setHeader(COLUMNS.toArray(String[]::new))
            .setRecordSeparator("\r\n")
            .get();

    @Override
    public String format() {
        return "csv";
    }

    @Override
    public void write(Audit audit, OutputStream out) throws IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        writer.write(BYTE_ORDER_MARK);
        CSVPrinter csv = new CSVPrinter(writer, FORMAT);
        PriorDecisions prior = PriorDecisions.of(audit);
        for (AuditedFinding finding : audit.findings()) {
            List<String> cells = cells(audit, finding);
            cells.add(prior.before(finding).map(open -> text(open.id())).orElse(""));
            csv.printRecord(cells);
        }
        csv.flush();
    }

    private static List<String> cells(Audit audit, AuditedFinding finding) {
        List<String> cells = new ArrayList<>(COLUMNS.size());
        addWhat(finding, cells);
        addWorth(audit, finding, cells);
        addFix(finding, cells);
        cells.add(text(audit.currency()));
        cells.add(Boolean.toString(audit.demo()));
        cells.add(Boolean.toString(audit.partial()));
        ListPrice price = finding.listPrice();
        cells.add(price == null || price.asOf() == null ? "" : price.asOf().toString());
        cells.add(price == null ? "" : text(price.origin()));
        cells.add(text(finding.environment()));
        cells.add(text(Findings.title(audit, finding)));
        cells.add(number(finding.needsDecision()));
        return cells;
    }

    private static void addWhat(AuditedFinding finding, List<String> cells) {
        cells.add(text(finding.id()));
        cells.add(text(finding.rule()));
        cells.add(text(finding.provider()));
        cells.add(text(finding.accountId()));
        cells.add(text(finding.accountName()));
        cells.add(text(finding.region()));
        cells.add(text(finding.resourceId()));
        cells.add(text(finding.resourceName()));
        cells.add(text(finding.workload()));
        cells.add(text(finding.kind()));
        cells.add(text(finding.owner()));
        cells.add(finding.tags() == null ? "" : json(new TreeMap<>(finding.tags())));
    }

    private static void addWorth(Audit audit, AuditedFinding finding, List<String> cells) {
        cells.add(number(finding.monthlyCost()));
        cells.add(key(finding.costBasis()));
        cells.add(key(finding.lever()));
        cells.add(key(finding.status()));
        cells.add(text(Findings.statusReason(audit, finding)));
        addRange(finding.standAlone(), cells);
        addRange(finding.counted(), cells);
        cells.add(number(finding.freedCommitment()));
        cells.add(key(finding.confidence()));
    }

    private static void addRange(Range range, List<String> cells) {
        cells.add(range == null ? "" : number(range.low()));
        cells.add(range == null ? "" : number(range.likely()));
        cells.add(range == null ? "" : number(range.high()));
    }

    private static void addFix(AuditedFinding finding, List<String> cells) {
        Remedy remedy = finding.remedy();
        cells.add(text(finding.reason()));
        cells.add(text(finding.target()));
        cells.add(remedy == null ? "" : text(remedy.action()));
        cells.add(remedy == null ? "" : text(remedy.effort()));
        cells.add(remedy == null ? "" : text(remedy.speed()));
        cells.add(remedy == null ? "" : text(remedy.compliance()));
        cells.add(remedy == null ? "" : commands(remedy.commands()));
        cells.add(json(finding.advice()));
        cells.add(json(finding.evidence()));
    }

    private static String commands(List<String> commands) {
        return String.join("\n", commands.stream().map(CsvReporter::text).toList());
    }

    static String json(Object value) {
        boolean empty = value == null
                || (value instanceof Collection<?> list && list.isEmpty())
                || (value instanceof Map<?, ?> map && map.isEmpty());
        return empty ? "" : VisibleText.of(AuditMapper.line(value));
    }

    static String key(Keyed value) {
        return value == null ? "" : value.key();
    }

    private static String number(BigDecimal value) {
        return value == null ? "" : PlainNumber.of(value);
    }

    /**
     * A spreadsheet takes a cell that starts like a formula for one, whatever the quotes; an apostrophe makes it text.
     */
    public static String text(String value) {
        if (value == null || value.isEmpty()) {
            return "";
        }
        return apostrophe(value) + VisibleText.of(value);
    }

    /** What goes before a text that a spreadsheet would take for a formula. */
    static String apostrophe(String value) {
        boolean formula = !value.isEmpty() && "=+-@\t\r\n＝＋－＠".indexOf(value.charAt(0)) >= 0;
        return formula ? "'" : "";
    }
}
