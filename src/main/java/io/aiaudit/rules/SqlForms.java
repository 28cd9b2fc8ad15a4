package io.aiaudit.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;

/**
 * The forms of SQL that a rule or a query may have, whatever the names in them: those that read, end, and give the same
 * answer every time.
 */
final class SqlForms {
    private static final Set<String> EXPRESSIONS = Set.of(
            "CONSTANT",
            "COLUMN_REF",
            "FUNCTION",
            "OPERATOR",
            "COMPARISON",
            "CONJUNCTION",
            "CASE",
            "CAST",
            "WINDOW",
            "SUBQUERY",
            "LAMBDA",
            "LAMBDA_REF",
            "STAR",
            "BETWEEN",
            "COLLATE",
            "TYPE",
            "POSITIONAL_REFERENCE");
    private static final Set<String> STRUCTURES = Set.of(
            "SELECT_NODE",
            "SET_OPERATION_NODE",
            "BASE_TABLE",
            "SUBQUERY",
            "JOIN",
            "TABLE_FUNCTION",
            "EXPRESSION_LIST",
            "EMPTY",
            "ORDER_MODIFIER",
            "LIMIT_MODIFIER",
            "DISTINCT_MODIFIER",
            "ORDER_DEFAULT",
            "ASCENDING",
            "DESCENDING");
    private static final Map<String, String> REFUSED_STRUCTURES = Map.of(
            "SHOW_REF", "SHOW, DESCRIBE and SUMMARIZE are refused.",
            "PIVOT", "PIVOT and UNPIVOT are refused.",
            "RECURSIVE_CTE_NODE", "WITH RECURSIVE is refused: it may not end.");
    private final SqlTree tree;

    SqlForms(SqlTree tree) {
        this.tree = tree;
    }

    void check(JsonNode node) {
        if (node.has("class")) {
            String kind = node.path("class").asText();
            if (!EXPRESSIONS.contains(kind)) {
                throw tree.refused(
                        node,
                        kind.equals("PARAMETER") ? tree.scope().noParameters() : "the form " + kind + " is refused.");
            }
        } else if (node.path("type").isTextual()
                && !STRUCTURES.contains(node.path("type").asText())) {
            String type = node.path("type").asText();
            throw tree.refused(node, REFUSED_STRUCTURES.getOrDefault(type, "the form " + type + " is refused."));
        }
        if (node.has("sample")) {
            throw tree.refused(node, "a sample is refused: it differs from run to run.");
        }
        if (node.has("at_clause")) {
            throw tree.refused(node, "AT is refused.");
        }
        checkOrder(node);
    }

    private void checkOrder(JsonNode node) {
        boolean ordered = false;
        boolean cut = false;
        for (JsonNode modifier : node.path("modifiers")) {
            String type = modifier.path("type").asText();
            ordered |= type.equals("ORDER_MODIFIER");
            cut |= type.equals("LIMIT_MODIFIER") || modifier.has("distinct_on_targets");
        }
        if (cut && !ordered && tree.scope().repeatable()) {
            throw tree.refused(
                    node,
                    "LIMIT and DISTINCT ON without ORDER BY are refused: which rows remain differs from run to run.");
        }
        if (node.path("ref_type").asText().equals("POSITIONAL")) {
            throw tree.refused(node, "POSITIONAL JOIN is refused: it depends on the order of the rows.");
        }
    }
}
