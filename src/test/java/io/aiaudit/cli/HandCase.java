package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.YamlNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A company in a few lines of YAML: bills of any dialect, an inventory and a usage file, which are written out as a
 * client would bring them. The words of a bill's row are the same in all dialects ({@link #WORDS}); any other key is a
 * column of the dialect itself.
 */
final class HandCase {
    /** Of each dialect the columns of: id, account, region, service, meter, what, unit, amount. */
    private static final Map<String, List<String>> WORDS = Map.of(
            "focus",
            List.of(
                    "ResourceId",
                    "SubAccountId",
                    "RegionId",
                    "ServiceName",
                    "SkuMeter",
                    "ChargeDescription",
                    "ConsumedUnit",
                    "ConsumedQuantity"),
            "cur",
            List.of(
                    "line_item_resource_id",
                    "line_item_usage_account_id",
                    "product_region_code",
                    "line_item_product_code",
                    "line_item_usage_type",
                    "line_item_line_item_description",
                    "pricing_unit",
                    "line_item_usage_amount"),
            "azure",
            List.of(
                    "ResourceId",
                    "SubscriptionId",
                    "ResourceLocation",
                    "MeterCategory",
                    "MeterName",
                    "Product",
                    "UnitOfMeasure",
                    "Quantity"),
            "gcp",
            List.of(
                    "resource_global_name",
                    "project_id",
                    "location_region",
                    "service_description",
                    "sku_id",
                    "sku_description",
                    "usage_pricing_unit",
                    "usage_amount_in_pricing_units"));

    private static final List<String> NAMES =
            List.of("id", "account", "region", "service", "meter", "what", "unit", "amount");
    private static final Set<String> OF_THE_ROW = Set.of("cost", "each", "from", "to", "days", "at", "except", "type");

    /** What a case says of its own resources: an account in each entry makes it hold for the case alone. */
    private static final Pattern ENTRIES =
            Pattern.compile("(?:policy:\\n((?:  - \\{.*\\}\\n)+))?(?:ignore:\\n((?:  - \\{.*\\}\\n)+))?");

    private static final String NO_CONFIG = "{}";
    private static final Pattern ACCOUNT = Pattern.compile("\\b\\d{12}\\b");
    private static final String AWS_ACCOUNT = "111111111111";

    private static final Set<String> ABOUT_ALL = Set.of("exit", "says", "saving", "warnings", "not_examined");

    /** What is added up over the cases of one company. */
    static final List<String> ADDED_UP = List.of("totals", "coverage");

    private final YamlNode node;
    private final String config;
    private final Set<String> ids = new HashSet<>();
    private final Set<String> projects = new HashSet<>();
    private final Set<String> accounts = new TreeSet<>();
    private OwnIds own = OwnIds.AS_WRITTEN;

    private HandCase(YamlNode node, String config) {
        this.node = node;
        this.config = config;
        items("inventory").forEach(row -> {
            know(row.need("resource_id"));
            row.get("account_id").map(YamlNode::text).ifPresent(accounts::add);
        });
        for (YamlNode bill : items("bills")) {
            bill.get("all").ifPresent(this::knowBilled);
            bill.need("rows").items().forEach(this::knowBilled);
            if (bill.need("form").text().equals("cur")) {
                accounts.add(AWS_ACCOUNT);
            }
        }
    }

    private void knowBilled(YamlNode row) {
        row.get("id").ifPresent(this::know);
        row.get("account").map(YamlNode::text).ifPresent(accounts::add);
    }

    private void know(YamlNode id) {
        if (!id.text().isEmpty()) {
            ids.add(id.text().toLowerCase(Locale.ROOT));
            projects.addAll(OwnIds.projects(id.text()));
            ACCOUNT.matcher(id.text()).results().forEach(found -> accounts.add(found.group()));
        }
    }

    /** Gives it accounts and ids of its own among the cases of a company: its number there. */
    void among(int number) {
        own = new OwnIds(number, Set.copyOf(projects));
    }

    /** A text of what is expected, in which its own accounts and ids are. */
    String own(String text) {
        return own.text(text);
    }

    String name() {
        return node.need("case").text();
    }

    YamlNode expected() {
        return node.need("expect");
    }

    private static String text(YamlNode row, String key, String otherwise) {
        return row.get(key).map(YamlNode::text).orElse(otherwise);
    }

    /**
     * What it has in common with those that can be one company with it: its window, its configuration, unless that is
     * about its own resources, and which sums it expects, unless it is about the whole of a scan.
     */
    String company() {
        boolean alone = node.get("alone").isPresent()
                || config.matches("(?s).*(\\d{12}|projects/|subscriptions/).*")
                || ABOUT_ALL.stream().anyMatch(key -> expected().get(key).isPresent());
        return alone ? name() : window() + (isOfEntries() ? NO_CONFIG : config) + sums();
    }

    /**
     * Whether it has a configuration of its own that can be one with those of others. A workload has no account.
     */
    private boolean isOfEntries() {
        return node.get("config").isPresent()
                && ids.stream().noneMatch(id -> id.startsWith("kubernetes:"))
                && ENTRIES.matcher(config).matches();
    }

    /** One configuration for all cases of a company. */
    static String config(List<HandCase> cases) {
        if (cases.size() == 1 || cases.stream().noneMatch(HandCase::isOfEntries)) {
            return cases.get(0).config;
        }
        return entries("policy", 1, cases) + entries("ignore", 2, cases);
    }

    private static String entries(String key, int group, List<HandCase> cases) {
        String entries = cases.stream()
                .filter(HandCase::isOfEntries)
                .map(one -> one.entries(group))
                .collect(Collectors.joining());
        return entries.isEmpty() ? "" : key + ":\n" + entries;
    }

    /** Its entries of one kind, once for each of its accounts. */
    private String entries(int group) {
        Matcher all = ENTRIES.matcher(config);
        assertThat(all.matches()).isTrue();
        if (all.group(group) == null) {
            return "";
        }
        return accounts.stream()
                .map(account -> "account: '" + own.cell(account) + "'")
                .flatMap(account -> own.text(all.group(group))
                        .lines()
                        .map(entry -> group == 2
                                ? entry.replaceFirst("\\{", "{" + account + ", ")
                                : entry.contains("{match: {")
                                        ? entry.replaceFirst("match: \\{", "match: {" + account + ", ")
                                        : entry.replaceFirst("\\{", "{match: {" + account + "}, ")))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private List<String> sums() {
        return ADDED_UP.stream()
                .flatMap(key -> expected().get(key).stream())
                .flatMap(sums -> sums.entries().keySet().stream().sorted())
                .toList();
    }

    /** Whether none of its resources goes by an id of the other one. */
    boolean isApartFrom(HandCase other) {
        return ids.stream()
                .map(own::text)
                .noneMatch(id -> other.ids.stream()
                        .map(other.own::text)
                        .anyMatch(known -> id.startsWith(known) || known.startsWith(id)));
    }

    /** Whether a finding is of one of its resources. */
    boolean owns(String resourceId) {
        String id = resourceId.toLowerCase(Locale.ROOT);
        return ids.stream().anyMatch(known -> id.startsWith(own.text(known)));
    }

    /** How it is scanned from the files of a folder, with this configuration. */
    List<String> arguments(Path folder, String config) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("scan", folder.resolve("in").toString(), "-q", "-f", "json"));
        arguments.addAll(List.of("-o", folder.resolve("out").toString()));
        Path written = Files.writeString(folder.resolve("aiaudit.yaml"), config);
        arguments.addAll(List.of("--config", written.toString()));
        arguments.addAll(List.of("--window", window()));
        if (Files.exists(folder.resolve("prices"))) {
            try (Stream<Path> lists = Files.list(folder.resolve("prices"))) {
                lists.sorted().forEach(list -> arguments.addAll(List.of("--prices", list.toString())));
            }
        }
        return arguments;
    }

    private String window() {
        return text(node, "window", "2026-06-01/2026-07-01");
    }

    /** Writes its files beside those of others. */
    void write(Path folder) throws IOException {
        Path files = Files.createDirectories(folder.resolve("in"));
        String prefix = name().replaceAll("[^A-Za-z0-9]+", "-");
        for (YamlNode bill : items("bills")) {
            String file = text(bill, "file", bill.need("form").text() + ".csv");
            Files.writeString(files.resolve(prefix + "-" + file), bill(bill));
        }
        write(files, "inventory", rows("inventory"));
        if (!items("prices").isEmpty()) {
            Files.writeString(
                    Files.createDirectories(folder.resolve("prices")).resolve(prefix + ".csv"),
                    csv(rows("prices"), ","));
        }
        List<Map<String, String>> points = new ArrayList<>();
        boolean hasParts = items("usage").stream()
                .anyMatch(series -> series.get("component").isPresent());
        for (YamlNode series : items("usage")) {
            for (LocalDateTime hour : times(series, step(series))) {
                Map<String, String> point = new LinkedHashMap<>();
                for (String column : List.of("resource_id", "metric")) {
                    point.put(column, series.need(column).text());
                }
                point.put("hour", hour + ":00Z");
                for (String column : List.of("average", "maximum", "total")) {
                    point.put(column, text(series, column, ""));
                }
                if (hasParts) {
                    point.put("component", text(series, "component", ""));
                }
                points.add(point);
            }
        }
        write(files, "usage", points);
    }

    /** An hour, or so many minutes of it ({@code minutes}). */
    private static Duration step(YamlNode series) {
        return series.get("minutes")
                .map(minutes -> Duration.ofMinutes(minutes.wholeNumber()))
                .orElse(Duration.ofHours(1));
    }

    private List<Map<String, String>> rows(String key) {
        List<Map<String, String>> rows = new ArrayList<>();
        for (YamlNode row : items(key)) {
            Map<String, String> cells = new LinkedHashMap<>();
            row.entries().forEach((column, value) -> cells.put(column, value.text()));
            rows.add(cells);
        }
        return rows;
    }

    private List<YamlNode> items(String key) {
        return node.get(key).map(YamlNode::items).orElse(List.of());
    }

    private String bill(YamlNode bill) {
        String form = bill.need("form").text();
        List<Map<String, String>> rows = new ArrayList<>();
        for (YamlNode row : bill.need("rows").items()) {
            String each = text(row, "each", "day");
            Duration step = switch (each) {
                case "hour", "call" -> Duration.ofHours(1);
                case "day" -> Duration.ofDays(1);
                default -> Duration.ofDays(30);
            };
            Duration length = each.equals("call") ? Duration.ofSeconds(1) : step;
            for (LocalDateTime start : times(row, step)) {
                Map<String, String> cells = fixed(form, row.need("cost").text(), start, start.plus(length));
                bill.get("all").ifPresent(all -> put(cells, form, all));
                put(cells, form, row);
                bill.get("dates")
                        .map(YamlNode::text)
                        .ifPresent(pattern -> asSaved(cells, pattern, text(bill, "decimal", ".")));
                rows.add(cells);
            }
        }
        return csv(rows, text(bill, "separator", ","));
    }

    /** As a spreadsheet leaves times and amounts. */
    private static void asSaved(Map<String, String> cells, String pattern, String decimal) {
        DateTimeFormatter format = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
        cells.replaceAll((column, cell) -> {
            if (cell.matches("\\d{4}-\\d\\d-\\d\\d(T.*Z)?")) {
                return time(cell.replace("Z", "")).format(format);
            }
            return cell.matches("-?\\d+\\.\\d+") ? cell.replace(".", decimal) : cell;
        });
    }

    private static Map<String, String> fixed(String form, String cost, LocalDateTime start, LocalDateTime end) {
        Map<String, String> cells = new LinkedHashMap<>();
        switch (form) {
            case "focus" -> {
                cells.put("BilledCost", cost);
                cells.put("EffectiveCost", cost);
                cells.put("BillingCurrency", "USD");
                cells.put("ChargePeriodStart", instant(start));
                cells.put("ChargePeriodEnd", instant(end));
                cells.put("ChargeCategory", "Usage");
                cells.put("ProviderName", "AWS");
            }
            case "cur" -> {
                cells.put("identity_line_item_id", "");
                cells.put("bill_payer_account_id", AWS_ACCOUNT);
                cells.put("line_item_line_item_type", "Usage");
                cells.put("line_item_usage_start_date", instant(start));
                cells.put("line_item_usage_end_date", instant(end));
                cells.put("line_item_unblended_cost", cost);
                cells.put("line_item_currency_code", "USD");
                cells.put("line_item_usage_account_id", AWS_ACCOUNT);
            }
            case "azure" -> {
                cells.put("Date", start.toLocalDate().toString());
                cells.put("CostInBillingCurrency", cost);
                cells.put("BillingCurrency", "USD");
                cells.put("ChargeType", "Usage");
                cells.put("PricingModel", "OnDemand");
                cells.put("BillingPeriodStartDate", "2026-06-01");
                cells.put("BillingPeriodEndDate", "2026-06-30");
            }
            default -> {
                cells.put("billing_account_id", "0A0A0A-0B0B0B-0C0C0C");
                cells.put("usage_start_time", instant(start));
                cells.put("usage_end_time", instant(end));
                cells.put("cost", cost);
                cells.put("currency", "USD");
                cells.put("cost_type", "regular");
                cells.put("credits", "[]");
            }
        }
        return cells;
    }

    private static String instant(LocalDateTime time) {
        return time.toInstant(ZoneOffset.UTC).toString();
    }

    private static void put(Map<String, String> cells, String form, YamlNode row) {
        row.entries().forEach((key, value) -> {
            int word = NAMES.indexOf(key);
            if (word >= 0) {
                cells.put(WORDS.get(form).get(word), value.text());
            } else if (key.equals("type")) {
                machineType(cells, form, value.text());
            } else if (!OF_THE_ROW.contains(key)) {
                cells.put(key, value.text());
            }
        });
    }

    private static void machineType(Map<String, String> cells, String form, String type) {
        switch (form) {
            case "focus" -> cells.put("SkuPriceDetails", "{\"InstanceType\":\"" + type + "\"}");
            case "cur" -> cells.put("product_instance_type", type);
            case "azure" -> cells.put("AdditionalInfo", "{\"ServiceType\":\"" + type + "\"}");
            default ->
                cells.put(
                        "system_labels",
                        "[{\"key\":\"compute.googleapis.com/machine_spec\",\"value\":\"" + type + "\"}]");
        }
    }

    /**
     * Starts of hours, days or months: from and to, on some days of the week or hours of the day (08-18), every n-th
     * left out.
     */
    private static List<LocalDateTime> times(YamlNode row, Duration step) {
        LocalDateTime from =
                row.get("from").map(node -> time(node.text())).orElse(LocalDateTime.parse("2026-06-01T00:00"));
        LocalDateTime to = row.get("to").map(node -> time(node.text())).orElse(LocalDateTime.parse("2026-07-01T00:00"));
        String days = text(row, "days", "mon-sun");
        String[] at = text(row, "at", "00-24").split("-");
        int except = row.get("except").map(node -> (int) node.wholeNumber()).orElse(0);
        List<LocalDateTime> times = new ArrayList<>();
        int index = 0;
        for (LocalDateTime time = from; time.isBefore(to); time = time.plus(step)) {
            int weekday = time.getDayOfWeek().getValue();
            boolean day = switch (days) {
                case "mon-fri" -> weekday <= 5;
                case "sat-sun" -> weekday > 5;
                case "mon" -> weekday == 1;
                default -> true;
            };
            if (day
                    && time.getHour() >= Integer.parseInt(at[0])
                    && time.getHour() < Integer.parseInt(at[1])
                    && (except == 0 || ++index % except > 0)) {
                times.add(time);
            }
        }
        return times;
    }

    private static LocalDateTime time(String text) {
        return LocalDateTime.parse(text.length() == 10 ? text + "T00:00" : text);
    }

    /** Into one file with the cases of its company that have the same columns: each file takes a tenth of a second. */
    private void write(Path folder, String content, List<Map<String, String>> rows) throws IOException {
        Set<String> columns = new TreeSet<>();
        rows.forEach(row -> columns.addAll(row.keySet()));
        if (rows.isEmpty()) {
            return;
        }
        Path file = folder.resolve(content + "-" + Integer.toHexString(columns.hashCode()) + ".csv");
        if (!Files.exists(file)) {
            Files.writeString(file, line(columns.stream(), ","));
        }
        Files.writeString(file, lines(columns, rows, ","), StandardOpenOption.APPEND);
    }

    private String csv(List<Map<String, String>> rows, String separator) {
        Set<String> columns = new LinkedHashSet<>();
        rows.forEach(row -> columns.addAll(row.keySet()));
        return line(columns.stream(), separator) + lines(columns, rows, separator);
    }

    private String lines(Set<String> columns, List<Map<String, String>> rows, String separator) {
        return rows.stream()
                .map(row -> line(
                        columns.stream().map(column -> quoted(own.cell(row.getOrDefault(column, "")), separator)),
                        separator))
                .collect(Collectors.joining());
    }

    private static String line(Stream<String> cells, String separator) {
        return cells.collect(Collectors.joining(separator, "", "\n"));
    }

    private static String quoted(String cell, String separator) {
        return cell.contains(separator) || cell.contains("\"") ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
    }

    /** A list of cases with a configuration each, or cases with one for all of them. */
    static List<HandCase> of(YamlNode file) {
        YamlNode cases = file.isList() ? file : file.need("cases");
        String common = file.isList() ? "{}" : file.need("config").text();
        return cases.items().stream()
                .map(node -> new HandCase(node, text(node, "config", common)))
                .toList();
    }
}
