package io.aiaudit.cli;

import io.aiaudit.model.UserError;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the script that lets a shell complete commands and flags. */
@Command(
        name = "completion",
        header = "Prints the script that lets a shell complete commands and flags.",
        description = {
            "  source <(aiaudit completion bash)",
            "  source <(aiaudit completion zsh)",
            "  aiaudit completion bash > ~/.local/share/bash-completion/completions/aiaudit"
        })
final class CompletionCommand implements Callable<Integer> {
    private static final List<String> SHELLS = List.of("bash", "zsh");

    private final Console console;

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "SHELL",
            defaultValue = "bash",
            description = "bash or zsh. Default: bash.")
    private String shell;

    CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (!SHELLS.contains(shell)) {
            throw new UserError(
                    "there is no completion for the shell \"" + shell + "\".",
                    "Give bash or zsh: aiaudit completion bash");
        }
        // One script for both: in zsh it loads zsh's own support for completions of bash.
        console.out().println(AutoComplete.bash("aiaudit", spec.root().commandLine()));
        return ExitCode.FINE.code();
    }
}
