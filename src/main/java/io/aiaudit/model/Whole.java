package io.aiaudit.model;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the remedy of a finding stops, deletes or changes, where that is more than the resource of the finding: an
 * endpoint with its variants, a node with its workloads, a group with its members.
 *
 * @param id findings of one rule and lever with this id are about parts of the same whole
 * @param kept why parts without such a finding stay, by resource
 * @param alone what to do on one part where others stay, by resource; nothing for one that cannot go alone
 */
public record Whole(String id, Map<String, Reason> kept, Map<String, Remedy> alone) {
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

    public Whole {
        kept = Collections.unmodifiableMap(new TreeMap<>(kept));
        alone = Collections.unmodifiableMap(new TreeMap<>(alone));
    }
}
