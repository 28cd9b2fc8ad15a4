package io.aiaudit.scan;

import io.aiaudit.model.SourceReport.Provided;
import io.aiaudit.model.Vocabulary;
import io.aiaudit.model.YamlNode;
import io.aiaudit.model.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How somebody gets a metric, or the rows of an inventory, out of a cloud.
 *
 * @param metric inventory, or the name of a metric
 * @param kinds of resources that it is about
 * @param note where it is from and in which unit
 * @param command lines to paste; what is in capitals is to be filled in
 */
public record Export(String metric, String provider, List<String> kinds, String note, List<String> command) {
    private static final String INVENTORY = "inventory";

    public Export {
        kinds = List.copyOf(kinds);
        command = List.copyOf(command);
    }

    /** Everything that is known. */
    static List<Export> all() {
        try (InputStream text = Export.class.getResourceAsStream("exports.yaml")) {
            return YamlReader.parse("exports.yaml", new String(text.readAllBytes(), StandardCharsets.UTF_8))
                    .items()
                    .stream()
                    .map(Export::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the exports cannot be read", e);
        }
    }

    private static Export of(YamlNode node) {
        return new Export(
                node.need("metric").text(),
                node.need("provider").text(),
                node.need("kinds").texts(),
                node.need("note").text(),
                node.need("command").text().lines().toList());
    }

    /**
     * What rules lack that could not examine anything, of the clouds that something is known of; of all three when
     * nothing is.
     */
    static List<Export> missing(List<RuleOutlook> rules, List<Provided> provided) {
        List<String> known = provided.stream()
                .map(Provided::provider)
                .filter(Vocabulary.CLOUDS::contains)
                .distinct()
                .toList();
        Set<Export> missing = new LinkedHashSet<>();
        List<Export> all = all();
        for (RuleOutlook rule : rules) {
            if (!rule.examinesSomething()) {
                all.stream()
                        .filter(export -> (known.isEmpty() ? Vocabulary.CLOUDS : known).contains(export.provider()))
                        .filter(export -> export.isMissing(rule))
                        .forEach(missing::add);
            }
        }
        List<Export> sorted = new ArrayList<>(all);
        sorted.retainAll(missing);
        return sorted;
    }

    private boolean isMissing(RuleOutlook rule) {
        List<String> lacking = metric.equals(INVENTORY)
                ? rule.missingKinds()
                : rule.missingMetrics().getOrDefault(metric, List.of());
        return kinds.stream().anyMatch(lacking::contains);
    }
}
