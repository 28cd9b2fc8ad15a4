package io.aiaudit.cli;

import io.aiaudit.model.UserError;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the script that lets a shell complete commands, flags and their values. */
@Command(
        name = "completion",
        header = "Prints the completion script of a shell for commands, flags and values.",
        description = {
            "  source <(aiaudit completion bash)",
            "  source <(aiaudit completion zsh)",
            "  aiaudit completion bash > ~/.local/share/bash-completion/completions/aiaudit",
            "  aiaudit completion fish > ~/.config/fish/completions/aiaudit.fish"
        })
final class CompletionCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "SHELL",
            defaultValue = "bash",
            completionCandidates = CompletionValues.Shells.class,
            description = "bash, zsh or fish. Default: bash.")
    private String shell;

    CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (!CompletionValues.Shells.NAMES.contains(shell)) {
            throw new UserError(
                    "there is no completion for the shell \"" + shell + "\".",
                    "Use bash, zsh or fish: aiaudit completion bash");
        }
        CommandLine root = spec.root().commandLine();
        // One script for bash and zsh: in zsh it loads zsh's own support for completions of bash.
        console.out().println(shell.equals("fish") ? FishCompletion.of(root) : AutoComplete.bash("aiaudit", root));
        return ExitCode.FINE.code();
    }
}
