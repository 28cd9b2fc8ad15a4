package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Outside;
import io.aiaudit.testing.Ran;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad luck with bills that no folder of CommandsTest can hold: too large to keep, or a property of the machine. */
@Outside
class BadBillTest {
    private static final Path GOOD =
            Needs.projectFolder().resolve("src/test/resources/commands/save-and-report/bill.csv");

    /** -Daiaudit.line=1000 for a gigabyte; the heap of the command is half of that. */
    private static final int MEGABYTES = Integer.getInteger("aiaudit.line", 600);

    @TempDir
    private Path folder;

    @BeforeEach
    void temporaryFolder() throws IOException {
        Files.createDirectory(folder.resolve("temporary"));
        Files.createDirectory(folder.resolve("small"));
        Files.copy(GOOD, folder.resolve("bill.csv"));
    }

    private Ran run(String... arguments) {
        return Ran.program(folder, Map.of(), command(arguments));
    }

    private List<String> command(String... arguments) {
        return CommandProcess.command(folder.resolve("temporary"), List.of(arguments));
    }

    private List<String> left() throws IOException {
        try (var files = Files.list(folder.resolve("temporary"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("libduckdb"))
                    .toList();
        }
    }

    /**
     * More without a line end than the command may use of memory, among good rows: it is refused before it costs
     * (docs/holds.md).
     */
    @Test
    void a_file_with_a_line_larger_than_the_memory_is_refused() throws IOException {
        List<String> lines = Files.readAllLines(GOOD);
        byte[] megabyte = new byte[1_000_000];
        Arrays.fill(megabyte, (byte) 'x');
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(folder.resolve("big.csv")))) {
            out.write((String.join("\n", lines.subList(0, 4)) + "\n").getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < MEGABYTES; i++) {
                out.write(megabyte);
            }
            out.write(
                    ("\n" + String.join("\n", lines.subList(4, lines.size())) + "\n").getBytes(StandardCharsets.UTF_8));
        }

        Ran ran = run("scan", "--billing", "big.csv", "-f", "json", "-q");

        assertThat(ran.exitCode()).as(ran.err()).isEqualTo(1);
        assertThat(ran.err()).isEqualTo("""
                error: big.csv: the row in line 5 is longer than 64 MB.
                  fix: Remove the row, or export the file again.
                """);
        assertThat(ran.out()).isEmpty();
        assertThat(left()).isEmpty();
    }

    /** On a disk of a few pages that only the command sees. */
    private Ran onSmallDisk(String size, String... arguments) {
        String unshare = Needs.program("unshare").toString();
        List<String> command = new ArrayList<>(List.of(
                unshare,
                "--map-root-user",
                "--mount",
                "sh",
                "-c",
                "mount -t tmpfs -o size=" + size + " tmpfs small && exec \"$@\"",
                "sh"));
        Ran allowed = Ran.program(folder, Map.of(), with(command, List.of("true")));
        Assumptions.assumeTrue(allowed.exitCode() == 0, "needs the right to mount a disk of its own: " + allowed.err());
        return Ran.program(folder, Map.of(), with(command, command(arguments)));
    }

    private static List<String> with(List<String> start, List<String> end) {
        List<String> all = new ArrayList<>(start);
        all.addAll(end);
        return all;
    }

    @Test
    void a_full_disk_ends_the_scan_and_names_the_folder() throws IOException {
        Ran ran = onSmallDisk("2m", "scan", "--billing", "bill.csv", "--spill-dir", "small", "-q");
        assertThat(ran.exitCode()).as(ran::toString).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .isEqualTo("error: aiaudit failed: no space is left on the disk of " + folder.resolve("small") + ".\n"
                        + "  fix: Free some space, or name a folder on another disk with --spill-dir.\n");
        assertThat(left()).isEmpty();
    }

    @Test
    void a_scan_that_cannot_be_saved_for_lack_of_space_says_so_and_leaves_nothing() throws IOException {
        Ran ran = onSmallDisk("2m", "scan", "--billing", "bill.csv", "--save", "small/june.aiaudit", "-q");
        assertThat(ran.exitCode()).as(ran::toString).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .startsWith("error: aiaudit failed: no space is left on the disk of ")
                .contains(" or of small/june.aiaudit.\n")
                .endsWith("\n  fix: Free some space, or name folders on other disks with --spill-dir and --save.\n");
        assertThat(left()).isEmpty();
    }

    @Test
    void a_report_that_does_not_fit_says_so() {
        Ran ran = onSmallDisk(
                "16k", OneRule.with("scan", "--billing", "bill.csv", "-f", "html", "-o", "small/report", "-q"));
        assertThat(ran.exitCode()).as(ran::toString).isEqualTo(1);
        assertThat(ran.err()).contains("no space is left on the disk").contains("\n  fix: ");
    }
}
