package io.aiaudit.store;

import io.aiaudit.model.UserError;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why a database cannot be locked: another program has it open for writing, or its file system has no locks. */
final class FileLock {
    private static final Pattern REFUSED =
            Pattern.compile("Could not set lock on file \"(.*)\": (.*?)\\.? See also .*");
    private static final Pattern HOLDER = Pattern.compile("Conflicting lock is held in (.*)");

    private FileLock() {}

    /** Empty where the database failed for another reason. */
    static Optional<UserError> refusal(SQLException failure) {
        Matcher refused = REFUSED.matcher(String.valueOf(failure.getMessage()));
        return refused.find() ? Optional.of(of(refused.group(1), refused.group(2), failure)) : Optional.empty();
    }

    private static UserError of(String file, String reason, SQLException failure) {
        Matcher holder = HOLDER.matcher(reason);
        if (holder.matches()) {
            return new UserError(
                    file + " is open in another program: " + holder.group(1) + ".",
                    "Close it there, then run this again.",
                    failure);
        }
        return new UserError(
                file + " cannot be locked, which the database needs: " + reason + ".",
                "Use a disk whose file system has locks: copy a saved scan there; name folders there with --save and "
                        + "--spill-dir.",
                failure);
    }
}
