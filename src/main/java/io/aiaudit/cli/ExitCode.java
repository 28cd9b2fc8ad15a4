package io.aiaudit.cli;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a run returns to the shell; the first that applies, in this order. */
enum ExitCode {
    INTERRUPTED(130, "Interrupted."),
    PIPE_CLOSED(141, "The program that reads standard output, such as head, closed it."),
    USAGE(2, "The arguments or the configuration are wrong; nothing was read."),
    FAILED(1, "aiaudit failed, or nothing could be read; no report."),
    FINDINGS(3, "A condition of --fail-on was met, or a rule test failed."),
    GAPS(4, "Report written, but some data could not be read or a rule failed."),
    FINE(0, "Report written.");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    int code() {
        return code;
    }

    /**
     * Code to meaning in ascending order, for the help of a command.
     *
     * @param isVerdict whether the command judges what it found
     */
    static Map<String, String> forHelp(boolean isVerdict) {
        Map<String, String> meanings = new LinkedHashMap<>();
        Arrays.stream(values())
                .filter(exitCode -> isVerdict || exitCode != FINDINGS)
                .sorted(Comparator.comparingInt(ExitCode::code))
                .forEach(exitCode -> meanings.put(Integer.toString(exitCode.code), exitCode.meaning));
        return meanings;
    }
}
