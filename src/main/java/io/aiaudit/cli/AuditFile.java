package io.aiaudit.cli;

import io.aiaudit.config.ConfigFile;
import io.aiaudit.config.ConfigReader;
import io.aiaudit.config.Settings;
import io.aiaudit.model.Audit;
import io.aiaudit.model.RuleOutcome;
import io.aiaudit.model.ShellWord;
import io.aiaudit.model.UserError;
import io.aiaudit.report.json.AuditJson;
import io.aiaudit.scan.SavedScan;
import io.aiaudit.scan.Scan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A file that holds an audit: a scan that was kept with {@code --save}, which is evaluated again, or the aiaudit.json
 * of a finished audit, which stays as it was judged.
 *
 * @param name as the user typed it
 */
record AuditFile(String name, Path path) {
    private static final int LONGEST_START = 1024;
    private static final String NAME_ONE =
            "Name a scan saved with 'aiaudit scan --save june.aiaudit', or the aiaudit.json of a finished audit.";

    /**
     * The file of this name.
     *
     * @throws UserError when there is no such file
     */
    static AuditFile of(String name) {
        Path path = Path.of(name);
        UserError.unlessFile(path, name, ": there is no such file.", NAME_ONE);
        return new AuditFile(name, path);
    }

    /** The audit, evaluated or read; says on standard error what judged it. */
    Audit audit(Invocation invocation, Console console) throws IOException {
        return audit(invocation, console, outcome -> {});
    }

    /**
     * The same.
     *
     * @param outcomes is shown what became of each rule, where a saved scan is evaluated
     */
    Audit audit(Invocation invocation, Console console, Consumer<RuleOutcome> outcomes) throws IOException {
        Optional<ConfigFile> config = invocation.configFile();
        if (SavedScan.isOne(path)) {
            return ofScan(invocation, config, console, outcomes);
        }
        if (!startsLikeJson()) {
            throw new UserError(name + " is neither a saved scan nor a finished audit.", NAME_ONE);
        }
        return finished(invocation, config, console, Judged.AUDIT, AuditJson.read(path));
    }

    /**
     * The audit as it was judged: a saved scan by the policy that was saved with it, whatever configuration is in the
     * current folder.
     */
    Audit auditAsJudged(Invocation invocation, Console console) throws IOException {
        if (SavedScan.isOne(path)) {
            return ofScan(invocation, Optional.empty(), console, outcome -> {});
        }
        say(invocation, console, "Read " + name);
        return AuditJson.read(path);
    }

    /** Whether a JSON file is meant as an audit, so that one that cannot be read is an error. */
    static boolean saysItIsAnAudit(Path file) {
        try {
            return start(file).contains("\"aiaudit/audit/");
        } catch (IOException e) {
            throw new UserError(file + " cannot be read.", "Check its permissions: ls -l " + file, e);
        }
    }

    private static void say(Invocation invocation, Console console, String words) {
        if (!invocation.has(Flags.QUIET)) {
            console.say(words);
        }
    }

    private Audit ofScan(
            Invocation invocation, Optional<ConfigFile> config, Console console, Consumer<RuleOutcome> outcomes)
            throws IOException {
        Settings settings = invocation.settings(config);
        try (SavedScan saved = SavedScan.open(path, new ConfigReader(settings, null).machine())) {
            Optional<String> finished = saved.finishedAudit();
            if (finished.isPresent()) {
                return finished(
                        invocation, config, console, Judged.REDACTED_SCAN, AuditJson.read(path, finished.get()));
            }
            // A configuration that happens to lie in the current folder does not judge a demo company.
            Optional<ConfigFile> own =
                    config.filter(file -> file.judges() && (!saved.demo() || invocation.namesConfig()));
            ConfigFile policy = own.orElseGet(saved::configuration);
            boolean quiet = invocation.has(Flags.QUIET);
            if (!quiet) {
                console.say("Reading " + name + "; " + policy(policy, own.isPresent(), saved.demo()));
            }
            Scan scan = new Scan(Aiaudit.Version.number(), console.progress(quiet));
            return saved.evaluate(scan, new ConfigReader(settings, policy).evaluation(), outcomes);
        }
    }

    private static String policy(ConfigFile policy, boolean own, boolean demo) {
        if (demo && !own) {
            return "policy of the demo company";
        }
        if (!policy.judges()) {
            return "it was saved without a policy";
        }
        return "policy of " + policy.name() + (own ? "" : " as it was when the scan was saved");
    }

    /** What can't be evaluated again, and what could be instead. */
    private enum Judged {
        AUDIT("a finished audit", "use the scan saved with --save"),
        REDACTED_SCAN("a redacted scan", "give it its names back with 'aiaudit unredact --save'");

        private final String what;
        private final String instead;

        Judged(String what, String instead) {
            this.what = what;
            this.instead = instead;
        }
    }

    private Audit finished(
            Invocation invocation, Optional<ConfigFile> config, Console console, Judged judged, Audit audit) {
        refuseRules(invocation, judged);
        Optional<ConfigFile> ignored = config.filter(ConfigFile::judges);
        if (ignored.isPresent() && invocation.namesConfig()) {
            throw new UserError(
                    "the policy of " + ignored.get().name() + " can't be applied to " + name + ", " + judged.what
                            + ", which cannot be evaluated again.",
                    "Omit --config, or " + judged.instead + ": aiaudit report june.aiaudit --config "
                            + ShellWord.quoted(ignored.get().name()));
        }
        if (!invocation.has(Flags.QUIET)) {
            console.say("Showing " + name + ", " + judged.what + "; its stored rules and policy apply"
                    + ignored.map(file -> ", not the policy of " + file.name()).orElse(""));
        }
        return audit;
    }

    /** What was judged stays as it was judged; a flag that would do nothing must not look as if it did. */
    private void refuseRules(Invocation invocation, Judged judged) {
        for (String flag : List.of("--rules", "--rule", "--skip-rule", "--answers", "--ownership")) {
            if (invocation.parsed().hasMatchedOption(flag)) {
                throw new UserError(
                        flag + " can't be applied to " + name + ", " + judged.what
                                + ", which cannot be evaluated again.",
                        "Omit it, or " + judged.instead + ": aiaudit report june.aiaudit " + flag + " "
                                + invocation.parsed().matchedOption(flag).stringValues().stream()
                                        .map(ShellWord::quoted)
                                        .collect(Collectors.joining(" " + flag + " ")));
            }
        }
    }

    /**
     * Refuses what is no JSON: a report of another format holds an audit no longer.
     *
     * @param fix what to do instead
     */
    void refuseReports(String fix) throws IOException {
        if (!startsLikeJson()) {
            throw new UserError(name + " is neither a saved scan nor the aiaudit.json of an audit.", fix);
        }
    }

    private boolean startsLikeJson() throws IOException {
        return start(path).strip().startsWith("{");
    }

    private static String start(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LONGEST_START), StandardCharsets.UTF_8);
        }
    }
}
