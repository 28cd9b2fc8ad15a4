package io.aiaudit.rules;

import io.aiaudit.model.Window;
import io.aiaudit.store.LockedStore;

/**
 * What an instance costs in each hour, where a bill by the hour shows that not all of them cost the same: behind the
 * relation {@code hour_price}. Made once for all rules with the same costs.
 */
final class HourPrices {
    static final String RELATION = "hour_price";
    /** Of all resources. */
    static final String TABLE = "aiaudit_hour_prices";

    private final LockedStore store;
    private final Window window;
    private final String base;
    private boolean isMade;

    HourPrices(LockedStore store, Window window, String base) {
        this.store = store;
        this.window = window;
        this.base = base;
    }

    /** To be called when the charges or the costs are others. */
    void forget() {
        isMade = false;
    }

    /** The costs of all resources have to be there. */
    void make() {
        if (isMade) {
            return;
        }
        store.execute("CREATE OR REPLACE TEMP TABLE " + TABLE + " AS "
                + Work.text("hour-prices.sql")
                        .replace("{base}", base)
                        .replace("{start}", Literal.timestamp(window.start()))
                        .replace("{end}", Literal.timestamp(window.end())));
        isMade = true;
    }
}
