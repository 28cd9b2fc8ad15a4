package io.aiaudit.config;

import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceIds;
import io.aiaudit.model.UserText;
import io.aiaudit.model.YamlNode;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which resources an entry of the configuration is about: all conditions have to hold, none means every resource.
 *
 * @param texts each condition as a person reads it, such as {@code tag env=prod}
 */
record Match(List<Condition> conditions, List<String> texts) {
    private static final String TAG = "tag";

    /** Of one key. */
    record Condition(String key, Predicate<Resource> test) {}

    static final List<String> KEYS = List.of(TAG, "resource", "resource_id", "account");

    static final Match EVERYTHING = new Match(List.of(), List.of());

    Match {
        conditions = List.copyOf(conditions);
        texts = List.copyOf(texts);
    }

    /**
     * Reads the keys {@code tag}, {@code resource}, {@code resource_id} and {@code account} of a map that may hold
     * others.
     */
    static Match of(YamlNode map) {
        List<String> given =
                KEYS.stream().filter(key -> map.get(key).isPresent()).toList();
        if (given.isEmpty()) {
            return EVERYTHING;
        }
        return new Match(
                given.stream()
                        .map(key -> new Condition(key, test(key, map.need(key))))
                        .toList(),
                given.stream().map(key -> key + " " + map.need(key).text()).toList());
    }

    /** All of them in a sentence. */
    String words() {
        return texts.isEmpty() ? "default" : String.join(", ", texts);
    }

    /** What of them and of the file that they are in a sentence may quote. */
    Stream<UserText> userTexts(String location) {
        return Stream.concat(
                Stream.of(new UserText(UserText.Part.FILE, location.substring(0, location.lastIndexOf(':')))),
                texts.stream().map(text -> new UserText(UserText.Part.CONDITION, text)));
    }

    private static Predicate<Resource> test(String key, YamlNode value) {
        return switch (key) {
            case TAG -> tag(value);
            case "resource" -> either(value, Resource::resourceId, Resource::name);
            // Letter by letter: an id with * or ? in it, as others may name their things, is about no other resource.
            case "resource_id" -> resource -> value.text().equals(resource.resourceId());
            case "account" -> account(value);
            default -> throw new IllegalArgumentException(key);
        };
    }

    /** An id in any spelling of it, or a name. */
    private static Predicate<Resource> account(YamlNode value) {
        Predicate<Resource> asWritten = either(value, Resource::accountId, Resource::accountName);
        return asWritten.or(resource -> ResourceIds.isSameAccount(value.text(), resource.accountId()));
    }

    private static Predicate<Resource> either(
            YamlNode value,
            java.util.function.Function<Resource, String> id,
            java.util.function.Function<Resource, String> name) {
        Glob glob = new Glob(value.text());
        return resource -> glob.matches(id.apply(resource)) || glob.matches(name.apply(resource));
    }

    private static Predicate<Resource> tag(YamlNode value) {
        String[] parts = value.text().split("=", 2);
        if (parts.length != 2 || parts[0].isBlank()) {
            throw value.error(
                    "expected a tag as name=value, found \"" + value.text() + "\".",
                    "Write for example tag: \"env=prod\", or \"env=*\" for any value.");
        }
        Glob name = new Glob(parts[0].strip());
        Glob content = new Glob(parts[1].strip());
        return resource -> resource.tags().entrySet().stream()
                .anyMatch(tag -> name.matches(tag.getKey()) && content.matches(tag.getValue()));
    }

    boolean matches(Resource resource) {
        return conditions.stream().allMatch(condition -> condition.test.test(resource));
    }

    /** Whether it depends on tags of the resource, which could not be read. */
    boolean isUndecided(Resource resource) {
        return resource.attributes().containsKey(Resource.UNREAD_TAGS)
                && conditions.stream().anyMatch(condition -> condition.key.equals(TAG))
                && conditions.stream().allMatch(condition -> condition.key.equals(TAG) || condition.test.test(resource))
                && !matches(resource);
    }
}
