package io.aiaudit.scan;

import io.aiaudit.config.Config;
import io.aiaudit.disk.NotWritten;
import io.aiaudit.store.StoreException;
import io.aiaudit.store.StoreFull;
import java.nio.file.Path;

/** The machine did not let the scan come to its end: the disk is full, or memory is short. */
public final class ScanFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String fix;

    ScanFailed(String message, Throwable cause) {
        this(message, "Run it again with --debug and report what it shows.", cause);
    }

    private ScanFailed(String message, String fix, Throwable cause) {
        super(message, cause);
        this.fix = fix;
    }

    static ScanFailed of(StoreException failure, Config config) {
        if (failure instanceof StoreFull full && full.isOverFileSize()) {
            return new ScanFailed(
                    "the database would be larger than the limit of this shell on the size of files",
                    NotWritten.RAISE_FILE_SIZE,
                    failure);
        }
        if (!(failure instanceof StoreFull)) {
            return new ScanFailed("the database gave up: " + failure.getMessage(), failure);
        }
        Path spill = config.machine().spillFolder();
        Path save = config.save();
        return new ScanFailed(
                "no space is left on the disk of "
                        + (spill == null ? "the temporary folder" : spill)
                        + (save == null ? "" : " or of " + save),
                "Free some space, or name " + (save == null ? "a folder on another disk" : "folders on other disks")
                        + " with --spill-dir" + (save == null ? "" : " and --save") + ".",
                failure);
    }

    /** A full disk or a limit on files in the words of a command that scans nothing; any other failure as it is. */
    public static Exception worded(Exception failure) {
        if (!(failure instanceof StoreFull full)) {
            return failure;
        }
        return full.isOverFileSize()
                ? new ScanFailed(
                        "a file would be larger than the limit of this shell", NotWritten.RAISE_FILE_SIZE, failure)
                : new ScanFailed(
                        "no space is left on the disk of the temporary folder",
                        "Free some space, or name a folder on another disk, such as TMPDIR=/var/tmp.",
                        failure);
    }

    /** Before anything is evaluated: the file would be one that nobody can read. */
    static ScanFailed tooLargeToSave(String reason) {
        return new ScanFailed(
                "the scan is too large to be saved: " + reason,
                "Run it without --save, or on fewer accounts or days at a time.",
                null);
    }

    /** What to do. */
    public String fix() {
        return fix;
    }
}
