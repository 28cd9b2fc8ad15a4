package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Outside;
import io.aiaudit.testing.Ran;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documented command that makes the built-in prices, run on the sample data. */
@Outside
class ReferenceScriptTest {
    private static final List<String> FILES =
            List.of("models.csv", "offers-aws.csv", "offers-azure.csv", "offers-gcp.csv");

    @TempDir
    Path out;

    @TempDir
    Path changed;

    @Test
    void it_makes_the_files_of_the_project_byte_for_byte() throws IOException {
        run(sampleData(), "--quiet");

        assertThat(fileNames(out)).containsExactlyInAnyOrderElementsOf(FILES);
        Path committed = Needs.projectFolder().resolve("src/main/resources/io/aiaudit/store/reference");
        for (String name : FILES) {
            assertThat(out.resolve(name)).as(name).hasSameBinaryContentAs(committed.resolve(name));
        }
    }

    @Test
    void it_names_every_row_that_it_refused_and_why() {
        String printed = run(sampleData());

        assertThat(printed)
                .contains("refused: aws us-east-1 ml.r8g.large: ")
                .contains("refused: azure eastus Standard_D2as_v5: 0.178 USD an hour is the Windows meter")
                .contains("refused: openai gpt-5-nano priority: input 2.5 is 50.0 times the standard one")
                .contains("refused: gcp europe-west4 tpu/v3-pod: spot 2.64 is above on_demand 2");
        List<String> refused =
                printed.lines().filter(line -> line.startsWith("refused: ")).toList();
        assertThat(refused).last().isEqualTo("refused: " + (refused.size() - 1) + " rows or prices");
    }

    @Test
    void a_price_without_its_main_part_is_refused() throws IOException {
        copySampleData();
        addToCatalog("gcp,us-west9,a2-highgpu-1g,A100,1,40,12,85,1.08,,,,2026-07-30,a test");

        assertThat(run(changed))
                .contains("refused: gcp us-west9 a2-highgpu-1g: 1.08 USD an hour; the median of the type is ");
        assertThat(out.resolve("offers-gcp.csv")).content().doesNotContain("us-west9");
    }

    @Test
    void a_newer_price_counts_and_an_older_spot_price_goes_with_the_price_it_belonged_to() throws IOException {
        copySampleData();
        addToCatalog("aws,us-east-1,p4d.24xlarge,A100,8,40,96,1152,20.00,,,,2026-08-15,a test");

        run(changed, "--quiet");

        assertThat(out.resolve("offers-aws.csv"))
                .content()
                .contains("\naws,us-east-1,p4d.24xlarge,A100-40GB,8,40,96,1152,20,,,,USD,2026-08-15\n");
    }

    private String run(Path data, String... options) {
        List<String> command = new ArrayList<>(List.of(Needs.program("python3").toString(), "src/catalog"));
        command.addAll(List.of("--data", data.toString(), "--out", out.toString()));
        command.addAll(List.of(options));
        Ran ran = Ran.program(Needs.projectFolder(), Map.of(), command);
        assertThat(ran.exitCode()).as(ran::toString).isZero();
        return ran.out();
    }

    private static Path sampleData() {
        return Needs.data("catalog").getParent();
    }

    private void copySampleData() throws IOException {
        for (String part : List.of("catalog", "llm_prices")) {
            Files.createDirectories(changed.resolve(part));
            for (String name : fileNames(Needs.data(part))) {
                Files.copy(Needs.data(part).resolve(name), changed.resolve(part).resolve(name));
            }
        }
    }

    /** A gzip file may have several members. */
    private void addToCatalog(String row) throws IOException {
        Path catalog = changed.resolve("catalog/gpu_catalog.csv.gz");
        byte[] sample = Files.readAllBytes(catalog);
        Files.delete(catalog); // the copy is as read-only as the sample
        try (OutputStream target = Files.newOutputStream(catalog)) {
            target.write(sample);
            try (GZIPOutputStream member = new GZIPOutputStream(target)) {
                member.write((row + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static List<String> fileNames(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
