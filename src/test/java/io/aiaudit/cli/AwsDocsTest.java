package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Moto;
import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Outside;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.organizations.OrganizationsClient;

/**
 * The commands of docs/aws.md, run by a shell with the command line of AWS against moto, block by block as a reader
 * pastes them. What they name and a reader has (a role, a user, an organization) is made before; the files lie where
 * the installer puts them.
 */
@Outside
class AwsDocsTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```sh\\n(.*?)^ *```");

    @TempDir
    private Path folder;

    private static List<String> blocks() throws Exception {
        return BLOCK.matcher(Files.readString(Path.of("docs/aws.md")))
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    /** What a reader would fill in, and aiaudit itself, which other tests run, as a command that does nothing. */
    private String script(List<String> blocks) {
        String commands = String.join("\n", blocks)
                .replace("=~/", "=" + folder + "/") // the commands of AWS may be installed at home
                .replace("--role-name ROLE", "--role-name auditor")
                .replace("--user-name USER", "--user-name auditor")
                .replace("aws cloudformation deploy", "leave_the_management_account_out\naws cloudformation deploy");
        return """
                set -euo pipefail
                aiaudit() { :; }
                leave_the_management_account_out() { # as stack sets of AWS do, and those of moto do not
                  aws iam delete-role-policy --role-name aiaudit-read --policy-name aiaudit-read
                  aws iam delete-role --role-name aiaudit-read
                }
                aws iam create-user --user-name auditor > /dev/null
                aws iam create-role --role-name auditor --assume-role-policy-document '{"Version": "2012-10-17", \
                "Statement": []}' > /dev/null
                set -x
                """ + commands;
    }

    /** As install.sh does. */
    private void installDocumentation() throws IOException {
        Path installed = Files.createDirectories(folder.resolve(".local/share/doc/aiaudit"));
        for (String name : List.of("aws-policy.json", "aws-role.yaml")) {
            Files.copy(Path.of("docs", name), installed.resolve(name));
        }
    }

    @Test
    void the_commands_of_the_documentation_run() throws Exception {
        Path bash = Needs.program("bash");
        Needs.program("aws");
        Moto moto = Moto.empty();
        moto.client(OrganizationsClient.builder(), "us-east-1")
                .createOrganization(request -> request.featureSet("ALL"));
        List<String> blocks = blocks();
        assertThat(blocks).hasSizeGreaterThan(6);
        installDocumentation();
        Path output = folder.resolve("output.txt");
        ProcessBuilder shell = new ProcessBuilder(bash.toString(), "-c", script(blocks))
                .directory(folder.toFile()) // nobody who installed it is in the folder of the source
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        shell.environment().putAll(moto.environment());
        shell.environment().remove("AWS_PROFILE"); // an empty one is none to the SDK only
        shell.environment().put("AWS_REGION", Region.US_EAST_1.id());
        shell.environment().put("AWS_DEFAULT_REGION", Region.US_EAST_1.id()); // all that version 1 knows
        shell.environment().put("AWS_PAGER", "");
        Process process = shell.start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(() -> read(output)).isZero();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
