package io.aiaudit.collect.aws;

import static io.aiaudit.collect.Operation.BILL;
import static io.aiaudit.collect.aws.AwsService.COST_EXPLORER;

import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.aws.CostLine.Amounts;
import io.aiaudit.model.FileSet;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Sink;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.costexplorer.CostExplorerClient;
import software.amazon.awssdk.services.costexplorer.model.DateInterval;
import software.amazon.awssdk.services.costexplorer.model.DimensionValues;
import software.amazon.awssdk.services.costexplorer.model.Expression;
import software.amazon.awssdk.services.costexplorer.model.GetCostAndUsageRequest;
import software.amazon.awssdk.services.costexplorer.model.GetCostAndUsageResponse;
import software.amazon.awssdk.services.costexplorer.model.Granularity;
import software.amazon.awssdk.services.costexplorer.model.GroupDefinition;
import software.amazon.awssdk.services.costexplorer.model.GroupDefinitionType;
import software.amazon.awssdk.services.costexplorer.model.ResultByTime;

/**
 * The bill by day, service and meter as Cost Explorer returns it, brought into the form of FOCUS: the store reads it as
 * any other bill. Where it has single resources, too,
 * they take their part of the meter, and the rest of it stays with the service: the sum is that of the meter.
 */
final class CostExplorer {
    /** What is called here: usage, and what is not usage. */
    static final List<AwsOperation> OPERATIONS = List.of(COST_EXPLORER
            .operation("GetCostAndUsage", Frequency.BILL, BILL)
            .knownToEveryServer()
            .times(2)
            .probe(CostExplorer::tryYesterday));

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
            "ConsumedQuantity",
            "ResourceId");

    private static final String RECORD_TYPE = "RECORD_TYPE";
    private static final List<String> NOT_USAGE = List.of("Tax", "Credit", "Refund");
    private static final String OTHERS = "taxes, credits and refunds";

    static final String AGAIN = "Run it again; if it persists, set up an export: docs/aws.md.";
    private static final String WITHOUT_TYPE = "a line has no record type, and was left out.";

    private final AwsAccounts accounts;
    private final Path scratch;

    CostExplorer(AwsAccounts accounts, Path scratch) {
        this.accounts = accounts;
        this.scratch = scratch;
    }

    private static void tryYesterday(CostExplorerClient client) {
        client.getCostAndUsage(request ->
                request.timePeriod(yesterday()).granularity(Granularity.DAILY).metrics(CostLine.AMORTIZED));
    }

    static DateInterval yesterday() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        return DateInterval.builder()
                .start(today.minusDays(1).toString())
                .end(today.toString())
                .build();
    }

    /** Each account is read by itself; a failure is a gap. */
    void read(Window window, Sink sink) throws IOException {
        for (AwsSession session : accounts.homes()) {
            try {
                read(session, window, sink);
            } catch (SdkException e) {
                gap(session, AwsBill.label(), AwsFailure.explain(e).orElseThrow(), sink);
            } catch (UserError e) { // the limit on what requests may cost
                gap(session, AwsBill.label(), e, sink);
            }
        }
    }

    private static void gap(AwsSession session, String what, UserError error, Sink sink) {
        sink.gap(new Gap("aws", session.account() + " " + what, error.problem(), error.fix())
                .in(session.account(), null, null));
    }

    /** What is not usage; where it cannot be read, the bill is usage alone. */
    private static List<CostLine> others(AwsSession session, Window window, Sink sink) {
        try {
            return call(session, window, RECORD_TYPE, where(RECORD_TYPE, NOT_USAGE));
        } catch (SdkException e) {
            gap(session, OTHERS, AwsFailure.explain(e).orElseThrow(), sink);
        } catch (UserError e) { // the limit on what requests may cost
            gap(session, OTHERS, e, sink);
        }
        return List.of();
    }

    private void read(AwsSession session, Window window, Sink sink) throws IOException {
        Path file = Files.createTempDirectory(scratch, "cost-explorer-").resolve(session.account() + ".csv");
        List<CostLine> usage = call(session, window, "USAGE_TYPE", usage());
        List<CostLine> others = others(session, window, sink);
        ResourceCosts resources =
                ResourceCosts.read(session, window, usage, sink); // with what is left of the money for requests
        String currency = onlyCurrency(usage, others);
        long rows = 0;
        try (Writer out = Files.newBufferedWriter(file);
                CSVPrinter csv = new CSVPrinter(out, CSVFormat.RFC4180)) {
            csv.printRecord(COLUMNS);
            for (CostLine line : usage) {
                rows += printUsage(session, csv, line.in(currency), resources);
            }
            for (CostLine line : others) {
                if (line.second() == null) {
                    gap(session, OTHERS, new UserError(WITHOUT_TYPE, AGAIN), sink);
                } else {
                    print(session, csv, line.in(currency), category(line.second()), line.amounts(), null, null);
                    rows++;
                }
            }
        }
        if (rows == 0) {
            sink.warning("Cost Explorer has no charges of the account " + session.account() + " in " + window + ".");
        } else {
            sink.warning(sentence(session, resources));
            sink.files(
                    FileSet.fetched(FileSet.Content.BILLING, "Cost Explorer of " + session.account(), file, Set.of()));
        }
        Files.delete(file);
    }

    /** A payer has one currency, that of lines which lack it, too; null where the others show several. */
    private static String onlyCurrency(List<CostLine> usage, List<CostLine> others) {
        List<String> known = Stream.concat(usage.stream(), others.stream())
                .map(CostLine::currency)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        return known.size() == 1 ? known.get(0) : null;
    }

    private static String sentence(AwsSession session, ResourceCosts resources) {
        String why = resources.problems().isEmpty() ? "" : " (" + String.join("; ", resources.problems()) + ")";
        if (resources.isEmpty()) {
            return "Cost Explorer returned no resource-level data of the account " + session.account() + why
                    + ": instances are priced at list.";
        }
        String unread = resources.unread().isEmpty()
                ? ""
                : ". It returned none of " + String.join(", ", resources.unread()) + why
                        + ", whose resources are priced at list";
        return "Cost Explorer has resource-level data since " + resources.since() + " of the account "
                + session.account()
                + ": earlier and unassigned costs stay with their service" + unread
                + ". Coverage has the earlier ones under past, though their resources may still run.";
    }

    /**
     * The rest of the meter may be negative where AWS corrected one of the two in between: the sum is right all the
     * same.
     */
    private static long printUsage(AwsSession session, CSVPrinter csv, CostLine line, ResourceCosts resources)
            throws IOException {
        Optional<Amounts> rest = line.amounts();
        long rows = 0;
        for (Map.Entry<String, Amounts> resource :
                new TreeMap<>(resources.of(line.start(), line.first(), line.second())).entrySet()) {
            Amounts amounts = resource.getValue();
            print(session, csv, line, "Usage", Optional.of(amounts), amounts.quantity(), resource.getKey());
            rest = rest.map(left -> left.minus(amounts));
            rows++;
        }
        if (rows == 0 || rest.isEmpty() || !rest.get().isNothing()) {
            print(session, csv, line, "Usage", rest, rest.map(Amounts::quantity).orElse(null), null);
            rows++;
        }
        return rows;
    }

    /** What cannot be read is printed as it came: the store rejects the row, and gives the reason. */
    private static void print(
            AwsSession session,
            CSVPrinter csv,
            CostLine line,
            String category,
            Optional<Amounts> amounts,
            BigDecimal quantity,
            String resource)
            throws IOException {
        csv.printRecord(
                "AWS",
                line.currency(),
                midnight(line.start()),
                midnight(line.end()),
                session.account(),
                session.accountName(),
                line.first(),
                line.second(),
                category,
                amounts.map(known -> known.billed().toPlainString()).orElse(line.text(CostLine.BILLED)),
                amounts.map(known -> known.amortized().toPlainString()).orElse(line.text(CostLine.AMORTIZED)),
                quantity == null ? null : quantity.toPlainString(),
                resource);
    }

    private static String midnight(String day) {
        return day == null ? null : day + "T00:00:00Z";
    }

    static Expression where(String dimension, List<String> values) {
        return Expression.builder()
                .dimensions(
                        DimensionValues.builder().key(dimension).values(values).build())
                .build();
    }

    static Expression all(Expression... expressions) {
        return Expression.builder().and(expressions).build();
    }

    /** An account that pays for others sees the costs of all of them. */
    static Expression ofAccount(AwsSession session) {
        return where("LINKED_ACCOUNT", List.of(session.account()));
    }

    /** No taxes, credits and refunds. */
    static Expression usage() {
        return Expression.builder().not(where(RECORD_TYPE, NOT_USAGE)).build();
    }

    /** All pages; each is a request that is paid for, and the SDK has no paginator for them. */
    private static List<CostLine> call(AwsSession session, Window window, String by, Expression filter) {
        CostExplorerClient client = COST_EXPLORER.in(session);
        GetCostAndUsageRequest.Builder request = GetCostAndUsageRequest.builder()
                .timePeriod(period -> period.start(day(window.start()).toString())
                        .end(day(window.end()).toString()))
                .granularity(Granularity.DAILY)
                .metrics(CostLine.AMORTIZED, CostLine.BILLED, CostLine.QUANTITY)
                .groupBy(group("SERVICE"), group(by))
                .filter(all(ofAccount(session), filter));
        List<ResultByTime> days = new ArrayList<>();
        String token = null;
        do {
            GetCostAndUsageResponse page =
                    client.getCostAndUsage(request.nextPageToken(token).build());
            days.addAll(page.resultsByTime());
            token = page.nextPageToken();
        } while (token != null && !token.isEmpty());
        return CostLine.of(days);
    }

    static GroupDefinition group(String dimension) {
        return GroupDefinition.builder()
                .type(GroupDefinitionType.DIMENSION)
                .key(dimension)
                .build();
    }

    static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    /** FOCUS's words: a refund corrects a bill, it is no credit. */
    private static String category(String recordType) {
        return recordType.equals("Refund") ? "Adjustment" : recordType;
    }
}
