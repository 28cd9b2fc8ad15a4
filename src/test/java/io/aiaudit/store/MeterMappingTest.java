package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Slow;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Our mapping tables against the production rules of another vendor. Each of their rules gives a line of a bill that
 * fits it; their first rule that fits that line says what they take it for. The shares are what was measured; a table
 * that gets worse fails.
 */
@Slow
class MeterMappingTest {
    private static final Pattern CONDITION =
            Pattern.compile("(service|resource_type|usage_type|usage_unit|bill_source)([=~])'([^']*)'");
    /** Models, not tools or parts of a platform. */
    private static final Pattern MODEL = Pattern.compile(
            "(?i)gpt|codex|\\bo[134]\\b|gemini|claude (opus|sonnet|haiku|3|inst)|llama|nova|titan|mistral|deepseek "
                    + "r|embed.*(ada|3|4|v2)|command|jamba|palmyra|stable|whisper|rerank|pegasus|phi-4|veo|imagen");

    private static final Map<String, String> KINDS = Map.of(
            "Input Tokens", "input",
            "Output Tokens", "output",
            "Cached Input Tokens", "cache_read",
            "Cache Write Tokens", "cache_write",
            "Image Input", "input",
            "Audio Input", "input",
            "Video Input", "input",
            "Image Output", "output",
            "Audio Output", "output",
            "Embeddings", "input");

    @TempDir
    private Path folder;

    private record Term(String field, boolean exact, String text) {}

    private record VendorRule(String target, String value, List<Term> terms) {
        boolean fits(Line line) {
            return terms.stream()
                    .allMatch(term -> term.exact()
                            ? line.field(term.field()).equals(term.text())
                            : line.field(term.field())
                                    .toLowerCase(Locale.ROOT)
                                    .contains(term.text().toLowerCase(Locale.ROOT)));
        }
    }

    /** What their rules look at. */
    private record Line(String service, String resourceType, String usageType) {
        String field(String name) {
            return switch (name) {
                case "service" -> service;
                case "resource_type" -> resourceType;
                case "usage_type" -> usageType;
                default -> "";
            };
        }

        boolean isAzure() {
            return service.toLowerCase(Locale.ROOT).startsWith("microsoft.") || resourceType.startsWith("Foundry");
        }

        boolean isAws() {
            return service.startsWith("Amazon")
                    || service.contains("Bedrock")
                    || service.matches("(?i)transcribe|translate|comprehend.*|claude.*");
        }
    }

    private static List<VendorRule> rules() throws IOException {
        List<VendorRule> rules = new ArrayList<>();
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (Reader reader = new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(Needs.data("ai_meter_mapping/rules_flat.csv.gz"))),
                StandardCharsets.UTF_8)) {
            for (CSVRecord row : format.parse(reader)) {
                List<Term> terms = new ArrayList<>();
                Matcher matcher = CONDITION.matcher(row.get("condition"));
                while (matcher.find()) {
                    terms.add(new Term(matcher.group(1), matcher.group(2).equals("="), matcher.group(3)));
                }
                rules.add(new VendorRule(row.get("target"), row.get("value"), terms));
            }
        }
        return rules;
    }

    /** A line that fits the rule: where the rule says nothing, what belongs to it. */
    private static Line line(VendorRule rule) {
        Map<String, String> message = rule.terms().stream()
                .collect(Collectors.toMap(Term::field, Term::text, (a, b) -> a + " " + b, LinkedHashMap::new));
        String resourceType = message.getOrDefault("resource_type", "");
        String usual = resourceType.startsWith("Foundry")
                        || resourceType.startsWith("SaaS")
                        || resourceType.startsWith("anthropic")
                ? "Microsoft.CognitiveServices"
                : "Vertex AI";
        return new Line(message.getOrDefault("service", usual), resourceType, message.getOrDefault("usage_type", ""));
    }

    private record Reported(String spendClass, String model, String kind) {}

    /** The lines as bills of their clouds, in the files that aiaudit reads. */
    private Map<Line, Reported> reported(Set<Line> lines) {
        BillText azure = new BillText(
                "SubscriptionId",
                "s",
                "Date",
                "06/15/2026",
                "BillingCurrency",
                "USD",
                "Cost",
                "1",
                "UnitOfMeasure",
                "1M");
        BillText aws = new BillText(
                "lineItem/LineItemType", "Usage",
                "lineItem/UsageStartDate", "2026-06-01T00:00:00Z",
                "lineItem/CurrencyCode", "USD",
                "lineItem/UnblendedCost", "1");
        BillText gcp = new BillText("cost", "1", "currency", "USD", "usage_start_time", "2026-06-01", "credits", "[]");
        List<Line> order = new ArrayList<>(lines);
        for (int i = 0; i < order.size(); i++) {
            Line line = order.get(i);
            String id = "line-" + i;
            if (line.isAzure()) {
                String[] category = line.resourceType().split("-", 2);
                azure.row(
                        "MeterCategory",
                        category[0].isEmpty() ? line.service() : category[0],
                        "MeterSubCategory",
                        category.length > 1 ? category[1] : "",
                        "MeterName",
                        line.usageType(),
                        "ConsumedService",
                        line.service(),
                        "ResourceId",
                        "/subscriptions/s/resourceGroups/g/providers/" + line.service() + "/accounts/" + id);
            } else if (line.isAws()) {
                aws.row(
                        "lineItem/ProductCode", line.service(),
                        "product/ProductName", line.service(),
                        "lineItem/UsageType", line.usageType(),
                        "lineItem/LineItemDescription", line.resourceType(),
                        "lineItem/ResourceId", id);
            } else {
                gcp.row(
                        "service_description",
                        line.service(),
                        "sku_description",
                        line.resourceType() + line.usageType(),
                        "resource_name",
                        id);
            }
        }
        Map<Line, Reported> reported = new LinkedHashMap<>();
        try (TestStore store = TestStore.ofBills(
                folder, azure.csv(folder, "azure.csv"), aws.csv(folder, "aws.csv"), gcp.csv(folder, "gcp.csv"))) {
            for (List<Object> row : store.locked()
                    .select("SELECT regexp_extract(ResourceId, 'line-([0-9]+)$', 1)::INTEGER, spend_class, model, "
                            + "token_kind FROM charges")
                    .rows()) {
                reported.put(
                        order.get(((Long) row.get(0)).intValue()),
                        new Reported((String) row.get(1), (String) row.get(2), (String) row.get(3)));
            }
        }
        return reported;
    }

    private static String theirs(List<VendorRule> rules, String target, Line line) {
        return rules.stream()
                .filter(rule -> rule.target().equals(target) && rule.fits(line))
                .map(VendorRule::value)
                .findFirst()
                .orElse(null);
    }

    /** The same model, whatever words stand around it and in whatever order. */
    private static boolean same(String theirs, String ours) {
        if (ours == null) {
            return false;
        }
        return words(ours).containsAll(words(theirs))
                || words(theirs).containsAll(words(ours))
                || String.join("", words(ours)).equals(String.join("", words(theirs)));
    }

    private static Set<String> words(String name) {
        Set<String> words = new LinkedHashSet<>(Arrays.asList(name.toLowerCase(Locale.ROOT)
                .replace("embeddings", "embedding")
                .replaceAll("([a-z])(?=[0-9])|([0-9])(?=[a-z])", "$1$2 ")
                .split("[^a-z0-9]+")));
        words.removeAll(Set.of(
                "",
                "openai",
                "amazon",
                "meta",
                "ga",
                "azure",
                "model",
                "models",
                "cohere",
                "generate",
                "chat",
                "gpt",
                "0",
                "fine",
                "tuned"));
        return words;
    }

    private record Share(String name, int agreed, List<String> differing) {
        double value() {
            return (double) agreed / (agreed + differing.size());
        }

        @Override
        public String toString() {
            return name + ": " + agreed + " agree, " + differing.size() + " differ:\n" + String.join("\n", differing);
        }
    }

    @Test
    void most_of_another_vendors_meters_are_taken_for_the_same() throws IOException {
        List<VendorRule> rules = rules();
        Set<Line> lines = rules.stream()
                .filter(rule -> rule.terms().stream()
                        .noneMatch(term -> term.field().equals("bill_source")
                                || term.field().equals("usage_unit")))
                .map(MeterMappingTest::line)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Set<Line> exact = rules.stream()
                .filter(rule -> rule.terms().stream().allMatch(Term::exact))
                .map(MeterMappingTest::line)
                .collect(Collectors.toSet());
        Map<Line, Reported> reported = reported(lines);
        Share spend = share(
                "AI",
                reported,
                (line, ours) -> theirs(rules, "tool", line) == null ? null : "ai",
                Reported::spendClass,
                String::equals);
        Share models = share(
                "model",
                reported,
                (line, ours) -> {
                    String value = theirs(rules, "model", line);
                    return value != null && MODEL.matcher(value).find() ? value : null;
                },
                Reported::model,
                MeterMappingTest::same);
        Share kinds = share(
                "token kind",
                reported,
                (line, ours) ->
                        exact.contains(line) ? KINDS.get(String.valueOf(theirs(rules, "token_kind", line))) : null,
                Reported::kind,
                String::equals);
        Share parts = share(
                "token kind by a part of the meter",
                reported,
                (line, ours) ->
                        exact.contains(line) ? null : KINDS.get(String.valueOf(theirs(rules, "token_kind", line))),
                Reported::kind,
                String::equals);
        assertThat(spend.value()).as(spend::toString).isGreaterThan(0.99);
        assertThat(models.value()).as(models::toString).isGreaterThan(0.98);
        // They take embeddings for output, pictures and records for tokens, and a meter without a word for input.
        assertThat(kinds.value()).as(kinds::toString).isGreaterThan(0.90);
        // Half a word is a whole meter nowhere; where it is not enough we say nothing.
        assertThat(parts.value()).as(parts::toString).isGreaterThan(0.63);
    }

    private interface Expected {
        String of(Line line, Reported ours);
    }

    private interface Ours {
        String of(Reported reported);
    }

    private interface Same {
        boolean test(String theirs, String ours);
    }

    private static Share share(String name, Map<Line, Reported> reported, Expected expected, Ours ours, Same same) {
        int agreed = 0;
        List<String> differing = new ArrayList<>();
        for (Map.Entry<Line, Reported> entry : reported.entrySet()) {
            String theirs = expected.of(entry.getKey(), entry.getValue());
            String mine = ours.of(entry.getValue());
            if (theirs == null) {
                continue;
            }
            if (same.test(theirs, mine)) {
                agreed++;
            } else {
                differing.add(entry.getKey() + ": they say " + theirs + ", we say " + mine);
            }
        }
        return new Share(name, agreed, differing);
    }
}
