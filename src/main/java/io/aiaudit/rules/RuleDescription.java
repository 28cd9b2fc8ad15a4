package io.aiaudit.rules;

import io.aiaudit.model.Component;
import io.aiaudit.model.DidYouMean;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Proof;
import io.aiaudit.model.Vocabulary;
import io.aiaudit.model.YamlNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads rule.yaml. Kinds and metrics are open lists, so only near misses of the known ones are refused. */
final class RuleDescription {
    private static final List<String> KEYS = List.of(
            "id",
            "title",
            "summary",
            "applies_to",
            "needs",
            "min_days",
            "min_coverage",
            "since_change",
            "at_any_number",
            "params",
            "saves",
            "asks",
            "proof",
            "likely",
            "lever",
            "remedies",
            "references",
            "checklist");
    private static final List<String> PARAMETER_KEYS = List.of("default", "unit", "min", "max", "help");
    private static final List<String> TAKEN_NAMES = List.of("window_start", "window_end");
    static final String ID = "[a-z][a-z0-9]*(-[a-z0-9]+)+";
    private static final int MAX_DAYS = 366;

    private final YamlNode root;
    private final String folderName;
    private final boolean builtIn;

    RuleDescription(YamlNode root, String folderName, boolean builtIn) {
        this.root = root;
        this.folderName = folderName;
        this.builtIn = builtIn;
    }

    Rule rule(String folder, String sql, String readme, String tests) {
        root.unknownKeysAgainst(KEYS);
        String id = id();
        return RuleBuilder.builder()
                .id(id)
                .title(root.need("title").text())
                .summary(root.need("summary").text())
                .appliesTo(appliesTo())
                .needs(needs())
                .minDays(minDays())
                .minCoverage(minCoverage())
                .sinceChange(root.get("since_change").map(YamlNode::yesOrNo).orElse(false))
                .atAnyNumber(root.get("at_any_number").map(YamlNode::yesOrNo).orElse(false))
                .params(Work.withFloors(params(), sql))
                .saves(saves())
                .asks(RemedyDescription.asks(root))
                .proof(root.need("proof").oneOf(Proof.class))
                .likely(root.get("likely").map(YamlNode::text).orElse(null))
                .lever(root.need("lever").oneOf(Lever.class))
                .remedies(RemedyDescription.remedies(root.need("remedies")))
                .references(root.get("references").map(YamlNode::texts).orElse(List.of()))
                .checklist(root.get("checklist").map(YamlNode::texts).orElse(List.of()))
                .folder(folder)
                .sql(sql)
                .readme(readme)
                .tests(tests)
                .builtIn(builtIn)
                .build();
    }

    private String id() {
        YamlNode node = root.need("id");
        String id = node.text();
        if (!id.matches(ID)) {
            throw node.error(
                    "\"" + id + "\" is not an id.",
                    "Write <resource>-<problem> in lower case with hyphens, such as notebook-idle.");
        }
        if (!id.equals(folderName)) {
            throw node.error(
                    "the id is \"" + id + "\", but the folder is called \"" + folderName + "\".",
                    "Give both the same name, such as id: " + folderName);
        }
        return id;
    }

    private List<String> appliesTo() {
        YamlNode node = root.need("applies_to");
        List<String> kinds = near(node.items(), Vocabulary.KINDS, "kind");
        if (kinds.isEmpty()) {
            throw node.error("no kind is named.", "Name at least one, such as applies_to: [inference_endpoint]");
        }
        return kinds;
    }

    private List<Need> needs() {
        List<Need> needs = new ArrayList<>();
        for (YamlNode item : root.get("needs").map(YamlNode::items).orElse(List.of())) {
            List<YamlNode> metrics = item.isMap()
                    ? item.unknownKeysAgainst(List.of("one_of")).need("one_of").items()
                    : List.of(item);
            if (metrics.isEmpty()) {
                throw item.error("one_of names no metric.", "Write for example {one_of: [requests, sessions]}.");
            }
            needs.add(new Need(near(metrics, Vocabulary.METRICS, "metric")));
        }
        return needs;
    }

    /** Refuses a near miss of a known kind. */
    static void checkKind(YamlNode node, String kind) {
        if (!Vocabulary.KINDS.contains(kind)
                && DidYouMean.closest(kind, Vocabulary.KINDS).isPresent()) {
            throw node.error("unknown kind \"" + kind + "\".", DidYouMean.sentence(kind, Vocabulary.KINDS));
        }
    }

    private static List<String> near(List<YamlNode> items, List<String> known, String what) {
        List<String> words = new ArrayList<>();
        for (YamlNode item : items) {
            String word = item.text();
            if (!known.contains(word) && DidYouMean.closest(word, known).isPresent()) {
                throw item.error("unknown " + what + " \"" + word + "\".", DidYouMean.sentence(word, known));
            }
            words.add(word);
        }
        return words;
    }

    private int minDays() {
        return root.get("min_days")
                .map(node -> {
                    long days = node.wholeNumber();
                    if (days < 0 || days > MAX_DAYS) {
                        throw node.error(
                                "expected 0 to " + MAX_DAYS + " days, found " + days + ".",
                                "Write a number of days, such as 7.");
                    }
                    return (int) days;
                })
                .orElse(7);
    }

    private double minCoverage() {
        return root.get("min_coverage")
                .map(node -> {
                    BigDecimal share = node.number();
                    if (share.signum() < 0 || share.compareTo(BigDecimal.ONE) > 0) {
                        throw node.error(
                                "expected a share from 0 to 1, found " + share + ".", "Write a share, such as 0.9.");
                    }
                    return share.doubleValue();
                })
                .orElse(Rule.USUAL_COVERAGE);
    }

    private Map<String, Parameter> params() {
        Map<String, Parameter> params = new LinkedHashMap<>();
        root.get("params").map(YamlNode::entries).orElse(Map.of()).forEach((name, node) -> {
            if (!name.matches("[a-z][a-z0-9_]*") || TAKEN_NAMES.contains(name)) {
                throw node.error(
                        "\"" + name + "\" cannot be the name of a parameter.",
                        "Use lower case and underscores, with the unit at the end, such as idle_days; window_start "
                                + "and window_end are taken.");
            }
            node.unknownKeysAgainst(PARAMETER_KEYS);
            Object value = parameterDefault(node.need("default"));
            String unit = node.get("unit").map(YamlNode::text).orElse(null);
            params.put(
                    name,
                    new Parameter(
                            name,
                            value,
                            unit,
                            ParameterRange.of(node, value, unit),
                            node.need("help").text()));
        });
        return params;
    }

    private static Object parameterDefault(YamlNode node) {
        boolean nested = node.isMap()
                || (node.isList()
                        && node.items().stream().anyMatch(item -> item.isMap() || item.isList() || item.isAbsent()));
        if (nested) {
            throw node.error("a default is one value or a list of values.", "Write it like 14, 0.9, text or [a, b].");
        }
        return node.value();
    }

    private Set<Component> saves() {
        List<YamlNode> items = root.get("saves").map(YamlNode::items).orElse(List.of());
        Set<Component> saves = EnumSet.noneOf(Component.class);
        items.forEach(item -> saves.add(item.oneOf(Component.class)));
        return saves.isEmpty() ? EnumSet.of(Component.TIME) : saves;
    }
}
