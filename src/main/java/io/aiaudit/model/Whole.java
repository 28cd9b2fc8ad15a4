package io.aiaudit.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the remedy of a finding stops, deletes or changes, where that is more than the resource of the finding: an
 * endpoint with its variants, a node with its workloads, a group with its members.
 *
 * @param id findings of one rule and lever with this id are about parts of the same whole
 * @param parts the leaves of it, also those whose finding is about a whole within it or about nothing else
 * @param kept why parts without such a finding stay, by resource
 * @param alone what to do on one part where others stay, by resource; nothing for one that cannot go alone
 * @param together what to do where all parts go; null where the finding has that remedy itself
 */
public record Whole(
        String id, List<String> parts, Map<String, Reason> kept, Map<String, Remedy> alone, Remedy together) {
    /** Why a part without a finding stays. */
    public enum Reason {
        STANDBY("which is a standby"),
        IN_USE("which has no such finding");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /** Before anything is known of its parts. */
    public Whole(String id, Map<String, Remedy> alone, Remedy together) {
        this(id, List.of(), Map.of(), alone, together);
    }

    public Whole {
        parts = List.copyOf(parts);
        kept = Collections.unmodifiableMap(new TreeMap<>(kept));
        alone = Collections.unmodifiableMap(new TreeMap<>(alone));
    }

    /** The same with its parts and those of them that stay. */
    public Whole of(List<String> allParts, Map<String, Reason> staying) {
        return new Whole(id, allParts, staying, alone, together);
    }
}
