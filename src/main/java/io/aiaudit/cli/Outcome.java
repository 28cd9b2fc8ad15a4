package io.aiaudit.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the exit codes of a command mean, for its help: each command lists those that it can end with. */
enum Outcome {
    AUDIT(
            "Report written.",
            "aiaudit failed, or nothing could be read; no report.",
            "A condition of --fail-on was met.",
            "Report written, but some data could not be read or a rule failed."),
    CHECK(
            "All that is named can be read.",
            "aiaudit failed, or nothing can be read.",
            null,
            "Some data cannot be read."),
    TEST("All cases passed.", "aiaudit failed.", "A case failed.", null),
    OUTPUT("Done.", "aiaudit failed.", null, null);

    private final String fine;
    private final String failed;
    private final String findings;
    private final String gaps;

    /** Null: no command of this kind ends with it. */
    Outcome(String fine, String failed, String findings, String gaps) {
        this.fine = fine;
        this.failed = failed;
        this.findings = findings;
        this.gaps = gaps;
    }

    static Outcome of(Object command) {
        if (command instanceof ScanCommand || command instanceof ReportCommand || command instanceof DiffCommand) {
            return AUDIT;
        }
        if (command instanceof SourcesCheckCommand) {
            return CHECK;
        }
        return command instanceof RulesTestCommand ? TEST : OUTPUT;
    }

    /** Code to meaning in ascending order. */
    Map<String, String> forHelp() {
        Map<String, String> meanings = new LinkedHashMap<>();
        put(ExitCode.FINE, fine, meanings);
        put(ExitCode.FAILED, failed, meanings);
        put(ExitCode.USAGE, "The arguments or the configuration are wrong; nothing was read.", meanings);
        put(ExitCode.FINDINGS, findings, meanings);
        put(ExitCode.GAPS, gaps, meanings);
        put(ExitCode.INTERRUPTED, "Interrupted by Ctrl-C.", meanings);
        put(ExitCode.PIPE_CLOSED, "The program that reads standard output, such as head, closed it.", meanings);
        put(ExitCode.TERMINATED, "Ended from outside by SIGTERM.", meanings);
        return meanings;
    }

    private static void put(ExitCode code, String meaning, Map<String, String> meanings) {
        if (meaning != null) {
            meanings.put(Integer.toString(code.code()), meaning);
        }
    }
}
