package io.aiaudit.report.compare;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.AuditedResource;
import io.aiaudit.model.CloudName;
import io.aiaudit.model.ResourceIds;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an audit read: an account of which it has no resource may be missing from its files, so nothing is known about
 * what was there. An audit that names no account of a cloud read all of that cloud, as far as anybody can see.
 */
final class ReadAccounts {
    private final Map<String, Set<String>> accountsByProvider = new HashMap<>();
    private final Set<String> billed;

    ReadAccounts(Audit audit) {
        for (AuditedResource resource : audit.resources()) {
            Set<String> accounts = accountsByProvider.computeIfAbsent(resource.provider(), provider -> new HashSet<>());
            String account = ResourceIds.accountKey(resource.accountId());
            if (account != null) {
                accounts.add(account);
            }
        }
        billed = audit.bill().providers().stream()
                .map(Audit.ProviderBill::provider)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    /** Whether it read the account of this finding. */
    boolean has(AuditedFinding finding) {
        String account = ResourceIds.accountKey(finding.accountId());
        Set<String> accounts = accountsByProvider.get(finding.provider());
        if (accounts == null) {
            return finding.provider() == null || (account == null && hasBill(finding));
        }
        return account == null || accounts.isEmpty() || accounts.contains(account);
    }

    /** Whether it read a bill of this finding's cloud. */
    boolean hasBill(AuditedFinding finding) {
        return billed.contains(finding.provider());
    }

    /** What it lacks, such as "neither a resource nor a bill of AWS". */
    String lacks(AuditedFinding finding) {
        return accountsByProvider.containsKey(finding.provider()) || hasBill(finding)
                ? "no resource of account " + finding.accountId()
                : "neither a resource nor a bill of " + CloudName.of(finding.provider());
    }
}
