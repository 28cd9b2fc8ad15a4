package io.aiaudit.collect.trino;

import java.util.List;

/** What a scan would ask of Trino, in sentences. */
public final class TrinoOutline {
    private TrinoOutline() {}

    /** One for each table; nothing is asked for that. */
    public static List<String> of(List<TrinoAddress> bills) {
        return bills.stream()
                .map(bill -> "bill " + bill + (bill.tls() ? " (TLS)" : " (not encrypted)")
                        + ": 3 statements: its columns, an estimate, and one that adds it up by resource, SKU and day."
                        + " 'aiaudit sources check trino' shows the estimate.")
                .toList();
    }
}
