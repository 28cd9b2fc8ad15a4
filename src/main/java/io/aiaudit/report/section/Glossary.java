package io.aiaudit.report.section;

import io.aiaudit.model.Ask;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Remedy;
import io.aiaudit.model.Status;
import io.aiaudit.report.text.Amounts;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The words of the reports, explained once. */
public final class Glossary {
    static final Map<Lever, String> LEVERS = new EnumMap<>(Map.ofEntries(
            Map.entry(Lever.ELIMINATE, "Delete or stop what is not used."),
            Map.entry(Lever.REPLACE, "Use a cheaper service for the same work."),
            Map.entry(Lever.SCHEDULE, "Run it only on a schedule."),
            Map.entry(Lever.AUTOSCALE, "Scale the number of instances with the load."),
            Map.entry(Lever.RESIZE, "Use a smaller instance type or accelerator."),
            Map.entry(Lever.RATE, "Pay a lower price for the same, such as spot instead of on-demand."),
            Map.entry(Lever.COMMIT, "Commit to one or three years for a discount."),
            Map.entry(Lever.ROUTE, "Route requests to the cheapest model with sufficient quality."),
            Map.entry(Lever.CACHE, "Read repeated prompts or responses from a cache."),
            Map.entry(Lever.BATCH, "Send requests that can wait as a batch, at a lower price."),
            Map.entry(Lever.GOVERN, "Governance; no saving is claimed.")));

    public static final Map<Status, String> STATUSES = new EnumMap<>(Map.of(
            Status.COUNTED, "Included in the net saving.",
            Status.ALTERNATIVE, "Another fix for the same resource was chosen; only one of them can be counted.",
            Status.UNCONFIRMED, "An approval or a manual check is needed; excluded from the net saving.",
            Status.BLOCKED, "The policy forbids the fix.",
            Status.ACCEPTED, "Accepted as is, with a recorded reason.",
            Status.UNPRICED, "Its cost, or the part that the fix saves, is unknown, so no saving is stated.",
            Status.NO_SAVING, "Nothing left to save.",
            Status.GOVERN, "About control and compliance; no saving is claimed."));

    /** Terms of the field that the printed report uses, by the alphabet. */
    public static final Map<String, String> TERMS = alphabetical(Map.ofEntries(
            Map.entry("Accelerator", "A chip for AI work, such as a GPU."),
            Map.entry("aiaudit.yaml", "The settings of the audit: policy, owners, accepted findings, prices."),
            Map.entry("Checkpoint", "The saved state of a training job, from which it can go on after a stop."),
            Map.entry("Cold start", "The wait while an instance starts and loads its model before the first response."),
            Map.entry("CUD", "Committed use discount of Google Cloud: a lower price for one or three years of use."),
            Map.entry("Effective cost", "What is paid after discounts, with commitments spread over their term."),
            Map.entry("Finding", "One problem of one resource, found by a rule."),
            Map.entry("Latency", "The time from a request to its response."),
            Map.entry("Policy", "What aiaudit.yaml allows for a workload, such as higher latency or interruptions."),
            Map.entry("Provisioned throughput", "Model capacity paid for by the hour, whether it is used or not."),
            Map.entry("Quantize", "Store the weights of a model with fewer bits, so that it needs less memory."),
            Map.entry("Rule", "A check for one kind of waste or missing control."),
            Map.entry(
                    "Savings plan",
                    "A commitment to pay an amount for each hour of one or three years at lower prices."),
            Map.entry("Spot", "Spare capacity at a lower price, which the cloud can take back at short notice."),
            Map.entry("Token", "The unit in which models read and write text, a word or a part of one."),
            Map.entry("Window", "The days whose cost and use this report is about.")));

    /** What the three words for confidence mean. */
    public static final String CONFIDENCE =
            "High: prices, settings or complete measurements decide it. Medium: measured use supports it, but use can "
                    + "change; the worst case is usually half of the saving. Low: data is partial or assumed; it "
                    + "counts only once somebody has checked it by hand.";

    static final Map<CostBasis, String> BASES = new EnumMap<>(Map.of(
            CostBasis.EFFECTIVE, "From the bill, after discounts, with commitments amortized.",
            CostBasis.BILLED, "From the bill as invoiced; it has no usable effective cost.",
            CostBasis.ALLOCATED, "From the bill, allocated from a shared charge.",
            CostBasis.LIST, "Not on a bill: list price times run hours.",
            CostBasis.UNPRICED, "No price is known."));

    private static final Map<Ask, String> QUESTIONS = new EnumMap<>(Map.of(
            Ask.INTERRUPTION, "Can this workload be interrupted?",
            Ask.LATENCY, "Is higher latency acceptable?",
            Ask.QUALITY, "Is a small drop in answer quality acceptable?",
            Ask.RESIDENCY, "Can its data be processed outside its region?"));

    /** The evidence of what a commitment costs in a year, with its currency. */
    private static final String YEARLY = "commitment_a_year";

    /** A request that is throttled is not late, it has to be sent again. */
    private static final String THROTTLED = "Are higher latency and occasional throttled requests acceptable?";

    private Glossary() {}

    private static Map<String, String> alphabetical(Map<String, String> terms) {
        Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(terms);
        return sorted;
    }

    /**
     * What an answer decides for these findings; of latency and interruption with what their fixes do to speed, of a
     * commitment with what is signed.
     */
    public static String question(Ask ask, List<AuditedFinding> findings) {
        String effects = effects(ask, findings);
        return plainQuestion(ask, findings) + (effects.isBlank() ? "" : " Effect: " + effects + ".");
    }

    /** The question alone. */
    static String plainQuestion(Ask ask, List<AuditedFinding> findings) {
        return switch (ask) {
            case INTERRUPTION -> interruption(open(ask, findings));
            case LATENCY -> effects(ask, findings).contains("throttled") ? THROTTLED : QUESTIONS.get(ask);
            case COMMITMENT -> commitment(open(ask, findings));
            default -> QUESTIONS.get(ask);
        };
    }

    /** A contract is approved by its amount, and what is uncertain is checked before it is signed. */
    private static String commitment(List<AuditedFinding> open) {
        List<String> amounts =
                open.stream().flatMap(finding -> yearly(finding).stream()).toList();
        String what = amounts.isEmpty() || amounts.size() < open.size()
                ? "a commitment of one year or more"
                : amounts.size() == 1
                        ? "a one-year commitment of " + amounts.get(0)
                        : amounts.size() + " one-year commitments of " + sum(amounts) + " in all";
        boolean unsure = open.stream().anyMatch(Decision::needsCheck);
        return "Approve " + what + (unsure ? " (check by hand first)" : "") + "?";
    }

    private static Optional<String> yearly(AuditedFinding finding) {
        return Optional.ofNullable(finding.evidence())
                .map(evidence -> evidence.get(YEARLY))
                .map(String::valueOf)
                .filter(amount -> amount.matches("\\D*\\d[\\d,]{0,20}"));
    }

    /** Of amounts in one currency, with what is before the digits of the first. */
    private static String sum(List<String> amounts) {
        BigDecimal sum = amounts.stream()
                .map(amount -> new BigDecimal(amount.replaceAll("\\D", "")))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return amounts.get(0).replaceAll("\\d[\\d,]*$", "") + Amounts.grouped(sum, 0);
    }

    private static String effects(Ask ask, List<AuditedFinding> findings) {
        boolean isNamed = ask == Ask.COMMITMENT
                && open(ask, findings).stream()
                        .allMatch(finding -> yearly(finding).isPresent());
        if (ask == Ask.QUALITY || ask == Ask.RESIDENCY || isNamed) {
            return "";
        }
        return open(ask, findings).stream()
                .map(AuditedFinding::remedy)
                .filter(remedy -> remedy != null)
                .map(ask == Ask.COMMITMENT ? Remedy::compliance : Remedy::speed)
                .filter(effect -> effect != null && !Remedy.isNoEffect(effect))
                .distinct()
                .collect(Collectors.joining("; "));
    }

    private static List<AuditedFinding> open(Ask ask, List<AuditedFinding> findings) {
        return findings.stream()
                .filter(finding ->
                        findings.size() == 1 || Decision.asks(finding).contains(ask))
                .toList();
    }

    /** One key of the policy allows spot and schedules; the question says which of them the answer is for. */
    private static String interruption(List<AuditedFinding> open) {
        Set<Lever> levers = open.stream().map(AuditedFinding::lever).collect(Collectors.toSet());
        if (levers.equals(Set.of(Lever.RATE))) {
            return "Is spot capacity acceptable, which the cloud may take back at any time?";
        }
        return levers.equals(Set.of(Lever.SCHEDULE))
                ? "Is a stop outside the hours of use acceptable, such as at night?"
                : QUESTIONS.get(Ask.INTERRUPTION);
    }

    /** The questions behind policy lines such as {@code latency: yes} that a finding waits for. */
    public static String questions(String policyLines, AuditedFinding finding) {
        return Arrays.stream(Ask.values())
                .filter(ask -> policyLines.contains(ask.key() + ": yes"))
                .map(ask -> question(ask, List.of(finding)))
                .collect(Collectors.joining(" "));
    }

    /** What people read of its status: what only leaves a commitment unused counts with nothing before that ends. */
    public static String word(AuditedFinding finding) {
        return finding.onlyFrees() ? "No saving yet" : word(finding.status());
    }

    /** The word for a status where people read it. */
    public static String word(Status status) {
        return switch (status) {
            case COUNTED -> "Counted";
            case ALTERNATIVE -> "Alternative";
            case UNCONFIRMED -> "Needs your decision";
            case BLOCKED -> "Blocked";
            case ACCEPTED -> "Accepted";
            case UNPRICED -> "Unpriced";
            case NO_SAVING -> "No saving";
            case GOVERN -> "Governance";
        };
    }
}
