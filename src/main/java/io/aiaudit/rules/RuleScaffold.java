package io.aiaudit.rules;

import io.aiaudit.disk.FileMode;
import io.aiaudit.disk.NotWritten;
import io.aiaudit.disk.WrittenSet;
import io.aiaudit.model.ShellWord;
import io.aiaudit.model.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Starts a rule: writes its four files with a small example that passes its own tests. */
public final class RuleScaffold {
    private RuleScaffold() {}

    /**
     * What was written and what to do with it.
     *
     * @param nextCommand a line to paste
     */
    public record Scaffold(Path folder, String nextCommand) {}

    /**
     * Writes the folder {@code id} in {@code parent}, which is made if needed.
     *
     * @throws UserError when the id is not one, names a cloud, is taken by a built-in rule, or the folder exists
     */
    public static Scaffold write(Path parent, String id) {
        if (!id.matches(RuleDescription.ID)) {
            throw new UserError(
                    "\"" + id + "\" is not an id of a rule.",
                    "Name it <resource>-<problem> in lower case: aiaudit rules new notebook-idle");
        }
        refuseCloud(id);
        if (RuleBook.builtIn().rules().stream().anyMatch(rule -> rule.id().equals(id))) {
            throw new UserError(
                    "\"" + id + "\" is a built-in rule.",
                    "Choose another name; 'aiaudit rules show " + id + "' prints it.");
        }
        Path folder = parent.resolve(id);
        if (Files.exists(folder)) {
            throw new UserError(
                    folder + " exists.", "Choose another name, or test what is there: " + testCommand(parent, id));
        }
        Map<String, String> files = new LinkedHashMap<>();
        RuleFolder.FILES.forEach(file -> files.put(file, template(file).replace("{id}", id)));
        try (WrittenSet written = WrittenSet.in("the rule", folder, FileMode.SHARED)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                Files.writeString(written.file(file.getKey()), file.getValue());
            }
            written.publish();
        } catch (IOException e) {
            NotWritten notWritten = NotWritten.of(folder + " cannot be written", e);
            throw new UserError(notWritten.getMessage() + ".", notWritten.fix(), e);
        }
        return new Scaffold(folder, testCommand(parent, id));
    }

    /**
     * A rule is about a kind of resource wherever it runs; what differs between the clouds are the commands of its
     * remedies.
     */
    private static void refuseCloud(String id) {
        List<String> clouds = RuleLint.clouds(id);
        if (!clouds.isEmpty()) {
            List<String> words = new ArrayList<>(List.of(id.split("-", -1)));
            words.removeAll(clouds);
            String rest = String.join("-", words);
            throw new UserError(
                    "\"" + id + "\" names a cloud (" + String.join(", ", clouds)
                            + "), but a rule covers a kind of resource on every cloud; rule.yaml has the commands of "
                            + "each.",
                    "Leave the cloud out: aiaudit rules new "
                            + (rest.matches(RuleDescription.ID) ? rest : "notebook-idle"));
        }
    }

    private static String testCommand(Path parent, String id) {
        return "aiaudit rules test " + id + " --rules " + ShellWord.quoted(parent.toString());
    }

    private static String template(String file) {
        try (InputStream in = RuleScaffold.class.getResourceAsStream("scaffold/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
