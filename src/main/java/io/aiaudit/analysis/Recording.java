package io.aiaudit.analysis;

import io.aiaudit.model.YesOrNo;

/** Whether something is recorded, as an attribute says it. */
enum Recording {
    ON,
    OFF,
    UNKNOWN;

    /** Of a setting that is yes or no: another word does not show that anything is recorded. */
    static Recording ofSwitch(String stated) {
        YesOrNo answer = YesOrNo.of(stated);
        return answer == null ? UNKNOWN : answer == YesOrNo.YES ? ON : OFF;
    }

    /** Of a setting that names what is recorded, or where it goes, and may say yes or no instead. */
    static Recording ofDestinations(String stated) {
        boolean isStated = stated != null && !stated.isBlank() && !"unknown".equalsIgnoreCase(stated.trim());
        return isStated && YesOrNo.of(stated) != YesOrNo.NO ? ON : isStated ? OFF : UNKNOWN;
    }
}
