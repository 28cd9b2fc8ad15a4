package io.aiaudit.scan;

import io.aiaudit.model.YamlNode;
import io.aiaudit.model.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** An aiaudit.yaml: settings and what only a file can say (policy, ignores, parameters of rules, exchange rates, what counts as AI). */
public final class ConfigFile {
    /** Keys that are more than one value. */
    public static final List<String> SECTIONS = List.of("ai", "rules", "policy", "ignore", "exchange_rates");

    private final YamlNode root;
    private final Path folder;

    private ConfigFile(YamlNode root, Path folder) {
        this.root = root.unknownKeysAgainst(keys());
        this.folder = folder;
    }

    /** Reads a file; paths in it are relative to its folder. */
    public static ConfigFile read(Path file) {
        Path parent = file.getParent();
        return new ConfigFile(YamlReader.read(file), parent == null ? Path.of("") : parent);
    }

    /** Reads a configuration that comes from elsewhere, such as a saved scan. */
    public static ConfigFile parse(String name, String text) {
        return new ConfigFile(YamlReader.parse(name, text), Path.of(""));
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
        return root.get(key);
    }
}
