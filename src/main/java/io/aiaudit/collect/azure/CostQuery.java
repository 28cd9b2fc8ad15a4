package io.aiaudit.collect.azure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.Operation;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.collect.rest.RestRequest;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * The costs of a subscription as Cost Management returns them, brought into the form of FOCUS: the store reads them as
 * any other bill.
 */
final class CostQuery {
    private static final String VERSION = "2025-03-01";
    static final AzureOperation QUERY = AzureOperation.post(
                    "/subscriptions/{subscription}/providers/Microsoft.CostManagement/query",
                    VERSION,
                    Frequency.BILL,
                    Operation.BILL)
            .times(2)
            .probe((request, session) -> request.body(yesterday()));

    private static final List<String> COLUMNS = List.of(
            "ProviderName",
            "BillingCurrency",
            "ChargePeriodStart",
            "ChargePeriodEnd",
            "SubAccountId",
            "SubAccountName",
            "ServiceName",
            "ResourceId",
            "ResourceName",
            "ResourceType",
            "SkuMeter",
            "ConsumedUnit",
            "ChargeCategory",
            "BilledCost",
            "EffectiveCost");

    /** Meters of machines are called like their sizes, such as NC24ads A100 v4 or D11 v2/DS11 v2 Low Priority. */
    private static final Pattern MACHINE = Pattern.compile("[A-Z]{1,3}[0-9]+[a-z]*(-[0-9]+[a-z]*)?( .*|/.*)?");

    private static final Pattern UNITS =
            Pattern.compile("(?i).*(provisioned (managed|throughput)|\\b(hosting|hstng)\\b).*");
    private static final Pattern DISK = Pattern.compile(".*\\b(Disk|LRS|ZRS|Snapshots?)\\b.*");

    private static final Pattern DAY = Pattern.compile("([0-9]{4})-?([0-9]{2})-?([0-9]{2})([T ].*)?");

    /** As different kinds of agreements call it. */
    private static final List<String> COST = List.of("cost", "pretaxcost", "totalcost");

    private final AzureSession session;
    private final Path scratch;

    CostQuery(AzureSession session, Path scratch) {
        this.session = session;
        this.scratch = scratch;
    }

    /**
     * What one resource cost for one meter from a day to before another. An amount that is no number is as it came, and
     * a missing one null: the store rejects the row, and gives the reason.
     */
    private record Cost(LocalDate from, LocalDate to, String resource, String meter, String amount, String currency) {}

    /**
     * A file of what it cost, which the caller removes; empty where it cost nothing. Month by month: a query of days
     * takes no more than one.
     */
    Optional<Path> read(Window window) throws IOException {
        LocalDate start = LocalDate.ofInstant(window.start(), ZoneOffset.UTC);
        LocalDate end = LocalDate.ofInstant(window.end(), ZoneOffset.UTC);
        Path file = Files.createTempDirectory(scratch, "cost-query-").resolve(session.subscription() + ".csv");
        long rows = 0;
        try (Writer out = Files.newBufferedWriter(file);
                CSVPrinter csv = new CSVPrinter(out, CSVFormat.RFC4180)) {
            csv.printRecord(COLUMNS);
            for (LocalDate from = start; from.isBefore(end); ) {
                LocalDate next = from.withDayOfMonth(1).plusMonths(1);
                LocalDate to = next.isBefore(end) ? next : end;
                for (Cost cost : month(from, to)) {
                    print(csv, cost);
                    rows++;
                }
                from = to;
            }
        }
        if (rows == 0) {
            Files.delete(file);
            return Optional.empty();
        }
        return Optional.of(file);
    }

    /** Days; where Azure returns only the last of them, which it does with some groupings, the sum of all. */
    private List<Cost> month(LocalDate from, LocalDate to) {
        List<Cost> days = call(from, to, "Daily");
        LocalDate last = to.minusDays(1);
        boolean collapsed = from.plusDays(2).isBefore(to)
                && days.size() > 1
                && days.stream().allMatch(cost -> cost.from().equals(last));
        return collapsed ? call(from, to, "None") : days;
    }

    private List<Cost> call(LocalDate from, LocalDate to, String granularity) {
        List<Cost> costs = new ArrayList<>();
        RestRequest request = session.arm()
                .request(QUERY)
                .body(body(from, to, granularity))
                .with("subscription", session.subscription());
        session.arm().rest().pages(request, page -> Json.text(page, "/properties/nextLink"), page -> {
            if (!page.isMissingNode()) { // it cost nothing
                costs.addAll(costs(Arm.present(request, page, "/properties"), from, to));
            }
        });
        return costs;
    }

    /** One day, to see whether it is allowed. */
    private static JsonNode yesterday() {
        LocalDate yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1);
        return body(yesterday, yesterday.plusDays(1), "None");
    }

    private static JsonNode body(LocalDate from, LocalDate to, String granularity) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("type", "AmortizedCost").put("timeframe", "Custom");
        body.putObject("timePeriod")
                .put("from", from + "T00:00:00+00:00")
                .put("to", to.minusDays(1) + "T23:59:59+00:00");
        ObjectNode dataset = body.putObject("dataset").put("granularity", granularity);
        dataset.putObject("aggregation")
                .putObject("totalCost")
                .put("name", "Cost")
                .put("function", "Sum");
        ArrayNode grouping = dataset.putArray("grouping");
        List.of("ResourceId", "Meter")
                .forEach(name -> grouping.addObject().put("type", "Dimension").put("name", name));
        return body;
    }

    /** By the names of the columns: their order is not always the same. */
    private List<Cost> costs(JsonNode response, LocalDate from, LocalDate to) {
        Map<String, Integer> columns = new HashMap<>();
        int number = 0;
        for (JsonNode column : response.path("columns")) {
            columns.put(column.path("name").asText().toLowerCase(Locale.ROOT), number);
            number++;
        }
        String cost = COST.stream().filter(columns::containsKey).findFirst().orElse("");
        if (!response.path("rows").isEmpty() && (cost.isEmpty() || !columns.containsKey("currency"))) {
            throw new UserError(
                    "Cost Management returned the columns " + String.join(", ", columns.keySet())
                            + ", and none of them is the cost or its currency.",
                    "Set up an export of the costs: docs/azure.md");
        }
        List<Cost> costs = new ArrayList<>();
        for (JsonNode row : response.path("rows")) {
            LocalDate day = day(cell(row, columns, "usagedate"));
            costs.add(new Cost(
                    day == null ? from : day,
                    day == null ? to : day.plusDays(1),
                    cell(row, columns, "resourceid"),
                    cell(row, columns, "meter"),
                    amount(row, columns.get(cost)),
                    cell(row, columns, "currency")));
        }
        return costs;
    }

    private static String amount(JsonNode row, int column) {
        BigDecimal amount = Json.number(row, "/" + column);
        return amount == null ? Json.text(row, "/" + column) : amount.toPlainString();
    }

    private static String cell(JsonNode row, Map<String, Integer> columns, String name) {
        return columns.containsKey(name) ? Json.text(row, "/" + columns.get(name)) : null;
    }

    /** Given as the number 20260601, or as a time; null for anything else: its cost is of the days of the query. */
    private static LocalDate day(String text) {
        Matcher day = DAY.matcher(text == null ? "" : text);
        try {
            return day.matches() ? LocalDate.parse(day.group(1) + "-" + day.group(2) + "-" + day.group(3)) : null;
        } catch (DateTimeException e) {
            return null; // such as a thirteenth month
        }
    }

    private void print(CSVPrinter csv, Cost cost) throws IOException {
        String[] parts =
                cost.resource() == null ? new String[0] : cost.resource().split("/");
        String type = type(parts);
        csv.printRecord(
                "Microsoft",
                cost.currency(),
                cost.from() + "T00:00:00Z",
                cost.to() + "T00:00:00Z",
                session.subscription(),
                session.name(),
                type == null ? "Azure" : type.split("/")[0],
                cost.resource(),
                parts.length == 0 ? null : parts[parts.length - 1],
                type,
                cost.meter(),
                unit(cost.meter()),
                "Usage",
                cost.amount(),
                cost.amount());
    }

    /**
     * A query returns no unit: what machines, units of throughput and the hosting of fine-tuned models cost is paid by
     * the hour; of other meters it stays unknown.
     */
    private static String unit(String meter) {
        boolean hours = meter != null
                && !DISK.matcher(meter).matches()
                && (MACHINE.matcher(meter).matches() || UNITS.matcher(meter).matches());
        return hours ? "Hours" : null;
    }

    /** Such as microsoft.compute/virtualmachines; null where the id has none. */
    private static String type(String[] parts) {
        for (int i = parts.length - 3; i >= 0; i--) {
            if (parts[i].equalsIgnoreCase("providers")) {
                return parts[i + 1] + "/" + parts[i + 2];
            }
        }
        return null;
    }
}
