package io.aiaudit.report.html;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Brand;
import io.aiaudit.report.format.BrandView;
import io.aiaudit.report.format.OwnPage;
import io.aiaudit.report.format.OwnTemplates;
import io.aiaudit.report.format.Reporter;
import io.aiaudit.report.section.PageView;
import io.aiaudit.report.section.View;
import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;

/**
 * One self-contained page that opens from disk: no network, one script that the page's own policy names by its hash.
 */
public final class HtmlReporter implements Reporter {
    private static final String FOLDER = "templates";

    /** Of a page that shows itself and does nothing. */
    private static final String STYLE_POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

    /** Characters; a hundred times the report of a large company, so that a template cannot fill the disk. */
    private static final int LARGEST_PAGE = 400_000_000;

    private final Brand brand;
    private final OwnTemplates templates;

    public HtmlReporter() {
        this(Brand.NONE, OwnTemplates.NONE);
    }

    private HtmlReporter(Brand brand, OwnTemplates templates) {
        this.brand = brand;
        this.templates = templates;
    }

    @Override
    public String format() {
        return "html";
    }

    @Override
    public Reporter branded(Brand given) {
        return new HtmlReporter(given, templates);
    }

    @Override
    public Reporter withTemplates(OwnTemplates given) {
        return new HtmlReporter(brand, given);
    }

    @Override
    public void write(Audit audit, OutputStream out) throws IOException {
        String script = resource("report.js");
        Map<String, Object> page = PageView.of(audit);
        page.put("script", View.markup(script));
        page.put("policy", policy(script));
        page.put("brand", BrandView.of(brand));
        String style = templates.find(OwnTemplates.STYLE).orElse(resource(OwnTemplates.STYLE)) + BrandView.style(brand);
        if (templates.isEmpty()) {
            StringWriter html = new StringWriter();
            evaluate(OwnTemplates.PAGE, page, style, html);
            write(html.toString(), out);
        } else {
            page.put("style", View.markup(style));
            write(OwnPage.html(templates, page, policy(script)), out);
        }
    }

    private static void write(String html, OutputStream out) throws IOException {
        out.write(PackedDetails.in(html).getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Writes a page that has no script. */
    static void writePlain(String template, Map<String, Object> page, OutputStream out) throws IOException {
        page.put("policy", STYLE_POLICY);
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        evaluate(template, page, resource(OwnTemplates.STYLE), writer);
    }

    private static void evaluate(String template, Map<String, Object> page, String style, Writer writer)
            throws IOException {
        page.put("style", View.markup(style));
        engine().getTemplate(template).evaluate(writer, page, Locale.ROOT);
        writer.flush();
    }

    private static PebbleEngine engine() {
        ClasspathLoader loader = new ClasspathLoader(HtmlReporter.class.getClassLoader());
        loader.setPrefix(FOLDER);
        loader.setCharset(StandardCharsets.UTF_8.name());
        return new PebbleEngine.Builder()
                .loader(loader)
                .autoEscaping(true)
                .strictVariables(true)
                // Templates read maps and lists; they call nothing.
                .methodAccessValidator((object, method) -> false)
                .maxRenderedSize(LARGEST_PAGE)
                .defaultLocale(Locale.ROOT)
                .build();
    }

    private static String policy(String script) {
        return STYLE_POLICY + "; script-src 'sha256-" + sha256(script) + "'";
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = HtmlReporter.class.getResourceAsStream("/" + FOLDER + "/" + name)) {
            if (in == null) {
                throw new IllegalStateException(FOLDER + "/" + name + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
