package io.aiaudit.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit;
import io.aiaudit.report.HostileAudit;
import io.aiaudit.report.SampleAudit;
import io.aiaudit.report.text.Amounts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HtmlReporterTest {
    private static final Path TEMPLATES = Path.of("reports", "templates");

    static List<Path> templates() throws IOException {
        try (Stream<Path> files = Files.list(TEMPLATES)) {
            return files.filter(file -> file.toString().endsWith(".html"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void the_policy_of_the_page_comes_first_and_names_its_one_script() throws Exception {
        String page = text(SampleAudit.rich());
        assertThat(page)
                .startsWith("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta http-equiv=\"Content-Security-Policy\" "
                        + "content=\"default-src &#39;none&#39;;");
        Matcher script = Pattern.compile("(?s)<script>(.*?)</script>").matcher(page);
        assertThat(script.find()).isTrue();
        byte[] hash =
                MessageDigest.getInstance("SHA-256").digest(script.group(1).getBytes(StandardCharsets.UTF_8));
        assertThat(page)
                .contains("script-src &#39;sha256-" + Base64.getEncoder().encodeToString(hash) + "&#39;");
        assertThat(script.find()).as("a second script").isFalse();
    }

    @Test
    void every_section_is_in_the_navigation_in_the_order_of_the_page() throws IOException {
        for (Audit audit : List.of(SampleAudit.rich(), SampleAudit.empty())) {
            String page = text(audit);
            List<String> sections = found("<section id=\"([a-z]+)\"", page);
            String navigation = page.substring(page.indexOf("<nav "), page.indexOf("</nav>"));
            List<String> entries = found("href=\"#([a-z]+)\"", navigation);
            assertThat(sections).contains("plan", "patterns", "quality");
            assertThat(entries).filteredOn(entry -> !entry.equals("checklist")).isEqualTo(sections);
            assertThat(page)
                    .contains(entries.stream()
                            .map(entry -> "id=\"" + entry + "\"")
                            .toList());
        }
        assertThat(text(SampleAudit.rich())).contains("<a href=\"#checklist\">");
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    @Test
    void nothing_is_loaded_from_elsewhere() throws IOException {
        assertThat(text(SampleAudit.rich()))
                .doesNotContain("@import", "url(")
                .doesNotContainPattern("(?:src|href|action|srcset)=\"(?!#|data:,)");
    }

    @Test
    void what_the_bills_are_is_reported_outside_the_table_that_goes_on_sideways_and_what_was_converted_below_it()
            throws IOException {
        String page = text(SampleAudit.rich());
        assertThat(page.substring(page.indexOf("<h2 id=\"spend-title\">")))
                .containsSubsequence(
                        "Totals of the bill files in USD.",
                        "aria-label=\"Table: bills by provider\"",
                        "</table>",
                        "Of the bill of Azure 90,018.85 EUR billed",
                        "Cost by day");
    }

    @Test
    void hostile_names_are_text_wherever_they_stand() throws IOException {
        String page = text(HostileAudit.everywhere());
        assertThat(page)
                .contains(
                        "&lt;script&gt;window.hacked=1&lt;/script&gt;",
                        "{{ 7 * 7 }}",
                        "␛[31mred",
                        "… (10,000 characters)")
                .doesNotContain("<script>window", "<img", "' onmouseover='window")
                .doesNotContainPattern("[\\p{Cc}&&[^\\n]]")
                .doesNotContainPattern("[\\u202a-\\u202e\\u2066-\\u2069\\u2028\\u2029]");
    }

    /** Pebble escapes for text and quoted attributes; this is where that is not enough. */
    @ParameterizedTest
    @MethodSource("templates")
    void templates_put_values_only_where_escaping_suffices(Path template) throws IOException {
        String text = Files.readString(template);
        assertThat(text).doesNotContain("| raw", "|raw", "autoescape").doesNotContainPattern("\\son\\w+=");
        assertThat(text).as("a value in an unquoted attribute").doesNotContainPattern("=\\s*\\{\\{");
        // The logo of the brand is no text of anybody: it is made here of an image that was checked (BrandTest).
        assertThat(text.replace("src=\"{{ brand.logo }}\"", ""))
                .as("a value as an address")
                .doesNotContainPattern("(?:href|src|action|style)=\"\\{\\{");
        String scripts = text.replace("<script>{{ script }}</script>", "")
                .replaceAll("<style>\\s*\\{\\{ style }}\\s*</style>", "");
        assertThat(scripts).as("a value inside script or style").doesNotContainPattern("<(?:script|style)");
    }

    @Test
    void amounts_are_written_the_same_in_every_country() {
        Amounts dollars = new Amounts("USD");
        assertThat(dollars.money(new BigDecimal("1234567.891"))).isEqualTo("$1,234,567.89");
        assertThat(dollars.money(new BigDecimal("-12.5"))).isEqualTo("-$12.50");
        assertThat(dollars.money(null)).isEqualTo("-");
        assertThat(new Amounts("CHF").money(new BigDecimal("999"))).isEqualTo("CHF 999.00");
        assertThat(dollars.whole(new BigDecimal("-1234.5"))).isEqualTo("-$1,234");
        assertThat(Amounts.share(new BigDecimal("0.4"), new BigDecimal("100"))).isEqualTo("< 1 %");
        assertThat(Amounts.share(new BigDecimal("99.7"), new BigDecimal("100"))).isEqualTo("> 99 %");
        assertThat(Amounts.share(new BigDecimal("100"), new BigDecimal("100"))).isEqualTo("100 %");
        assertThat(Amounts.share(BigDecimal.ONE, BigDecimal.ZERO)).isEqualTo("-");
        assertThat(Amounts.count(1234567)).isEqualTo("1,234,567");
    }

    private static String text(Audit audit) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new HtmlReporter().write(audit, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
