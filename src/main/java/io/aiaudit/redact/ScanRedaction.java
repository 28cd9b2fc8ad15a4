package io.aiaudit.redact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.aiaudit.model.Pseudonyms;
import io.aiaudit.model.TextKind;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Pseudonyms in the tables of a saved scan, the same as those in its audit. */
public final class ScanRedaction implements Pseudonyms {
    private static final JsonMapper JSON_READER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final RedactionKey key;
    private final Redactor redactor;

    public ScanRedaction(RedactionKey key) {
        this.key = key;
        this.redactor = new Redactor(key, KnownWords.load());
    }

    /** For the audit of the same scan: knows what {@link #learn} was shown. */
    public AuditRedaction ofAudit() {
        return new AuditRedaction(key, redactor);
    }

    /** From now on the files and folders below this one are replaced wherever a text names them. */
    public void learnInput(Path input) {
        learnInput(input, Integer.MAX_VALUE);
    }

    /** The same where only so many levels of folders are read. */
    public void learnInput(Path input, int levels) {
        redactor.learnInput(input, levels);
    }

    @Override
    public void learn(TextKind kind, String value) {
        switch (kind) {
            case NAME -> redactor.learnName(value);
            case SELLER -> redactor.learnSeller(value);
            case ID -> redactor.learnId(value);
            case TAGS -> container(value).ifPresent(redactor::learnTags);
            case FILE -> redactor.learnFile(value);
            case YAML -> redactor.learnYaml(value);
            case OURS, AMOUNT, NUMBER_OF_TEXTS, CLOUD, JSON, SERVICE, METER, TEXT, ERROR, WRITTEN -> {}
        }
    }

    @Override
    public String replaced(TextKind kind, String value) {
        return switch (kind) {
            case OURS, AMOUNT, NUMBER_OF_TEXTS -> value;
            case CLOUD -> redactor.cloud(value);
            case SELLER -> redactor.seller(value);
            case NAME, WRITTEN -> redactor.name(value);
            case ID -> redactor.id(value);
            case TAGS ->
                container(value)
                        .filter(JsonNode::isObject)
                        .map(tags -> redactor.tags(tags).toString())
                        .orElseGet(() -> redactor.text(value));
            case JSON -> changed(value, redactor::value);
            case SERVICE -> redactor.service(value);
            case METER -> redactor.meter(value);
            case TEXT -> redactor.text(value);
            case ERROR -> redactor.error(value);
            case FILE -> redactor.file(value);
            case YAML -> redactor.yaml(value);
        };
    }

    /** The object or list that the value is as JSON. */
    private static Optional<JsonNode> container(String value) {
        try {
            return Optional.ofNullable(JSON_READER.readTree(value)).filter(JsonNode::isContainerNode);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** JSON with other texts in it, of keys too; what is no JSON is a text. */
    static String changed(String value, UnaryOperator<String> change) {
        JsonNode before = container(value).orElse(null);
        if (before == null) {
            return change.apply(value);
        }
        JsonNode after = changed(before, change);
        return after.equals(before) ? value : after.toString();
    }

    /** A number that looks like an account becomes a text. */
    private static JsonNode changed(JsonNode node, UnaryOperator<String> change) {
        if (node.isObject()) {
            ObjectNode changed = JsonNodeFactory.instance.objectNode();
            node.properties()
                    .forEach(child -> changed.set(change.apply(child.getKey()), changed(child.getValue(), change)));
            return changed;
        }
        if (node.isArray()) {
            ArrayNode changed = JsonNodeFactory.instance.arrayNode();
            node.forEach(child -> changed.add(changed(child, change)));
            return changed;
        }
        if (node.isBoolean() || node.isNull()) {
            return node;
        }
        String before = node.asText();
        String after = change.apply(before);
        return after.equals(before) ? node : TextNode.valueOf(after);
    }
}
