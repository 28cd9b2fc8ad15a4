package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Outside;
import io.aiaudit.testing.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The example pipelines against the published schemas of their files, which two validators bring: that of GitHub's
 * workflows and actions, and GitLab's own. For those of Azure Pipelines there is none on npm.
 */
@Outside
class WorkflowSyntaxTest {
    private static final Path PROJECT = Needs.projectFolder();

    @TempDir
    private Path folder;

    private Ran github(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        return Ran.program(
                folder, Map.of(), List.of(Needs.program("action-validator").toString(), file.toString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"docs/examples/ci/github-actions.yml", "docs/examples/ci/github-pull-request.yml", "action.yml"})
    void workflows_and_the_action_are_as_githubs_schemas_say(String file) throws IOException {
        Path example = PROJECT.resolve(file);

        Ran ran = github(example.getFileName().toString(), Files.readString(example));

        assertThat(ran.exitCode()).as(ran::toString).isZero();
    }

    @Test
    void a_misspelt_key_of_a_workflow_is_found() throws IOException {
        String workflow = Files.readString(PROJECT.resolve("docs/examples/ci/github-actions.yml"));

        Ran ran = github("workflow.yml", workflow.replace("runs-on:", "run-on:"));

        assertThat(ran.exitCode()).isNotZero();
        assertThat(ran.toString()).contains("run-on");
    }

    /** It reads the file as GitLab would, in a repository. */
    private Ran gitlab(String text) throws IOException {
        String git = Needs.program("git").toString();
        Files.writeString(folder.resolve(".gitlab-ci.yml"), text);
        for (List<String> command : List.of(
                List.of(git, "init", "-q"),
                List.of(
                        git,
                        "-c",
                        "user.name=n",
                        "-c",
                        "user.email=n@example.com",
                        "commit",
                        "-qm",
                        "x",
                        "--allow-empty"),
                List.of(git, "remote", "add", "origin", "https://gitlab.example.com/tools/audit.git"))) {
            Ran made = Ran.program(folder, Map.of(), command);
            assertThat(made.exitCode()).as(made::toString).isZero();
        }
        return Ran.program(
                folder, Map.of(), List.of(Needs.program("gitlab-ci-local").toString(), "--list"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gitlab-ci.yml", "gitlab-merge-request.yml"})
    void the_pipelines_of_gitlab_are_as_its_schema_says(String name) throws IOException {
        Ran ran = gitlab(Files.readString(PROJECT.resolve("docs/examples/ci").resolve(name)));

        assertThat(ran.exitCode()).as(ran::toString).isZero();
        assertThat(ran.toString()).contains("json schema validated");
    }

    @Test
    void a_misspelt_key_of_a_pipeline_is_found() throws IOException {
        String pipeline = Files.readString(PROJECT.resolve("docs/examples/ci/gitlab-ci.yml"));

        Ran ran = gitlab(pipeline.replace("artifacts:", "artefacts:"));

        assertThat(ran.exitCode()).isNotZero();
        assertThat(ran.toString()).contains("'artefacts' property is not expected");
    }
}
