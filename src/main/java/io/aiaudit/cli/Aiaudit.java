package io.aiaudit.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The program itself: without a command it shows what there is. */
@Command(
        name = "aiaudit",
        header = "Finds waste in AI infrastructure spend and shows how to fix it.",
        synopsisSubcommandLabel = "COMMAND",
        descriptionHeading = "%nExamples:%n",
        description = {
            "  aiaudit scan --demo                     try it with a demo company",
            "  aiaudit scan --demo -f html -o report   its report as a page",
            "  aiaudit scan .                          the files of this folder",
            "  aiaudit help scan                       all flags of scan"
        },
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%n",
        footer = "Documentation: " + CommandLines.DOCUMENTATION,
        versionProvider = Aiaudit.Version.class)
final class Aiaudit implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    Aiaudit(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(console.out());
        return ExitCode.FINE.code();
    }

    /** Reads the version that the build wrote. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() throws IOException {
            return new String[] {"aiaudit " + number()};
        }

        static String number() throws IOException {
            try (InputStream text = Version.class.getResourceAsStream("/aiaudit/version.txt")) {
                return new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
            }
        }
    }
}
