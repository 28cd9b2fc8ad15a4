package io.aiaudit.collect.gcp;

import com.google.zetasql.Analyzer;
import com.google.zetasql.AnalyzerOptions;
import com.google.zetasql.LanguageOptions;
import com.google.zetasql.PreparedQuery;
import com.google.zetasql.SimpleCatalog;
import com.google.zetasql.SimpleColumn;
import com.google.zetasql.SimpleTable;
import com.google.zetasql.TableContent;
import com.google.zetasql.TypeFactory;
import com.google.zetasql.Value;
import com.google.zetasql.ZetaSQLBuiltinFunctionOptions;
import com.google.zetasql.ZetaSQLOptions.NameResolutionMode;
import com.google.zetasql.ZetaSQLOptions.ProductMode;
import com.google.zetasql.ZetaSQLType.TypeKind;
import io.aiaudit.model.Window;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Google's own SQL engine over one table that a statement makes: what BigQuery would answer, or refuse. */
public final class ZetaSql {
    private final LanguageOptions language = new LanguageOptions();
    private final SimpleTable table;
    private final TableContent content;
    private final String name;

    private ZetaSql(String[] path, String rows) {
        language.enableMaximumLanguageFeatures();
        language.setProductMode(ProductMode.PRODUCT_EXTERNAL);
        language.setNameResolutionMode(NameResolutionMode.NAME_RESOLUTION_DEFAULT);
        language.setSupportsAllStatementKinds();
        try (PreparedQuery query = PreparedQuery.builder()
                .setSql(rows)
                .setAnalyzerOptions(options())
                .setCatalog(catalog())
                .prepare()) {
            this.content = query.execute(Map.of());
            this.table = new SimpleTable(path[path.length - 1], columns(query.getColumns(), path[path.length - 1]));
        }
        this.name = String.join(".", path);
    }

    /** A table of that name whose rows are those of the resource beside this class. */
    public static ZetaSql table(String path, String resource) throws IOException {
        try (InputStream text = ZetaSql.class.getResourceAsStream(resource)) {
            return new ZetaSql(path.split("[.]"), new String(text.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static List<SimpleColumn> columns(List<SimpleColumn> columns, String table) {
        return columns.stream()
                .map(column -> new SimpleColumn(table, column.getName(), column.getType()))
                .toList();
    }

    private SimpleCatalog catalog() {
        SimpleCatalog catalog = new SimpleCatalog("test");
        catalog.addZetaSQLFunctionsAndTypes(new ZetaSQLBuiltinFunctionOptions(language));
        return catalog;
    }

    /** Project, dataset and table, one in the other. */
    private SimpleCatalog nested() {
        SimpleCatalog catalog = catalog();
        SimpleCatalog inner = catalog;
        String[] path = name.split("[.]");
        for (int i = 0; i < path.length - 1; i++) {
            inner = inner.addNewSimpleCatalog(path[i]);
        }
        inner.addSimpleTable(table);
        return catalog;
    }

    private AnalyzerOptions options() {
        AnalyzerOptions options = new AnalyzerOptions();
        options.setLanguageOptions(language);
        return options;
    }

    /** Names of the table's columns, as {@link BillText} wants them. */
    Set<String> columns() {
        Set<String> names = new TreeSet<>();
        for (SimpleColumn column : table.getColumnList()) {
            names.add(column.getName());
            if (column.getType().isArray()) {
                names.add(column.getName() + "[]");
            }
        }
        return names;
    }

    /** Rows by column, each value as text; null for NULL. */
    public List<Map<String, String>> query(String sql, Window window) {
        AnalyzerOptions options = options();
        options.addQueryParameter("since", TypeFactory.createSimpleType(TypeKind.TYPE_TIMESTAMP));
        options.addQueryParameter("until", TypeFactory.createSimpleType(TypeKind.TYPE_TIMESTAMP));
        Analyzer.analyzeStatement(sql, options, nested());
        SimpleCatalog flat = catalog();
        flat.addSimpleTable(table);
        // Only a table of the catalog itself can have rows: its path is cut for that, after the statement was analysed
        // as it is.
        try (PreparedQuery query = PreparedQuery.builder()
                .setSql(sql.replace("`" + name.replace(".", "`.`") + "`", "`" + table.getName() + "`"))
                .setAnalyzerOptions(options)
                .setCatalog(flat)
                .setTablesContents(Map.of(table.getName(), content))
                .prepare()) {
            return rows(
                    query.getColumns(),
                    query.execute(Map.of("since", timestamp(window.start()), "until", timestamp(window.end()))));
        }
    }

    private static Value timestamp(Instant time) {
        return Value.createTimestampValueFromUnixMicros(time.getEpochSecond() * 1_000_000);
    }

    private static List<Map<String, String>> rows(List<SimpleColumn> columns, TableContent content) {
        List<Map<String, String>> rows = new ArrayList<>();
        content.getTableData().forEach(values -> {
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                row.put(columns.get(i).getName(), text(values.get(i)));
            }
            rows.add(row);
        });
        return rows;
    }

    private static String text(Value value) {
        if (value.isNull()) {
            return null;
        }
        return switch (value.getType().getKind()) {
            case TYPE_STRING -> value.getStringValue();
            case TYPE_INT64 -> String.valueOf(value.getInt64Value());
            case TYPE_DOUBLE -> String.valueOf(value.getDoubleValue());
            case TYPE_NUMERIC -> value.getNumericValue().toPlainString();
            case TYPE_BIGNUMERIC -> value.getBigNumericValue().toPlainString();
            default -> throw new IllegalArgumentException("no text for " + value.getType());
        };
    }
}
