package io.aiaudit.cli;

import io.aiaudit.testing.Moto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * The set-up of tests that ask AWS: a server for all tests of a class, which knows nothing when a test begins, and the
 * scan that a test saves.
 */
abstract class AwsTest {
    static final String ONE_REGION = "aws: {regions: [us-east-1]}\n";

    static AwsServer aws;
    static Moto moto;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        aws = new AwsServer();
        moto = aws.moto();
    }

    @AfterAll
    static void stop() {
        if (aws != null) {
            aws.close();
        }
    }

    @BeforeEach
    void reset() {
        aws.reset();
    }

    AwsRun scan(String configuration, String... arguments) throws IOException {
        return AwsRun.of(aws.address(), folder, configuration, arguments);
    }

    /** Reported as JSON, and kept for {@link #saved}. */
    AwsRun scanAndSave(String configuration, int days, String... further) throws IOException {
        Files.deleteIfExists(folder.resolve("saved.aiaudit"));
        return scan(
                configuration,
                Stream.concat(Arrays.stream(savedDays(days)), Arrays.stream(further))
                        .toArray(String[]::new));
    }

    /** The arguments of a scan of so many days that is saved and reported as JSON. */
    String[] savedDays(int days) {
        return new String[] {
            "--days",
            String.valueOf(days),
            "--save",
            folder.resolve("saved.aiaudit").toString(),
            "-f",
            "json"
        };
    }

    SavedScan saved() throws SQLException {
        return new SavedScan(folder.resolve("saved.aiaudit"));
    }

    /** Of what the saved scan knows by this name. */
    String attribute(String name, String attribute) throws SQLException {
        try (SavedScan saved = saved()) {
            return saved.attribute(name, attribute);
        }
    }
}
