package io.aiaudit.scan;

import io.aiaudit.analysis.SavedCost;
import io.aiaudit.collect.Collector;
import io.aiaudit.collect.aws.AwsCollector;
import io.aiaudit.collect.aws.AwsOutline;
import io.aiaudit.collect.azure.AzureCollector;
import io.aiaudit.collect.azure.AzureOutline;
import io.aiaudit.collect.demo.DemoCollector;
import io.aiaudit.collect.files.FilesCollector;
import io.aiaudit.collect.gcp.GcpCollector;
import io.aiaudit.collect.gcp.GcpOutline;
import io.aiaudit.collect.trino.TrinoCollector;
import io.aiaudit.collect.trino.TrinoLogin;
import io.aiaudit.collect.trino.TrinoOutline;
import io.aiaudit.config.Config;
import io.aiaudit.config.ConfigFile;
import io.aiaudit.config.RuleSelection;
import io.aiaudit.config.Source;
import io.aiaudit.disk.RunFolder;
import io.aiaudit.disk.SpillWatch;
import io.aiaudit.disk.WrittenSet;
import io.aiaudit.model.Audit;
import io.aiaudit.model.FileSet;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Keyed;
import io.aiaudit.model.Lever;
import io.aiaudit.model.RuleOutcome;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import io.aiaudit.store.LockedStore;
import io.aiaudit.store.ParquetRows;
import io.aiaudit.store.SavedCatalog;
import io.aiaudit.store.ScanFacts;
import io.aiaudit.store.Store;
import io.aiaudit.store.StoreException;
import io.aiaudit.store.StoreLimits;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The pipeline: sources are read into a store, rules judge what landed, savings are estimated, and all of it becomes an
 * audit.
 */
public final class Scan {
    static final int LONGEST_DEFAULT_DAYS = 31;
    static final String SPILL = "spill";
    private static final int DEFAULT_LIVE_DAYS = 30;

    private final String toolVersion;
    private final Progress progress;
    private long spilled;

    public Scan(String toolVersion, Progress progress) {
        this.toolVersion = toolVersion;
        this.progress = progress;
    }

    /**
     * Reads the sources of {@code config} and evaluates what landed.
     *
     * @throws UserError for whatever is wrong with the configuration or the named files, before anything is read
     * @throws NothingRead when no slice landed
     */
    public Audit run(Config config) throws InterruptedException {
        return run(config, Optional.empty());
    }

    /** The same; with {@code redacted} a scan is saved without names. */
    public Audit run(Config config, Optional<RedactedSave> redacted) throws InterruptedException {
        RuleSelection rules = RuleSelection.of(config.rules());
        List<FileSet> files = config.inputs().find();
        Instant scannedAt = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Window requested = requested(config, scannedAt);
        try (RunFolder scratch = RunFolder.temporary(config.machine().spillFolder());
                SpillWatch watch = SpillWatch.of(scratch.path());
                WrittenSet saved = saved(config);
                ScanJournal journal = journal(config, requested, scannedAt, redacted)) {
            journal.continued().ifPresent(progress::step);
            progress.step(beginning(config, requested));
            StoreLimits limits = limits(config, scratch);
            Path target = saved == null
                    ? null
                    : saved.file(config.save().getFileName().toString());
            Path file = target == null || redacted.isPresent() ? scratch.path().resolve("store.aiaudit") : target;
            read(
                    config,
                    collectors(config, files, limits.spillFolder(), progress::step),
                    journal,
                    requested,
                    scannedAt,
                    file,
                    limits);
            if (saved != null) {
                Optional<String> refusal = SavedCatalog.refusal(file, limits);
                if (refusal.isPresent()) {
                    throw ScanFailed.tooLargeToSave(refusal.get());
                }
            }
            Audit audit = evaluated(file, limits, config, rules);
            if (saved != null) {
                redacted.ifPresent(copy -> copy.write(file, target, limits, audit));
                saved.publish();
            }
            journal.remove();
            spilled = watch.highest();
            return audit;
        } catch (StoreException e) {
            throw ScanFailed.of(e, config);
        }
    }

    /** How many bytes the database had on disk at most, since memory was not enough. */
    public long spilled() {
        return spilled;
    }

    private Audit evaluated(Path file, StoreLimits limits, Config config, RuleSelection rules) {
        try (LockedStore store = LockedStore.open(file, limits)) {
            return evaluate(store, config, rules, outcome -> {});
        }
    }

    /** The store is written to the disk on which it stays; null when it does not stay. */
    private static WrittenSet saved(Config config) {
        return config.save() == null
                ? null
                : WrittenSet.in("the saved scan", config.save().toAbsolutePath().getParent(), config.mode());
    }

    /** Where names must not leave the house, none are kept either. */
    private ScanJournal journal(Config config, Window requested, Instant now, Optional<RedactedSave> redacted) {
        return redacted.isPresent() ? ScanJournal.without(config) : ScanJournal.of(config, requested, toolVersion, now);
    }

    private static String beginning(Config config, Window requested) {
        String sources = config.sources().stream().map(Keyed::key).collect(Collectors.joining(", "));
        return "Reading " + sources + (requested == null || config.demo() ? "" : ", " + requested);
    }

    /** The configuration that comes with the demo company. */
    public static ConfigFile demoConfiguration() {
        try (InputStream text = DemoCollector.class.getResourceAsStream("aiaudit.yaml")) {
            return ConfigFile.parse("aiaudit.yaml", new String(text.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the configuration of the demo cannot be read", e);
        }
    }

    /** The rules that a scan would run, by their ids, with how each saves. */
    public static Map<String, Lever> rules(Config config) {
        return RuleSelection.of(config.rules()).selected().stream()
                .collect(Collectors.toMap(
                        selected -> selected.rule().id(),
                        selected -> selected.rule().lever(),
                        (one, other) -> one,
                        LinkedHashMap::new));
    }

    /** What a scan would request from clouds, in sentences; no request is sent for that. */
    public static List<String> outline(Config config) {
        List<String> lines = new ArrayList<>();
        if (config.sources().contains(Source.AWS)) {
            lines.addAll(AwsOutline.of(config.aws(), !config.inputs().hasBill(), config.maxApiCost()));
        }
        if (config.sources().contains(Source.AZURE)) {
            lines.addAll(AzureOutline.of(config.azure(), !config.inputs().hasBill()));
        }
        if (config.sources().contains(Source.GCP)) {
            lines.addAll(GcpOutline.of(config.gcp(), !config.inputs().hasBill(), config.maxApiCost()));
        }
        if (config.sources().contains(Source.TRINO)) {
            lines.addAll(TrinoOutline.of(config.inputs().tables()));
        }
        return lines;
    }

    /** The window that a scan would look at, in words. */
    public static String windowInWords(Config config) {
        if (config.window() != null) {
            return config.window().toString();
        }
        if (config.sources().contains(Source.DEMO)) {
            return DemoCollector.MONTH.toString();
        }
        if (config.live()) {
            return "the last " + liveDays(config) + " full days";
        }
        String most =
                config.days() == null ? LONGEST_DEFAULT_DAYS + " at most" : "the last " + config.days() + " of them";
        return "the full days in the usage files, else in the bill, " + most;
    }

    private static int liveDays(Config config) {
        return config.days() == null ? DEFAULT_LIVE_DAYS : config.days();
    }

    /** Evaluates a store again, with other rules or another policy and without any source. */
    public Audit evaluate(LockedStore store, Config config) {
        return evaluate(store, config, outcome -> {});
    }

    /**
     * The same.
     *
     * @param outcomes is shown what became of each rule
     */
    public Audit evaluate(LockedStore store, Config config, Consumer<RuleOutcome> outcomes) {
        return evaluate(store, config, RuleSelection.of(config.rules()), outcomes);
    }

    private Audit evaluate(LockedStore store, Config config, RuleSelection rules, Consumer<RuleOutcome> outcomes) {
        progress.step("Evaluating "
                + (rules.selected().size() == 1 ? "1 rule" : rules.selected().size() + " rules"));
        return new Evaluation(store, config, rules, progress, outcomes).audit();
    }

    /**
     * A bill in files counts before the one of a cloud. A cloud's libraries are loaded only here, when
     * that cloud is read.
     */
    private static List<Collector> collectors(
            Config config, List<FileSet> files, Path scratch, Consumer<String> notice) {
        return config.sources().stream()
                .map(source -> switch (source) {
                    case DEMO -> new DemoCollector(scratch);
                    case FILES -> new FilesCollector(files);
                    case AWS ->
                        new AwsCollector(
                                config.aws(),
                                config.maxApiCost(),
                                !config.inputs().hasBill() ? scratch : null);
                    case AZURE ->
                        !config.inputs().hasBill()
                                ? new AzureCollector(config.azure(), scratch, ParquetRows::any)
                                : new AzureCollector(config.azure());
                    case GCP ->
                        new GcpCollector(
                                config.gcp(),
                                config.maxApiCost(),
                                !config.inputs().hasBill() ? scratch : null);
                    case TRINO ->
                        new TrinoCollector(
                                config.inputs().tables(),
                                config.inputs().absentIsZero(),
                                new TrinoLogin(System::getenv),
                                scratch,
                                notice);
                    case PROMETHEUS -> throw new IllegalStateException("the source " + source.key() + " is not built");
                })
                .toList();
    }

    /** Fills the store in {@code file}. {@code requested} is null where the files decide the window. */
    void read(
            Config config,
            List<Collector> collectors,
            ScanJournal journal,
            Window requested,
            Instant scannedAt,
            Path file,
            StoreLimits limits)
            throws InterruptedException {
        try (Store store = Store.create(file, limits)) {
            if (config.save() == null) {
                store.isForThisRun();
            }
            Gather gather = new Gather(store, journal, requested, progress);
            journal.continued().ifPresent(store::warning);
            Map<String, String> saved = new TreeMap<>(config.saved());
            try {
                gather.run(collectors);
                collectors.forEach(collector -> saved.putAll(SavedCost.of(collector.source(), collector.cost())));
            } finally {
                collectors.forEach(Collector::close);
            }
            if (gather.nothingLanded()) {
                throw new NothingRead(gather.gaps());
            }
            Window window = requested == null ? covered(config, store, gather.gaps()) : requested;
            if (requested != null && !config.live() && !config.demo()) {
                outside(requested, store).ifPresent(gap -> {
                    throw new NothingRead(List.of(gap));
                });
            }
            progress.step("Joining what was read, " + window);
            store.finish(
                    new ScanFacts(
                            toolVersion,
                            window,
                            config.ingest().currency(),
                            config.sources().stream().map(Keyed::key).toList(),
                            config.demo() ? window.end() : scannedAt,
                            config.demo(),
                            gather.defective(),
                            saved),
                    config.ingest());
        }
    }

    /** Bills and usage of other days say nothing about the window that was named: its dates are wrong. */
    private static Optional<Gap> outside(Window requested, Store store) {
        List<Window> covered = Stream.of(FileSet.Content.BILLING, FileSet.Content.USAGE)
                .flatMap(content -> store.covered(content).stream())
                .toList();
        if (covered.isEmpty() || covered.stream().anyMatch(requested::overlaps)) {
            return Optional.empty();
        }
        Instant start = covered.stream()
                .map(Window::start)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        Instant end =
                covered.stream().map(Window::end).max(Comparator.naturalOrder()).orElseThrow();
        Window all = new Window(start, end);
        return Optional.of(new Gap(
                Source.FILES.key(),
                "",
                "the files have no data in the window " + requested + ": their days are " + all + ".",
                "Name days that they cover: --window " + all));
    }

    /**
     * The window that the user named, or that of the demo; with a cloud the last full days; null = the files decide.
     */
    private static Window requested(Config config, Instant now) {
        if (config.demo()) {
            return DemoCollector.MONTH;
        }
        if (config.window() != null || !config.live()) {
            return config.window();
        }
        return lastFullDays(config, now);
    }

    /** The window of a live source: the one that is named, else the last full days. */
    static Window lastFullDays(Config config) {
        return config.window() == null ? lastFullDays(config, Instant.now()) : config.window();
    }

    private static Window lastFullDays(Config config, Instant now) {
        Instant today = now.truncatedTo(ChronoUnit.DAYS);
        return new Window(today.minus(liveDays(config), ChronoUnit.DAYS), today);
    }

    /** The last of the full days that the files cover. */
    private static Window covered(Config config, Store store, List<Gap> gaps) {
        Window covered = store.covered(FileSet.Content.USAGE)
                .or(() -> store.covered(FileSet.Content.BILLING))
                .orElseThrow(() -> gaps.isEmpty()
                        ? new UserError(
                                "no file covers a full day.", "Name the days, such as --window 2026-06-01/2026-07-01")
                        : new NothingRead(gaps)); // what the files lack is in the one that could not be read
        int days = config.days() == null ? LONGEST_DEFAULT_DAYS : config.days();
        Instant earliest = covered.end().minus(days, ChronoUnit.DAYS);
        return covered.start().isBefore(earliest) ? new Window(earliest, covered.end()) : covered;
    }

    static StoreLimits limits(Config config, RunFolder scratch) {
        return new StoreLimits(
                config.machine().memoryMib(), Runtime.getRuntime().availableProcessors(), scratch.folder(SPILL));
    }
}
