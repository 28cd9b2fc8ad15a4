package io.aiaudit.redact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.aiaudit.model.UserError;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An audit as JSON with pseudonyms in it, and back. Reporters see only what comes out of here, so no format can forget
 * a field; and a key that is new in an audit is replaced as any text until somebody says here what it is.
 */
public final class AuditRedaction {
    /** Of the product or the cloud, in every audit alike. */
    private static final Set<String> KEPT = Set.of(
            "schema version by scanned_at start end currency prices_as_of provider day spend_class kind region machine_type accelerator created_at ended_at purchase state cost_basis lever status confidence rule definition effort verdict unit paid_by tokens_from step what changed_at as_of rate_date rules part"
                    .split(" "));

    private static final Set<String> NAMES = Set.of("account_id account_name resource_name name owner".split(" "));
    private static final Set<String> IDS =
            Set.of("resource_id parent_id workload commitment_id not_examined_resources".split(" "));

    /** Sentences that a rule or aiaudit itself has, without a name in them. */
    private static final Set<String> OURS = Set.of("title item missing compliance".split(" "));

    /** Objects whose keys come from files or clouds. */
    private static final Set<String> OPEN =
            Set.of("evidence not_examined_reasons not_examined_cost hour_of_week daily scan_cost".split(" "));

    /** What a tag is called in most companies. */
    private static final Set<String> COMMON_TAGS =
            Set.of(("app application business_unit cost-center cost_center costcenter data data_class department env"
                            + " environment job model name owner parameters_billion project role service sla stage team"
                            + " workload interactive")
                    .split(" "));

    private static final Pattern PLAIN = Pattern.compile("[\\p{Alnum}_.:/+-]{1,60}");
    private static final Pattern PSEUDONYM = Pattern.compile(RedactionKey.PSEUDONYM);

    private final RedactionKey key;

    public AuditRedaction(RedactionKey key) {
        this.key = key;
    }

    /**
     * The audit without names; it says of itself that it is redacted. Writes the key, which from then on knows all
     * pseudonyms in it.
     */
    public JsonNode redacted(JsonNode audit) {
        if (audit.path("redacted").asBoolean()) {
            return audit;
        }
        Redactor redactor = new Redactor(key, KnownWords.load());
        learn("", audit, redactor);
        ObjectNode redacted = (ObjectNode) changed("", "", audit, redactor);
        redacted.put("redacted", true);
        key.save();
        return redacted;
    }

    private static void learn(String field, JsonNode node, Redactor redactor) {
        if (field.equals("tags")) {
            node.properties().forEach(tag -> {
                redactor.learnName(tag.getValue().asText());
                if (!isCommon(tag.getKey())) {
                    redactor.learnName(tag.getKey());
                }
            });
        } else if (node.isObject()) {
            node.properties().forEach(child -> learn(child.getKey(), child.getValue(), redactor));
        } else if (node.isArray()) {
            node.forEach(child -> learn(field, child, redactor));
        } else if (node.isTextual() && NAMES.contains(field)) {
            redactor.learnName(node.asText());
        } else if (node.isTextual() && IDS.contains(field)) {
            redactor.learnId(node.asText());
        }
    }

    private static boolean isCommon(String tag) {
        return COMMON_TAGS.contains(tag.toLowerCase(Locale.ROOT));
    }

    /** {@code parent} is the field that holds the object which has {@code field}. */
    private JsonNode changed(String parent, String field, JsonNode node, Redactor redactor) {
        if (node.isObject()) {
            ObjectNode changed = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> child : node.properties()) {
                String name = child.getKey();
                if (field.equals("tags")) {
                    changed.set(
                            isCommon(name) ? name : redactor.name(name),
                            TextNode.valueOf(redactor.name(child.getValue().asText())));
                } else if (OPEN.contains(field)) {
                    changed.set(redactor.text(name), changed(field, "", child.getValue(), redactor));
                } else {
                    changed.set(name, changed(field, name, child.getValue(), redactor));
                }
            }
            return changed;
        }
        if (node.isArray()) {
            ArrayNode changed = JsonNodeFactory.instance.arrayNode();
            node.forEach(child -> changed.add(changed(field.isEmpty() ? parent : field, field, child, redactor)));
            return changed;
        }
        return node.isTextual() ? TextNode.valueOf(text(parent, field, node.asText(), redactor)) : node;
    }

    private String text(String parent, String field, String text, Redactor redactor) {
        if (field.equals("findings") || (field.equals("id") && parent.equals("findings"))) {
            return key.id(text);
        }
        if (NAMES.contains(field)) {
            return redactor.name(text);
        }
        if (IDS.contains(field)) {
            return redactor.id(text);
        }
        boolean kept = KEPT.contains(field) || (field.equals("id") && parent.equals("rules"));
        if (kept && PLAIN.matcher(text).matches()) {
            return text;
        }
        return OURS.contains(field) || kept ? redactor.ourText(text) : redactor.text(text);
    }

    /**
     * The audit as it was before.
     *
     * @throws UserError when it was not redacted, or with another key
     */
    public JsonNode restored(JsonNode audit) {
        if (!audit.path("redacted").asBoolean()) {
            throw new UserError("this audit is not redacted: its names are those of the company.", "Use it as it is.");
        }
        Set<String> unknown = new TreeSet<>();
        ObjectNode restored = (ObjectNode) restored("", "", audit, text -> original(text, unknown), unknown);
        if (!unknown.isEmpty()) {
            throw new UserError(
                    "the key does not know " + unknown.size() + " of the pseudonyms, such as "
                            + unknown.iterator().next() + ".",
                    "Name the key that the report was made with, in its latest state: it grows with each report.");
        }
        restored.put("redacted", false);
        return restored;
    }

    private JsonNode restored(
            String parent, String field, JsonNode node, UnaryOperator<String> original, Set<String> unknown) {
        if (node.isObject()) {
            ObjectNode restored = JsonNodeFactory.instance.objectNode();
            node.properties()
                    .forEach(child -> restored.set(
                            original.apply(child.getKey()),
                            restored(field, child.getKey(), child.getValue(), original, unknown)));
            return restored;
        }
        if (node.isArray()) {
            ArrayNode restored = JsonNodeFactory.instance.arrayNode();
            node.forEach(
                    child -> restored.add(restored(field.isEmpty() ? parent : field, field, child, original, unknown)));
            return restored;
        }
        if (!node.isTextual()) {
            return node;
        }
        boolean isFinding = field.equals("findings") || (field.equals("id") && parent.equals("findings"));
        return TextNode.valueOf(isFinding ? finding(node.asText(), unknown) : original.apply(node.asText()));
    }

    private String finding(String id, Set<String> unknown) {
        String original = key.original(id);
        if (original == null) {
            unknown.add(id);
        }
        return original == null ? id : original;
    }

    private String original(String text, Set<String> unknown) {
        return PSEUDONYM.matcher(text).replaceAll(found -> {
            String original = key.original(found.group());
            if (original == null) {
                unknown.add(found.group());
            }
            return Matcher.quoteReplacement(original == null ? found.group() : original);
        });
    }
}
