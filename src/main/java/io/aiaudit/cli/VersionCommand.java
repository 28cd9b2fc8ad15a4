package io.aiaudit.cli;

import io.aiaudit.model.UserError;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says which aiaudit this is, and of which libraries it consists. */
@Command(
        name = "version",
        header = "Shows the version, or the bill of materials of this installation.",
        description = {"  aiaudit version", "  aiaudit version --sbom > aiaudit-bom.json"})
final class VersionCommand implements Callable<Integer> {
    /** The build writes it beside the jar, and the installer puts it there. */
    private static final String SBOM = "aiaudit-bom.json";

    private final Console console;

    @Option(
            names = "--sbom",
            description = "Print the libraries with versions, licenses and checksums (CycloneDX in JSON).")
    private boolean sbom;

    VersionCommand(Console console) {
        this.console = console;
    }

    /** Called by picocli; adds the general flags. */
    @Spec
    void setSpec(CommandSpec spec) {
        Flags.addGeneral(spec);
    }

    @Override
    public Integer call() throws IOException {
        if (!sbom) {
            console.out().println("aiaudit " + Aiaudit.Version.number());
            return ExitCode.FINE.code();
        }
        Path file = folder().resolve(SBOM);
        if (!Files.isRegularFile(file)) {
            throw new UserError(
                    "this installation has no bill of materials: " + file + " is missing.",
                    "Install aiaudit again with install.sh; from the sources, './mvnw package "
                            + "-Dcyclonedx.skip=false' writes it.");
        }
        console.out().print(Files.readString(file));
        return ExitCode.FINE.code();
    }

    /** Of the jar, or of the folder of compiled classes. */
    private static Path folder() {
        try {
            return Path.of(VersionCommand.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the path of the jar is no path", e);
        }
    }
}
