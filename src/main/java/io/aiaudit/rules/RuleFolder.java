package io.aiaudit.rules;

import io.aiaudit.model.UserError;
import io.aiaudit.model.YamlNode;
import io.aiaudit.model.YamlReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The four files of a rule, read and checked; whatever is wrong is reported with its file and line. */
public final class RuleFolder {
    static final String DESCRIPTION = "rule.yaml";
    static final String SQL = "rule.sql";
    static final String README = "README.md";
    static final String TESTS = "tests.yaml";
    static final List<String> FILES = List.of(DESCRIPTION, SQL, README, TESTS);

    /** A rule may come from anybody. */
    private static final long LARGEST = 4 << 20;

    private final Path folder;
    private final boolean builtIn;

    private RuleFolder(Path folder, boolean builtIn) {
        this.folder = folder;
        this.builtIn = builtIn;
    }

    /** Reads a folder of the user. */
    public static Rule read(Path folder) {
        return new RuleFolder(folder, false).rule();
    }

    static Rule readBuiltIn(Path folder) {
        return new RuleFolder(folder, true).rule();
    }

    /** True when the folder holds at least one of the four files, so that it is meant as a rule. */
    static boolean isMeantAsRule(Path folder) {
        return FILES.stream().anyMatch(file -> Files.exists(folder.resolve(file)));
    }

    private Rule rule() {
        YamlNode description = YamlReader.parse(label(DESCRIPTION), text(DESCRIPTION));
        return new RuleDescription(description, folderName(), builtIn)
                .rule(folder.toString(), text(SQL), text(README), text(TESTS));
    }

    private String folderName() {
        Path name = folder.toAbsolutePath().normalize().getFileName();
        return name == null ? "" : name.toString().replace("/", "");
    }

    private String label(String file) {
        return folder.resolve(file).toString();
    }

    private String text(String file) {
        Path path = folder.resolve(file);
        if (!Files.isRegularFile(path)) {
            throw new UserError(
                    "rule " + folder + " has no " + file + ".",
                    "A rule is a folder with " + String.join(", ", FILES)
                            + "; 'aiaudit rules new ID' writes all four.");
        }
        try {
            if (Files.size(path) > LARGEST) {
                throw new UserError(
                        path + " is larger than 4 MB, which no file of a rule is.",
                        "Check where it is from; 'aiaudit rules new ID' shows what a rule consists of.");
            }
            return Files.readString(path);
        } catch (MalformedInputException e) {
            throw new UserError(path + " is not text in UTF-8.", "Save it as UTF-8.", e);
        } catch (IOException e) {
            throw new UserError(path + " cannot be read.", "Check its permissions: ls -l " + path, e);
        }
    }
}
