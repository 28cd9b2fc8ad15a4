package io.aiaudit.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aiaudit.store.LockedStore;
import java.nio.charset.StandardCharsets;

/**
 * The SQL of a rule or a query as the database's own parser sees it, parsed and not run; knows the line of each node.
 */
final class SqlTree {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final byte[] sql;
    private final SqlScope scope;
    private final JsonNode select;

    private SqlTree(String sql, SqlScope scope, JsonNode tree) {
        this.sql = sql.getBytes(StandardCharsets.UTF_8);
        this.scope = scope;
        this.select = onlySelect(tree);
    }

    /** Throws a RuleException for anything but one SELECT without parameters. */
    static SqlTree parse(LockedStore store, String sql, SqlScope scope) {
        Object tree = store.select(
                        "SELECT json_serialize_sql(?::VARCHAR, skip_null := true, skip_empty := true, skip_default := "
                                + "true)::VARCHAR",
                        sql)
                .rows()
                .get(0)
                .get(0);
        try {
            return new SqlTree(sql, scope, JSON.readTree(String.valueOf(tree)));
        } catch (JsonProcessingException e) {
            throw new RuleException("the SQL is nested too deeply to be checked.", e);
        }
    }

    JsonNode select() {
        return select;
    }

    SqlScope scope() {
        return scope;
    }

    private JsonNode onlySelect(JsonNode tree) {
        if (tree.path("error").asBoolean(true)) {
            String message = tree.path("error_message").asText();
            if (message.startsWith("Only SELECT")) {
                throw new RuleException(scope.who() + " is one SELECT; other statements, and PIVOT, are refused.");
            }
            // How to set the database, which nobody who writes a rule or a query can.
            String reason = message.replaceFirst("[.] Use \"SET .*", "");
            throw new RuleException(line(tree.path("position").asInt(0)), reason + ".");
        }
        int statements = tree.path("statements").size();
        if (statements != 1) {
            throw new RuleException(scope.who() + " is one SELECT, found " + statements + " statements.");
        }
        JsonNode statement = tree.path("statements").get(0);
        if (statement.has("named_param_map")) {
            throw new RuleException(scope.noParameters());
        }
        return statement.path("node");
    }

    /** An error with the line of the first position that is known at or below this node. */
    RuleException refused(JsonNode node, String problem) {
        JsonNode position = node.findValue("query_location");
        return position == null ? new RuleException(problem) : new RuleException(line(position.asInt()), problem);
    }

    /** Positions are bytes of UTF-8 from the start. */
    private int line(int position) {
        int line = 1;
        for (int i = 0; i < Math.min(position, sql.length); i++) {
            line += sql[i] == '\n' ? 1 : 0;
        }
        return line;
    }
}
