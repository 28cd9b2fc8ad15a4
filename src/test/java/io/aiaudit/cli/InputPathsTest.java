package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Slow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report goes to other people, who need not know the folders of the machine that it was made on. */
@Slow
class InputPathsTest {
    private static final Path FILES = Needs.projectFolder().resolve("src/test/resources/commands/files-scan");

    @TempDir
    private Path folder;

    /** Given by absolute paths; with a row, a file and a rule that fail, since what failed is named, too. */
    @BeforeEach
    void scanned() throws IOException {
        Path in = Files.createDirectories(folder.resolve("client/in"));
        String bill = Files.readString(FILES.resolve("bill.csv"));
        String[] lines = bill.split("\n", 3);
        Files.writeString(in.resolve("bill.csv"), bill + lines[1].replaceFirst("24[.]50", "12,5x") + "\n");
        Files.writeString(in.resolve("copy.csv"), Files.readString(in.resolve("bill.csv")));
        Files.copy(FILES.resolve("usage.csv"), in.resolve("usage.csv"));
        Files.writeString(
                in.resolve("latin.csv"),
                Files.readString(FILES.resolve("usage.csv")) + "caf\u00e9,requests," + "2026-06-01T00:00:00Z,,,1\n",
                StandardCharsets.ISO_8859_1);
        Files.writeString(
                in.resolve("prices.csv"),
                "provider,region,machine_type,on_demand,currency,as_of\naws,eu-west-1,g5.xlarge,1.5,USD,2026-06-01\n");
        Path rule = Files.createDirectories(in.resolve("rules/endpoint-failing"));
        for (String file : List.of("rule.yaml", "rule.sql", "README.md", "tests.yaml")) {
            Files.copy(
                    Needs.projectFolder()
                            .resolve("rules/inference-endpoint-idle")
                            .resolve(file),
                    rule.resolve(file));
        }
        Files.writeString(
                rule.resolve("rule.yaml"),
                Files.readString(rule.resolve("rule.yaml")).replace("inference-endpoint-idle", "endpoint-failing"));
        Files.writeString(rule.resolve("rule.sql"), "SELECT resource_id, error('no') AS remaining FROM subject");
        Files.writeString(
                in.resolve("aiaudit.yaml"),
                "rules_dir: " + in.resolve("rules")
                        + "\npolicy:\n  - match: {account: \"123456789012\"}\n    latency: no\n"
                        + "    quality: yes\n  - match: {account: \"123456789012\"}\n    latency: yes\nignore:\n  - "
                        + "rule: inference-endpoint-serverless\n    resource: chat\n    reason: on loan\n");
        Run run = Run.of(
                "scan",
                "--billing",
                in.resolve("bill.csv").toString(),
                "--billing",
                in.resolve("copy.csv").toString(),
                "--usage",
                in.resolve("usage.csv").toString(),
                "--usage",
                in.resolve("latin.csv").toString(),
                "--prices",
                in.resolve("prices.csv").toString(),
                "--config",
                in.resolve("aiaudit.yaml").toString(),
                "--save",
                folder.resolve("june.aiaudit").toString(),
                "-f",
                "json,html,csv,md,xlsx,sarif,junit.xml,terminal",
                "-o",
                folder.resolve("out").toString());
        assertThat(run.exitCode()).as(run.err()).isEqualTo(4);
    }

    @Test
    void no_report_and_no_saved_scan_has_the_path_of_an_input() throws IOException {
        try (Stream<Path> reports = Files.list(folder.resolve("out"))) {
            List<Path> all = new ArrayList<>(reports.toList());
            all.add(folder.resolve("june.aiaudit"));
            assertThat(all).hasSizeGreaterThan(7);
            for (Path file : all) {
                assertThat(around(text(file), "client/in"))
                        .as(file.getFileName().toString())
                        .isEmpty();
                assertThat(around(text(file), folder.toString()))
                        .as(file.getFileName().toString())
                        .isEmpty();
            }
        }
        assertThat(Files.readString(folder.resolve("out/aiaudit.json")))
                .contains("bill.csv", "copy.csv", "latin.csv", "prices.csv");
    }

    private static String around(String text, String path) {
        int at = text.indexOf(path);
        return at < 0
                ? ""
                : text.substring(Math.max(0, at - 100), Math.min(text.length(), at + 100))
                        .replaceAll("[^ -~]", ".");
    }

    private static String text(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (file.toString().endsWith(".xlsx")) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
                for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    zip.transferTo(all);
                }
            }
            bytes = all.toByteArray();
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
