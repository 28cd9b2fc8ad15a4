package io.aiaudit.rules;

import io.aiaudit.model.DidYouMean;
import io.aiaudit.model.ShellWord;
import io.aiaudit.model.YamlNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Fills the placeholders of a paste-able line with a resource's own values, quoted for a POSIX shell. Names come from
 * clouds and files and are hostile: a line is left out when a value is unknown, begins with a hyphen (it would be an
 * option), is one that the command line of a cloud reads a file or a URL for, or holds characters that a terminal acts
 * on or hides.
 */
final class ResourceCommand {
    /**
     * A resource's value or null. {@code standalone_name} is the name where there is no parent, {@code parent_name}
     * that of the parent; the zone has two names more, for lines that differ where a machine has local disks that are
     * lost when it stops. Azure Machine Learning has endpoints and their deployments: {@code whole_endpoint_name} is
     * known for an endpoint, {@code deployment_name} for a deployment, {@code endpoint_name} for both. SageMaker has
     * {@code variant_endpoint}, the endpoint of a variant, and the {@code component_name} of an inference component.
     * {@code short_id} is the last part of the id, without slashes: what many commands take. {@code file_name} is the
     * same for a file of this {@link CommandBlock} alone: what one command saves, another must not overwrite.
     * The {@code cluster}, {@code namespace} and {@code scalable_workload} of Kubernetes are known where the id has
     * them, {@code unnamed_workload}, the name, where it does not.
     * {@code batch_pool_id} is the id of a pool of Azure Batch, and known of nothing else.
     * {@code service_id} is the id of the Azure resource that a deployment of a model belongs to, {@code window_end}
     * the time up to which metrics were read.
     */
    static final List<String> PLACEHOLDERS = Stream.concat(
                    ManagedGroups.PLACEHOLDERS.stream(),
                    Stream.of(
                            "name",
                            "standalone_name",
                            "parent_name",
                            "resource_id",
                            "short_id",
                            "file_name",
                            "service_id",
                            "parent_id",
                            "account_id",
                            "region",
                            "zone",
                            "local_ssd_zone",
                            "no_local_ssd_zone",
                            "machine_type",
                            "workload",
                            "target",
                            "resource_group",
                            "workspace_name",
                            "endpoint_name",
                            "deployment_name",
                            "whole_endpoint_name",
                            "variant_endpoint",
                            "component_name",
                            "cluster",
                            "namespace",
                            "scalable_workload",
                            "unnamed_workload",
                            "batch_pool_id",
                            "key_ring",
                            "window_end"))
            .toList();

    /** What follows a dollar sign is a variable of the shell, and braces with more than a name in them are JSON. */
    private static final Pattern PLACEHOLDER = Pattern.compile("(?<!\\$)\\{([\\w:-]*)}");
    /** A number or a text that the rule returned under this name, the number as in a snippet of Terraform. */
    private static final Pattern RETURNED = Pattern.compile("(number|text):[a-z][a-z0-9_]*");

    /**
     * The AWS CLI takes {@code file://}, {@code fileb://} and URLs for what is to be read, that of Azure {@code @NAME},
     * at the beginning or after the first {@code =}.
     */
    private static final Pattern READ = Pattern.compile("(?i)([^=]*=)?@.*|(?:fileb?|https?)://.*", Pattern.DOTALL);

    /**
     * In a comment. A zsh in which one types takes the line for a command, in which this begins a quotation that ends
     * where the next value is quoted: what that resource is called would be run.
     */
    private static final Pattern APOSTROPHE = Pattern.compile("(?<=\\p{L})'(?=\\p{L})");

    private static final String COMMENT = "#";

    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

    private ResourceCommand() {}

    /** Refuses a line of rule.yaml with an unknown placeholder. */
    static void check(YamlNode line) {
        Matcher matcher = PLACEHOLDER.matcher(line.text());
        while (matcher.find()) {
            if (!PLACEHOLDERS.contains(matcher.group(1))
                    && !RETURNED.matcher(matcher.group(1)).matches()) {
                throw line.error(
                        "unknown placeholder {" + matcher.group(1) + "}.",
                        DidYouMean.sentence(matcher.group(1), PLACEHOLDERS));
            }
        }
    }

    /** The lines whose values are all known, and of the comments on commands those that a command follows. */
    static List<String> fill(List<String> lines, Map<String, String> values) {
        List<String> filled = new ArrayList<>();
        boolean lacksItsCommands = false;
        for (int i = lines.size() - 1; i >= 0; i--) {
            String line = lines.get(i);
            Optional<String> known = fill(line, values);
            if (!line.startsWith(COMMENT)) {
                boolean isLastOfSome = i + 1 == lines.size() || lines.get(i + 1).startsWith(COMMENT);
                lacksItsCommands = known.isEmpty() && (isLastOfSome || lacksItsCommands);
                known.ifPresent(filled::add);
            } else if (!lacksItsCommands || !line.endsWith(":")) {
                known.ifPresent(filled::add);
            }
        }
        Collections.reverse(filled);
        return filled;
    }

    private static Optional<String> fill(String line, Map<String, String> values) {
        Matcher matcher = PLACEHOLDER.matcher(
                line.startsWith("#") ? APOSTROPHE.matcher(line).replaceAll("\u2019") : line);
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            String value = values.get(matcher.group(1));
            if (value == null
                    || value.isEmpty()
                    || value.startsWith("-")
                    || READ.matcher(value).matches()
                    || UNSAFE.matcher(value).find()) {
                return Optional.empty();
            }
            matcher.appendReplacement(filled, Matcher.quoteReplacement(ShellWord.quoted(value)));
        }
        return Optional.of(matcher.appendTail(filled).toString());
    }
}
