package io.aiaudit.analysis;

import io.aiaudit.model.Answer;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Saving;
import io.aiaudit.model.Status;
import java.util.Map;
import java.util.Optional;

/**
 * A base load as a finding proposes to commit to it. What may be committed to is decided by the rule alone; this is its
 * answer, in the numbers of its evidence.
 *
 * @param share of the cost on demand (0..1) that the commitment replaces
 * @param priceRatio its price over what is paid now
 * @param counts whether the net saving has it; else it needs a decision
 * @param needsApproval whether the policy does not allow it yet
 */
record ProposedCommitment(double share, double priceRatio, boolean counts, boolean needsApproval) {
    private static final String SHARE = "base_share";
    private static final String PRICE = "committed_price_ratio";

    /** Empty where it proposes none, it is set aside, or its rule does not say how much it is of. */
    static Optional<ProposedCommitment> of(Saving saving, Answer allowed) {
        boolean stays = saving.status() == Status.COUNTED || saving.status() == Status.UNCONFIRMED;
        Map<String, Object> evidence = saving.finding().evidence();
        return saving.finding().lever() == Lever.COMMIT
                        && stays
                        && evidence.get(SHARE) instanceof Number share
                        && evidence.get(PRICE) instanceof Number price
                ? Optional.of(new ProposedCommitment(
                        Math.min(1, share.doubleValue()),
                        price.doubleValue(),
                        saving.status() == Status.COUNTED,
                        allowed != Answer.YES))
                : Optional.empty();
    }
}
