package io.aiaudit.config;

import io.aiaudit.collect.aws.AwsScope;
import io.aiaudit.collect.azure.AzureScope;
import io.aiaudit.collect.gcp.GcpScope;
import io.aiaudit.collect.trino.TrinoAddress;
import io.aiaudit.collect.trino.TrinoTable;
import io.aiaudit.disk.FileMode;
import io.aiaudit.model.DidYouMean;
import io.aiaudit.model.FileSet;
import io.aiaudit.model.Keyed;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Vocabulary;
import io.aiaudit.model.Window;
import io.aiaudit.model.YamlNode;
import io.aiaudit.store.ExchangeRate;
import io.aiaudit.store.IngestSettings;
import io.aiaudit.store.PriceFile;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes the configuration of a scan from what the user set, and refuses what makes no sense before anything is read.
 */
public final class ConfigReader {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(GiB|MiB)");
    private static final long LEAST_MEMORY_MIB = 128;
    private static final long LARGEST_MEMORY_MIB = 16_384 * 1024;
    private static final long DEFAULT_MEMORY_MIB = 1024;
    /** A rate is counted with ten decimals. */
    private static final BigDecimal LEAST_RATE = new BigDecimal("0.000001");

    private static final BigDecimal LARGEST_RATE = new BigDecimal("99999999");
    private static final BigDecimal DEFAULT_MAX_API_COST = new BigDecimal("5");

    /** Each day is requested from clouds and is a row of every metric: a century is a mistake. */
    private static final int LONGEST_DAYS = 3_660;

    private final Settings settings;
    private final ConfigFile file;
    private final BroughtFiles brought;

    /** {@code file} is null without a configuration. */
    public ConfigReader(Settings settings, ConfigFile file) {
        this(settings, file, BroughtFiles.NONE);
    }

    private ConfigReader(Settings settings, ConfigFile file, BroughtFiles brought) {
        this.settings = settings;
        this.file = file;
        this.brought = brought;
    }

    /** The same, with what is in folders that were named. */
    public ConfigReader bringing(BroughtFiles files) {
        return new ConfigReader(settings, file, files);
    }

    /** Everything, for a scan. */
    public Config scan() {
        Inputs inputs = inputs();
        List<Source> sources = sources(inputs);
        return reading(sources, inputs)
                .save(save())
                .mode(settings.mode())
                .machine(machine())
                .saved(saved())
                .build();
    }

    /** What matters to a scan that was saved: rules, policy and this machine. */
    public Config evaluation() {
        return ConfigBuilder.builder()
                .sources(List.of())
                .inputs(Inputs.NONE)
                .rules(rules())
                .policy(policy())
                .ignores(entries("ignore"))
                .verified(entries("verified"))
                .ingest(IngestSettings.NONE)
                .aws(AwsScope.OWN_ACCOUNT)
                .azure(AzureScope.EVERYTHING)
                .gcp(GcpScope.OWN_PROJECT)
                .maxApiCost(DEFAULT_MAX_API_COST)
                .mode(FileMode.PRIVATE)
                .machine(machine())
                .saved(Map.of())
                .build();
    }

    /** For a check of sources before a scan: nothing of them needs to work yet. */
    public Config check() {
        Inputs inputs = inputs();
        return reading(List.copyOf(named(inputs)), inputs)
                .mode(FileMode.PRIVATE)
                .machine(machine())
                .saved(Map.of())
                .build();
    }

    /** What sources are read with. */
    private ConfigBuilder reading(List<Source> sources, Inputs inputs) {
        return ConfigBuilder.builder()
                .sources(sources)
                .inputs(inputs)
                .window(window())
                .days(days())
                .rules(rules())
                .policy(policy())
                .ignores(entries("ignore"))
                .verified(entries("verified"))
                .ingest(ingest())
                .aws(aws())
                .azure(azure())
                .gcp(gcp())
                .maxApiCost(maxApiCost());
    }

    private Set<Source> named(Inputs inputs) {
        Set<Source> sources = new LinkedHashSet<>();
        settings.words(Setting.SOURCES).forEach(word -> sources.add(source(word)));
        if (inputs.hasFiles()) {
            sources.add(Source.FILES);
        }
        if (!inputs.tables().isEmpty()) {
            sources.add(Source.TRINO);
        }
        return sources;
    }

    private List<Source> sources(Inputs inputs) {
        Set<Source> sources = named(inputs);
        for (Source source : sources) {
            if (!source.built()) {
                throw new UserError(
                        "the source " + source.key() + " is not available yet; nothing was read.",
                        "Export its bill and metrics and scan the files: aiaudit scan --billing bill.csv. 'aiaudit "
                                + "sources list' shows all sources.");
            }
        }
        if (sources.isEmpty()) {
            throw new UserError(
                    "nothing to scan: no source is named.",
                    "Name a bill, such as aiaudit scan --billing bill.csv, or try aiaudit scan --demo");
        }
        if (sources.contains(Source.FILES) && !inputs.hasFiles()) {
            throw new UserError(
                    "the source files needs files, and none is named.",
                    "Name at least one: aiaudit scan --billing bill.csv --inventory inventory.csv --usage usage.csv");
        }
        if (sources.contains(Source.TRINO) && inputs.tables().isEmpty()) {
            throw new UserError(
                    "the source trino needs a table, and none is named.",
                    "Name a bill: aiaudit scan --billing trino://HOST:PORT/CATALOG/SCHEMA/TABLE (docs/scale.md)");
        }
        if (sources.contains(Source.DEMO) && sources.size() > 1) {
            throw new UserError(
                    "the demo company can't be combined with other sources.", "Scan it alone: aiaudit scan --demo");
        }
        return List.copyOf(sources);
    }

    private Source source(String word) {
        return Keyed.find(Source.class, word)
                .orElseThrow(() -> new UserError(
                        settings.find(Setting.SOURCES).orElseThrow().name() + " names \"" + word
                                + "\", which is not a source.",
                        DidYouMean.sentence(word, Keyed.keys(Source.class))
                                + " 'aiaudit sources list' describes them."));
    }

    private Inputs inputs() {
        return new Inputs(
                named(Setting.BILLING, FileSet.Content.BILLING),
                named(Setting.INVENTORY, FileSet.Content.INVENTORY),
                named(Setting.USAGE, FileSet.Content.USAGE),
                absentIsZero(),
                Stream.concat(
                                tables(Setting.BILLING, FileSet.Content.BILLING),
                                tables(Setting.USAGE, FileSet.Content.USAGE))
                        .toList(),
                brought);
    }

    /** What a folder of the command line has counts as a flag does, before what is configured. */
    private Optional<Settings.Value> given(Setting setting, FileSet.Content content) {
        return settings.find(setting)
                .filter(value ->
                        value.layer() == Settings.Layer.FLAG || !brought.known().contains(content));
    }

    /** What of a setting is an address in a lake. */
    private Stream<TrinoTable> tables(Setting setting, FileSet.Content content) {
        return given(setting, content).stream()
                .flatMap(value -> value.texts().stream()
                        .filter(TrinoAddress::isAddress)
                        .map(text -> new TrinoTable(content, TrinoAddress.parse(value.name(), text))));
    }

    /** A machine without any measurement must not look as if it did nothing. */
    private Set<String> absentIsZero() {
        List<String> metrics = settings.words(Setting.ABSENT_IS_ZERO);
        for (String metric : metrics) {
            if (Vocabulary.METRICS.contains(metric) && !Vocabulary.COUNTS.contains(metric)) {
                throw new UserError(
                        settings.find(Setting.ABSENT_IS_ZERO).orElseThrow().name() + " names " + metric
                                + ", which is a gauge, not a counter: an hour without it is unknown, not zero.",
                        "Omit it. Use this for counters whose zeros the export leaves out, such as requests.");
            }
        }
        return Set.copyOf(metrics);
    }

    private List<String> named(Setting setting, FileSet.Content content) {
        return given(setting, content)
                .map(value -> value.texts().stream()
                        .filter(text -> !TrinoAddress.isAddress(text))
                        .map(text -> value.path(text).toString())
                        .toList())
                .orElse(List.of());
    }

    private Optional<Settings.Value> oneOf(Setting wanted, Setting other) {
        Optional<Settings.Value> value = settings.find(wanted);
        Optional<Settings.Value> rival = settings.find(other);
        if (value.isEmpty() || rival.isEmpty()) {
            return value;
        }
        int order = value.get().layer().compareTo(rival.get().layer());
        if (order == 0) {
            throw new UserError(
                    value.get().name() + " and " + rival.get().name() + " are both given.", "Give one of the two.");
        }
        return order < 0 ? value : Optional.empty();
    }

    private Window window() {
        return oneOf(Setting.WINDOW, Setting.DAYS).map(ConfigReader::window).orElse(null);
    }

    private static Window window(Settings.Value value) {
        try {
            Window window = Window.parse(value.text());
            if (window.hours() > 24L * LONGEST_DAYS) {
                throw tooLong(value);
            }
            return window;
        } catch (UserError e) {
            throw new UserError(e.problem().replaceFirst("^window", value.name()), e.fix(), e);
        }
    }

    private static UserError tooLong(Settings.Value value) {
        return new UserError(
                value.name() + " \"" + value.text() + "\" is longer than ten years.",
                "Name a month or a few, such as --window 2026-06-01/2026-07-01 or --days 90.");
    }

    private Integer days() {
        Optional<Settings.Value> value = oneOf(Setting.DAYS, Setting.WINDOW);
        return value.map(days -> days.positive(LONGEST_DAYS)).orElse(null);
    }

    private Config.RuleChoice rules() {
        Map<String, Config.RuleParameters> parameters = new LinkedHashMap<>();
        section("rules")
                .map(YamlNode::entries)
                .orElse(Map.of())
                .forEach((id, node) -> parameters.put(id, parameters(node)));
        return new Config.RuleChoice(
                settings.find(Setting.RULES_DIR).map(Settings.Value::path).orElse(null),
                settings.words(Setting.RULE),
                settings.words(Setting.SKIP_RULE),
                parameters);
    }

    private static Config.RuleParameters parameters(YamlNode rule) {
        Map<String, Object> values = new LinkedHashMap<>();
        Map<String, String> locations = new LinkedHashMap<>();
        rule.entries().forEach((name, value) -> {
            values.put(name, value.value());
            locations.put(name, value.location());
        });
        return new Config.RuleParameters(rule.location(), values, locations);
    }

    private Policy policy() {
        Policy policy = section("policy").map(Policy::of).orElse(Policy.NONE);
        Policy answered = single(Setting.ANSWERS)
                .map(answers -> policy.and(Answers.read(answers)))
                .orElse(policy);
        return single(Setting.OWNERSHIP)
                .map(value -> answered.with(Ownership.read(value.path())))
                .orElse(answered);
    }

    /** A file of which several would all be meant: the last one alone would drop what the others say. */
    private Optional<Settings.Value> single(Setting setting) {
        Optional<Settings.Value> value = settings.find(setting);
        value.filter(given -> given.texts().size() > 1).ifPresent(given -> {
            throw new UserError(
                    given.name() + " names " + given.texts().size() + " files, and one is read.",
                    "Put the rows of all of them into one file.");
        });
        return value;
    }

    private FindingEntries entries(String key) {
        return section(key).map(list -> FindingEntries.of(key, list)).orElse(FindingEntries.NONE);
    }

    private IngestSettings ingest() {
        String currency = settings.find(Setting.CURRENCY)
                .map(value -> {
                    if (!value.text().matches("[A-Z]{3}")) {
                        throw value.expected("a currency code of three capital letters", "EUR");
                    }
                    return value.text();
                })
                .orElse(null);
        Optional<YamlNode> ai = section("ai").map(node -> node.unknownKeysAgainst(List.of("tags", "accounts")));
        return new IngestSettings(
                currency,
                exchangeRates(section("exchange_rates").map(YamlNode::items).orElse(List.of())),
                section("discounts").map(Discounts::of).orElse(Map.of()),
                prices(),
                aiTags(ai.flatMap(node -> node.get("tags"))),
                ai.flatMap(node -> node.get("accounts")).map(YamlNode::texts).orElse(List.of()),
                locations(ai));
    }

    /** The position of each entry of the lists that something has to match. */
    private Map<String, String> locations(Optional<YamlNode> ai) {
        Map<String, String> locations = new HashMap<>();
        ai.flatMap(node -> node.get("tags"))
                .map(YamlNode::items)
                .orElse(List.of())
                .forEach(tag -> tag.entries()
                        .forEach((key, value) ->
                                locations.put("ai.tags " + key + "=" + value.text(), value.location())));
        ai.flatMap(node -> node.get("accounts"))
                .map(YamlNode::items)
                .orElse(List.of())
                .forEach(account -> locations.put("ai.accounts " + account.text(), account.location()));
        section("discounts")
                .map(YamlNode::items)
                .orElse(List.of())
                .forEach(discount -> discount.get("provider")
                        .ifPresent(provider -> locations.put("discounts " + provider.text(), provider.location())));
        settings.find(Setting.ABSENT_IS_ZERO)
                .ifPresent(value -> locations.put(IngestSettings.ABSENT_IS_ZERO, value.origin()));
        return locations;
    }

    private List<PriceFile> prices() {
        return settings.find(Setting.PRICES)
                .map(value -> value.texts().stream()
                        .map(text -> PriceFile.read(value.path(text)))
                        .toList())
                .orElse(List.of());
    }

    private static List<Map.Entry<String, String>> aiTags(Optional<YamlNode> tags) {
        List<Map.Entry<String, String>> pairs = new ArrayList<>();
        tags.map(YamlNode::items)
                .orElse(List.of())
                .forEach(tag -> tag.entries().forEach((key, value) -> pairs.add(Map.entry(key, value.text()))));
        return pairs;
    }

    /** One for each pair: nothing says which of two a bill is converted at. */
    private static List<ExchangeRate> exchangeRates(List<YamlNode> nodes) {
        List<ExchangeRate> rates = new ArrayList<>();
        Map<String, String> locations = new HashMap<>();
        for (YamlNode node : nodes) {
            ExchangeRate rate = exchangeRate(node);
            rates.add(rate);
            String pair = "from " + rate.from() + " to " + rate.to();
            String first = locations.putIfAbsent(pair, node.location());
            if (first != null) {
                throw node.error(
                        "there is a second rate " + pair + "; the first is at " + first + ".",
                        "Keep the rate of the bill's month.");
            }
        }
        return rates;
    }

    private static ExchangeRate exchangeRate(YamlNode node) {
        node.unknownKeysAgainst(List.of("from", "to", "rate", "date"));
        BigDecimal rate = node.need("rate").number();
        if (rate.compareTo(LEAST_RATE) < 0 || rate.compareTo(LARGEST_RATE) > 0) {
            throw node.need("rate")
                    .error(
                            "expected a rate from 0.000001 to 99999999, found " + rate + ".",
                            "Write for example rate: 1.08.");
        }
        YamlNode date = node.need("date");
        try {
            return new ExchangeRate(
                    node.need("from").text().toUpperCase(Locale.ROOT),
                    node.need("to").text().toUpperCase(Locale.ROOT),
                    rate,
                    LocalDate.parse(date.text()));
        } catch (DateTimeParseException e) {
            throw date.error("\"" + date.text() + "\" is not a day.", "Write it as 2026-06-30.");
        }
    }

    private AwsScope aws() {
        Optional<YamlNode> aws = section("aws")
                .map(node -> node.unknownKeysAgainst(
                        List.of("accounts", "regions", "role", "external_id", "export", "athena")));
        boolean organization =
                settings.find(Setting.AWS_ORG).map(Settings.Value::trueOrFalse).orElse(false);
        return new AwsScope(
                organization,
                awsTexts(aws, "accounts", "[0-9]{12}", "a number of twelve digits in quotes, such as \"012345678901\""),
                awsTexts(aws, "regions", "[a-z]{2,}(-[a-z]+)+-[0-9]", "a region such as eu-west-1"),
                awsText(aws, "role", "[\\w+=,.@/-]{1,512}", "the name of a role, such as aiaudit-read")
                        .orElse(AwsScope.DEFAULT_ROLE),
                awsText(aws, "external_id", "[\\w+=,.@:/-]{2,1224}", "an external id of 2 or more letters and digits")
                        .orElse(null),
                awsText(aws, "export", "s3://[a-z0-9.-]{3,63}/.+", "an address such as s3://BUCKET/PREFIX/NAME")
                        .orElse(null),
                aws.flatMap(node -> node.get("athena")).map(AthenaSection::of).orElse(null));
    }

    private static List<String> awsTexts(Optional<YamlNode> aws, String key, String form, String expected) {
        return aws.flatMap(node -> node.get(key)).map(YamlNode::items).orElse(List.of()).stream()
                .map(item -> of(item, form, expected))
                .toList();
    }

    private static Optional<String> awsText(Optional<YamlNode> aws, String key, String form, String expected) {
        return aws.flatMap(node -> node.get(key)).map(node -> of(node, form, expected));
    }

    private static String of(YamlNode node, String form, String expected) {
        String text = node.text();
        if (!text.matches(form)) {
            throw node.error("\"" + text + "\" is not " + expected + ".", "Correct it; docs/aws.md shows an example.");
        }
        return text;
    }

    private AzureScope azure() {
        return section("azure").map(AzureSection::of).orElse(AzureScope.EVERYTHING);
    }

    private GcpScope gcp() {
        return section("gcp").map(GcpSection::of).orElse(GcpScope.OWN_PROJECT);
    }

    private BigDecimal maxApiCost() {
        return settings.find(Setting.MAX_API_COST).map(Settings.Value::amount).orElse(DEFAULT_MAX_API_COST);
    }

    private Path save() {
        return settings.find(Setting.SAVE).map(ConfigReader::save).orElse(null);
    }

    private static Path save(Settings.Value value) {
        Path file = value.path();
        if (!file.toString().endsWith(".aiaudit")) {
            throw value.expected("a file that ends in .aiaudit", "june.aiaudit");
        }
        Path folder = file.toAbsolutePath().getParent();
        String start = value.name() + " is \"" + value.text() + "\", but ";
        if (Files.isDirectory(file)) {
            throw new UserError(start + "that is a folder.", "Give another name.");
        }
        if (!Files.isDirectory(folder)) {
            throw new UserError(
                    start + "its folder does not exist.", "Make the folder first: mkdir -p " + file.getParent());
        }
        if (!Files.isWritable(folder)) {
            throw new UserError(
                    start + "its folder cannot be written.",
                    "Name a folder of your own, such as --save ~/" + file.getFileName());
        }
        return file;
    }

    /** What the database may use. */
    public Config.Machine machine() {
        long memory =
                settings.find(Setting.MEMORY_LIMIT).map(ConfigReader::memoryMib).orElse(DEFAULT_MEMORY_MIB);
        Path spill = settings.find(Setting.SPILL_DIR)
                .map(value -> {
                    if (!Files.isDirectory(value.path())) {
                        throw value.expected("a folder that exists", "/var/tmp");
                    }
                    return value.path().toAbsolutePath();
                })
                .orElse(Path.of(System.getProperty("java.io.tmpdir")));
        return new Config.Machine(memory, spill);
    }

    private static long memoryMib(Settings.Value value) {
        Matcher size = SIZE.matcher(value.text());
        long mib =
                size.matches() ? Long.parseLong(size.group(1)) * (size.group(2).equals("GiB") ? 1024 : 1) : 0;
        if (mib < LEAST_MEMORY_MIB || mib > LARGEST_MEMORY_MIB) {
            throw value.expected(
                    "a size from " + LEAST_MEMORY_MIB + "MiB to " + LARGEST_MEMORY_MIB / 1024
                            + "GiB, such as 512MiB or 2GiB",
                    "2GiB");
        }
        return mib;
    }

    /** What a saved scan keeps: the sections of the file, and the name that messages call it. */
    private Map<String, String> saved() {
        return file == null ? Map.of() : file.saved();
    }

    private Optional<YamlNode> section(String key) {
        return Optional.ofNullable(file).flatMap(given -> given.section(key));
    }
}
