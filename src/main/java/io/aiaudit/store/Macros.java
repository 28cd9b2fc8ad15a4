package io.aiaudit.store;

import io.aiaudit.model.ResourceIds;
import io.aiaudit.model.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The functions that the scripts of a store share. They are in the private database of slices, made once with it
 * (PreparedStore): each connection would else have to make temporary ones of its own, which takes longer than reading a
 * small bill. Nothing of them is in a finished store.
 */
final class Macros {
    private Macros() {}

    /** Makes them; the database of slices is attached. */
    static void prepare(Sql sql) {
        use(sql);
        statements().forEach(statement -> sql.execute(kept(statement)));
    }

    /**
     * Lets a connection call them by their names. A table without the name of a database is still that of the store.
     */
    static void use(Sql sql) {
        sql.execute("SET search_path = 'store.main,work.main'");
    }

    private static List<String> statements() {
        List<String> statements = new ArrayList<>();
        statements.add(ResourceIds.sqlMacro());
        statements.add(ResourceIds.sqlMacroOfMachineNumbers());
        statements.add(Tokens.sqlMacro());
        statements.add(Tokens.sqlMacroOfSigns());
        Stream.of("secrets.sql", "ids.sql", "macros.sql", "finish/macros.sql", "list-prices.sql")
                .map(Sql::statements)
                .forEach(statements::addAll);
        statements.add(mapping(
                "kind_of(provider, id, type, service)",
                "mappings/resource-kinds.csv",
                "provider",
                "lower(%s)",
                "service"));
        statements.add(mapping("component_of(shape)", "mappings/components.csv", "shape.provider", "shape.%s", ""));
        statements.add(
                mapping("spend_class_of(shape)", "mappings/spend-classes.csv", "shape.provider", "shape.%s", "untold"));
        statements.add(
                mapping("model_of_meter(provider, meter)", "mappings/token-models.csv", "provider", "meter", ""));
        statements.add(mapping("token_kind_of(provider, meter)", "mappings/token-kinds.csv", "provider", "meter", ""));
        statements.add(
                mapping("tier_of(provider, meter)", "mappings/token-tiers.csv", "provider", "meter", "standard"));
        return statements;
    }

    private static String mapping(String macro, String resource, String provider, String access, String otherwise) {
        return "CREATE OR REPLACE TEMP MACRO " + macro + " AS " + Mapping.toSql(resource, provider, access, otherwise);
    }

    /** Some scripts also serve finished stores, in which only temporary macros can be made. */
    private static String kept(String statement) {
        return statement.replaceFirst("^CREATE OR REPLACE TEMP MACRO ", "CREATE MACRO work.");
    }
}
