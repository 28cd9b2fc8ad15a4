package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.collect.demo.DemoCollector;
import io.aiaudit.config.ConfigFile;
import io.aiaudit.config.ConfigReader;
import io.aiaudit.config.Lineage;
import io.aiaudit.config.Policy;
import io.aiaudit.config.Settings;
import io.aiaudit.model.Audit;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourcePolicy;
import io.aiaudit.model.RuleOutcome;
import io.aiaudit.model.Spend;
import io.aiaudit.model.Window;
import io.aiaudit.report.json.AuditJson;
import io.aiaudit.rules.Rule;
import io.aiaudit.rules.RuleRun;
import io.aiaudit.savings.MonthlyCost;
import io.aiaudit.scan.Scan;
import io.aiaudit.store.LockedStore;
import io.aiaudit.store.StoreLimits;
import io.aiaudit.store.StoredScan;
import io.aiaudit.testing.Needs;
import io.aiaudit.testing.OnceABuild;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The scan of the demo company that all tests of a build share: its audit, the same with parameters of rules moved, and
 * what each rule examines of it.
 */
final class SavedDemo {
    static final String SAVED = "demo.aiaudit";
    static final String AUDIT = "aiaudit.json";
    private static final long MEMORY_MIB = 512;

    private final Path folder;
    private final Path file;
    private final Audit audit;

    private SavedDemo(Path folder, Path file, Audit audit) {
        this.folder = folder;
        this.file = file;
        this.audit = audit;
    }

    /** A copy in this folder. The scan itself is made once a build. */
    static SavedDemo in(Path folder) throws IOException {
        Path scanned = ofThisBuild();
        Files.createDirectories(folder);
        for (String name : List.of(SAVED, AUDIT)) {
            Files.copy(scanned.resolve(name), folder.resolve(name));
        }
        return new SavedDemo(folder, folder.resolve(SAVED), AuditJson.read(folder.resolve(AUDIT)));
    }

    /** The scan alone. */
    static void copyScan(Path folder) throws IOException {
        Files.copy(ofThisBuild().resolve(SAVED), folder.resolve(SAVED));
    }

    private static Path ofThisBuild() throws IOException {
        return OnceABuild.folder(
                Needs.projectFolder().resolve("target/saved-demo"),
                OnceABuild.ofClasses(CommandProcess.classPath()),
                SavedDemo::scan);
    }

    /** By all threads of the database; other scans of it are made by one, with the same result. */
    private static void scan(Path folder) {
        String saved = folder.resolve(SAVED).toString();
        System.setProperty(StoreLimits.ONE_THREAD_BELOW, "0");
        try {
            Run run = Run.of("scan", "--demo", "-q", "-f", "json", "-o", folder.toString(), "--save", saved);
            assertThat(run.exitCode()).as(run::toString).isEqualTo(4);
        } finally {
            System.clearProperty(StoreLimits.ONE_THREAD_BELOW);
        }
    }

    Audit audit() {
        return audit;
    }

    /** The report of the same scan with the demo's configuration behind these lines of it. */
    Audit withParameters(String parameters) throws IOException {
        StringBuilder config = new StringBuilder(parameters);
        try (InputStream own = DemoCollector.class.getResourceAsStream("aiaudit.yaml")) {
            config.append(new String(own.readAllBytes(), StandardCharsets.UTF_8));
        }
        Path moved = Files.createDirectories(folder.resolve("moved"));
        Path file = Files.writeString(moved.resolve("aiaudit.yaml"), config);
        Run run = Run.of(
                "report",
                this.file.toString(),
                "-q",
                "--config",
                file.toString(),
                "-f",
                "json",
                "-o",
                moved.toString());
        assertThat(run.exitCode()).as(run::toString).isEqualTo(4);
        Audit audit = AuditJson.read(moved.resolve(AUDIT));
        assertThat(audit.rules()).extracting(Audit.RuleReport::problem).containsOnlyNulls();
        return audit;
    }

    /** The names of what each rule examines, by rule. */
    Map<String, List<String>> examined(Collection<Rule> rules) {
        try (LockedStore store = LockedStore.open(file, new StoreLimits(MEMORY_MIB, 1, folder))) {
            StoredScan scan = new StoredScan(store);
            Window window = scan.facts().window();
            ConfigFile own = Scan.demoConfiguration();
            Policy policy = new ConfigReader(Settings.of(Map.of(), own, Map.of()), own)
                    .evaluation()
                    .policy();
            Map<String, Resource> resources =
                    scan.resources().stream().collect(Collectors.toMap(Resource::resourceId, Function.identity()));
            Map<String, ResourcePolicy> policies = resources.values().stream()
                    .collect(Collectors.toMap(
                            Resource::resourceId, resource -> policy.of(Lineage.of(resource, resources))));
            Map<String, Spend> spend = scan.leafCosts(window).stream()
                    .collect(Collectors.toMap(
                            leaf -> leaf.resource().resourceId(), leaf -> MonthlyCost.of(leaf, window)));
            try (RuleRun run = new RuleRun(store, window, spend, policies)) {
                return rules.stream()
                        .collect(Collectors.toMap(Rule::id, rule -> names(run.run(rule, Map.of()), resources)));
            }
        }
    }

    private static List<String> names(RuleOutcome outcome, Map<String, Resource> resources) {
        return outcome instanceof RuleOutcome.Evaluated evaluated
                ? evaluated.examined().stream()
                        .map(id -> String.valueOf(resources.get(id).name()))
                        .toList()
                : List.of();
    }
}
