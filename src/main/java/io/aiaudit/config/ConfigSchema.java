package io.aiaudit.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aiaudit.rules.Parameter;
import io.aiaudit.rules.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;

/**
 * The JSON Schema (draft 2020-12) of aiaudit.yaml, by which editors complete and check the file. The sections are in
 * {@code config.schema.json}; the flat keys follow from {@link Setting}, the thresholds from the rules.
 */
public final class ConfigSchema {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DESCRIPTION = "description";
    private static final String PROPERTIES = "properties";
    private static final String TEXT = "#/$defs/text";
    private static final String TEXTS = "#/$defs/texts";

    private ConfigSchema() {}

    /** The schema with the thresholds of these rules, as indented JSON that ends with a line feed. */
    public static String of(Collection<Rule> rules) {
        ObjectNode schema = sections();
        ObjectNode sections = (ObjectNode) schema.get(PROPERTIES);
        ObjectNode entry = (ObjectNode) sections.at("/policy/items/properties");
        Policy.KEYS.forEach((key, meaning) -> ((ObjectNode) entry.get(key)).put(DESCRIPTION, meaning));
        for (String key : Match.KEYS) {
            ((ObjectNode) entry.at("/match/properties")).set(key, reference(TEXT));
            for (String entries : List.of("/ignore", "/verified")) {
                ((ObjectNode) sections.at(entries + "/items/properties")).set(key, reference(TEXT));
            }
        }
        ObjectNode thresholds = ((ObjectNode) sections.get("rules")).putObject(PROPERTIES);
        rules.forEach(rule -> thresholds.set(rule.id(), thresholds(rule)));
        ObjectNode all = JSON.createObjectNode();
        for (Setting setting : Setting.values()) {
            all.set(setting.key(), value(setting));
        }
        all.setAll(sections);
        schema.set(PROPERTIES, all);
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode sections() {
        try (InputStream in = ConfigSchema.class.getResourceAsStream("config.schema.json")) {
            return (ObjectNode) JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode value(Setting setting) {
        ObjectNode value = JSON.createObjectNode().put(DESCRIPTION, setting.help());
        switch (setting.form()) {
            case TRUE_OR_FALSE -> value.put("type", "boolean");
            case WHOLE_NUMBER -> value.put("type", "integer").put("minimum", 1);
            case AMOUNT -> value.put("type", "number").put("minimum", 0);
            case TEXT, PATH -> value.put("$ref", TEXT);
            case WORDS, PATHS -> value.putArray("anyOf").add(reference(TEXT)).add(reference(TEXTS));
        }
        return value;
    }

    private static ObjectNode thresholds(Rule rule) {
        ObjectNode values = JSON.createObjectNode()
                .put(DESCRIPTION, rule.title())
                .put("type", "object")
                .put("additionalProperties", false);
        ObjectNode properties = values.putObject(PROPERTIES);
        rule.params().values().forEach(parameter -> properties.set(parameter.name(), threshold(parameter)));
        return values;
    }

    private static ObjectNode threshold(Parameter parameter) {
        ObjectNode value = JSON.createObjectNode()
                .put(
                        DESCRIPTION,
                        parameter.unit() == null ? parameter.help() : parameter.help() + " (" + parameter.unit() + ")");
        boolean isList = parameter.defaultValue() instanceof List<?>;
        ObjectNode type = isList ? value.put("type", "array").putObject("items") : value;
        switch (parameter.sqlType().replace("[]", "")) {
            case "BIGINT" -> type.put("type", "integer");
            case "DOUBLE" -> type.put("type", "number");
            case "BOOLEAN" -> type.put("type", "boolean");
            default -> type.put("type", "string");
        }
        if (parameter.range() != null) {
            type.set("minimum", plain(parameter.range().least()));
            type.set("maximum", plain(parameter.range().most()));
        }
        if (parameter.defaultValue() instanceof List<?> defaults) {
            ArrayNode array = value.putArray("default");
            defaults.forEach(each -> array.add(plain(each)));
        } else {
            value.set("default", plain(parameter.defaultValue()));
        }
        return value;
    }

    /** Numbers as they are written in a rule: 0.1, and not 1E-1. */
    private static JsonNode plain(Object value) {
        return value instanceof BigDecimal number
                ? JSON.getNodeFactory().numberNode(new BigDecimal(number.toPlainString()))
                : JSON.valueToTree(value);
    }

    private static ObjectNode reference(String to) {
        return JSON.createObjectNode().put("$ref", to);
    }
}
