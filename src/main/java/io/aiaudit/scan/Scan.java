package io.aiaudit.scan;

import io.aiaudit.collect.Collector;
import io.aiaudit.collect.demo.DemoCollector;
import io.aiaudit.collect.files.FilesCollector;
import io.aiaudit.model.Audit;
import io.aiaudit.model.FileSet;
import io.aiaudit.model.Keyed;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import io.aiaudit.store.LockedStore;
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
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The pipeline: sources are read into a store, rules judge what landed, savings are estimated, and all of it becomes an audit. */
public final class Scan {
    private static final int LONGEST_DEFAULT_DAYS = 31;

    private final String toolVersion;
    private final Progress progress;

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
        RuleSelection rules = RuleSelection.of(config.rules());
        List<FileSet> files = config.inputs().find();
        try (Scratch scratch = new Scratch()) {
            SavedFile saved = SavedFile.of(config.save(), scratch);
            progress.step(beginning(config));
            StoreLimits limits = limits(config, scratch);
            Path file = saved == null ? limits.spillFolder().resolve("store.aiaudit") : saved.partial();
            read(config, collectors(config, files, limits.spillFolder()), file, limits);
            Audit audit;
            try (LockedStore store = LockedStore.open(file, limits)) {
                audit = evaluate(store, config, rules);
            }
            if (saved != null) {
                saved.complete();
            }
            return audit;
        } catch (StoreException e) {
            throw new ScanFailed("the database gave up: " + e.getMessage(), e);
        }
    }

    private static String beginning(Config config) {
        String sources = config.sources().stream().map(Keyed::key).collect(Collectors.joining(", "));
        return "Reading " + sources + (config.window() == null ? "" : ", " + config.window());
    }

    /** The configuration that comes with the demo company. */
    public static ConfigFile demoConfiguration() {
        try (InputStream text = DemoCollector.class.getResourceAsStream("aiaudit.yaml")) {
            return ConfigFile.parse("aiaudit.yaml", new String(text.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the configuration of the demo cannot be read", e);
        }
    }

    /** The ids of the rules that a scan would run. */
    public static List<String> ruleIds(Config config) {
        return RuleSelection.of(config.rules()).selected().stream()
                .map(selected -> selected.rule().id())
                .toList();
    }

    /** Evaluates a store again, with other rules or another policy and without any source. */
    public Audit evaluate(LockedStore store, Config config) {
        return evaluate(store, config, RuleSelection.of(config.rules()));
    }

    private Audit evaluate(LockedStore store, Config config, RuleSelection rules) {
        progress.step("Evaluating "
                + (rules.selected().size() == 1 ? "1 rule" : rules.selected().size() + " rules"));
        return new Evaluation(store, config, rules).audit();
    }

    private static List<Collector> collectors(Config config, List<FileSet> files, Path scratch) {
        return List.of(config.demo() ? new DemoCollector(scratch) : new FilesCollector(files));
    }

    void read(Config config, List<Collector> collectors, Path file, StoreLimits limits) throws InterruptedException {
        Instant scannedAt = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        try (Store store = Store.create(file, limits)) {
            Gather gather = new Gather(store, config.demo() ? DemoCollector.MONTH : config.window(), progress);
            gather.run(collectors);
            if (gather.nothingLanded()) {
                throw new NothingRead(gather.gaps());
            }
            Window window = window(config, store);
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
                            config.saved()),
                    config.ingest());
        }
    }

    /** The window that the user named, else the last of the full days that the files cover. */
    private static Window window(Config config, Store store) {
        if (config.window() != null) {
            return config.window();
        }
        Window covered = (config.demo() ? Optional.of(DemoCollector.MONTH) : store.covered(FileSet.Content.USAGE))
                .or(() -> store.covered(FileSet.Content.BILLING))
                .orElseThrow(() -> new UserError(
                        "the files tell no full day to look at.",
                        "Name the days, such as --window 2026-06-01/2026-07-01"));
        int days = config.days() == null ? LONGEST_DEFAULT_DAYS : config.days();
        Instant earliest = covered.end().minus(days, ChronoUnit.DAYS);
        return covered.start().isBefore(earliest) ? new Window(earliest, covered.end()) : covered;
    }

    static StoreLimits limits(Config config, Scratch scratch) {
        return new StoreLimits(
                config.machine().memoryMib(),
                Runtime.getRuntime().availableProcessors(),
                scratch.folder(config.machine().spillFolder()));
    }
}
