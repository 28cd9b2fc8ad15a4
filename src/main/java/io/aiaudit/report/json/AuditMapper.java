package io.aiaudit.report.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.aiaudit.model.Audit;
import io.aiaudit.model.Keyed;
import io.aiaudit.model.Remedy;
import io.aiaudit.report.text.DisplayText;
import io.aiaudit.report.text.PlainNumber;
import io.aiaudit.report.text.VisibleText;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * How the records of the model become JSON and come back: keys in snake_case, enums as their keys, times as ISO text,
 * numbers as {@link PlainNumber} says.
 */
public final class AuditMapper {
    private static final ObjectMapper MAPPER = build();

    /** Of what a message quotes. */
    private static final int LONGEST_VALUE = 100;

    private AuditMapper() {}

    public static ObjectMapper reader() {
        return MAPPER;
    }

    public static ObjectWriter writer() {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        return MAPPER.writer(new DefaultPrettyPrinter(
                        Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                .withObjectIndenter(lines));
    }

    /** One line, for a cell of a table. */
    public static String line(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where a tree does not fit the records, and what it holds there. */
    static String misfit(JsonNode tree, Exception failure) {
        StringBuilder path = new StringBuilder("$");
        JsonNode found = tree;
        if (failure instanceof JsonMappingException mapping) {
            for (JsonMappingException.Reference step : mapping.getPath()) {
                boolean inList = step.getFieldName() == null;
                path.append(inList ? "[" + step.getIndex() + "]" : "." + step.getFieldName());
                found = inList ? found.path(step.getIndex()) : found.path(step.getFieldName());
            }
        }
        return VisibleText.of(path.toString()) + ": no audit can hold "
                + DisplayText.cut(found.toString(), LONGEST_VALUE) + " there.";
    }

    private static ObjectMapper build() {
        JsonFactory factory = JsonFactory.builder().build();
        factory.setCharacterEscapes(new NeutralEscapes());
        SimpleModule module = new SimpleModule();
        module.addSerializer(Keyed.class, new KeyedSerializer());
        module.addSerializer(BigDecimal.class, new PlainDecimalSerializer());
        module.addSerializer(Double.class, new PlainDoubleSerializer());
        return JsonMapper.builder(factory)
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.CLOSE_CLOSEABLE)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .addMixIn(Audit.class, WrittenPlan.class)
                .addMixIn(Audit.Totals.class, SortedMaps.class)
                .addMixIn(Audit.AuditedResource.class, SortedMaps.class)
                .addMixIn(Audit.AuditedFinding.class, SortedMaps.class)
                .addMixIn(Audit.RuleReport.class, SortedMaps.class)
                .addMixIn(Remedy.class, KnownOnly.class)
                .addModule(new JavaTimeModule())
                .addModule(module)
                .build();
    }

    private static final class KeyedSerializer extends JsonSerializer<Keyed> {
        @Override
        public void serialize(Keyed value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(value.key());
        }
    }

    private static final class PlainDecimalSerializer extends JsonSerializer<BigDecimal> {
        @Override
        public void serialize(BigDecimal value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeNumber(PlainNumber.of(value));
        }
    }

    private static final class PlainDoubleSerializer extends JsonSerializer<Double> {
        @Override
        public void serialize(Double value, JsonGenerator json, SerializerProvider provider) throws IOException {
            if (Double.isFinite(value)) {
                json.writeNumber(PlainNumber.of(value));
            } else {
                // JSON has no word for it, and it is no number that anybody knows.
                json.writeNull();
            }
        }
    }
}
