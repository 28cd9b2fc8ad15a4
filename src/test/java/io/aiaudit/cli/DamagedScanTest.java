package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Holds;
import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Survived;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A saved scan that was damaged on its way: it gives the same report as the whole one, or none and the reason of the
 * database.
 */
@Holds
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DamagedScanTest {
    private static final int DAMAGES = Integer.getInteger("aiaudit.damages", 5);
    private static final Path FILES = Needs.projectFolder().resolve("src/test/resources/commands/files-scan");
    /** Pages of the file system, in which a copy loses what it loses. */
    private static final int PAGE = 4096;

    private Path folder;
    private byte[] whole;
    private String report;
    private int same;
    private int refused;

    @BeforeAll
    void scan(@TempDir Path shared) throws IOException {
        folder = shared;
        Path saved = folder.resolve("june.aiaudit");
        Run run = Run.of(
                "scan",
                "--billing",
                FILES.resolve("bill.csv").toString(),
                "--usage",
                FILES.resolve("usage.csv").toString(),
                "-q",
                "--save",
                saved.toString(),
                "-f",
                "json");
        assertThat(run.exitCode()).as(run::toString).isZero();
        whole = Files.readAllBytes(saved);
        report = report(saved).out();
        assertThat(report).contains("\"findings\"");
    }

    @AfterAll
    void count() {
        Survived.count((same + refused) + " damaged saved scans: " + refused
                + " refused with the reason of the database, " + same + " with the same report as the whole one");
    }

    private enum Damage {
        BYTE {
            @Override
            byte[] to(byte[] file, Random random) {
                file[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
                return file;
            }
        },
        HEADER {
            @Override
            byte[] to(byte[] file, Random random) {
                file[random.nextInt(3 * PAGE)] = (byte) random.nextInt();
                return file;
            }
        },
        PAGE_OF_ZEROS {
            @Override
            byte[] to(byte[] file, Random random) {
                int start = random.nextInt(file.length / PAGE) * PAGE;
                Arrays.fill(file, start, start + PAGE, (byte) 0);
                return file;
            }
        },
        CUT {
            @Override
            byte[] to(byte[] file, Random random) {
                return Arrays.copyOf(file, random.nextInt(file.length));
            }
        },
        PAGE_TWICE {
            @Override
            byte[] to(byte[] file, Random random) {
                int from = random.nextInt(file.length / PAGE) * PAGE;
                int to = random.nextInt(file.length / PAGE) * PAGE;
                System.arraycopy(file.clone(), from, file, to, PAGE);
                return file;
            }
        };

        abstract byte[] to(byte[] file, Random random);
    }

    @ParameterizedTest
    @EnumSource
    void it_is_read_as_it_was_or_refused_with_a_reason(Damage damage) throws IOException {
        Random random = new Random(damage.name().hashCode());
        Path damaged = folder.resolve("damaged.aiaudit");
        for (int number = 0; number < DAMAGES; number++) {
            Files.write(damaged, damage.to(whole.clone(), random));
            Run run = report(damaged);
            if (run.exitCode() == 0) {
                assertThat(run.out()).as("damage %d", number).isEqualTo(report);
                same++;
            } else {
                assertThat(run.exitCode()).as(run::toString).isIn(1, 2);
                assertThat(run.out()).as("damage %d", number).isEmpty();
                assertThat(run.err())
                        .as("damage %d", number)
                        .startsWith("error: ")
                        .contains(damaged.toString(), "\n  fix: ")
                        .doesNotContain("Exception", "\tat ", "--debug", "aiaudit failed");
                refused++;
            }
        }
    }

    private static Run report(Path file) {
        return Run.of("report", file.toString(), "-q", "-f", "json");
    }
}
