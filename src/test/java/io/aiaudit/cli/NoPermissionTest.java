package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Outside;
import io.aiaudit.testing.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Root may read everything, so a build that runs as root takes that right away from the command. */
@Outside
class NoPermissionTest {
    @TempDir
    private Path folder;

    private Ran run(String... arguments) {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of(
                    Needs.program("setpriv").toString(), "--bounding-set=-dac_override,-dac_read_search", "--"));
        }
        command.addAll(CommandProcess.command(folder, List.of(arguments)));
        return Ran.program(folder, Map.of(), command);
    }

    @Test
    void a_file_that_may_not_be_read_is_named_before_anything_is_read() throws Exception {
        Path bill = Files.writeString(folder.resolve("bill.csv"), "BilledCost\n1\n");
        Files.setPosixFilePermissions(bill, PosixFilePermissions.fromString("---------"));
        Ran ran = run("scan", "--billing", "bill.csv");
        assertThat(ran.exitCode()).as(ran::toString).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .startsWith("error: bill.csv")
                .contains("permission")
                .contains("\n  fix: ");
    }

    @Test
    void a_folder_that_may_not_be_entered_or_listed_is_the_cause() throws Exception {
        Path closed = Files.createDirectory(folder.resolve("closed"));
        Path bill = Files.writeString(closed.resolve("bill.csv"), "BilledCost\n1\n");
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        Ran named = run("scan", "--billing", bill.toString());
        assertThat(named.exitCode()).as(named::toString).isEqualTo(2);
        assertThat(named.err())
                .startsWith("error: " + bill + ": permission denied for the folder " + closed + ".\n  fix: ")
                .contains("ls -ld " + closed);
        Ran listed = run("scan", closed.toString());
        assertThat(listed.exitCode()).as(listed::toString).isEqualTo(2);
        assertThat(listed.err())
                .startsWith("error: " + closed + " cannot be listed: permission denied.\n  fix: ")
                .contains("ls -ld " + closed);
        Ran made = run("init", closed.resolve("aiaudit.yaml").toString());
        assertThat(made.exitCode()).as(made::toString).isEqualTo(2);
        assertThat(made.err()).contains("aiaudit.yaml cannot be written: permission denied.\n  fix: ");
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void a_folder_that_may_not_be_written_is_named_before_anything_is_read() throws Exception {
        Path closed = Files.createDirectory(folder.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
        Ran ran = run("scan", "--demo", "-o", "closed/report");
        assertThat(ran.exitCode()).as(ran::toString).isEqualTo(2);
        assertThat(ran.err())
                .contains("error: --output is \"closed/report\", but ")
                .contains("closed cannot be written.")
                .doesNotContain("-o report");
        Ran saving = run("scan", "--demo", "--save", "closed/june.aiaudit");
        assertThat(saving.exitCode()).as(saving::toString).isEqualTo(2);
        assertThat(saving.err()).contains("error: --save is \"closed/june.aiaudit\"");
    }
}
