package io.aiaudit.report.table;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.ListPrice;
import io.aiaudit.model.Range;
import io.aiaudit.report.format.Reporter;
import io.aiaudit.report.text.PlainNumber;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Findings as recommendations beside a bill in FOCUS: columns that FOCUS has under their FOCUS names, so that both join
 * on ResourceId, SubAccountId and RegionId, all others with {@code x_} in front, as FOCUS wants it of columns of its
 * own.
 */
public final class FocusReporter implements Reporter {
    private static final List<String> COLUMNS = List.of(
            "BillingCurrency",
            "ChargePeriodStart",
            "ChargePeriodEnd",
            "ProviderName",
            "SubAccountId",
            "SubAccountName",
            "RegionId",
            "ResourceId",
            "ResourceName",
            "ResourceType",
            "Tags",
            "x_RecommendationId",
            "x_RecommendationRule",
            "x_RecommendationLever",
            "x_RecommendationStatus",
            "x_RecommendationConfidence",
            "x_RecommendationReason",
            "x_RecommendationAction",
            "x_RecommendationTarget",
            "x_RecommendationEffort",
            "x_Owner",
            "x_MonthlyCost",
            "x_CostBasis",
            "x_MonthlySavingLow",
            "x_MonthlySaving",
            "x_MonthlySavingHigh",
            "x_MonthlySavingGross",
            "x_MonthlySavingNeedsDecision",
            "x_MonthlyFreedCommitment",
            "x_ListPriceAsOf",
            "x_ListPriceOrigin",
            "x_Environment");

    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setHeader(COLUMNS.toArray(String[]::new))
            .setRecordSeparator("\n")
            .get();

    @Override
    public String format() {
        return "focus.csv";
    }

    @Override
    public void write(Audit audit, OutputStream out) throws IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        CSVPrinter csv = new CSVPrinter(writer, FORMAT);
        for (AuditedFinding finding : audit.findings()) {
            csv.printRecord(cells(audit, finding));
        }
        csv.flush();
    }

    private static List<String> cells(Audit audit, AuditedFinding finding) {
        Range counted = finding.counted();
        Range gross = finding.standAlone();
        List<String> cells = new ArrayList<>(COLUMNS.size());
        cells.add(CsvReporter.text(audit.currency()));
        cells.add(audit.window().start().toString());
        cells.add(audit.window().end().toString());
        cells.add(provider(finding.provider()));
        cells.add(CsvReporter.text(finding.accountId()));
        cells.add(CsvReporter.text(finding.accountName()));
        cells.add(CsvReporter.text(finding.region()));
        cells.add(CsvReporter.text(finding.resourceId()));
        cells.add(CsvReporter.text(finding.resourceName()));
        cells.add(CsvReporter.text(finding.kind()));
        cells.add(CsvReporter.json(finding.tags() == null ? null : new TreeMap<>(finding.tags())));
        cells.add(CsvReporter.text(finding.id()));
        cells.add(CsvReporter.text(finding.rule()));
        cells.add(CsvReporter.key(finding.lever()));
        cells.add(CsvReporter.key(finding.status()));
        cells.add(CsvReporter.key(finding.confidence()));
        cells.add(CsvReporter.text(finding.reason()));
        cells.add(
                finding.remedy() == null
                        ? ""
                        : CsvReporter.text(finding.remedy().action()));
        cells.add(CsvReporter.text(finding.target()));
        cells.add(
                finding.remedy() == null
                        ? ""
                        : CsvReporter.text(finding.remedy().effort()));
        cells.add(CsvReporter.text(finding.owner()));
        cells.add(number(finding.monthlyCost()));
        cells.add(CsvReporter.key(finding.costBasis()));
        cells.add(counted == null ? "" : number(counted.low()));
        cells.add(counted == null ? "" : number(counted.likely()));
        cells.add(counted == null ? "" : number(counted.high()));
        cells.add(gross == null ? "" : number(gross.likely()));
        cells.add(number(finding.needsDecision()));
        cells.add(number(finding.freedCommitment()));
        ListPrice price = finding.listPrice();
        cells.add(price == null || price.asOf() == null ? "" : price.asOf().toString());
        cells.add(price == null ? "" : CsvReporter.text(price.origin()));
        cells.add(CsvReporter.text(finding.environment()));
        return cells;
    }

    private static String number(BigDecimal value) {
        return value == null ? "" : PlainNumber.of(value);
    }

    /** As bills in FOCUS call them. */
    private static String provider(String provider) {
        return switch (String.valueOf(provider)) {
            case "aws" -> "AWS";
            case "azure" -> "Microsoft";
            case "gcp" -> "Google Cloud";
            default -> CsvReporter.text(provider).toLowerCase(Locale.ROOT);
        };
    }
}
