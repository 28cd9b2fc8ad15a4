package io.aiaudit.config;

import io.aiaudit.collect.aws.AwsScope;
import io.aiaudit.collect.azure.AzureScope;
import io.aiaudit.collect.gcp.GcpScope;
import io.aiaudit.disk.FileMode;
import io.aiaudit.model.UserText;
import io.aiaudit.model.Window;
import io.aiaudit.store.IngestSettings;
import io.aiaudit.store.PriceFile;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Everything that a scan needs to know, checked as far as it can be without reading a source.
 *
 * @param window null = decided by what is read
 * @param days how many of the last full days, null = the default of the sources
 * @param aws what of AWS is read, where it is a source
 * @param azure what of Azure is read, where it is a source
 * @param gcp what of Google Cloud is read, where it is a source
 * @param maxApiCost what requests that a cloud charges for may cost, in US dollars
 * @param save where the store stays, null = nowhere
 * @param mode who may read what is written
 * @param saved the parts of the configuration that are kept with the scan, as text by key
 */
@RecordBuilder
public record Config(
        List<Source> sources,
        Inputs inputs,
        Window window,
        Integer days,
        RuleChoice rules,
        Policy policy,
        FindingEntries ignores,
        FindingEntries verified,
        IngestSettings ingest,
        AwsScope aws,
        AzureScope azure,
        GcpScope gcp,
        BigDecimal maxApiCost,
        Path save,
        FileMode mode,
        Machine machine,
        Map<String, String> saved) {
    public Config {
        sources = List.copyOf(sources);
        saved = Collections.unmodifiableMap(new LinkedHashMap<>(saved));
    }

    /** What the user wrote, as far as a sentence of an audit may quote it. */
    public Stream<UserText> userTexts() {
        return Stream.of(policy.userTexts(), ignores.userTexts(), verified.userTexts())
                .flatMap(texts -> texts)
                .distinct();
    }

    public boolean demo() {
        return sources.contains(Source.DEMO);
    }

    /** True when a source has no days of its own, as files have. */
    public boolean live() {
        return Stream.of(Source.AWS, Source.AZURE, Source.GCP, Source.TRINO).anyMatch(sources::contains);
    }

    /** The names of the price lists of the user's own. */
    public List<String> priceFiles() {
        return ingest.prices().stream().map(PriceFile::name).toList();
    }

    /**
     * Which rules run and with which thresholds.
     *
     * @param folder the user's own rules, null without
     * @param only ids, empty = all
     * @param skipped ids
     * @param parameters by rule id
     */
    public record RuleChoice(
            Path folder, List<String> only, List<String> skipped, Map<String, RuleParameters> parameters) {
        public RuleChoice {
            only = List.copyOf(only);
            skipped = List.copyOf(skipped);
            parameters = Map.copyOf(parameters);
        }
    }

    /**
     * The thresholds of one rule that the user changed, by name, and where that is written: the rule, and each of them.
     */
    public record RuleParameters(String location, Map<String, Object> values, Map<String, String> locations) {
        public RuleParameters {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
            locations = Map.copyOf(locations);
        }
    }

    /** What the database may use of this machine. */
    public record Machine(long memoryMib, Path spillFolder) {}
}
