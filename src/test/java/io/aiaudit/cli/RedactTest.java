package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aiaudit.report.Reporters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing of the audited company is in a redacted report, and all of it comes back with the key. */
class RedactTest {
    static final String FORMATS = String.join(",", Reporters.formats());

    @TempDir
    private static Path folder;

    private static Path key;
    private static Path plain;
    private static Path redacted;

    @BeforeAll
    static void scan() throws IOException {
        key = folder.resolve("client.key");
        NamedCompany company = NamedCompany.in(folder);
        plain = folder.resolve("plain");
        redacted = folder.resolve("redacted");
        Run scanned = company.scan("-f", "json", "-o", plain);
        assertThat(scanned.exitCode()).as(scanned::toString).isEqualTo(4);
        Run report = run(
                "report",
                plain.resolve("aiaudit.json").toString(),
                "-f",
                FORMATS,
                "-o",
                redacted.toString(),
                "--redact-key",
                key.toString());
        assertThat(report.exitCode()).as(report::toString).isEqualTo(4);
    }

    private static Run run(String... args) {
        return Run.of(args);
    }

    /** What somebody reads in a report of any format. */
    static String text(Path file) throws IOException {
        if (file.toString().endsWith(".pdf")) {
            try (PDDocument document = Loader.loadPDF(file.toFile())) {
                return new PDFTextStripper().getText(document);
            }
        }
        if (file.toString().endsWith(".xlsx") || file.toString().endsWith(".csv.zip")) {
            StringBuilder parts = new StringBuilder();
            try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
                while (zip.getNextEntry() != null) {
                    parts.append(new String(zip.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
            return parts.toString();
        }
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    @Test
    void no_format_has_a_name_a_tag_a_path_a_description_or_an_account() throws IOException {
        assertThat(Files.readString(plain.resolve("aiaudit.json")))
                .contains(
                        "quokka-ranker",
                        "998877665544",
                        "Zebrafish Holding",
                        "okapi-bill.csv",
                        "Wombat",
                        "axolotl-code");
        try (Stream<Path> files = Files.list(redacted)) {
            for (Path file : files.toList()) {
                assertThat(text(file).toLowerCase(Locale.ROOT))
                        .as(file.toString())
                        .doesNotContain(NamedCompany.NAMES)
                        .doesNotContain(NamedCompany.ACCOUNT);
            }
        }
    }

    @Test
    void what_is_no_name_stays() throws IOException {
        JsonNode audit = json(redacted);

        assertThat(audit.path("redacted").asBoolean()).isTrue();
        JsonNode finding = audit.path("findings").get(0);
        assertThat(finding.path("rule").asText()).isEqualTo("inference-endpoint-idle");
        assertThat(finding.path("region").asText()).isEqualTo("eu-west-1");
        assertThat(finding.path("resource_id").asText())
                .matches("arn:aws:sagemaker:eu-west-1:x-[0-9a-f]{12}:endpoint/x-[0-9a-f]{12}");
        assertThat(finding.path("reason").asText()).startsWith("No requests in 30 days");
        assertThat(finding.path("status_reason").asText())
                .matches("(x-[0-9a-f]{12}) \\(x-[0-9a-f]{12}:[0-9]+, owner x-[0-9a-f]{12}\\).*");
        assertThat(finding.path("monthly_cost"))
                .isEqualTo(json(plain).path("findings").get(0).path("monthly_cost"));
        assertThat(finding.path("tags").fieldNames()).toIterable().contains("env", "owner");
        assertThat(audit.path("spend").findValuesAsText("service")).contains("Amazon Elastic Compute Cloud");
    }

    @Test
    void the_key_brings_back_the_audit_to_the_byte() throws IOException {
        Run restored = run("unredact", redacted.resolve("aiaudit.json").toString(), "--key", key.toString());

        assertThat(restored.exitCode()).isZero();
        assertThat(restored.out()).isEqualTo(Files.readString(plain.resolve("aiaudit.json")));
    }

    @Test
    void the_same_key_makes_the_same_pseudonyms_and_another_one_others() throws IOException {
        Path again = folder.resolve("again");
        Path other = folder.resolve("other");
        run(
                "report",
                plain.resolve("aiaudit.json").toString(),
                "-f",
                "json",
                "-o",
                again.toString(),
                "--redact-key",
                key.toString());
        run(
                "report",
                plain.resolve("aiaudit.json").toString(),
                "-f",
                "json",
                "-o",
                other.toString(),
                "--redact-key",
                folder.resolve("other.key").toString());

        assertThat(json(again)).isEqualTo(json(redacted));
        assertThat(pseudonyms(other)).isNotEmpty().doesNotContainAnyElementsOf(pseudonyms(redacted));
        Run restored = run(
                "unredact",
                redacted.resolve("aiaudit.json").toString(),
                "--key",
                folder.resolve("other.key").toString());
        assertThat(restored.exitCode()).isEqualTo(2);
        assertThat(restored.err()).contains("the key does not know").contains("fix: ");
        assertThat(restored.out()).isEmpty();
    }

    private static Set<String> pseudonyms(Path report) throws IOException {
        return Pattern.compile("x-[0-9a-f]{12}")
                .matcher(json(report).toString())
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static JsonNode json(Path report) throws IOException {
        return new ObjectMapper().readTree(report.resolve("aiaudit.json").toFile());
    }

    @Test
    void only_its_owner_can_read_the_key() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        Path shared = Files.copy(key, folder.resolve("shared.key"));
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rw-r--r--"));

        Run refused = run("report", plain.resolve("aiaudit.json").toString(), "--redact-key", shared.toString());

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("can be read or written by others").contains("chmod 600");
        assertThat(refused.out()).isEmpty();
    }

    @Test
    void a_key_in_the_folder_of_the_report_a_damaged_one_and_an_audit_with_names_are_refused() throws IOException {
        Path damaged = Files.writeString(folder.resolve("damaged.key"), "{\"secret\": 1}");
        Files.setPosixFilePermissions(damaged, PosixFilePermissions.fromString("rw-------"));
        String audit = plain.resolve("aiaudit.json").toString();
        Path out = folder.resolve("out");

        assertThat(run(
                                "report",
                                audit,
                                "-f",
                                "json",
                                "-o",
                                out.toString(),
                                "--redact-key",
                                out.resolve("k").toString())
                        .err())
                .contains("would lie in");
        assertThat(run("report", audit, "--by-owner", out.toString(), "--redact-key", out + "/k")
                        .err())
                .contains("would lie in " + out + ", the folder of the owners' files.");
        assertThat(run("report", audit, "--redact-key", damaged.toString()).err())
                .contains("is not a key of aiaudit");
        assertThat(run("unredact", audit, "--key", key.toString()).err()).contains("is not redacted");
        assertThat(run(
                                "report",
                                redacted.resolve("aiaudit.json").toString(),
                                "--redact-key",
                                folder.resolve("other.key").toString())
                        .err())
                .contains("aiaudit.json is redacted already; no key can be used on it again.");
        assertThat(run("unredact", audit, "--key", folder.resolve("none.key").toString())
                        .err())
                .contains("does not exist");
    }

    @Test
    void a_baseline_that_is_redacted_with_another_key_is_compared_with_a_warning() throws IOException {
        Path earlier = folder.resolve("earlier");
        run(
                "report",
                plain + "/aiaudit.json",
                "-f",
                "json",
                "-o",
                earlier.toString(),
                "--redact-key",
                earlier + ".key");
        Run compared =
                run("report", redacted + "/aiaudit.json", "-q", "-f", "json", "--baseline", earlier + "/aiaudit.json");

        assertThat(compared.err())
                .contains("warning: --baseline " + earlier + "/aiaudit.json has no account in common with this audit: "
                        + "are they of the same company, and redacted with the same key?");
        assertThat(run(
                                "report",
                                redacted + "/aiaudit.json",
                                "-q",
                                "-f",
                                "json",
                                "--baseline",
                                redacted + "/aiaudit.json")
                        .err())
                .doesNotContain("in common");
    }

    @Test
    void a_redacted_audit_can_be_compared_with_last_months() {
        Run compared = run(
                "report",
                plain.resolve("aiaudit.json").toString(),
                "-f",
                "json",
                "--redact-key",
                key.toString(),
                "--baseline",
                plain.resolve("aiaudit.json").toString(),
                "--fail-on",
                "new");

        assertThat(compared.exitCode()).as(compared.err()).isEqualTo(4);
        assertThat(compared.err()).contains("nothing changed").doesNotContain("quokka");
    }
}
