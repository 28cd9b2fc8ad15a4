package io.aiaudit.config;

import io.aiaudit.model.Brand;
import io.aiaudit.model.EffortRates;
import io.aiaudit.model.YamlNode;
import io.aiaudit.model.YamlReader;
import io.aiaudit.store.InputNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An aiaudit.yaml: settings and what only a file can say (policy, entries about findings, parameters of rules, exchange
 * rates, what counts as AI).
 */
public final class ConfigFile {
    /** Keys that are more than one value. */
    public static final List<String> SECTIONS = List.of(
            "ai",
            "rules",
            "policy",
            "ignore",
            "verified",
            "exchange_rates",
            "discounts",
            "aws",
            "azure",
            "gcp",
            "brand",
            "effort");

    /** Sections that say how to get at a source or what a report looks like; a saved scan does not need them. */
    private static final List<String> NOT_SAVED = List.of("aws", "azure", "gcp", "brand", "effort");

    /** Those of them that say how findings are judged, rather than what is read. */
    private static final List<String> JUDGEMENT = List.of("rules", "policy", "ignore", "verified");

    private static final String NAME = "file";

    private final String name;
    private final YamlNode root;
    private final Map<String, YamlNode> sections;
    private final Path folder;

    private ConfigFile(String name, YamlNode root, Map<String, YamlNode> sections, Path folder) {
        this.name = name;
        this.root = root;
        this.sections = sections;
        this.folder = folder;
    }

    private static ConfigFile of(String name, YamlNode root, Path folder) {
        root.unknownKeysAgainst(keys());
        Map<String, YamlNode> sections = new TreeMap<>();
        SECTIONS.forEach(key -> root.get(key).ifPresent(node -> sections.put(key, node)));
        return new ConfigFile(name, root, sections, folder);
    }

    /**
     * Reads a file; paths in it are relative to its folder. Reports name lines of it, so that its name has nothing of
     * the folders above.
     */
    public static ConfigFile read(Path file) {
        Path parent = file.getParent();
        String name = InputNames.alone(file);
        return of(name, YamlReader.read(file, name), parent == null ? Path.of("") : parent);
    }

    /** Reads a configuration that is not a file of the user, such as that of the demo. */
    public static ConfigFile parse(String name, String text) {
        return of(name, YamlReader.parse(name, text), Path.of(""));
    }

    /** What messages call it. */
    public String name() {
        return name;
    }

    /** Every key that a file may have. */
    public static List<String> keys() {
        List<String> keys = new ArrayList<>(
                Arrays.stream(Setting.values()).map(Setting::key).toList());
        keys.addAll(SECTIONS);
        return keys;
    }

    Optional<Settings.Value> value(Setting setting) {
        return root.get(setting.key()).map(node -> Settings.Value.of(setting, node, folder));
    }

    /** One of {@link #SECTIONS}. */
    Optional<YamlNode> section(String key) {
        return sections.get(key) == null ? Optional.empty() : Optional.of(sections.get(key));
    }

    /** How reports look, and whose they are. */
    public Brand brand() {
        return section("brand").map(node -> BrandSection.of(node, folder)).orElse(Brand.NONE);
    }

    /** What carrying out a fix takes, by its effort class. */
    public EffortRates effort() {
        return section("effort").map(EffortSection::of).orElse(EffortRates.NONE);
    }

    /** Whether it says anything about how findings are judged: policy, entries about findings, thresholds of rules. */
    public boolean judges() {
        return JUDGEMENT.stream().anyMatch(sections::containsKey);
    }

    /** The sections as text by key, and the name of the file, for a saved scan. */
    Map<String, String> saved() {
        Map<String, String> texts = new TreeMap<>();
        texts.put(NAME, name);
        sections.forEach((key, node) -> {
            if (!NOT_SAVED.contains(key)) {
                texts.put(key, SavedText.of(node));
            }
        });
        return texts;
    }

    /** The sections that a saved scan kept. */
    public static ConfigFile ofSaved(Map<String, String> texts) {
        String name = texts.getOrDefault(NAME, "aiaudit.yaml");
        Map<String, YamlNode> sections = new TreeMap<>();
        SECTIONS.stream()
                .filter(texts::containsKey)
                .forEach(key -> sections.put(key, SavedText.read(name, texts.get(key))));
        return new ConfigFile(name, YamlReader.parse(name, ""), sections, Path.of(""));
    }
}
