package io.aiaudit.rules;

import io.aiaudit.model.Ask;
import io.aiaudit.model.Lever;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One of the ways to fix what a rule finds, before it is filled in for a resource.
 *
 * @param action what to do, with placeholders such as {@code {target|a smaller instance type}} for values of the
 * resource
 * @param speed what it does to speed, with placeholders like those of the action
 * @param compliance what it does to compliance or binds to, with such placeholders too
 * @param lever null when it is that of the rule
 * @param asks null when they are those of the rule
 * @param feasibleWhen provider to what it takes there, or {@code never}; a provider that is not named can always do it
 * @param forPart the remedy for one part of a resource of which others stay, by provider or {@code *} for all; null
 * when the parts go only together
 * @param actsOnGroup whether it changes all members of the group of the resource
 * @param commands provider, or provider/kind where kinds differ, to lines with placeholders
 * @param terraform the same to snippets, of which the first is taken whose values are all known
 */
@RecordBuilder
public record RemedyChoice(
        String name,
        String action,
        String effort,
        String speed,
        String compliance,
        Lever lever,
        Set<Ask> asks,
        Map<String, String> feasibleWhen,
        Map<String, String> forPart,
        boolean actsOnGroup,
        Map<String, List<String>> commands,
        Map<String, List<String>> terraform) {
    /** All platforms. */
    static final String ALL = "*";

    private static final String NEVER = "never";

    public RemedyChoice {
        asks = asks == null ? null : Set.copyOf(asks);
        feasibleWhen = Collections.unmodifiableMap(new LinkedHashMap<>(feasibleWhen));
        forPart = forPart == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(forPart));
        commands = Collections.unmodifiableMap(new LinkedHashMap<>(commands));
        terraform = Collections.unmodifiableMap(new LinkedHashMap<>(terraform));
    }

    /** What to do, about no resource in particular. */
    public String generalAction() {
        return RemedyText.general(action);
    }

    /** What it does to speed, about no resource in particular. */
    public String generalSpeed() {
        return RemedyText.general(speed);
    }

    /** What it does to compliance, about no resource in particular. */
    public String generalCompliance() {
        return RemedyText.general(compliance);
    }

    /** The lines for a resource of this kind. */
    List<String> commands(String provider, String kind) {
        return of(commands, provider, kind);
    }

    /** The snippets for a resource of this kind. */
    List<String> terraform(String provider, String kind) {
        return of(terraform, provider, kind);
    }

    private static List<String> of(Map<String, List<String>> texts, String provider, String kind) {
        List<String> ofKind = texts.get(provider + "/" + kind);
        return ofKind == null ? texts.getOrDefault(String.valueOf(provider), List.of()) : ofKind;
    }

    /** False where the platform does not offer it. */
    boolean isOfferedBy(String provider) {
        return provider == null || !NEVER.equals(feasibleWhen.get(provider));
    }

    /** The name of the remedy for one part on this platform; null where the parts go only together. */
    String forPart(String provider) {
        return forPart.getOrDefault(String.valueOf(provider), forPart.get(ALL));
    }

    /** Whether it changes all parts of a whole here, though one part alone can be changed on another platform. */
    boolean isOfAllParts(String provider) {
        return !forPart.isEmpty() && forPart(provider) == null;
    }

    /** What it takes on this platform, in words; null when nothing special. */
    String condition(String provider) {
        return provider == null ? null : feasibleWhen.get(provider);
    }
}
