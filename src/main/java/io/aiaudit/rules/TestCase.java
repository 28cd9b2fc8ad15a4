package io.aiaudit.rules;

import io.aiaudit.model.Window;
import io.aiaudit.model.YamlNode;
import io.aiaudit.model.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One case of tests.yaml.
 *
 * @param given relation to its rows
 * @param notExamined resource id to a part of the reason; null when the case does not say
 */
record TestCase(
        String name,
        Map<String, List<YamlNode>> given,
        Map<String, Object> params,
        List<YamlNode> expect,
        Map<String, String> notExamined) {
    static final List<String> RELATIONS =
            List.of("resources", "metrics", "charges", "spend", "offers", "models", "policy", "commitments");

    /** What is of no resource in particular. */
    static final List<String> SHARED = List.of("offers", "models", "commitments");

    private static final Set<String> JOBS = Set.of("training_job", "batch_job");

    /** The window that all cases share, and the cases. */
    record Suite(Window window, List<TestCase> cases) {}

    /** Cases with the same of these differ in nothing but the rows of resources. */
    List<Object> inCommon() {
        List<Object> common = new ArrayList<>(List.of(params));
        for (String relation : SHARED) {
            common.add(rows(relation).stream().map(YamlNode::value).toList());
        }
        return common;
    }

    /** Whether it has jobs that the rule is not about: one of an unknown host may run on any resource of its cloud. */
    boolean hasJobsBeside(Rule rule) {
        return rows("resources").stream()
                .flatMap(resource -> resource.get("kind").stream())
                .map(YamlNode::text)
                .anyMatch(kind -> JOBS.contains(kind) && !rule.appliesTo().contains(kind));
    }

    /** What the case gives of a relation. */
    List<YamlNode> rows(String relation) {
        return given.getOrDefault(relation, List.of());
    }

    static Suite read(Rule rule) {
        YamlNode root = YamlReader.parse(rule.folder() + "/" + RuleFolder.TESTS, rule.tests());
        root.unknownKeysAgainst(List.of("window", "cases"));
        List<TestCase> cases =
                root.need("cases").items().stream().map(TestCase::read).toList();
        if (cases.isEmpty()) {
            throw root.error("there is no case.", "Add one; docs/adding-a-rule.md shows how.");
        }
        return new Suite(window(root.need("window")), cases);
    }

    private static Window window(YamlNode node) {
        try {
            return Window.parse(node.text());
        } catch (io.aiaudit.model.UserError e) {
            throw node.error(e.problem(), e.fix());
        }
    }

    private static TestCase read(YamlNode node) {
        node.unknownKeysAgainst(List.of("name", "given", "params", "expect", "not_examined"));
        Map<String, List<YamlNode>> given = new LinkedHashMap<>();
        node.get("given")
                .map(relations -> relations.unknownKeysAgainst(RELATIONS).entries())
                .orElse(Map.of())
                .forEach((relation, rows) -> given.put(relation, rows.items()));
        Map<String, Object> params = new LinkedHashMap<>();
        node.get("params")
                .map(YamlNode::entries)
                .orElse(Map.of())
                .forEach((name, value) -> params.put(name, value.value()));
        List<YamlNode> expect = node.need("expect").items();
        expect.forEach(row -> row.need("resource_id"));
        return new TestCase(node.need("name").text(), given, params, expect, notExamined(node));
    }

    private static Map<String, String> notExamined(YamlNode node) {
        return node.get("not_examined")
                .map(reasons -> {
                    Map<String, String> parts = new TreeMap<>();
                    reasons.entries().forEach((id, part) -> parts.put(id, part.isAbsent() ? "" : part.text()));
                    return parts;
                })
                .orElse(null);
    }
}
