package io.aiaudit.rules;

import io.aiaudit.model.Ask;
import io.aiaudit.model.DidYouMean;
import io.aiaudit.model.Lever;
import io.aiaudit.model.YamlNode;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Reads the remedies of rule.yaml. */
final class RemedyDescription {
    private RemedyDescription() {}

    static Map<String, RemedyChoice> remedies(YamlNode node) {
        Map<String, RemedyChoice> remedies = new LinkedHashMap<>();
        node.entries().forEach((name, entry) -> remedies.put(name, remedy(name, entry)));
        node.entries()
                .forEach((name, entry) ->
                        entry.get("for_part").ifPresent(part -> checkNames(part, remedies.get(name), remedies)));
        if (remedies.isEmpty()) {
            throw node.error("no remedy is named.", "Name at least one with its action, effort, speed and compliance.");
        }
        return remedies;
    }

    private static RemedyChoice remedy(String name, YamlNode node) {
        node.unknownKeysAgainst(List.of(
                "action",
                "effort",
                "speed",
                "compliance",
                "feasible_when",
                "for_part",
                "acts_on_group",
                "commands",
                "terraform",
                "lever",
                "asks"));
        return RemedyChoiceBuilder.builder()
                .name(name)
                .action(node.need("action").text())
                .effort(node.need("effort").text())
                .speed(node.need("speed").text())
                .compliance(node.need("compliance").text())
                .lever(node.get("lever").map(lever -> lever.oneOf(Lever.class)).orElse(null))
                .asks(node.get("asks").isPresent() || node.entries().containsKey("asks") ? asks(node) : null)
                .feasibleWhen(conditions(node))
                .forPart(forPart(node))
                .actsOnGroup(node.get("acts_on_group").map(YamlNode::yesOrNo).orElse(false))
                .commands(texts(node, "commands", ResourceCommand::check))
                .terraform(texts(node, "terraform", TerraformSnippet::check))
                .build();
    }

    /** One name, or one for each provider. */
    private static Map<String, String> forPart(YamlNode remedy) {
        Map<String, String> names = new LinkedHashMap<>();
        remedy.get("for_part").ifPresent(node -> {
            if (node.isMap()) {
                providers(remedy, "for_part").forEach((provider, name) -> names.put(provider, name.text()));
            } else {
                names.put(RemedyChoice.ALL, node.text());
            }
        });
        return names;
    }

    private static void checkNames(YamlNode node, RemedyChoice remedy, Map<String, RemedyChoice> remedies) {
        for (String name : remedy.forPart().values()) {
            if (!remedies.containsKey(name)) {
                throw node.error("unknown remedy \"" + name + "\".", DidYouMean.sentence(name, remedies.keySet()));
            }
        }
    }

    private static Map<String, String> conditions(YamlNode remedy) {
        Map<String, String> conditions = new LinkedHashMap<>();
        providers(remedy, "feasible_when").forEach((provider, node) -> conditions.put(provider, node.text()));
        return conditions;
    }

    private static Map<String, List<String>> texts(YamlNode remedy, String key, Consumer<YamlNode> check) {
        Map<String, List<String>> texts = new LinkedHashMap<>();
        providers(remedy, key).forEach((provider, node) -> {
            if (node.isMap()) {
                node.entries().forEach((kind, lines) -> {
                    RuleDescription.checkKind(lines, kind);
                    texts.put(provider + "/" + kind, checked(lines, check));
                });
            } else {
                texts.put(provider, checked(node, check));
            }
        });
        return texts;
    }

    private static List<String> checked(YamlNode node, Consumer<YamlNode> check) {
        List<YamlNode> lines = node.isList() ? node.items() : List.of(node);
        lines.forEach(check);
        return lines.stream().map(YamlNode::text).toList();
    }

    private static Map<String, YamlNode> providers(YamlNode remedy, String key) {
        List<String> known = List.of("aws", "azure", "gcp", "kubernetes", "other");
        return remedy.get(key)
                .map(node -> node.unknownKeysAgainst(known).entries())
                .orElse(Map.of());
    }

    static Set<Ask> asks(YamlNode node) {
        Set<Ask> asks = EnumSet.noneOf(Ask.class);
        node.get("asks").map(YamlNode::items).orElse(List.of()).forEach(item -> asks.add(item.oneOf(Ask.class)));
        return asks;
    }
}
