package io.aiaudit.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.model.DidYouMean;
import io.aiaudit.store.LockedStore;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The fence around rule.sql and the SQL of a query: parses it without running it and lets only those forms through that
 * read the relations of a rule and give the same answer every time. It knows what is allowed, not what is forbidden: a
 * form, function or relation that nobody listed is refused. The locked store is the second fence.
 */
final class SqlGate {
    static final List<String> RELATIONS = List.of(
            "subject",
            "metrics",
            "charges",
            Relations.EARLIER_CHARGES,
            Relations.BILLED_INSTANCES,
            Relations.PAID_HOURS,
            "spend",
            HourPrices.RELATION,
            "offers",
            Relations.AS_LISTED,
            DataSheets.RELATION,
            "models",
            "token_price",
            Relations.TOKEN_TIER,
            "commitments",
            "policy",
            Relations.ALLOWED_SLOWDOWN,
            "param",
            Work.RELATION,
            Work.PAUSE);

    private static final Set<String> TABLE_FUNCTIONS = Set.of("unnest", "range");
    /**
     * Words that look like columns and are calls: of the clock, of the session; rowid depends on how the store happens
     * to be laid out.
     */
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

    /**
     * Far above any readable rule, and below where the parser of the database runs out of stack and takes the process
     * along.
     */
    private static final int LONGEST = 20_000;

    private static final int DEEPEST = 200;

    private final SqlTree tree;
    private final SqlForms forms;
    private final Set<String> read = new TreeSet<>();

    private SqlGate(SqlTree tree) {
        this.tree = tree;
        this.forms = new SqlForms(tree);
    }

    /**
     * The relations that are read. Throws a RuleException when the SQL is not one SELECT over them, with the line and
     * what is refused.
     */
    static Set<String> check(LockedStore store, String sql) {
        return check(store, sql, SqlScope.RULE);
    }

    /** The same for SQL that may read other relations. */
    static Set<String> check(LockedStore store, String sql, SqlScope scope) {
        refuseMonsters(sql);
        SqlTree tree = SqlTree.parse(store, sql, scope);
        SqlGate gate = new SqlGate(tree);
        gate.walk(tree.select(), Set.of());
        return gate.read;
    }

    /** Before anything parses it; brackets in texts and comments are counted too, which errs on the safe side. */
    private static void refuseMonsters(String sql) {
        if (sql.length() > LONGEST) {
            throw new RuleException("it has " + sql.length() + " characters; more than " + LONGEST + " are refused.");
        }
        int depth = 0;
        for (int i = 0; i < sql.length(); i++) {
            char c = sql.charAt(i);
            depth += c == '(' || c == '[' || c == '{' ? 1 : c == ')' || c == ']' || c == '}' ? -1 : 0;
            if (depth > DEEPEST) {
                throw new RuleException("its brackets are nested more than " + DEEPEST + " deep, which is refused.");
            }
        }
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
        forms.check(node);
        checkNames(node, tables);
        Set<String> visible = walkTables(node.path("cte_map").path("map"), tables);
        node.properties().forEach(field -> {
            if (!field.getKey().equals("cte_map") && !field.getKey().equals("literal")) {
                walk(field.getValue(), visible);
            }
        });
    }

    /**
     * Each common table expression sees those before it, not itself: WITH resources AS (FROM resources) would read the
     * store's table.
     */
    private Set<String> walkTables(JsonNode definitions, Set<String> outer) {
        Set<String> visible = new HashSet<>(outer);
        for (JsonNode definition : definitions) {
            if (definition.path("value").has("key_targets")) {
                throw tree.refused(definition, "USING KEY is refused.");
            }
            walk(definition.path("value"), Set.copyOf(visible));
            visible.add(lower(definition.path("key").asText()));
        }
        return visible;
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
            throw tree.refused(node, "a type with a schema is refused.");
        }
    }

    private void checkTable(JsonNode node, Set<String> tables) {
        String name = node.path("table_name").asText();
        boolean qualified = node.has("schema_name")
                || node.has("catalog_name")
                || node.path("qualified_name").path("path").size() > 1;
        if (qualified) {
            throw tree.refused(node, "\"" + name + "\" with a schema is refused. " + relationsSentence());
        }
        if (!tree.scope().relations().contains(lower(name)) && !tables.contains(lower(name))) {
            String near = DidYouMean.closest(name, tree.scope().relations())
                    .map(found -> " Did you mean \"" + found + "\"?")
                    .orElse("");
            throw tree.refused(node, "there is no relation \"" + name + "\"." + near + " " + relationsSentence());
        }
        if (!tables.contains(lower(name))) {
            read.add(lower(name));
        }
    }

    private void checkTableFunction(JsonNode node) {
        String name = lower(node.path("function").path("function_name").asText());
        if (!TABLE_FUNCTIONS.contains(name)) {
            throw tree.refused(
                    node,
                    "the table function " + name + "() is refused; unnest() and range() are allowed. "
                            + relationsSentence());
        }
    }

    private void checkFunction(JsonNode node) {
        String name = lower(node.path("function_name").asText());
        if (node.path("qualified_name").path("path").size() > 1) {
            throw tree.refused(
                    node,
                    "write " + name + "(x) instead of x." + name + "(): a function with a name before it is refused.");
        }
        if (!AllowedFunctions.contains(name)) {
            throw tree.refused(
                    node,
                    "the function " + name
                            + "() is refused: " + tree.scope().who()
                            + " calls only functions that depend on their arguments alone.");
        }
        boolean ordered = !node.path("order_bys").path("orders").isEmpty()
                || !node.path("orders").isEmpty()
                || !node.path("arg_orders").isEmpty();
        if (AllowedFunctions.needsOrder(name) && !ordered) {
            throw tree.refused(node, name + "() without ORDER BY is refused: its result differs from run to run.");
        }
    }

    private void checkColumn(JsonNode node) {
        JsonNode names = node.path("column_names");
        String last = lower(names.path(names.size() - 1).asText());
        if (CALLS_WITHOUT_PARENTHESES.contains(last)) {
            throw tree.refused(
                    node, last + " is refused; " + tree.scope().end() + " is the end of what was looked at.");
        }
    }

    private String relationsSentence() {
        return tree.scope().relationsSentence();
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
