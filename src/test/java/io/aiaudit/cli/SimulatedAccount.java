package io.aiaudit.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * An account of one cloud as a consultant gets it: an inventory, a bill in the form of FOCUS and a file of hourly
 * metrics. The inventory is in a file as it is; bill and metrics of the 30 days of June 2026 are written from short
 * tables of lines and shapes.
 */
final class SimulatedAccount {
    static final String WINDOW = "2026-06-01/2026-07-01";

    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
    private static final Instant END = Instant.parse("2026-07-01T00:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    private static final List<String> METERED = List.of(
            "requests",
            "tokens_input",
            "tokens_output",
            "tokens_cache_read",
            "requests_hashed",
            "requests_repeated_1h",
            "requests_repeated_24h",
            "requests_repeated_7d");

    private final String cloud;
    private final Path folder;
    private final Map<String, CSVRecord> resources;

    private SimulatedAccount(String cloud, Path folder) {
        this.cloud = cloud;
        this.folder = folder;
        this.resources = new LinkedHashMap<>();
        rows("inventory.csv").forEach(row -> resources.put(row.get("name"), row));
    }

    /**
     * Scans the account of {@code cloud} with all its files, these lines behind its configuration and these further
     * arguments, and leaves the audit as JSON in {@code folder}.
     */
    static Run scan(String cloud, Path folder, String configuration, String... further) throws IOException {
        SimulatedAccount account = new SimulatedAccount(cloud, Files.createDirectories(folder));
        List<String> arguments = new ArrayList<>(List.of("scan", "-q", "-f", "json", "-o", folder.toString()));
        String config = account.copy("aiaudit.yaml");
        Files.writeString(Path.of(config), configuration, StandardOpenOption.APPEND);
        arguments.addAll(List.of("--window", WINDOW, "--config", config));
        arguments.addAll(List.of("--inventory", account.copy("inventory.csv")));
        arguments.addAll(List.of("--billing", account.bill(), "--usage", account.usage()));
        if (SimulatedAccount.class.getResource(account.path("prices.csv")) != null) {
            arguments.addAll(List.of("--prices", account.copy("prices.csv")));
        }
        arguments.addAll(List.of(further));
        return Run.of(arguments.toArray(String[]::new));
    }

    private List<CSVRecord> rows(String name) {
        return TestTable.read(path(name));
    }

    private String path(String name) {
        return "clouds/" + cloud + "/" + name;
    }

    private String copy(String name) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream in = SimulatedAccount.class.getResourceAsStream(path(name))) {
            Files.copy(in, file);
        }
        return file.toString();
    }

    private String bill() throws IOException {
        Path file = folder.resolve("bill.csv");
        try (Writer writer = Files.newBufferedWriter(file);
                CSVPrinter printer = new CSVPrinter(writer, CSVFormat.RFC4180)) {
            printer.printRecord(
                    "ProviderName",
                    "BillingCurrency",
                    "ChargeCategory",
                    "ChargePeriodStart",
                    "ChargePeriodEnd",
                    "BilledCost",
                    "EffectiveCost",
                    "ListCost",
                    "ConsumedQuantity",
                    "ConsumedUnit",
                    "ResourceId",
                    "ResourceName",
                    "RegionId",
                    "SubAccountId",
                    "SubAccountName",
                    "ServiceName",
                    "ServiceCategory",
                    "SkuMeter",
                    "PricingCategory",
                    "CommitmentDiscountId",
                    "CommitmentDiscountStatus");
            for (CSVRecord line : rows("bill.csv")) {
                Duration length = line.get("every").equals("hour") ? HOUR : DAY;
                for (Instant start : times(line.get("resource"), length).toList()) {
                    charge(printer, line, start, length);
                }
            }
        }
        return file.toString();
    }

    /** A line that no resource is named in belongs to the first account. */
    private void charge(CSVPrinter printer, CSVRecord line, Instant start, Duration length) throws IOException {
        CSVRecord resource = resources.get(line.get("resource"));
        CSVRecord account = resource == null ? resources.values().iterator().next() : resource;
        BigDecimal quantity = new BigDecimal(line.get("quantity"))
                .multiply(BigDecimal.valueOf(Shape.of(line).share(start, start)))
                .setScale(6, RoundingMode.HALF_EVEN);
        BigDecimal cost = quantity.multiply(new BigDecimal(line.get("price")));
        // What of a commitment nobody uses is on no invoice of that day: it was paid for with the commitment.
        BigDecimal billed = line.get("status").isEmpty() ? cost : BigDecimal.ZERO;
        printer.printRecord(
                Map.of("aws", "AWS", "azure", "Microsoft", "gcp", "Google Cloud")
                        .get(cloud),
                "USD",
                "Usage",
                start,
                start.plus(length),
                billed,
                cost,
                cost,
                quantity,
                line.get("unit"),
                resource == null ? "" : resource.get("resource_id"),
                line.get("resource"),
                account.get("region"),
                account.get("account_id"),
                account.get("account_name"),
                line.get("service"),
                line.get("category"),
                line.get("meter"),
                line.get("pricing"),
                line.get("commitment"),
                line.get("status"));
    }

    private String usage() throws IOException {
        Path file = folder.resolve("usage.csv");
        try (Writer writer = Files.newBufferedWriter(file);
                CSVPrinter printer = new CSVPrinter(writer, CSVFormat.RFC4180)) {
            printer.printRecord("resource_id", "metric", "hour", "average", "maximum", "total");
            for (CSVRecord line : rows("usage.csv")) {
                CSVRecord resource = resources.get(line.get("resource"));
                Instant created = time(resource.get("created_at"));
                for (Instant hour : times(line.get("resource"), HOUR).toList()) {
                    double value = Double.parseDouble(line.get("level"))
                            * Shape.of(line).share(hour, created);
                    boolean counted = METERED.contains(line.get("metric"));
                    if (line.get("metric").equals("latency_ms") && value == 0) {
                        continue; // not requested
                    }
                    printer.printRecord(
                            resource.get("resource_id"),
                            line.get("metric"),
                            hour,
                            counted ? "" : value,
                            counted ? "" : maximum(line.get("metric"), value),
                            counted ? Math.rint(value) : "");
                }
            }
        }
        return file.toString();
    }

    /** What programs hold in memory hardly moves within an hour, and so do counts. */
    private static double maximum(String metric, double value) {
        return metric.endsWith("_utilization") ? Math.min(1, value * 1.2) : value;
    }

    private Stream<Instant> times(String name, Duration step) {
        CSVRecord resource = resources.get(name);
        Instant from = resource == null ? START : time(resource.get("created_at"));
        Instant to = resource == null || resource.get("ended_at").isEmpty() ? END : time(resource.get("ended_at"));
        return Stream.iterate(START, at -> at.isBefore(END), at -> at.plus(step))
                .filter(at -> !at.isBefore(from) && at.isBefore(to));
    }

    private static Instant time(String text) {
        return text.contains("T")
                ? Instant.parse(text)
                : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** How use runs over the hours of the month, as a share of its peak. */
    private enum Shape {
        /** The same at any time. */
        STEADY,
        /** Nothing at all. */
        IDLE,
        /** Never nothing: a fifth at night, all of it in the evening. */
        SHOP,
        /** Monday to Friday, 7 to 18. */
        OFFICE,
        /** Always, but for six hours early on Sundays. */
        UPKEEP,
        /** Half until the 20th, then all of it. */
        STEP,
        /** Ten hours of work after the start, then nothing. */
        HANGING;

        private static final Duration WORK_BEFORE_HANGING = Duration.ofHours(10);

        static Shape of(CSVRecord line) {
            return valueOf(line.get("shape").toUpperCase(Locale.ROOT));
        }

        double share(Instant time, Instant created) {
            int hour = time.atZone(ZoneOffset.UTC).getHour();
            int day = time.atZone(ZoneOffset.UTC).getDayOfWeek().getValue();
            return switch (this) {
                case STEADY -> 1;
                case IDLE -> 0;
                case SHOP -> hour < 7 ? 0.2 : hour < 17 ? 0.6 : hour < 21 ? 1 : 0.4;
                case OFFICE -> day <= 5 && hour >= 7 && hour < 18 ? 1 : 0;
                case UPKEEP -> day == 7 && hour < 6 ? 0 : 1;
                case STEP -> time.isBefore(Instant.parse("2026-06-20T00:00:00Z")) ? 0.5 : 1;
                case HANGING -> time.isBefore(created.plus(WORK_BEFORE_HANGING)) ? 1 : 0;
            };
        }
    }
}
