package io.aiaudit.report.section;

import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Lever;
import io.aiaudit.model.YamlNode;
import io.aiaudit.model.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The patterns of architecture that an article recommends, with its claims, as {@code patterns.yaml} has them. They are
 * shown beside what was found and are never an estimate.
 *
 * @param source title of the article and who published it
 * @param date when, as ISO
 * @param whole what it claims of all AI spend
 * @param reasons that it gives for that
 */
public record PublishedPatterns(
        String source, String url, String date, Claim whole, String reasons, List<Pattern> all) {
    public PublishedPatterns {
        all = List.copyOf(all);
    }

    /**
     * What is claimed, in words and, where it is a figure, as shares of the cost.
     *
     * @param low null where no figure is claimed
     */
    public record Claim(String words, BigDecimal low, BigDecimal high) {}

    /**
     * A number of the findings that the conditions of a pattern state too.
     *
     * @param number its name in the evidence
     * @param from the name of what says where it is from
     * @param words what it is
     * @param effect what another number does to the saving
     */
    public record Assumption(String number, String from, String words, String unit, String effect) {}

    /**
     * A pattern with the rules that look for it. A finding belongs to the first pattern that has it.
     *
     * @param conditions under which the article claims it
     * @param basis what the share that is found here is computed from
     * @param levers the only ones of its findings, or empty for all
     * @param blended whether the claim is about the price of an accelerator hour, however it is bought
     * @param assumes null where the findings assume nothing that the conditions state
     */
    public record Pattern(
            String title,
            String part,
            Claim claim,
            String conditions,
            String basis,
            Set<String> rules,
            Set<Lever> levers,
            boolean blended,
            Assumption assumes) {
        public Pattern {
            rules = Set.copyOf(rules);
            levers = Set.copyOf(levers);
        }

        boolean has(AuditedFinding finding) {
            return rules.contains(finding.rule()) && (levers.isEmpty() || levers.contains(finding.lever()));
        }

        public String name() {
            return title + ": " + part;
        }
    }

    /** The pattern that a finding belongs to. */
    Optional<Pattern> of(AuditedFinding finding) {
        return all.stream().filter(pattern -> pattern.has(finding)).findFirst();
    }

    public static PublishedPatterns read() {
        try (InputStream text = PublishedPatterns.class.getResourceAsStream("patterns.yaml")) {
            YamlNode file = YamlReader.parse("patterns.yaml", new String(text.readAllBytes(), StandardCharsets.UTF_8));
            return new PublishedPatterns(
                    file.need("source").text(),
                    file.need("url").text(),
                    file.need("date").text(),
                    claim(file.need("whole")),
                    file.need("whole").need("conditions").text(),
                    file.need("patterns").items().stream()
                            .map(PublishedPatterns::pattern)
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException("the patterns cannot be read", e);
        }
    }

    private static Pattern pattern(YamlNode node) {
        return new Pattern(
                node.need("title").text(),
                node.need("part").text(),
                claim(node),
                node.need("conditions").text(),
                node.need("basis").text(),
                new TreeSet<>(node.need("rules").texts()),
                node.get("levers").map(YamlNode::items).orElse(List.of()).stream()
                        .map(lever -> lever.oneOf(Lever.class))
                        .collect(Collectors.toSet()),
                node.get("blended").map(YamlNode::yesOrNo).orElse(false),
                node.get("assumes").map(PublishedPatterns::assumption).orElse(null));
    }

    private static Assumption assumption(YamlNode node) {
        return new Assumption(
                node.need("number").text(),
                node.need("from").text(),
                node.need("words").text(),
                node.need("unit").text(),
                node.need("effect").text());
    }

    private static Claim claim(YamlNode node) {
        Optional<BigDecimal> low = node.get("low").map(YamlNode::number);
        return new Claim(
                node.need("claim").text(),
                low.orElse(null),
                node.get("high").map(YamlNode::number).orElse(null));
    }
}
