package io.aiaudit.cli;

import io.aiaudit.config.ConfigFile;
import io.aiaudit.disk.NotWritten;
import io.aiaudit.model.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a first aiaudit.yaml with comments; sends nothing and overwrites nothing. */
@Command(
        name = "init",
        header = "Writes a commented aiaudit.yaml for the clouds configured here.",
        description = {
            "  aiaudit init                       questions on a terminal, else defaults",
            "  aiaudit init client.yaml",
            "  aiaudit config show                what the file sets"
        })
final class InitCommand implements Callable<Integer> {
    private static final String SOURCE = "(files|aws|azure|gcp)";
    private static final Pattern SOURCES = Pattern.compile(SOURCE + "(\\s*,\\s*" + SOURCE + ")*");
    private static final Pattern DAYS = Pattern.compile("[1-9][0-9]{0,3}");
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,2})?");
    private static final Pattern ANSWER = Pattern.compile("yes|no|unspecified");

    private final Console console;
    private final Map<String, String> environment;
    private final Prompt prompt;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = "aiaudit.yaml",
            description = "The file to write. Default: aiaudit.yaml.")
    private String file;

    InitCommand(Console console, Map<String, String> environment, Prompt prompt) {
        this.console = console;
        this.environment = environment;
        this.prompt = prompt;
    }

    /** Called by picocli. */
    @Spec
    void setSpec(CommandSpec spec) {
        Flags.addGeneral(spec);
    }

    @Override
    public Integer call() throws Exception {
        Path target = Path.of(file);
        if (Files.exists(target)) {
            throw exists(null);
        }
        String text = filledIn();
        // What is written must be what a scan reads.
        ConfigFile.parse(file, text);
        write(target, text);
        console.say("Wrote " + file + ". 'aiaudit config show --config " + file
                + "' shows what it sets, 'aiaudit sources check' whether the sources can be read.");
        return ExitCode.FINE.code();
    }

    private UserError exists(IOException cause) {
        return new UserError(
                file + " exists already, and it is not overwritten.",
                "Write another one: aiaudit init other.yaml",
                cause);
    }

    private void write(Path target, String text) {
        try {
            Files.writeString(target, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw exists(e);
        } catch (NoSuchFileException e) {
            Path folder = target.toAbsolutePath().getParent();
            if (Files.isDirectory(folder)) {
                throw new UserError(
                        file + " cannot be written: no file can be made in " + folder + ".",
                        "Name another folder, such as one below your home directory.",
                        e);
            }
            throw new UserError(
                    "the folder of " + file + " does not exist.", "Create it first, or choose another one.", e);
        } catch (IOException e) {
            removeUnfinished(target);
            NotWritten notWritten = NotWritten.of(file + " cannot be written", e);
            throw new UserError(notWritten.getMessage() + ".", notWritten.fix(), e);
        }
    }

    /** An empty configuration would be in the way of the next attempt, and read by the next scan. */
    private static void removeUnfinished(Path target) {
        try {
            Files.deleteIfExists(target);
        } catch (IOException e) {
            return; // the folder is read-only: nothing was made
        }
    }

    private String filledIn() throws IOException {
        List<ConfiguredClouds.Found> found = new ConfiguredClouds(environment).find();
        found.forEach(cloud -> console.say("Found " + cloud.source() + ": " + cloud.by() + "."));
        String known = found.stream().map(ConfiguredClouds.Found::source).collect(Collectors.joining(", "));
        String sources = prompt.answer(
                "Which sources should be scanned (files, aws, azure, gcp)?",
                known,
                SOURCES,
                "one or several of files, aws, azure and gcp, separated by commas");
        String days = prompt.answer("How many full days should a scan cover?", "30", DAYS, "a whole number above 0");
        String interruption = prompt.answer(
                "Can workloads with the tag env=dev be interrupted or off at night (yes, no, unspecified)?",
                "unspecified",
                ANSWER,
                "yes, no or unspecified");
        String failOn = prompt.answer(
                "Above which net saving per month should a pipeline fail? Empty for none.",
                "",
                AMOUNT,
                "an amount such as 1000");
        return template()
                .replace("{found}", found.isEmpty() ? "no cloud" : known)
                .replace(
                        "{sources}",
                        key(!sources.isEmpty(), "sources: [" + (sources.isEmpty() ? "files" : sources) + "]"))
                .replace("{days}", key(!sources.isEmpty() && !sources.equals("files"), "days: " + days))
                .replace("{fail_on}", key(!failOn.isEmpty(), "fail_on: " + (failOn.isEmpty() ? "1000" : failOn)))
                .replace("{policy}", interruption.equals("unspecified") ? "# " : "")
                .replace("{interruption}", String.format(Locale.ROOT, "%-11s", interruption));
    }

    /** A line that applies, or the same as an example. */
    private static String key(boolean applies, String line) {
        return applies ? line : "# " + line;
    }

    private static String template() throws IOException {
        try (InputStream in = InitCommand.class.getResourceAsStream("init.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
