package io.aiaudit.testing;

import java.util.ArrayList;
import java.util.List;

/**
 * Starts commands that hear an interrupt. A build in the background ignores the signal, and what it starts inherits
 * that; a terminal's programs do not.
 */
public final class CtrlC {
    private static final String HEAR_IT =
            "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.argv[1], sys.argv[1:])";

    private CtrlC() {}

    /** The same command, under the same process id; its first word is a path. */
    public static List<String> interruptible(List<String> command) {
        List<String> hearing = new ArrayList<>(List.of(Needs.program("python3").toString(), "-c", HEAR_IT));
        hearing.addAll(command);
        return hearing;
    }
}
