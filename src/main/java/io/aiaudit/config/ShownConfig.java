package io.aiaudit.config;

import io.aiaudit.model.QueryResult;
import io.aiaudit.model.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Every value of the configuration with where it is from: a flag, a line of a file, a variable of the environment, or
 * the default.
 */
public final class ShownConfig {
    /** The value of what is set and may be a secret. */
    public static final String NOT_SHOWN = "set, not shown";

    private static final Pattern DEFAULT = Pattern.compile("Default: (.+?)\\.?$");

    /** What others could use if they knew it. */
    private static final Set<String> HIDDEN = Set.of("aws.external_id");

    /** Variables of the clouds that a scan obeys; their values may be secrets. */
    private static final List<String> CLOUD_VARIABLES = List.of(
            "AWS_PROFILE",
            "AWS_REGION",
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SESSION_TOKEN",
            "AWS_WEB_IDENTITY_TOKEN_FILE",
            "AWS_ENDPOINT_URL",
            "AZURE_TENANT_ID",
            "AZURE_CLIENT_ID",
            "AZURE_CLIENT_SECRET",
            "AZURE_STORAGE_KEY",
            "GOOGLE_APPLICATION_CREDENTIALS",
            "HTTPS_PROXY",
            "NO_PROXY");

    private ShownConfig() {}

    /** A row for each value: key, value, origin. */
    public static QueryResult of(Settings settings, Optional<ConfigFile> file, Map<String, String> environment) {
        List<List<Object>> rows = new ArrayList<>();
        for (Setting setting : Setting.values()) {
            rows.add(settings.find(setting).map(ShownConfig::given).orElseGet(() -> byDefault(setting)));
        }
        for (String section : ConfigFile.SECTIONS) {
            file.flatMap(config -> config.section(section)).ifPresent(node -> flatten(node, rows));
        }
        CLOUD_VARIABLES.stream()
                .filter(name -> !environment.getOrDefault(name, "").isBlank())
                .forEach(name -> rows.add(List.of(name, NOT_SHOWN, "environment")));
        return new QueryResult(List.of("key", "value", "origin"), rows, false);
    }

    private static List<Object> given(Settings.Value value) {
        String origin = switch (value.layer()) {
            case FLAG -> "flag " + value.name();
            case FILE -> value.name().replaceFirst(": " + value.setting().key() + "$", "");
            case VARIABLE -> "environment " + value.name();
        };
        return List.of(value.setting().key(), String.join(", ", value.texts()), origin);
    }

    private static List<Object> byDefault(Setting setting) {
        Matcher byDefault = DEFAULT.matcher(setting.help());
        return List.of(
                setting.key(),
                byDefault.find()
                        ? byDefault.group(1)
                        : setting.form() == Setting.Form.TRUE_OR_FALSE ? "false" : "not set",
                "default");
    }

    private static void flatten(YamlNode node, List<List<Object>> rows) {
        if (node.isList()) {
            node.items().forEach(item -> flatten(item, rows));
        } else if (node.isMap()) {
            node.entries().forEach((key, value) -> flatten(value, rows));
        } else {
            rows.add(List.of(node.path(), HIDDEN.contains(node.path()) ? NOT_SHOWN : node.text(), node.location()));
        }
    }
}
