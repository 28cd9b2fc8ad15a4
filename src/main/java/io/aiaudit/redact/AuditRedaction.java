package io.aiaudit.redact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.aiaudit.model.Keyed;
import io.aiaudit.model.Status;
import io.aiaudit.model.UserError;
import io.aiaudit.model.UserText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * An audit as JSON with pseudonyms in it, and back. Reporters see only what comes out of here, so no format can forget
 * a field; and a key that is new in an audit is replaced as any text until somebody says here what it is.
 */
public final class AuditRedaction {
    /** Of the cloud, unless a file says something else. */
    private static final Set<String> OF_CLOUD =
            Set.of("provider kind judged_kinds region machine_type accelerator purchase state".split(" "));

    /** Of the product, in every audit alike. */
    private static final Set<String> KEPT =
            Set.of(("schema version by scanned_at start end currency prices_as_of day spend_class created_at "
                            + "ended_at cost_basis lever status confidence rule definition effort verdict unit "
                            + "paid_by tokens_from step what changed_at as_of rate_date rules part")
                    .split(" "));

    private static final Set<String> NAMES =
            Set.of("account_id account_ids billing_account_id account_name resource_name name environment".split(" "));

    /** Lists of findings, whose ids are pseudonyms too. */
    private static final Set<String> FINDINGS = Set.of("findings", "filtered_out");

    /** Those of them that no sentence of a rule is about. */
    private static final Set<String> GROUPS = Set.of("account_name", "environment");

    /** What a rule or aiaudit says about a resource. */
    private static final Set<String> SENTENCES = Set.of("reason", "action", "speed");

    /** What has one owner, team, environment, account or workload, by that. */
    private static final String ROLL_UP = "groups";

    private static final String NAME = "name";
    private static final String OWNER = "owner";

    private static final Set<String> RESOURCE_NAMES = Set.of("resource_name", "name");
    private static final Set<String> IDS =
            Set.of("resource_id parent_id workload commitment_id not_examined_resources largest_resources".split(" "));

    /** Evidence of rules that names resources, and what in it is a name. */
    private static final Map<String, Pattern> NAMES_IN_EVIDENCE = Map.of(
            // of jobs, not of accelerators such as A100-40GB
            "family", Pattern.compile("(?s)^(?![A-Z]+[0-9]+[A-Z0-9-]*$).+"),
            "bucket", Pattern.compile("(?s).+"),
            "machine_id", Pattern.compile("(?s).+"),
            "without_validation", Pattern.compile("[^,\\s]+"),
            "shared_by", Pattern.compile("[^,\\s][^,]*"),
            "member_of", Pattern.compile("(?<= (?:group|cluster|pool|set|Fleet) )(?!of a ).+"));

    /** Sentences that a rule or aiaudit itself has, without a name in them. */
    private static final Set<String> OURS = Set.of("title item missing compliance".split(" "));

    /** Sentences about what went wrong, which quote files, clouds and people, and conditions that the user typed. */
    private static final Set<String> ERRORS = Set.of("scope problem warnings filter".split(" "));

    /** What a rule says in its own words, of a finding, its remedy and itself. */
    private static final List<String> OF_A_RULE =
            List.of("reason", "evidence", "action", "speed", "compliance", "title");

    /** Evidence that no rule returns. */
    private static final Set<String> OF_EVERY_FINDING = Set.of("machines_by");

    private static final String STATUS_REASON = "status_reason";

    /** What the user wrote and sentences quote. */
    private static final String USER_TEXTS = "user_texts";

    /** Objects whose keys come from files or clouds. */
    private static final Set<String> OPEN =
            Set.of("evidence not_examined_reasons not_examined_cost hour_of_week daily scan_cost".split(" "));

    private final RedactionKey key;
    private final Redactor redactor;

    public AuditRedaction(RedactionKey key) {
        this(key, new Redactor(key, KnownWords.load()));
    }

    /** With a redactor that knows more names than the audit has. */
    AuditRedaction(RedactionKey key, Redactor redactor) {
        this.key = key;
        this.redactor = redactor;
    }

    /**
     * The audit without names; it says of itself that it is redacted. Writes the key, which from then on knows all
     * pseudonyms in it.
     */
    public JsonNode redacted(JsonNode audit) {
        if (audit.path("redacted").asBoolean()) {
            return audit;
        }
        audit.path(USER_TEXTS).forEach(text -> userText(text).ifPresent(redactor::learnUserText));
        learn("", audit);
        ObjectNode redacted = (ObjectNode) changed("", "", audit);
        redacted.put("redacted", true);
        key.save();
        return redacted;
    }

    /** Empty where a newer version lists a part that this one does not know. */
    private static Optional<UserText> userText(JsonNode node) {
        return Keyed.find(UserText.Part.class, node.path("part").asText())
                .map(part -> new UserText(part, node.path("text").asText()));
    }

    private void learn(String field, JsonNode node) {
        if (field.equals("tags")) {
            redactor.learnTags(node);
        } else if (isOfWorkloads(node)) {
            node.path(ROLL_UP)
                    .forEach(group -> redactor.learnId(group.path(NAME).asText()));
        } else if (isOfOwners(node)) {
            node.path(ROLL_UP)
                    .forEach(group -> redactor.learnOwner(group.path(NAME).asText()));
        } else if (field.equals(ROLL_UP) && node.isObject()) {
            redactor.learnGroup(node.path(NAME).asText());
        } else if (node.isObject()) {
            node.properties().stream()
                    .filter(child -> !isService(node, child) && !isAccelerator(field, child.getKey()))
                    .forEach(child -> learn(child.getKey(), child.getValue()));
            redactor.learnUserTexts(node.path(STATUS_REASON).asText(), isAccepted(node));
        } else if (node.isArray()) {
            node.forEach(child -> learn(field, child));
        } else if (node.isTextual() && field.equals(OWNER)) {
            redactor.learnOwner(node.asText());
        } else if (node.isTextual() && GROUPS.contains(field)) {
            redactor.learnGroup(node.asText());
        } else if (node.isTextual() && NAMES.contains(field)) {
            redactor.learnName(node.asText());
        } else if (node.isTextual() && IDS.contains(field)) {
            redactor.learnId(node.asText());
        } else if (node.isTextual() && NAMES_IN_EVIDENCE.containsKey(field)) {
            NAMES_IN_EVIDENCE
                    .get(field)
                    .matcher(node.asText())
                    .results()
                    .forEach(name -> redactor.learnId(name.group()));
        } else if (node.isTextual() && ERRORS.contains(field)) {
            redactor.learnPaths(node.asText());
        }
    }

    private static boolean isAccepted(JsonNode holder) {
        return holder.path("status").asText().equals(Status.ACCEPTED.key())
                && holder.path(STATUS_REASON).isTextual();
    }

    /** Whether this is the name of what a bill has no resource for, which is called by its service. */
    private boolean isService(JsonNode holder, Map.Entry<String, JsonNode> child) {
        return RESOURCE_NAMES.contains(child.getKey())
                && redactor.isServiceOfAccount(
                        holder.path("resource_id").asText(), child.getValue().asText());
    }

    /** What evidence has of jobs, a mix has of accelerators, or "all" of them. */
    private static boolean isAccelerator(String parent, String field) {
        return parent.equals("gpu_mix") && field.equals("family");
    }

    /** {@code parent} is the field that holds the object which has {@code field}. */
    private JsonNode changed(String parent, String field, JsonNode node) {
        if (node.isObject() && field.equals("tags")) {
            return redactor.tags(node);
        }
        if (node.isObject()) {
            ObjectNode changed = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> child : node.properties()) {
                String name = child.getKey();
                if (field.equals(USER_TEXTS) && name.equals("text")) {
                    changed.put(
                            name,
                            userText(node)
                                    .map(redactor::userText)
                                    .orElseGet(
                                            () -> redactor.name(child.getValue().asText())));
                    continue;
                }
                if (OPEN.contains(field)) {
                    boolean hasName = field.equals("evidence") && NAMES_IN_EVIDENCE.containsKey(name);
                    changed.set(redactor.text(name), changed(field, hasName ? name : "", child.getValue()));
                } else if (isService(node, child)) {
                    changed.set(name, child.getValue());
                } else if (name.equals(ROLL_UP) && isOfWorkloads(node)) {
                    changed.set(name, groups(child.getValue(), redactor::id));
                } else if (name.equals(ROLL_UP) && isOfOwners(node)) {
                    changed.set(name, groups(child.getValue(), redactor::owner));
                } else if (name.equals(STATUS_REASON) && isAccepted(node)) {
                    changed.put(name, redactor.accepted(child.getValue().asText()));
                } else {
                    changed.set(name, changed(field, name, child.getValue()));
                }
            }
            String rule = FINDINGS.contains(field) ? "rule" : field.equals("rules") ? "id" : null;
            if (rule != null
                    && node.has(rule)
                    && !redactor.isRuleOfOurs(node.path(rule).asText())) {
                writtenByOthers(node, changed);
            }
            return changed;
        }
        if (node.isArray()) {
            ArrayNode changed = JsonNodeFactory.instance.arrayNode();
            node.forEach(child -> changed.add(changed(field.isEmpty() ? parent : field, field, child)));
            return changed;
        }
        return node.isTextual() ? TextNode.valueOf(text(parent, field, node.asText())) : node;
    }

    private static boolean isOfWorkloads(JsonNode node) {
        return node.path("by").asText().equals("workload") && node.path(ROLL_UP).isArray();
    }

    private static boolean isOfOwners(JsonNode node) {
        return node.path("by").asText().equals(OWNER) && node.path(ROLL_UP).isArray();
    }

    /** Named as in a finding and a resource, where a workload is an id of parts, and an owner has several spellings. */
    private JsonNode groups(JsonNode groups, UnaryOperator<String> named) {
        ArrayNode changed = JsonNodeFactory.instance.arrayNode();
        for (JsonNode group : groups) {
            JsonNode redacted = changed("", ROLL_UP, group);
            if (redacted instanceof ObjectNode object && group.path(NAME).isTextual()) {
                object.put(NAME, named.apply(group.path(NAME).asText()));
            }
            changed.add(redacted);
        }
        return changed;
    }

    /** What a rule of somebody else says may be about anybody, also in words that are ours: it is replaced whole. */
    private void writtenByOthers(JsonNode node, ObjectNode changed) {
        OF_A_RULE.stream().filter(changed::has).forEach(name -> changed.set(name, written(node.path(name))));
        if (changed.path("remedy").isObject()) {
            writtenByOthers(node.path("remedy"), (ObjectNode) changed.path("remedy"));
        }
    }

    private JsonNode written(JsonNode node) {
        if (node.isObject()) {
            ObjectNode written = JsonNodeFactory.instance.objectNode();
            node.properties()
                    .forEach(child -> written.set(
                            redactor.text(child.getKey()),
                            OF_EVERY_FINDING.contains(child.getKey())
                                    ? TextNode.valueOf(
                                            redactor.text(child.getValue().asText()))
                                    : written(child.getValue())));
            return written;
        }
        if (node.isArray()) {
            ArrayNode written = JsonNodeFactory.instance.arrayNode();
            node.forEach(child -> written.add(written(child)));
            return written;
        }
        return node.isTextual() ? TextNode.valueOf(redactor.written(node.asText())) : node;
    }

    private String text(String parent, String field, String text) {
        if (field.equals("findings") || (field.equals("id") && FINDINGS.contains(parent))) {
            return key.id(text);
        }
        if (field.equals(OWNER)) {
            return redactor.owner(text);
        }
        if (NAMES.contains(field)) {
            return redactor.name(text);
        }
        if (IDS.contains(field)) {
            return redactor.id(text);
        }
        if (isAccelerator(parent, field)) {
            return redactor.cloud(text);
        }
        if (NAMES_IN_EVIDENCE.containsKey(field)) {
            return NAMES_IN_EVIDENCE.get(field).matcher(text).replaceAll(name -> redactor.id(name.group()));
        }
        if (field.equals("service")) {
            return redactor.service(text);
        }
        if (KEPT.contains(field) || (field.equals("id") && parent.equals("rules"))) {
            return redactor.plain(text);
        }
        if (OF_CLOUD.contains(field)) {
            return redactor.cloud(text);
        }
        if (ERRORS.contains(field) || (field.equals("fix") && parent.equals("gaps"))) {
            return redactor.error(text);
        }
        if (field.equals(STATUS_REASON)) {
            return redactor.decided(text);
        }
        if (SENTENCES.contains(field)) {
            return redactor.sentence(text);
        }
        if (field.equals("fix") && parent.equals("not_assessed")) {
            return redactor.sentence(text);
        }
        return OURS.contains(field) ? redactor.ourText(text) : redactor.text(text);
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
        ObjectNode restored = (ObjectNode) restored("", "", audit, text -> key.restored(text, unknown), unknown);
        RedactionKey.refuse(unknown);
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
        boolean isFinding = field.equals("findings") || (field.equals("id") && FINDINGS.contains(parent));
        return TextNode.valueOf(isFinding ? finding(node.asText(), unknown) : original.apply(node.asText()));
    }

    private String finding(String id, Set<String> unknown) {
        String original = key.original(id);
        if (original == null) {
            unknown.add(id);
        }
        return original == null ? id : original;
    }
}
