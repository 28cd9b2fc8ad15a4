package io.aiaudit.report;

import io.aiaudit.model.Ask;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Status;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The words of the reports, explained once. */
final class Glossary {
    static final Map<Lever, String> LEVERS = new EnumMap<>(Map.ofEntries(
            Map.entry(Lever.ELIMINATE, "Delete what nobody uses."),
            Map.entry(Lever.REPLACE, "Move the work to something else that does it for less."),
            Map.entry(Lever.SCHEDULE, "Run it only in the hours when it is needed."),
            Map.entry(Lever.AUTOSCALE, "Let the number of machines follow the load."),
            Map.entry(Lever.RESIZE, "Take a smaller machine or accelerator."),
            Map.entry(Lever.RATE, "Pay another price for the same: spot instead of on demand."),
            Map.entry(Lever.COMMIT, "Promise to use it for one or three years."),
            Map.entry(Lever.ROUTE, "Send requests to the smallest model that is good enough."),
            Map.entry(Lever.CACHE, "Do not pay twice for the same tokens."),
            Map.entry(Lever.BATCH, "Let requests wait that can wait."),
            Map.entry(Lever.GOVERN, "Set order; claims no money.")));

    static final Map<Status, String> STATUSES = new EnumMap<>(Map.of(
            Status.COUNTED, "In the saving.",
            Status.ALTERNATIVE, "Another finding on the same resource saves more; this one is the second choice.",
            Status.UNCONFIRMED,
                    "Depends on an answer that nobody gave, or its evidence is weak: beside the saving, not in it.",
            Status.BLOCKED, "The policy forbids the fix.",
            Status.ACCEPTED, "Somebody decided to keep it as it is, with a reason.",
            Status.UNPRICED, "Real, but no price is known: no amount is claimed.",
            Status.NO_SAVING, "Nothing is left to save.",
            Status.GOVERN, "Order, not money."));

    static final Map<CostBasis, String> BASES = new EnumMap<>(Map.of(
            CostBasis.EFFECTIVE, "From the bill, with discounts and commitments spread over their hours.",
            CostBasis.BILLED, "From the bill as invoiced, because it has no usable effective cost.",
            CostBasis.ALLOCATED, "From the bill, split from what was billed together.",
            CostBasis.LIST, "No bill covers it: list price times hours run.",
            CostBasis.UNPRICED, "No price is known."));

    static final Map<Ask, String> QUESTIONS = new EnumMap<>(Map.of(
            Ask.INTERRUPTION, "Can this workload be interrupted, or stopped overnight?",
            Ask.LATENCY, "Is higher latency acceptable (for example cold starts)?",
            Ask.QUALITY, "Is a small drop in answer quality acceptable?",
            Ask.RESIDENCY, "Is another region acceptable?",
            Ask.COMMITMENT, "Is a commitment of a year or more approved?"));

    private Glossary() {}

    /** The questions that lines of policy such as {@code latency: yes} answer, in words. */
    static String questions(String policyLines) {
        return QUESTIONS.entrySet().stream()
                .filter(question -> policyLines.contains(question.getKey().key() + ": yes"))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining(" "));
    }

    /** The word for a status where people read it. */
    static String word(Status status) {
        return switch (status) {
            case COUNTED -> "Counted";
            case ALTERNATIVE -> "Alternative";
            case UNCONFIRMED -> "To confirm";
            case BLOCKED -> "Blocked";
            case ACCEPTED -> "Accepted";
            case UNPRICED -> "Unpriced";
            case NO_SAVING -> "No saving";
            case GOVERN -> "Govern";
        };
    }
}
