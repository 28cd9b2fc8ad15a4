package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Outside;
import io.aiaudit.testing.Ran;
import io.aiaudit.testing.Slow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The steps of the example pipelines, taken out of their files and run by the shell that the pipeline would take, on a
 * bill with one idle endpoint.
 */
@Outside
@Slow
class PipelineExamplesTest {
    private static final Path EXAMPLES = Needs.projectFolder().resolve("docs/examples/ci");
    private static final String ABOVE_EVERYTHING = "100000000";

    private static final Path CASE = Needs.projectFolder().resolve("src/test/resources/commands/diff");
    private static final Map<String, String> FILES = Map.of(
            "AIAUDIT_BILLING", CASE.resolve("bill.csv").toString(),
            "AIAUDIT_INVENTORY", CASE.resolve("inventory.csv").toString(),
            "AIAUDIT_USAGE", CASE.resolve("usage.csv").toString(),
            "AIAUDIT_RULE", "inference-endpoint-idle");

    /** What a pipeline starts a step with. */
    private static final Map<String, List<String>> SHELLS = Map.of(
            "github-actions.yml", List.of("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"),
            "github-pull-request.yml", List.of("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"),
            "gitlab-ci.yml", List.of("sh", "-e", "-c"),
            "gitlab-merge-request.yml", List.of("sh", "-e", "-c"),
            "azure-pipelines.yml", List.of("bash", "--noprofile", "--norc", "-c"),
            "Jenkinsfile", List.of("sh", "-xe", "-c"));

    @TempDir
    private static Path shared;

    private static Path withoutFinding;

    /** Of one test after the other, since the command stays in its folder. */
    private static Path work;

    @AutoClose
    private static ServedCommand aiaudit;

    /** The command as a program on the PATH, and a baseline that does not have the finding. */
    @BeforeAll
    static void install() throws IOException {
        work = Files.createDirectory(shared.resolve("work")).toRealPath();
        Map<String, String> variables = CommandProcess.withoutOurVariables();
        variables.putAll(FILES);
        aiaudit = ServedCommand.in(shared.resolve("served"), work, variables);
        Run run = Run.of(
                "scan",
                "--billing",
                FILES.get("AIAUDIT_BILLING"),
                "--inventory",
                FILES.get("AIAUDIT_INVENTORY"),
                "--usage",
                FILES.get("AIAUDIT_USAGE"),
                "--rule",
                FILES.get("AIAUDIT_RULE"),
                "-q",
                "-f",
                "json",
                "-o",
                shared.resolve("first").toString(),
                "--save",
                shared.resolve("first.aiaudit").toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        ObjectMapper json = new ObjectMapper();
        ObjectNode audit =
                (ObjectNode) json.readTree(shared.resolve("first/aiaudit.json").toFile());
        ((ArrayNode) audit.path("findings")).removeAll();
        withoutFinding = Files.writeString(
                shared.resolve("without-finding.json"),
                EditedAudit.withItsSum(audit).toString());
    }

    /** The folder itself stays: the command is in it. */
    @BeforeEach
    void emptyFolder() throws IOException {
        try (Stream<Path> files = Files.walk(work)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(work)) {
                    Files.delete(file);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"github-actions.yml", "gitlab-ci.yml", "azure-pipelines.yml", "Jenkinsfile"})
    void a_job_passes_below_the_limit_and_fails_with_3_on_what_the_baseline_does_not_have(String example)
            throws IOException {
        Ran first = run(example, step(example), Map.of("LIMIT", ABOVE_EVERYTHING));
        assertThat(first.exitCode()).as(first::err).isZero();
        assertThat(work.resolve("report")).isDirectoryContaining("glob:**/aiaudit.{json,html}");

        Files.createDirectories(work.resolve("baseline"));
        Files.copy(withoutFinding, work.resolve("baseline/aiaudit.json"));
        Ran second = run(example, step(example), Map.of("LIMIT", ABOVE_EVERYTHING));
        assertThat(second.exitCode()).as(second::err).isEqualTo(3);
        assertThat(second.err()).contains("for --fail-on new: ", "Since baseline/aiaudit.json: ");
        assertThat(work.resolve("report/aiaudit.json")).exists();
    }

    @Test
    void the_report_step_of_github_writes_the_summary_and_annotations() throws IOException {
        List<String> steps = steps("github-actions.yml");
        Path summary = work.resolve("summary.md");
        Map<String, String> variables = Map.of("LIMIT", "100", "GITHUB_STEP_SUMMARY", summary.toString());
        assertThat(run("github-actions.yml", steps.get(1), variables).exitCode())
                .as("no report")
                .isZero();
        assertThat(run("github-actions.yml", steps.get(0), variables).exitCode())
                .isEqualTo(3);
        Ran report = run("github-actions.yml", steps.get(1), variables);
        assertThat(report.exitCode()).as(report::err).isZero();
        assertThat(report.out()).contains("\n::warning title=").contains("Saves $633 a month");
        assertThat(summary).content().startsWith("<!-- aiaudit -->\n### aiaudit: $");
    }

    @Test
    void the_comment_on_a_pull_request_says_what_the_policy_changes() throws IOException {
        String git = Needs.program("git").toString();
        Files.createDirectories(work.resolve("scans"));
        Files.copy(shared.resolve("first.aiaudit"), work.resolve("scans/latest.aiaudit"));
        Files.createDirectories(work.resolve("last"));
        // What was accepted once is no part of the comparison.
        Files.copy(withoutFinding, work.resolve("last/aiaudit.json"));
        Files.copy(shared.resolve("first.aiaudit"), work.resolve("last/scan.aiaudit"));
        Ran made = run("github-pull-request.yml", """
                git init -q -b trunk
                git config user.name n
                git config user.email n@example.com
                touch readme
                git add readme
                git commit -qm start
                printf %s "ignore: [{resource: other, reason: of trunk, owner: ops}]" > aiaudit.yaml
                git add aiaudit.yaml
                git commit -qm before
                git checkout -qb change
                printf %s "ignore: [{resource: chat, reason: kept for a customer, owner: sales}]" > aiaudit.yaml
                git commit -qam after
                git checkout -q trunk
                git commit -qm trunk --allow-empty
                git merge -q --no-edit change
                git clone -q --bare . origin.git
                git remote add origin "file://$PWD/origin.git"
                """, Map.of());
        assertThat(made.exitCode()).as(made::err).isZero();
        String base = Ran.program(work, Map.of(), List.of(git, "rev-parse", "change^"))
                .out()
                .strip();
        Ran before = run(
                "gitlab-merge-request.yml",
                steps("gitlab-merge-request.yml").get(0),
                Map.of("CI_MERGE_REQUEST_DIFF_BASE_SHA", base));
        assertThat(before.exitCode()).as(before::err).isZero();
        assertThat(work.resolve("before.yaml")).content().contains("of trunk");
        for (String example : List.of("gitlab-merge-request.yml", "github-pull-request.yml")) {
            Files.deleteIfExists(work.resolve("comment.md"));
            String step = steps(example).stream()
                    .filter(each -> each.contains("aiaudit diff"))
                    .findFirst()
                    .orElseThrow();
            Ran ran = run(example, step, Map.of());
            assertThat(ran.exitCode()).as(ran::err).isZero();
            assertThat(work.resolve("comment.md"))
                    .content()
                    .startsWith("<!-- aiaudit -->\n### aiaudit: $")
                    .contains("a month less can be saved than before", "<summary>Changed: ", "owner sales");
        }
    }

    /** A program that writes its arguments into {@code calls} and prints the file {@code answer} of the test. */
    private Path recorded(String name) throws IOException {
        Path program = Files.writeString(
                Files.createDirectories(work.resolve("bin")).resolve(name),
                "#!/bin/sh\necho \"$@\" >> calls\ncase \"$*\" in *--jq*|*page=1) cat answer ;;"
                        + " *page=*) echo '[]' ;; */user) echo '{\"id\": 9}' ;; esac\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program.getParent();
    }

    private static Map<String, String> with(Path programs, Map<String, String> variables) {
        Map<String, String> all = new HashMap<>(variables);
        all.put("PATH", programs + ":" + System.getenv("PATH"));
        return all;
    }

    @Test
    void the_scan_of_the_last_nightly_job_is_fetched_or_the_job_fails() throws IOException {
        String fetch = steps("github-pull-request.yml").get(0);
        Map<String, String> variables = with(recorded("gh"), Map.of("BRANCH", "trunk"));
        Files.writeString(work.resolve("answer"), "42\n41\n");

        assertThat(run("github-pull-request.yml", fetch, variables).exitCode()).isNotZero();
        Files.createDirectories(work.resolve("last"));
        Files.writeString(work.resolve("last/scan.aiaudit"), "as if it were downloaded");
        assertThat(run("github-pull-request.yml", fetch, variables).exitCode()).isZero();

        assertThat(work.resolve("calls"))
                .content()
                .contains(
                        "run list --workflow aiaudit.yml --branch trunk ",
                        "\nrun download 42 --name aiaudit --dir last\n");
    }

    @Test
    void the_comment_on_github_replaces_the_one_that_it_made_before_and_no_other() throws IOException {
        String comment = steps("github-pull-request.yml").get(2);
        Map<String, String> variables =
                with(recorded("gh"), Map.of("GITHUB_REPOSITORY", "acme/infra", "PULL_REQUEST", "7"));

        Files.writeString(work.resolve("answer"), "");
        assertThat(run("github-pull-request.yml", comment, variables).exitCode())
                .isZero();
        Files.writeString(work.resolve("answer"), "41\n42\n");
        assertThat(run("github-pull-request.yml", comment, variables).exitCode())
                .isZero();

        assertThat(work.resolve("calls"))
                .content()
                .contains(
                        "api repos/acme/infra/issues/7/comments --paginate --jq .[] | select(.user.login == "
                                + "\"github-actions[bot]\" and (.body | startswith(\"<!-- aiaudit -->\")))",
                        "\napi --method PATCH repos/acme/infra/issues/comments/42 -F body=@comment.md\n")
                .containsOnlyOnce("\npr comment 7 --body-file comment.md\n");
    }

    @Test
    void the_comment_on_gitlab_replaces_the_one_that_it_made_before_and_no_other() throws IOException {
        Needs.program("jq");
        String comment = steps("gitlab-merge-request.yml").get(2);
        Map<String, String> variables = with(
                recorded("curl"),
                Map.of(
                        "CI_API_V4_URL", "https://gitlab.example.com/api/v4",
                        "CI_PROJECT_ID", "5",
                        "CI_MERGE_REQUEST_IID", "7",
                        "COMMENT_TOKEN", "token"));

        Files.writeString(
                work.resolve("answer"),
                "[{\"id\": 41, \"author\": {\"id\": 8}, \"body\": \"<!-- aiaudit --> of another\"}]");
        assertThat(run("gitlab-merge-request.yml", comment, variables).exitCode())
                .isZero();
        Files.writeString(work.resolve("answer"), """
                [{"id": 41, "author": {"id": 8}, "body": "<!-- aiaudit --> of another"},
                 {"id": 43, "author": {"id": 9}, "body": "looks good"},
                 {"id": 42, "author": {"id": 9}, "body": "<!-- aiaudit -->\\n### aiaudit"}]
                """);
        assertThat(run("gitlab-merge-request.yml", comment, variables).exitCode())
                .isZero();

        String notes = "https://gitlab.example.com/api/v4/projects/5/merge_requests/7/notes";
        assertThat(work.resolve("calls"))
                .content()
                .containsOnlyOnce(" --data-urlencode body@comment.md -X POST " + notes + "\n")
                .containsOnlyOnce(" --data-urlencode body@comment.md -X PUT " + notes + "/42\n");
    }

    @Test
    void cron_prints_something_only_when_something_is_to_be_done() throws IOException {
        Path script = EXAMPLES.resolve("cron.sh");
        List<String> command = List.of("sh", script.toString(), work.toString());
        Ran quiet = Ran.program(work, variables(Map.of("LIMIT", ABOVE_EVERYTHING)), command);
        assertThat(quiet.exitCode()).as(quiet::err).isZero();
        assertThat(quiet.out() + quiet.err()).isEmpty();
        Files.createDirectories(work.resolve("audits/2026-01-01"));
        Files.copy(withoutFinding, work.resolve("audits/2026-01-01/aiaudit.json"));
        Ran over = Ran.program(work, variables(Map.of("LIMIT", ABOVE_EVERYTHING)), command);
        assertThat(over.exitCode()).as(over::err).isEqualTo(3);
        assertThat(over.out())
                .startsWith("aiaudit ended with 3; the report is in ")
                .contains("for --fail-on new: ", "Changes from ", "New, by change of the saving");
    }

    @Test
    void the_action_runs_with_its_inputs_as_variables_and_shows_the_exit_code() throws IOException {
        Map<String, Object> action = yaml(Needs.projectFolder().resolve("action.yml"));
        Map<?, ?> run = actionStep(action, "run");
        String script = (String) run.get("run");
        assertThat(script).as("no input is part of the script").doesNotContain("${{");
        installProcess(Files.createDirectories(work.resolve("aiaudit/bin")));
        Path outputs = work.resolve("outputs");
        Path summary = work.resolve("summary.md");
        Ran ran = run(
                "github-actions.yml",
                script,
                Map.of(
                        "RUNNER_TEMP", work.toString(),
                        "GITHUB_OUTPUT", outputs.toString(),
                        "GITHUB_STEP_SUMMARY", summary.toString(),
                        "AIAUDIT_FORMAT", "json,pr.md",
                        "AIAUDIT_OUTPUT", "report",
                        "AIAUDIT_FAIL_ON", "100",
                        "AIAUDIT_ALLOW_GAPS", "false"));
        assertThat(ran.exitCode()).as(ran::err).isEqualTo(3);
        assertThat(outputs).hasContent("exit-code=3");
        assertThat(summary).content().startsWith("<!-- aiaudit -->");
        assertThat(((Map<?, ?>) run.get("env"))
                        .values().stream().filter(value -> value.toString().contains("inputs.")))
                .hasSameSizeAs(((Map<?, ?>) action.get("inputs")).keySet());
    }

    /** A process each time, since this one takes its arguments from variables of its own. */
    private static void installProcess(Path bin) throws IOException {
        Path temporary = Files.createDirectories(shared.resolve("tmp"));
        String java = CommandProcess.command(temporary, List.of()).stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));
        Path program = Files.writeString(bin.resolve("aiaudit"), "#!/bin/sh\nexec " + java + " \"$@\"\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
    }

    private static Map<?, ?> actionStep(Map<String, Object> action, String id) {
        return ((List<?>) ((Map<?, ?>) action.get("runs")).get("steps"))
                .stream()
                        .map(step -> (Map<?, ?>) step)
                        .filter(step -> id.equals(step.get("id")))
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    void the_action_builds_again_only_when_its_sources_or_java_change() throws IOException {
        String key = (String) actionStep(yaml(Needs.projectFolder().resolve("action.yml")), "key")
                .get("run");
        Path sources = Files.createDirectories(work.resolve("sources/src"));
        Files.writeString(sources.resolve("A B.java"), "class A {}");
        String first = key(key, "/jdk-21");

        Files.createDirectories(work.resolve("sources/target"));
        Files.writeString(work.resolve("sources/target/built"), "x");
        assertThat(key(key, "/jdk-21")).isEqualTo(first).matches("aiaudit-Linux-X64-[0-9a-f]{8}-[0-9a-f]{16}");
        assertThat(key(key, "/jdk-25")).isNotEqualTo(first);
        Files.writeString(sources.resolve("A B.java"), "class B {}");
        assertThat(key(key, "/jdk-21")).isNotEqualTo(first);
    }

    private String key(String script, String java) throws IOException {
        Path outputs = work.resolve("outputs");
        Files.deleteIfExists(outputs);
        Map<String, String> runner = Map.of(
                "GITHUB_ACTION_PATH",
                work.resolve("sources").toString(),
                "GITHUB_OUTPUT",
                outputs.toString(),
                "RUNNER_OS",
                "Linux",
                "RUNNER_ARCH",
                "X64",
                "JAVA_HOME",
                java);
        Ran ran = run("github-actions.yml", script, runner);
        assertThat(ran.exitCode()).as(ran::err).isZero();
        return Files.readString(outputs).strip().substring("key=".length());
    }

    @Test
    void the_image_has_no_digest_of_its_own_and_does_not_run_as_root() throws IOException {
        String text = Files.readString(Needs.projectFolder().resolve("Containerfile"));
        List<String> from =
                text.lines().filter(line -> line.startsWith("FROM ")).toList();
        assertThat(from).hasSize(2).allMatch(line -> line.startsWith("FROM ${BASE}@${BASE_DIGEST}"));
        assertThat(text).doesNotContainPattern("sha256:[0-9a-f]{8}").containsPattern("(?m)^USER [1-9]\\d*:[1-9]\\d*$");
        Set<String> wanted = Files.readAllLines(Needs.projectFolder().resolve(".containerignore")).stream()
                .filter(line -> line.startsWith("!") && !line.contains("target/"))
                .map(line -> line.substring(1))
                .collect(Collectors.toSet());
        assertThat(wanted).allMatch(path -> Files.exists(Needs.projectFolder().resolve(path)));
    }

    /** The one step that scans. */
    private static String step(String example) throws IOException {
        return steps(example).stream()
                .filter(step -> step.contains("aiaudit scan"))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> steps(String example) throws IOException {
        Path file = EXAMPLES.resolve(example);
        return switch (example) {
            case "gitlab-ci.yml", "gitlab-merge-request.yml" ->
                yaml(file).values().stream()
                        .map(job -> ((List<?>) ((Map<?, ?>) job).get("script"))
                                .stream().map(String::valueOf).collect(Collectors.joining("\n")))
                        .toList();
            case "azure-pipelines.yml" -> texts((List<?>) yaml(file).get("steps"), "bash");
            case "Jenkinsfile" -> {
                Matcher script = Pattern.compile("(?s)script: '''(.*?)'''").matcher(Files.readString(file));
                List<String> found = new ArrayList<>();
                while (script.find()) {
                    found.add(script.group(1));
                }
                yield found;
            }
            default -> {
                Map<?, ?> jobs = (Map<?, ?>) yaml(file).get("jobs");
                yield jobs.values().stream()
                        .flatMap(job -> texts((List<?>) ((Map<?, ?>) job).get("steps"), "run").stream())
                        .toList();
            }
        };
    }

    private static List<String> texts(List<?> steps, String key) {
        return steps.stream()
                .map(step -> ((Map<?, ?>) step).get(key))
                .flatMap(text -> text == null ? Stream.empty() : Stream.of(text.toString()))
                .toList();
    }

    private static Map<String, Object> yaml(Path file) throws IOException {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
    }

    private Ran run(String example, String step, Map<String, String> variables) {
        List<String> command = new ArrayList<>(SHELLS.get(example));
        command.add(step);
        return Ran.program(work, variables(variables), command);
    }

    private static Map<String, String> variables(Map<String, String> more) {
        Map<String, String> variables = CommandProcess.withoutOurVariables();
        variables.put("PATH", aiaudit.bin() + ":" + System.getenv("PATH"));
        variables.putAll(FILES);
        variables.putAll(more);
        return variables;
    }
}
