package io.aiaudit.report.section;

import io.aiaudit.model.Audit;
import io.aiaudit.model.CloudName;
import io.aiaudit.model.ComplianceCost;
import io.aiaudit.model.Money;
import io.aiaudit.model.ResourceIds;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.MarkdownText;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What compliance costs a month, by workload and what it is paid for. */
public final class ComplianceView {
    private static final Map<String, String> NAMES = Map.of(
            "private_endpoint", "Private endpoints",
            "dedicated_network", "Dedicated network",
            "encryption_key", "Keys",
            "log_store", "Log storage",
            "audit_service", "Audit and security services",
            "dedicated_capacity", "Dedicated capacity",
            "region_premium", "Region premium");

    private ComplianceView() {}

    static Map<String, Object> of(Audit audit, Amounts amounts) {
        return View.of(
                "any",
                !audit.compliance().isEmpty(),
                "lead",
                lead(audit, amounts),
                "rows",
                audit.compliance().stream()
                        .map(cost -> row(audit, cost, amounts))
                        .toList());
    }

    /** What all of it costs, and why that is no saving. */
    public static String lead(Audit audit, Amounts amounts) {
        BigDecimal all = Money.sum(
                audit.compliance().stream().map(ComplianceCost::monthlyCost).toList());
        return amounts.money(all) + " a month ("
                + Amounts.share(all, audit.totals().monthlyCost())
                + " of all spend) pays for services usually bought for compliance. Bills do not state the reason, so "
                + "this is not counted as a saving. Accounts with AI spend come first.";
    }

    /** Cost by workload and by what it is paid for. */
    public static String markdown(Audit audit, Amounts amounts) {
        StringBuilder text = new StringBuilder(MarkdownText.sentence(lead(audit, amounts)))
                .append("\n\n")
                .append(MarkdownText.head(1, "a month", "workload", "paid for", "cheaper way that complies"));
        audit.compliance()
                .forEach(cost -> text.append(MarkdownText.row(
                        amounts.money(cost.monthlyCost()),
                        MarkdownText.sentence(workload(audit, cost) + ", " + where(cost)),
                        name(cost),
                        MarkdownText.sentence(Findings.orUnknown(alternative(cost, amounts))))));
        return text.toString();
    }

    /** The cloud and the account. */
    public static String where(ComplianceCost cost) {
        return Findings.orUnknown(CloudName.of(cost.provider())) + " · " + Findings.orUnknown(cost.accountId());
    }

    /** What one workload pays, in words; empty where nothing is known. */
    static List<String> of(Audit audit, String provider, String account, String workload, Amounts amounts) {
        return audit.compliance().stream()
                .filter(cost -> workload != null
                        && workload.equals(cost.workload())
                        && String.valueOf(provider).equals(cost.provider())
                        && ResourceIds.isSameAccount(account, cost.accountId()))
                .map(cost -> name(cost) + " " + amounts.money(cost.monthlyCost()) + " a month now")
                .toList();
    }

    private static Map<String, Object> row(Audit audit, ComplianceCost cost, Amounts amounts) {
        return View.of(
                "workload", workload(audit, cost),
                "where", where(cost),
                "kind", name(cost),
                "amount", amounts.plain(cost.monthlyCost()),
                "resources", Amounts.count(cost.resources()),
                "alternative", alternative(cost, amounts));
    }

    /** A resource that is a workload of its own is called by its name. */
    public static String workload(Audit audit, ComplianceCost cost) {
        return cost.workload() == null
                ? "Shared by the account"
                : audit.resources().stream()
                        .filter(resource -> cost.workload().equals(resource.resourceId()) && resource.name() != null)
                        .map(Audit.AuditedResource::name)
                        .findFirst()
                        .orElse(cost.workload());
    }

    public static String name(ComplianceCost cost) {
        return NAMES.getOrDefault(cost.kind(), cost.kind());
    }

    /** The cheaper way, then the one that needs a check; empty where none is known. */
    public static String alternative(ComplianceCost cost, Amounts amounts) {
        return Stream.of(
                        way("", cost.alternative(), cost.alternativeSaving(), amounts),
                        way("Needs a check: ", cost.toCheck(), cost.toCheckSaving(), amounts))
                .filter(way -> !way.isEmpty())
                .collect(Collectors.joining(". "));
    }

    private static String way(String before, String way, BigDecimal saving, Amounts amounts) {
        if (way == null) {
            return "";
        }
        String words =
                before.isEmpty() ? way : before + way.substring(0, 1).toLowerCase(Locale.ROOT) + way.substring(1);
        return words + " (" + amounts.money(saving) + " a month less)";
    }
}
