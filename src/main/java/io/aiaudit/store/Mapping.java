package io.aiaudit.store;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A table of patterns as a resource: columns provider (empty = any), field, pattern (on lower-case text), result, in
 * which {@code \\1} is what the first group found. The first row that fits decides.
 */
final class Mapping {
    private Mapping() {}

    /** A CASE expression; {@code access} makes the SQL of a field, such as {@code shape.service}. */
    static String toSql(String resource, String providerSql, String access, String otherwise) {
        List<String> cases = new ArrayList<>();
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setCommentMarker('#')
                .get();
        try (CSVParser parser = CSVParser.parse(new StringReader(Sql.resource(resource)), format)) {
            for (CSVRecord row : parser) {
                String fits = "regexp_matches(" + access.formatted(row.get("field")) + ", "
                        + Sql.literal(row.get("pattern")) + ")";
                String provider = row.get("provider").isEmpty()
                        ? ""
                        : providerSql + " = " + Sql.literal(row.get("provider")) + " AND ";
                cases.add("WHEN " + provider + fits + " THEN " + result(row, access));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "CASE " + String.join(" ", cases) + " ELSE " + Sql.literal(otherwise) + " END";
    }

    private static String result(CSVRecord row, String access) {
        String result = Sql.literal(row.get("result"));
        return row.get("result").contains("\\")
                ? "regexp_replace(" + access.formatted(row.get("field")) + ", "
                        + Sql.literal("^.*?(?:" + row.get("pattern") + ").*$") + ", " + result + ", 's')"
                : result;
    }
}
