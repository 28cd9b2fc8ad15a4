package io.aiaudit.store;

import io.aiaudit.model.Audit.BilledTogether;
import io.aiaudit.model.ResourceIds;
import io.aiaudit.model.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Accounts of one payer that a bill has together; its parts, of which each has some of them, are one bill. */
final class BilledAccounts {
    private final String provider;
    private final String payer;
    private final TreeMap<String, String> accountsByKey = new TreeMap<>();
    private final Set<String> files = new TreeSet<>();

    private BilledAccounts(String provider, String payer) {
        this.provider = provider;
        this.payer = payer;
    }

    static List<BilledTogether> together(LockedStore store, Window window) {
        if (!store.hasTable("charge_texts")) {
            return List.of();
        }
        List<BilledAccounts> bills = new ArrayList<>();
        for (List<Object> row :
                store.once(Sql.inWindow("read/billed-together.sql", window)).rows()) {
            BilledAccounts one = new BilledAccounts((String) row.get(0), (String) row.get(1));
            String account = (String) row.get(2);
            one.accountsByKey.put(ResourceIds.accountKey(account), account);
            one.files.add((String) row.get(3));
            List<BilledAccounts> parts = bills.stream().filter(one::isOneWith).toList();
            BilledAccounts whole = parts.isEmpty() ? one : parts.get(0);
            parts.stream().skip(1).forEach(whole::add);
            bills.removeAll(parts);
            whole.add(one);
            bills.add(whole);
        }
        return bills.stream()
                .map(bill -> new BilledTogether(
                        bill.provider, bill.payer, List.copyOf(new TreeSet<>(bill.accountsByKey.values()))))
                .toList();
    }

    private boolean isOneWith(BilledAccounts other) {
        return Objects.equals(provider, other.provider)
                && Objects.equals(ResourceIds.accountKey(payer), ResourceIds.accountKey(other.payer))
                && (!Collections.disjoint(files, other.files)
                        || !Collections.disjoint(accountsByKey.keySet(), other.accountsByKey.keySet()));
    }

    private void add(BilledAccounts other) {
        accountsByKey.putAll(other.accountsByKey);
        files.addAll(other.files);
    }
}
