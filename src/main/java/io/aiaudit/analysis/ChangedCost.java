package io.aiaudit.analysis;

import io.aiaudit.model.Money;
import io.aiaudit.model.Saving;
import io.aiaudit.model.Status;

/**
 * Says beside a finding that its resource costs another amount now than in the mean of the window, where that is a
 * tenth or more: savings are of what it costs now.
 */
final class ChangedCost {
    private ChangedCost() {}

    static String beside(String reason, Saving saving) {
        if (!isPriced(saving.status()) || !Money.isTenthApart(saving.monthlyCost(), saving.runRate())) {
            return reason;
        }
        String since = saving.changedAt() == null ? "" : ", since a change on " + saving.changedAt();
        return reason + (reason.endsWith(".") ? " " : ". ") + "The resource now costs "
                + Money.inProse(saving.runRate()) + " a month" + since + "; the average in the window was "
                + Money.inProse(saving.monthlyCost()) + " a month.";
    }

    private static boolean isPriced(Status status) {
        return status != Status.NO_SAVING && status != Status.UNPRICED && status != Status.GOVERN;
    }
}
