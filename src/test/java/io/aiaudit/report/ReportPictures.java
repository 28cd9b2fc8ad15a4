package io.aiaudit.report;

import io.aiaudit.model.Audit;
import io.aiaudit.report.html.HtmlReporter;
import io.aiaudit.report.json.AuditJson;
import io.aiaudit.report.pdf.PdfReporter;
import io.aiaudit.report.terminal.TerminalReporter;
import io.aiaudit.report.terminal.TerminalStyle;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;

/**
 * Takes pictures of the reports for people to look at, into target/report-pictures, of three companies: the HTML page
 * wide and narrow, light and dark, closed and open; the pages of the PDF; the terminal at 80 and 120 columns as text.
 * Run by {@code .ci/pictures}.
 */
final class ReportPictures {
    private static final int SMALL = 27;
    private static final int LARGE = 5_000;

    private static final Path FOLDER = Path.of("target", "report-pictures");

    /** Pages of a PDF that become pictures: its body, and the first pages of its appendix. */
    private static final int PAGES = 16;

    private static final float DOTS_PER_INCH = 80;

    private static final List<String> SECTIONS =
            List.of("findings", "decisions", "plan", "coverage", "bridge", "spend", "quality");

    /** Rules whose findings have a line or a frame in their pictures. */
    private static final List<String> DRAWN = List.of(
            "inference-endpoint-off-hours",
            "gpu-oversized",
            "inference-endpoint-serverless",
            "inference-endpoint-no-autoscaling",
            "provisioned-throughput-oversized");

    private ReportPictures() {}

    /**
     * Takes them all, or those of one company.
     *
     * @param arguments the audit of the demo as JSON, and optionally the one company to take pictures of
     */
    public static void main(String[] arguments) throws IOException {
        Map<String, Audit> companies = new LinkedHashMap<>();
        companies.put("demo", AuditJson.read(Path.of(arguments[0])));
        companies.put("small", SampleAudit.covered(SampleFindings.many(SMALL)));
        companies.put("large", SampleAudit.covered(SampleFindings.many(LARGE)));
        Path folder = Files.createTempDirectory("pictures");
        try (Browser browser = Browser.start(folder.resolve("profile"))) {
            for (Map.Entry<String, Audit> company : companies.entrySet()) {
                if (arguments.length < 2 || company.getKey().equals(arguments[1])) {
                    printed(company.getKey(), company.getValue());
                    onTerminal(company.getKey(), company.getValue());
                    Path page = folder.resolve(company.getKey() + ".html");
                    try (OutputStream out = Files.newOutputStream(page)) {
                        new HtmlReporter().write(company.getValue(), out);
                    }
                    takeAll(browser, company.getKey(), page);
                }
            }
        }
    }

    private static void printed(String company, Audit audit) throws IOException {
        Path file = FOLDER.resolve(company + ".pdf");
        try (OutputStream out = Files.newOutputStream(file)) {
            new PdfReporter().write(audit, out);
        }
        try (PDDocument document = Loader.loadPDF(file.toFile())) {
            PDFRenderer renderer = new PDFRenderer(document);
            for (int page = 0; page < Math.min(PAGES, document.getNumberOfPages()); page++) {
                String name = String.format(Locale.ROOT, "%s-page-%02d.png", company, page + 1);
                ImageIO.write(
                        renderer.renderImageWithDPI(page, DOTS_PER_INCH),
                        "png",
                        FOLDER.resolve(name).toFile());
            }
        }
    }

    private static void onTerminal(String company, Audit audit) throws IOException {
        for (int width : new int[] {80, 120}) {
            for (boolean details : new boolean[] {false, true}) {
                String name = company + "-" + width + (details ? "-details" : "") + ".txt";
                try (OutputStream out = Files.newOutputStream(FOLDER.resolve(name))) {
                    new TerminalReporter(
                                    details
                                            ? TerminalStyle.of(width, false).withDetails()
                                            : TerminalStyle.of(width, false))
                            .write(audit, out);
                }
            }
        }
    }

    private static void takeAll(Browser browser, String company, Path page) throws IOException {
        for (boolean telephone : new boolean[] {false, true}) {
            for (boolean dark : new boolean[] {false, true}) {
                String name = company + (telephone ? "-390" : "-1280") + (dark ? "-dark" : "-light");
                browser.open(page, telephone, dark);
                browser.picture(name + "-closed", "body");
                if (!dark) {
                    for (String section : SECTIONS) {
                        browser.picture(name + "-" + section, "#" + section);
                    }
                }
                browser.run("document.querySelector('.group > details').open = true;"
                        + "document.querySelector('.group > details .row a').click()");
                browser.screen(name + "-drawer");
                if (!dark) {
                    browser.run("document.getElementById('drawer-content').scrollTop = 700");
                    browser.screen(name + "-drawer-below");
                }
                if (!dark && !telephone) {
                    for (String rule : DRAWN) {
                        browser.run("document.querySelector('.row[data-rule=' + arguments[0] + '] a')?.click()", rule);
                        browser.run("document.querySelector('#drawer .curve')?.scrollIntoView()");
                        browser.screen(name + "-drawer-" + rule);
                    }
                }
            }
        }
    }
}
