package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Needs;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a consultant puts on the reports, and what of it is refused. */
class BrandTest {
    private static final String LINES = """
            brand:
              client: Contoso Ltd.
              author: Example & <Consulting>
              confidentiality: For Contoso only
              logo: %s
              colours: {accent: "#ffcc00"}
              texts:
                cover: |
                  Thank you for the trust.

                  We read exports only.
                summary: What this *means* for you
                findings: About the findings
                decisions: Please decide by Michaelmas
                method: Our own method
            """;

    @TempDir
    private static Path folder;

    private static String audit;

    /** With the picture of lines and with that of dots, for all tests that read them. */
    private static Path withSvg;

    private static Path withPng;

    @BeforeAll
    static void scan() throws IOException {
        SavedDemo.in(folder);
        audit = folder.resolve("aiaudit.json").toString();
        Files.copy(Needs.projectFolder().resolve("src/test/resources/config/logo.svg"), folder.resolve("logo.svg"));
        ImageIO.write(
                new BufferedImage(60, 20, BufferedImage.TYPE_INT_RGB),
                "png",
                folder.resolve("logo.png").toFile());
        withSvg = reports("logo.svg", "svg");
        withPng = reports("logo.png", "png");
    }

    private static Path reports(String logo, String name, String... more) throws IOException {
        Path config = Files.writeString(folder.resolve(name + ".yaml"), LINES.formatted(logo));
        Path out = folder.resolve(name);
        List<String> args = new ArrayList<>(List.of(
                "report", audit, "-q", "--config", config.toString(), "-f", "html,pdf,md,xlsx", "-o", out.toString()));
        args.addAll(List.of(more));
        Run run = Run.of(args.toArray(String[]::new));
        assertThat(run.exitCode()).as(run::toString).isEqualTo(4);
        return out;
    }

    private static String html(Path reports) throws IOException {
        return Files.readString(reports.resolve("aiaudit.html"));
    }

    private static String sheets(Path reports) throws IOException {
        StringBuilder parts = new StringBuilder();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(reports.resolve("aiaudit.xlsx")))) {
            while (zip.getNextEntry() != null) {
                parts.append(new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return parts.toString();
    }

    @Test
    void html_markdown_and_the_workbook_have_lines_and_texts_and_nothing_of_them_is_markup() throws IOException {
        assertThat(html(withSvg))
                .contains("Contoso Ltd.", "Example &amp; &lt;Consulting&gt;", "For Contoso only")
                .contains(
                        "<p class=\"said\">Thank you for the trust.</p>", "<p class=\"said\">We read exports only.</p>")
                .contains("What this *means* for you", "About the findings", "by Michaelmas", "Our own method")
                .contains("src=\"data:image/svg+xml;base64,"
                        + Base64.getEncoder().encodeToString(Files.readAllBytes(folder.resolve("logo.svg"))));
        assertThat(Files.readString(withSvg.resolve("aiaudit.md")))
                .contains("**Contoso Ltd.**", "Example `&` `<Consulting>`", "> What this `*means*` for you")
                .contains("## Method\n\n> Our own method");
        assertThat(sheets(withSvg))
                .contains("Contoso Ltd.", "Example &amp; &lt;Consulting&gt;", "Please decide by Michaelmas");
    }

    @Test
    void the_pdf_has_logo_lines_and_texts_and_the_line_of_confidentiality_on_every_page() throws IOException {
        for (Path reports : List.of(withSvg, withPng)) {
            try (PDDocument document =
                    Loader.loadPDF(reports.resolve("aiaudit.pdf").toFile())) {
                PDFTextStripper text = new PDFTextStripper();
                assertThat(text.getText(document))
                        .contains("Example & <Consulting>", "We read exports only.", "About the findings")
                        .contains("Please decide by Michaelmas", "Our own method");
                for (int page = 1; page <= document.getNumberOfPages(); page++) {
                    text.setStartPage(page);
                    text.setEndPage(page);
                    assertThat(text.getText(document)).as("page " + page).contains("For Contoso only");
                }
                assertThat(document.getPage(0).getResources().getXObjectNames())
                        .anyMatch(name -> isImage(document, name));
            }
        }
    }

    private static boolean isImage(PDDocument document, COSName name) {
        return document.getPage(0).getResources().isImageXObject(name);
    }

    @Test
    void a_pale_colour_is_made_dark_enough_to_be_read() throws IOException {
        assertThat(html(withPng).lines().filter(line -> line.startsWith(":root {") && line.endsWith("}")))
                .contains(":root { --link: #8d7100; --focus: #8d7100; }");
    }

    @Test
    void the_same_audit_and_brand_give_the_same_bytes() throws IOException {
        Path second = reports("logo.svg", "second");

        for (String name : List.of("aiaudit.html", "aiaudit.pdf", "aiaudit.md", "aiaudit.xlsx")) {
            assertThat(second.resolve(name)).hasSameBinaryContentAs(withSvg.resolve(name));
        }
    }

    @Test
    void of_a_redacted_report_only_the_colour_is_the_consultants() throws IOException {
        Path reports = reports(
                "logo.svg",
                "redacted",
                "--redact-key",
                folder.resolve("client.key").toString());

        String html = html(reports);
        assertThat(html.lines().filter(line -> line.contains("--link: #8d7100;")))
                .isNotEmpty();
        assertThat(html.lines()).noneMatch(line -> line.matches(".*(Contoso|Consulting|image/svg|Michaelmas).*"));
        assertThat(Files.readString(reports.resolve("aiaudit.md"))).doesNotContain("Contoso", "Consulting");
        assertThat(sheets(reports)).doesNotContain("Contoso", "Consulting", "Michaelmas");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\'',
            value = {
                "<svg xmlns=\"S\" viewBox=\"0 0 1 1\"><script>alert(1)</script></svg>; has <script>",
                "<svg xmlns=\"S\" viewBox=\"0 0 1 1\" onload=\"alert(1)\"/>; has the attribute onload",
                "<svg xmlns=\"S\" viewBox=\"0 0 1 1\"><image href=\"http://127.0.0.1:9/x.png\"/></svg>; has <image>",
                "<svg xmlns=\"S\" viewBox=\"0 0 1 1\"><rect fill=\"url(http://127.0.0.1:9/x)\"/></svg>; has the "
                        + "attribute fill",
                "<svg xmlns=\"S\" viewBox=\"0 0 1 1\"><rect style=\"fill:u\\72l(//x)\"/></svg>; has the attribute "
                        + "style",
                "<svg xmlns=\"S\" viewBox=\"0 0 1 1\"><foreignObject/></svg>; has <foreignObject>",
                "<!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><svg xmlns=\"S\" viewBox=\"0 0 1 "
                        + "1\"><text>x</text></svg>; has a document type",
                "<?xml-stylesheet href=\"x.css\"?><svg xmlns=\"S\" viewBox=\"0 0 1 1\"/>; has a document type, an "
                        + "entity or an instruction",
                "<html><body/></html>; has <html>",
                "<svg xmlns=\"S\"/>; has no viewBox",
                "<svg xmlns=\"S\" viewBox=\"0 0 1e9 1e9\"/>; no viewBox",
                "<svg xmlns=\"S\" viewBox=\"0 0 1 1\"><g>; is damaged",
                "GIF89a; is neither a PNG nor an SVG",
                "PNG; is damaged"
            })
    void a_logo_that_is_more_than_a_picture_is_refused(String content, String problem) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (content.equals("PNG")) {
            bytes.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13});
        } else {
            bytes.write(
                    content.replace("\"S\"", "\"http://www.w3.org/2000/svg\"").getBytes(StandardCharsets.UTF_8));
        }
        Files.write(folder.resolve("hostile.logo"), bytes.toByteArray());

        refused("logo: hostile.logo", problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\'',
            value = {
                "logo: none.png; does not exist",
                "logo: .; is not a regular file",
                "colours: {accent: \"red\"}; is not a colour",
                "colours: {background: \"#ffffff\"}; unknown key \"background\"",
                "texts: {footer: x}; is not a part of the report",
                "author: \"one\\ntwo\"; expected one line",
                "logos: x.png; unknown key \"logos\""
            })
    void what_a_brand_cannot_be_is_refused(String line, String problem) throws IOException {
        refused(line, problem);
    }

    private static void refused(String line, String problem) throws IOException {
        Path config = Files.writeString(folder.resolve("refused.yaml"), "brand:\n  " + line + "\n");
        Run run = Run.of("report", audit, "-q", "-f", "html", "--config", config.toString());

        assertThat(run.exitCode()).as(run::toString).isEqualTo(2);
        assertThat(run.err()).contains("refused.yaml:2", problem).contains("fix: ");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void a_logo_of_half_a_megabyte_and_more_is_refused() throws IOException {
        Files.write(folder.resolve("large.png"), new byte[512 * 1024 + 1]);

        refused("logo: large.png", "is larger than 512 KiB");
    }
}
