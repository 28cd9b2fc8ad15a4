package io.aiaudit.rules;

import io.aiaudit.store.LockedStore;
import java.util.HashMap;
import java.util.Map;

/** Temporary views. Most are the same for every rule, and to make one anew takes longer than many a rule. */
final class Views {
    private final LockedStore store;
    private final Map<String, String> made = new HashMap<>();

    Views(LockedStore store) {
        this.store = store;
    }

    void make(String name, String query) {
        if (!query.equals(made.put(name, query))) {
            store.execute("CREATE OR REPLACE TEMP VIEW " + name + " AS " + query);
        }
    }

    void drop() {
        made.keySet().forEach(name -> store.execute("DROP VIEW IF EXISTS temp.main." + name));
        made.clear();
    }
}
