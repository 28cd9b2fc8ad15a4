package io.aiaudit.rules;

import java.util.List;

/**
 * What is known of the use of one resource: by metrics of the window, and by the inventory or the bill where no metric
 * shows it.
 *
 * @param used a signal was above its floor (docs/work.md) in an hour at least, the inventory says who uses it, or the
 *     bill counts its tokens; not where accelerators were measured and only what is beside them worked
 * @param contradictory the inventory says both
 * @param hours in which a signal was measured
 * @param signals those that were above their floors; what the bill counts, where there are none
 * @param says what the inventory says, or that its accelerators were idle, as a sentence without its
 *     period; null where it says nothing
 */
public record UseFact(boolean used, boolean contradictory, long hours, List<String> signals, String says) {
    static final String RESTS = "nothing of it runs";
    public static final String BILLED_TOKENS = "billed_tokens";
    static final String BESIDE = "its accelerators were idle";

    public static final UseFact UNKNOWN = new UseFact(false, false, 0, List.of(), null);

    public UseFact {
        signals = List.copyOf(signals);
    }

    /** Whether its processors, network, sessions or jobs worked, and its accelerators, which were measured, never. */
    public boolean onlyBesideAccelerators() {
        return says != null && says.endsWith(BESIDE);
    }

    /** Whether nothing but tokens is paid for: it costs nothing while nobody uses it. */
    public boolean isPaidByToken() {
        return signals.contains(BILLED_TOKENS);
    }

    /** Whether the inventory says that nothing of it runs: it should cost nothing. */
    public boolean rests() {
        return says != null && says.endsWith(RESTS);
    }
}
