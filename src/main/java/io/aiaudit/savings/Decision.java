package io.aiaudit.savings;

import io.aiaudit.model.Status;

/** The status of a finding and one sentence that says why. */
record Decision(Status status, String reason) {
    boolean counts() {
        return status == Status.COUNTED;
    }
}
