package io.aiaudit.report.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import io.aiaudit.report.text.VisibleText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;

/** The published JSON Schema of an audit, docs/audit.schema.json, as it lies in the jar. */
public final class AuditSchema {
    private static final String RESOURCE = "/aiaudit/audit.schema.json";

    private AuditSchema() {}

    /** Read once, when the first audit comes. */
    private static final class Loaded {
        static final Schema SCHEMA = load();
    }

    /**
     * What is wrong first, with its JSON path, such as {@code $.findings[3].lever: ...}; empty when the audit is valid.
     */
    public static Optional<String> firstProblem(JsonNode audit) {
        return Loaded.SCHEMA.validate(audit).stream()
                .findFirst()
                .map(error -> path(error) + ": " + VisibleText.of(error.getMessage()) + ".");
    }

    private static String path(Error error) {
        return VisibleText.of(error.getInstanceLocation().toString());
    }

    private static Schema load() {
        try (InputStream in = AuditSchema.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not in the jar");
            }
            // English on every machine, and paths as $.findings[3].lever.
            SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                    .locale(Locale.ENGLISH)
                    .pathType(PathType.JSON_PATH)
                    .build();
            return SchemaRegistry.withDefaultDialect(
                            SpecificationVersion.DRAFT_2020_12, registry -> registry.schemaRegistryConfig(config))
                    .getSchema(in, InputFormat.JSON);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
