package io.aiaudit.report.section;

import io.aiaudit.model.Audit;
import io.aiaudit.model.CloudName;
import io.aiaudit.model.Money;
import io.aiaudit.model.TrailCoverage;
import io.aiaudit.model.TrailCoverage.State;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.CountedNoun;
import io.aiaudit.report.text.MarkdownText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What the audit trail of each workload holds, part by part. */
public final class TrailView {
    private static final Map<String, String> NAMES = Map.of(
            "input", "input",
            "model_version", "model version",
            "output", "output",
            "downstream_action", "downstream action",
            "immutability", "immutability",
            "separation", "separation from application logs");

    private static final Map<State, String> WORDS = Map.of(
            State.RECORDED,
            "Yes",
            State.PARTLY,
            "Partly",
            State.MISSING,
            "Missing",
            State.NOT_ASSESSED,
            "Not assessed");

    /** Colours of findings, by how bad it is. */
    private static final Map<State, String> CHIPS = Map.of(
            State.RECORDED, "counted",
            State.PARTLY, "unconfirmed",
            State.MISSING, "blocked",
            State.NOT_ASSESSED, "accepted");

    /** Why its number of workloads differs from numbers elsewhere. */
    public static final String UNITS =
            " A workload here is one with models or endpoints; its weakest resource decides. The checklist counts what "
                    + "its rules check instead: accounts, trails, logs and models.";

    private TrailView() {}

    static Map<String, Object> of(Audit audit, Amounts amounts) {
        return View.of(
                "any",
                !audit.trailCoverage().isEmpty(),
                "lead",
                lead(audit, amounts) + UNITS,
                "heads",
                audit.trailCoverage().isEmpty()
                        ? List.of()
                        : audit.trailCoverage().get(0).parts().stream()
                                .map(part -> capital(name(part)))
                                .toList(),
                "rows",
                incomplete(audit).stream().map(trail -> row(trail, amounts)).toList(),
                "others",
                audit.trailCoverage().stream()
                        .filter(trail -> !trail.isMissingSomething())
                        .map(trail -> row(trail, amounts))
                        .toList(),
                "other_count",
                CountedNoun.of(audit.trailCoverage().size() - incomplete(audit).size(), "workload"));
    }

    /** How many workloads miss something, and what recording it would cost. */
    public static String lead(Audit audit, Amounts amounts) {
        List<BigDecimal> costs = audit.trailCoverage().stream()
                .map(TrailCoverage::missingCost)
                .filter(Objects::nonNull)
                .toList();
        return completeness(audit)
                + (costs.isEmpty()
                        ? ""
                        : " Recording the missing inputs, versions and outputs of "
                                + CountedNoun.of(costs.size(), "workload")
                                + ", and keeping them for twelve months, would cost about "
                                + rounded(Money.sum(costs), amounts) + " a month, estimated from tokens and requests."
                                + unknownVolumes(audit));
    }

    /** Of how many the volume is not known in full, and what would show it. */
    private static String unknownVolumes(Audit audit) {
        long sizes = audit.trailCoverage().stream()
                .filter(trail -> trail.missingGib() != null && trail.gibPerKib() != null)
                .count();
        long none = audit.trailCoverage().stream()
                .filter(trail ->
                        trail.missingGib() == null && !trail.volumeNeeded().isEmpty())
                .count();
        return (sizes == 0
                        ? ""
                        : " Of " + CountedNoun.of(sizes, "workload") + " only the number of requests is known, so this "
                                + "is the least. Add the usage metrics tokens_input and tokens_output, or request_kib "
                                + "and response_kib to the inventory.")
                + (none == 0
                        ? ""
                        : " Of " + CountedNoun.of(none, "workload") + " no requests were measured, so the cost is "
                                + "unknown. Add the usage metric requests.");
    }

    /** What is unknown is neither complete nor incomplete. */
    private static String completeness(Audit audit) {
        String all = " of " + CountedNoun.of(audit.trailCoverage().size(), "workload");
        List<TrailCoverage> unknown = audit.trailCoverage().stream()
                .filter(trail -> !trail.isMissingSomething())
                .filter(trail -> trail.parts().stream().anyMatch(part -> part.state() == State.NOT_ASSESSED))
                .toList();
        int incomplete = incomplete(audit).size();
        String notAssessed = Amounts.count(unknown.size()) + (incomplete == 0 ? all : "") + " could not be assessed"
                + whyNotAssessed(unknown);
        if (incomplete == 0 && !unknown.isEmpty()) {
            return "The audit trail of " + notAssessed + " Findings on the audit trails of accounts are listed apart.";
        }
        return Amounts.count(incomplete) + all + (incomplete == 1 ? " has" : " have") + " an incomplete audit trail."
                + (unknown.isEmpty() ? "" : " The trail of " + notAssessed);
    }

    /** The end of the sentence, with what would change it: of most trails nothing is known of the setting. */
    private static String whyNotAssessed(List<TrailCoverage> unknown) {
        long unread = unknown.stream()
                .filter(trail -> trail.parts().stream().allMatch(part -> part.state() == State.NOT_ASSESSED))
                .count();
        return unread == 0
                ? "."
                : ", " + (unread == unknown.size() ? "" : "mostly ") + "because whether their calls are recorded is "
                        + "unknown. A live scan reads it; an inventory file has it in the attributes data_capture, "
                        + "data_collection, request_logging and invocation_logging.";
    }

    public static List<TrailCoverage> incomplete(Audit audit) {
        return audit.trailCoverage().stream()
                .filter(TrailCoverage::isMissingSomething)
                .toList();
    }

    private static Map<String, Object> row(TrailCoverage trail, Amounts amounts) {
        return View.of(
                "workload",
                trail.workload(),
                "where",
                Findings.orUnknown(CloudName.of(trail.provider())) + " · " + Findings.orUnknown(trail.accountId()),
                "volume",
                volume(trail, amounts),
                "more",
                more(trail, amounts),
                "parts",
                trail.parts().stream()
                        .map(part -> View.of(
                                "name", capital(name(part)),
                                "word", WORDS.get(part.state()),
                                "chip", CHIPS.get(part.state()),
                                "reason", Objects.requireNonNullElse(part.reason(), "")))
                        .toList());
    }

    private static String name(TrailCoverage.Part part) {
        return NAMES.getOrDefault(part.part(), part.part());
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /** Such as {@code input, output}; "-" where there is none. */
    public static String names(TrailCoverage trail, State... states) {
        List<State> wanted = List.of(states);
        String names = trail.parts().stream()
                .filter(part -> wanted.contains(part.state()))
                .map(part -> name(part) + (part.state() == State.PARTLY ? " (partly)" : ""))
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? Amounts.UNKNOWN : names;
    }

    /** Such as {@code 120.5 GiB, $33}, or where the size of requests is unknown {@code at least 1.416 GiB, $0.39}. */
    public static String volume(TrailCoverage trail, Amounts amounts) {
        if (trail.missingGib() == null) {
            return trail.volumeNeeded().isEmpty() ? Amounts.UNKNOWN : "unknown: no requests were measured";
        }
        return (trail.volumeNeeded().isEmpty() ? "" : "at least ")
                + volume(trail.missingGib(), trail.missingCost(), amounts);
    }

    /** What is to be added where the size of requests is unknown, such as {@code + 0.967 GiB, $0.27 per KiB}. */
    public static String more(TrailCoverage trail, Amounts amounts) {
        return trail.gibPerKib() == null
                ? ""
                : "+ " + volume(trail.gibPerKib(), trail.costPerKib(), amounts) + " per KiB of a request and response";
    }

    /** An estimate of many has no thousandths. */
    private static String volume(BigDecimal gib, BigDecimal cost, Amounts amounts) {
        BigDecimal shown = gib.compareTo(BigDecimal.TEN) < 0 ? gib : gib.setScale(1, RoundingMode.HALF_EVEN);
        return shown.stripTrailingZeros().toPlainString() + " GiB"
                + (cost == null
                        ? ""
                        : cost.signum() == 0 && gib.signum() > 0
                                ? ", less than " + amounts.money(new BigDecimal("0.01"))
                                : ", " + rounded(cost, amounts));
    }

    /** An estimate has no cents where it has dollars; one of cents is not $0. */
    private static String rounded(BigDecimal amount, Amounts amounts) {
        return Amounts.rounded(amounts.currency()).money(amount);
    }

    /** One sentence; what is missing is in the other formats. */
    public static String markdown(Audit audit, Amounts amounts) {
        StringBuilder text = new StringBuilder(MarkdownText.sentence(lead(audit, amounts) + UNITS)).append("\n\n");
        if (!incomplete(audit).isEmpty()) {
            text.append(MarkdownText.head(
                    0,
                    "workload",
                    "recorded",
                    "missing or incomplete",
                    "not assessed",
                    "to record the rest, a month (volume, cost)"));
        }
        incomplete(audit)
                .forEach(trail -> text.append(MarkdownText.row(
                        MarkdownText.sentence(trail.workload()),
                        names(trail, State.RECORDED),
                        names(trail, State.MISSING, State.PARTLY),
                        names(trail, State.NOT_ASSESSED),
                        (volume(trail, amounts) + " " + more(trail, amounts)).strip())));
        return text.toString();
    }
}
