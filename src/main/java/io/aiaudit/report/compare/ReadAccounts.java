package io.aiaudit.report.compare;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.AuditedResource;
import io.aiaudit.model.Audit.BilledTogether;
import io.aiaudit.model.CloudName;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.ResourceIds;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an audit read: an account of which it has no resource may be missing from its files, so nothing is known about
 * what was there. Its bill may show that nothing of it was left (docs/adr/0105). An audit that names no account of a
 * cloud read all of that cloud, as far as anybody can see.
 */
final class ReadAccounts {
    private final Map<String, Set<String>> accountsByProvider = new HashMap<>();
    private final Set<String> billed;
    private final Set<String> billedInPart;
    private final List<Group> groups;

    /** Accounts of one payer whose charges are in the same files, by their keys. */
    private record Group(String provider, String payer, Set<String> accounts) {
        static Group of(BilledTogether together) {
            return new Group(
                    together.provider(),
                    ResourceIds.accountKey(together.billingAccountId()),
                    together.accountIds().stream()
                            .map(ResourceIds::accountKey)
                            .filter(Objects::nonNull)
                            .collect(Collectors.toSet()));
        }

        boolean has(AuditedFinding finding) {
            return Objects.equals(provider, finding.provider())
                    && accounts.contains(ResourceIds.accountKey(finding.accountId()));
        }

        /** Whether it is the bill of the same payer: it has at least half of the accounts beside the finding's own. */
        boolean isBillOf(Group other, AuditedFinding finding) {
            Set<String> rest = new HashSet<>(other.accounts);
            rest.remove(ResourceIds.accountKey(finding.accountId()));
            long common = rest.stream().filter(accounts::contains).count();
            return Objects.equals(provider, other.provider)
                    && Objects.equals(payer, other.payer)
                    && common > 0
                    && common * 2 >= rest.size();
        }
    }

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
        boolean lacksBills = audit.gaps().stream().anyMatch(gap -> "billing".equals(gap.dataset()));
        billedInPart = audit.bill().providers().stream()
                .filter(bill -> lacksBills || bill.rejectedRows() > 0)
                .map(Audit.ProviderBill::provider)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        groups = audit.bill().billedTogether().stream().map(Group::of).toList();
    }

    /** Whether it read the account of this finding. */
    boolean has(AuditedFinding finding) {
        String account = ResourceIds.accountKey(finding.accountId());
        Set<String> accounts = accountsByProvider.get(finding.provider());
        boolean isInBill = isBilled(finding) && groups.stream().anyMatch(group -> group.has(finding));
        if (accounts == null) {
            return finding.provider() == null || isInBill || (account == null && hasBill(finding));
        }
        return account == null || accounts.isEmpty() || accounts.contains(account) || isInBill;
    }

    /**
     * Whether it has the bill that had this account in another audit, whole, and nothing is charged to the account: the
     * files of the two have other accounts of the same payer.
     *
     * @param other of the audit that has the finding
     */
    boolean hasBillWithout(AuditedFinding finding, ReadAccounts other) {
        return isBilled(finding)
                && !billedInPart.contains(finding.provider())
                && groups.stream().noneMatch(group -> group.has(finding))
                && other.groups.stream()
                        .filter(group -> group.has(finding))
                        .anyMatch(was -> groups.stream().anyMatch(is -> is.isBillOf(was, finding)));
    }

    /** What no bill has, such as a resource at its list price, leaves no trace in one when it ends. */
    private static boolean isBilled(AuditedFinding finding) {
        return finding.costBasis() != null
                && finding.costBasis() != CostBasis.LIST
                && finding.costBasis() != CostBasis.UNPRICED;
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
