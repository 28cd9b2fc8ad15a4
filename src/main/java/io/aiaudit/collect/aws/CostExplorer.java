package io.aiaudit.collect.aws;

import io.aiaudit.model.FileSet;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Sink;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.costexplorer.CostExplorerClient;
import software.amazon.awssdk.services.costexplorer.model.DimensionValues;
import software.amazon.awssdk.services.costexplorer.model.Expression;
import software.amazon.awssdk.services.costexplorer.model.GetCostAndUsageRequest;
import software.amazon.awssdk.services.costexplorer.model.GetCostAndUsageResponse;
import software.amazon.awssdk.services.costexplorer.model.Granularity;
import software.amazon.awssdk.services.costexplorer.model.Group;
import software.amazon.awssdk.services.costexplorer.model.GroupDefinition;
import software.amazon.awssdk.services.costexplorer.model.GroupDefinitionType;
import software.amazon.awssdk.services.costexplorer.model.MetricValue;
import software.amazon.awssdk.services.costexplorer.model.ResultByTime;

/** The bill by day, service and meter as Cost Explorer tells it, brought into the form of FOCUS: the store reads it as any other bill. */
final class CostExplorer {
    private static final List<String> COLUMNS = List.of(
            "ProviderName",
            "BillingCurrency",
            "ChargePeriodStart",
            "ChargePeriodEnd",
            "SubAccountId",
            "SubAccountName",
            "ServiceName",
            "SkuMeter",
            "ChargeCategory",
            "BilledCost",
            "EffectiveCost",
            "ConsumedQuantity");

    private static final List<String> NOT_USAGE = List.of("Tax", "Credit", "Refund");
    private static final String AMORTIZED = "AmortizedCost";
    private static final String BILLED = "UnblendedCost";
    private static final String QUANTITY = "UsageQuantity";

    private final AwsAccounts accounts;
    private final Path scratch;

    CostExplorer(AwsAccounts accounts, Path scratch) {
        this.accounts = accounts;
        this.scratch = scratch;
    }

    /** Each account tells its own; one that does not is a gap. */
    void read(Window window, Sink sink) throws IOException {
        for (AwsPlace place : accounts.homes()) {
            try {
                read(place, window, sink);
            } catch (SdkException e) {
                UserError error = AwsFailure.explain(e).orElseThrow();
                sink.gap(new Gap("aws", place.account() + " " + AwsBill.word(), error.problem(), error.fix()));
            }
        }
    }

    private void read(AwsPlace place, Window window, Sink sink) throws IOException {
        CostExplorerClient client = place.client(CostExplorerClient.class, CostExplorerClient::builder);
        Path file = Files.createTempDirectory(scratch, "cost-explorer-").resolve(place.account() + ".csv");
        long rows = 0;
        try (Writer out = Files.newBufferedWriter(file);
                CSVPrinter csv = new CSVPrinter(out, CSVFormat.RFC4180)) {
            csv.printRecord(COLUMNS);
            for (ResultByTime day : ask(client, window, "USAGE_TYPE", not(recordTypes()))) {
                rows += print(csv, place, day, false);
            }
            for (ResultByTime day : ask(client, window, "RECORD_TYPE", recordTypes())) {
                rows += print(csv, place, day, true);
            }
        }
        if (rows == 0) {
            sink.warning("Cost Explorer tells no charge of the account " + place.account() + " in " + window + ".");
        } else {
            sink.files(new FileSet(
                    FileSet.Content.BILLING, "Cost Explorer of " + place.account(), List.of(file), Set.of()));
        }
        Files.delete(file);
    }

    private static Expression recordTypes() {
        return Expression.builder()
                .dimensions(DimensionValues.builder()
                        .key("RECORD_TYPE")
                        .values(NOT_USAGE)
                        .build())
                .build();
    }

    private static Expression not(Expression expression) {
        return Expression.builder().not(expression).build();
    }

    /** All pages; each is a request that is paid for, and the SDK has no paginator for them. */
    private static List<ResultByTime> ask(CostExplorerClient client, Window window, String by, Expression filter) {
        GetCostAndUsageRequest.Builder request = GetCostAndUsageRequest.builder()
                .timePeriod(period -> period.start(day(window.start()).toString())
                        .end(day(window.end()).toString()))
                .granularity(Granularity.DAILY)
                .metrics(AMORTIZED, BILLED, QUANTITY)
                .groupBy(group("SERVICE"), group(by))
                .filter(filter);
        List<ResultByTime> days = new ArrayList<>();
        String token = null;
        do {
            GetCostAndUsageResponse page =
                    client.getCostAndUsage(request.nextPageToken(token).build());
            days.addAll(page.resultsByTime());
            token = page.nextPageToken();
        } while (token != null);
        return days;
    }

    private static GroupDefinition group(String dimension) {
        return GroupDefinition.builder()
                .type(GroupDefinitionType.DIMENSION)
                .key(dimension)
                .build();
    }

    private static LocalDate day(java.time.Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    private static long print(CSVPrinter csv, AwsPlace place, ResultByTime day, boolean byRecordType)
            throws IOException {
        for (Group group : day.groups()) {
            MetricValue amortized = group.metrics().get(AMORTIZED);
            MetricValue billed = group.metrics().getOrDefault(BILLED, amortized);
            MetricValue quantity = group.metrics().get(QUANTITY);
            String second = group.keys().get(1);
            csv.printRecord(
                    "AWS",
                    amortized.unit(),
                    day.timePeriod().start() + "T00:00:00Z",
                    day.timePeriod().end() + "T00:00:00Z",
                    place.account(),
                    place.accountName(),
                    group.keys().get(0),
                    second,
                    byRecordType ? category(second) : "Usage",
                    billed.amount(),
                    amortized.amount(),
                    byRecordType || quantity == null ? null : quantity.amount());
        }
        return day.groups().size();
    }

    /** FOCUS's words: a refund corrects a bill, it is no credit. */
    private static String category(String recordType) {
        return recordType.equals("Refund") ? "Adjustment" : recordType;
    }
}
