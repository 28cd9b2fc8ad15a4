package io.aiaudit.store;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How new the form of a bill is among those of its dialect, by columns that only newer ones have: the same bill may be
 * exported in two of them.
 */
final class FormRelease {
    /** By dialect, the columns that each release added, from the oldest on. */
    private static final Map<String, List<Set<String>>> ADDED = Map.of(
            "focus",
            List.of(
                    Set.of(
                            "skumeter",
                            "skupricedetails",
                            "servicesubcategory",
                            "capacityreservationid",
                            "commitmentdiscountquantity"),
                    Set.of("invoiceid", "billingaccounttype", "subaccounttype", "pricingcurrency"),
                    Set.of("serviceprovidername", "hostprovidername", "allocatedmethodid")),
            "cur",
            List.of(
                    Set.of("line_item_line_item_type"),
                    Set.of("bill_payer_account_name", "line_item_usage_account_name")));

    private FormRelease() {}

    /** @param columns in small letters */
    static int of(String dialect, Set<String> columns) {
        List<Set<String>> added = ADDED.getOrDefault(dialect, List.of());
        for (int release = added.size(); release > 0; release--) {
            if (!Collections.disjoint(added.get(release - 1), columns)) {
                return release;
            }
        }
        return 0;
    }
}
