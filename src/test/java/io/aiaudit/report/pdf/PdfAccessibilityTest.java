package io.aiaudit.report.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Brand;
import io.aiaudit.model.BrandColour;
import io.aiaudit.model.Logo;
import io.aiaudit.report.HostileAudit;
import io.aiaudit.report.Printed;
import io.aiaudit.report.SampleAudit;
import io.aiaudit.report.SampleFindings;
import io.aiaudit.report.format.Reporter;
import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Slow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.junit.jupiter.api.Test;

/** The PDF under veraPDF, which knows the rules of PDF/UA-1. */
@Slow
class PdfAccessibilityTest {
    @Test
    void it_keeps_to_pdf_ua() throws IOException {
        assertThat(Printed.of(SampleAudit.of(SampleFindings.many(12))).against())
                .isEmpty();
    }

    @Test
    void it_keeps_to_pdf_ua_with_hostile_names_and_all_banners() throws IOException {
        Audit hostile = HostileAudit.everywhere();
        Audit some = SampleAudit.withFindings(hostile, hostile.findings().subList(10, 20));
        assertThat(Printed.of(SampleAudit.flagged(some, true, true)).against()).isEmpty();
    }

    @Test
    void it_keeps_to_pdf_ua_with_a_brand() throws IOException {
        byte[] logo = Files.readAllBytes(Needs.projectFolder().resolve("src/test/resources/config/logo.svg"));
        Brand brand = new Brand(
                "Contoso",
                "Example Consulting",
                "Confidential",
                Logo.of(Logo.Form.SVG, logo, 120, 40),
                new BrandColour(0xffcc00),
                Map.of(Brand.Part.COVER, "One.\n\nTwo.", Brand.Part.METHOD, "Three."));
        Reporter branded = new PdfReporter().branded(brand);

        assertThat(Printed.of(branded, SampleAudit.of(SampleFindings.many(3))).against())
                .isEmpty();
    }

    @Test
    void what_does_not_keep_to_pdf_ua_is_seen() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PDDocument document =
                Loader.loadPDF(Printed.of(SampleAudit.empty()).bytes())) {
            document.getDocumentCatalog().setMetadata(null);
            document.save(out);
        }
        assertThat(Printed.of(out.toByteArray()).against()).isNotEmpty();
    }
}
