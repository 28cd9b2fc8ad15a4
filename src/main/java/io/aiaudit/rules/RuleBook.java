package io.aiaudit.rules;

import io.aiaudit.model.DidYouMean;
import io.aiaudit.model.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Every rule there is: the built-in ones and those of the user's own folder, by id. */
public final class RuleBook {
    /** Of this process, in which they do not change; null until they are read. */
    private static List<Rule> builtIn;

    private final Map<String, Rule> rules = new TreeMap<>();

    private RuleBook(List<Rule> all) {
        all.forEach(rule -> rules.put(rule.id(), rule));
    }

    /** The rules that come with aiaudit. */
    public static RuleBook builtIn() {
        return new RuleBook(builtInRules());
    }

    /**
     * The built-in rules and those of {@code own}: a folder of rule folders, or one rule folder. An own rule never
     * replaces a built-in one, so that a finding of the same name means the same thing in every audit; a copy of one,
     * as in a clone of this project, does no harm.
     */
    public static RuleBook with(Path own) {
        List<Rule> all = new ArrayList<>(builtInRules());
        for (Rule rule : readOwn(own)) {
            Optional<Rule> same =
                    all.stream().filter(other -> other.id().equals(rule.id())).findFirst();
            if (same.isEmpty()) {
                all.add(rule);
            } else if (!same.get().isCopyOf(rule)) {
                throw new UserError(
                        rule.folder() + ": \"" + rule.id() + "\" is already the id of a built-in rule.",
                        "Give the folder and its id another name, and leave the built-in one out with --skip-rule "
                                + rule.id() + ". To change a threshold only, set rules: {" + rule.id()
                                + ": {...}} in aiaudit.yaml.");
            }
        }
        return new RuleBook(all);
    }

    /** All rules, sorted by id. */
    public List<Rule> rules() {
        return List.copyOf(rules.values());
    }

    /** The rule of this id; a UserError with the nearest one when there is none. */
    public Rule find(String id) {
        Rule rule = rules.get(id);
        if (rule == null) {
            throw new UserError(
                    "there is no rule \"" + id + "\".",
                    DidYouMean.nearest(id, rules.keySet()) + " 'aiaudit rules list' shows all.");
        }
        return rule;
    }

    private static List<Rule> readOwn(Path own) {
        if (!Files.isDirectory(own)) {
            throw new UserError(
                    own + (Files.exists(own) ? " is not a folder." : " does not exist."),
                    "Name a folder of rules; 'aiaudit rules new ID' starts one.");
        }
        List<Path> folders = RuleFolder.isMeantAsRule(own) ? List.of(own) : ruleFolders(own);
        if (folders.isEmpty()) {
            throw new UserError(
                    own + " has no rules.",
                    "A rule is a folder in it with " + String.join(", ", RuleFolder.FILES)
                            + "; 'aiaudit rules new ID' writes one.");
        }
        return folders.stream().map(RuleFolder::read).toList();
    }

    private static List<Path> ruleFolders(Path parent) {
        try (Stream<Path> children = Files.list(parent)) {
            return children.filter(Files::isDirectory)
                    .filter(RuleFolder::isMeantAsRule)
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        } catch (IOException e) {
            throw new UserError(parent + " cannot be read.", "Check its permissions: ls -ld " + parent, e);
        }
    }

    private static synchronized List<Rule> builtInRules() {
        if (builtIn == null) {
            builtIn = readBuiltIn();
        }
        return builtIn;
    }

    /** They lie beside the classes: in a folder during the build, in the jar afterwards. No list names them. */
    private static List<Rule> readBuiltIn() {
        try {
            URI code = RuleBook.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI();
            Path folder = Path.of(code);
            if (Files.isDirectory(folder)) {
                return readAll(folder.resolve("rules"));
            }
            try (FileSystem jar = FileSystems.newFileSystem(folder)) {
                return readAll(jar.getPath("rules"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the built-in rules cannot be read", e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the built-in rules cannot be found", e);
        }
    }

    private static List<Rule> readAll(Path parent) {
        List<Rule> rules = new ArrayList<>();
        ruleFolders(parent).forEach(folder -> rules.add(RuleFolder.readBuiltIn(folder)));
        return List.copyOf(rules);
    }
}
