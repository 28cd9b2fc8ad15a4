package io.aiaudit.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aiaudit.model.DidYouMean;
import io.aiaudit.store.LockedStore;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The fence around rule.sql: parses it without running it and lets only those forms through that read the relations of a rule and give the same answer every time.
 * It knows what is allowed, not what is forbidden: a form, function or relation that nobody listed is refused. The locked store is the second fence.
 */
final class SqlGate {
    static final List<String> RELATIONS =
            List.of("subject", "metrics", "charges", "spend", "offers", "models", "commitments", "policy", "param");

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
    private static final Set<String> TABLE_FUNCTIONS = Set.of("unnest", "range");
    /** Words that look like columns and are calls: of the clock, of the session; rowid tells how the store happens to be laid out. */
    private static final Set<String> CALLS_WITHOUT_PARENTHESES = Set.of(
            "current_catalog",
            "current_database",
            "current_date",
            "current_localtime",
            "current_localtimestamp",
            "current_query",
            "current_role",
            "current_schema",
            "current_time",
            "current_timestamp",
            "current_user",
            "localtime",
            "localtimestamp",
            "session_user",
            "user",
            "rowid");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final byte[] sql;

    private SqlGate(String sql) {
        this.sql = sql.getBytes(StandardCharsets.UTF_8);
    }

    /** Throws a RuleException when the SQL is not one SELECT over the relations, with the line and what is refused. */
    static void check(LockedStore store, String sql) {
        new SqlGate(sql).checkStatement(parse(store, sql));
    }

    private static JsonNode parse(LockedStore store, String sql) {
        Object tree = store.select(
                        "SELECT json_serialize_sql(?::VARCHAR, skip_null := true, skip_empty := true, skip_default := true)::VARCHAR",
                        sql)
                .rows()
                .get(0)
                .get(0);
        try {
            return JSON.readTree(String.valueOf(tree));
        } catch (JsonProcessingException e) {
            throw new RuleException("the SQL is nested too deeply to be checked.", e);
        }
    }

    private void checkStatement(JsonNode tree) {
        if (tree.path("error").asBoolean(true)) {
            String message = tree.path("error_message").asText();
            if (message.startsWith("Only SELECT")) {
                throw new RuleException("a rule is one SELECT; other statements, and PIVOT, are refused.");
            }
            throw new RuleException(line(tree.path("position").asInt(0)), message + ".");
        }
        if (tree.path("statements").size() != 1) {
            throw new RuleException(
                    "a rule is one SELECT, found " + tree.path("statements").size() + " statements.");
        }
        JsonNode statement = tree.path("statements").get(0);
        if (statement.has("named_param_map")) {
            throw new RuleException("? and $1 are refused; the relation param holds the parameters.");
        }
        walk(statement.path("node"), Set.of());
    }

    /** {@code tables}: names of the common table expressions that are visible here, in lower case. */
    private void walk(JsonNode node, Set<String> tables) {
        if (node.isArray()) {
            node.forEach(element -> walk(element, tables));
            return;
        }
        if (!node.isObject()) {
            return;
        }
        checkForm(node);
        checkNames(node, tables);
        Set<String> visible = walkTables(node.path("cte_map").path("map"), tables);
        node.properties().forEach(field -> {
            if (!field.getKey().equals("cte_map") && !field.getKey().equals("literal")) {
                walk(field.getValue(), visible);
            }
        });
    }

    /** Each common table expression sees those before it, not itself: WITH resources AS (FROM resources) would read the store's table. */
    private Set<String> walkTables(JsonNode definitions, Set<String> outer) {
        Set<String> visible = new HashSet<>(outer);
        for (JsonNode definition : definitions) {
            if (definition.path("value").has("key_targets")) {
                throw refused(definition, "USING KEY is refused.");
            }
            walk(definition.path("value"), Set.copyOf(visible));
            visible.add(lower(definition.path("key").asText()));
        }
        return visible;
    }

    private void checkForm(JsonNode node) {
        if (node.has("class")) {
            String kind = node.path("class").asText();
            if (!EXPRESSIONS.contains(kind)) {
                throw refused(
                        node,
                        kind.equals("PARAMETER")
                                ? "? and $1 are refused; the relation param holds the parameters."
                                : "the form " + kind + " is refused.");
            }
        } else if (node.path("type").isTextual()
                && !STRUCTURES.contains(node.path("type").asText())) {
            String type = node.path("type").asText();
            throw refused(node, REFUSED_STRUCTURES.getOrDefault(type, "the form " + type + " is refused."));
        }
        if (node.has("sample")) {
            throw refused(node, "a sample is refused: it differs from run to run.");
        }
        if (node.has("at_clause")) {
            throw refused(node, "AT is refused.");
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
        if (cut && !ordered) {
            throw refused(
                    node,
                    "LIMIT and DISTINCT ON without ORDER BY are refused: which rows remain differs from run to run.");
        }
        if (node.path("ref_type").asText().equals("POSITIONAL")) {
            throw refused(node, "POSITIONAL JOIN is refused: it depends on the order of the rows.");
        }
    }

    private void checkNames(JsonNode node, Set<String> tables) {
        if (node.path("type").asText().equals("BASE_TABLE")) {
            checkTable(node, tables);
        } else if (node.path("type").asText().equals("TABLE_FUNCTION")) {
            checkTableFunction(node);
        } else if (node.has("function_name")) {
            checkFunction(node);
        } else if (node.path("class").asText().equals("COLUMN_REF")) {
            checkColumn(node);
        } else if (node.path("class").asText().equals("TYPE")
                && node.path("qualified_name").path("path").size() > 1) {
            throw refused(node, "a type with a schema is refused.");
        }
    }

    private void checkTable(JsonNode node, Set<String> tables) {
        String name = node.path("table_name").asText();
        boolean qualified = node.has("schema_name")
                || node.has("catalog_name")
                || node.path("qualified_name").path("path").size() > 1;
        if (qualified) {
            throw refused(node, "\"" + name + "\" with a schema is refused. " + relationsSentence());
        }
        if (!RELATIONS.contains(lower(name)) && !tables.contains(lower(name))) {
            String near = DidYouMean.closest(name, RELATIONS)
                    .map(found -> " Did you mean \"" + found + "\"?")
                    .orElse("");
            throw refused(node, "there is no relation \"" + name + "\"." + near + " " + relationsSentence());
        }
    }

    private void checkTableFunction(JsonNode node) {
        String name = lower(node.path("function").path("function_name").asText());
        if (!TABLE_FUNCTIONS.contains(name)) {
            throw refused(
                    node,
                    "the table function " + name + "() is refused; unnest() and range() are allowed. "
                            + relationsSentence());
        }
    }

    private void checkFunction(JsonNode node) {
        String name = lower(node.path("function_name").asText());
        if (node.path("qualified_name").path("path").size() > 1) {
            throw refused(
                    node,
                    "write " + name + "(x) instead of x." + name + "(): a function with a name before it is refused.");
        }
        if (!AllowedFunctions.contains(name)) {
            throw refused(
                    node,
                    "the function " + name
                            + "() is refused: a rule calls only functions that depend on their arguments alone.");
        }
        boolean ordered = !node.path("order_bys").path("orders").isEmpty()
                || !node.path("orders").isEmpty()
                || !node.path("arg_orders").isEmpty();
        if (AllowedFunctions.needsOrder(name) && !ordered) {
            throw refused(node, name + "() without ORDER BY is refused: its result differs from run to run.");
        }
    }

    private void checkColumn(JsonNode node) {
        JsonNode names = node.path("column_names");
        String last = lower(names.path(names.size() - 1).asText());
        if (CALLS_WITHOUT_PARENTHESES.contains(last)) {
            throw refused(node, last + " is refused; param.window_end is the end of what was looked at.");
        }
    }

    private static String relationsSentence() {
        return "A rule reads " + String.join(", ", RELATIONS) + " and its own WITH tables.";
    }

    private RuleException refused(JsonNode node, String problem) {
        int location = location(node);
        return location < 0 ? new RuleException(problem) : new RuleException(line(location), problem);
    }

    /** The first position that is known at or below this node; -1 when there is none. */
    private static int location(JsonNode node) {
        JsonNode found = node.findValue("query_location");
        return found == null ? -1 : found.asInt();
    }

    /** Positions are bytes of UTF-8 from the start. */
    private int line(int position) {
        int line = 1;
        for (int i = 0; i < Math.min(position, sql.length); i++) {
            line += sql[i] == '\n' ? 1 : 0;
        }
        return line;
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
