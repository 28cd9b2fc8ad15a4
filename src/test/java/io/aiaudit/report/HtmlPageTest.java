package io.aiaudit.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit;
import io.aiaudit.testing.Outside;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The HTML report in a real browser, opened from disk. */
@Outside
class HtmlPageTest {
    @TempDir
    private static Path folder;

    private static Browser browser;
    private static Path rich;
    private static Path hostile;
    private static Path empty;

    @BeforeAll
    static void start() throws IOException {
        rich = page("rich.html", SampleAudit.flagged(SampleAudit.rich(), true, true));
        hostile = page("hostile.html", HostileAudit.everywhere());
        empty = page("empty.html", SampleAudit.empty());
        browser = Browser.start(folder.resolve("profile"));
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"false,false", "false,true", "true,false", "true,true"})
    void axe_finds_nothing_and_nothing_is_wider_than_the_window(boolean telephone, boolean dark) throws IOException {
        String look = (telephone ? "390" : "1440") + (dark ? "-dark" : "-light");
        browser.open(rich, telephone, dark);
        browser.picture("rich-" + look, "body");
        browser.run("for (const d of [...document.querySelectorAll('details')].slice(0, 3)) d.open = true");
        assertThat(browser.violations()).isEmpty();
        assertThat(browser.overflow()).isZero();
        if (telephone) {
            browser.run("document.querySelectorAll('details').forEach(d => { d.open = true; })");
            assertThat(
                            browser.run(
                                    "return [...document.querySelectorAll('.scroll')].filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.ariaLabel)"))
                    .as("tables that have to be moved sideways")
                    .isEqualTo(List.of());
            assertThat(browser.find("#plan .planned li").getText())
                    .contains("$18,921.60", "With all above $18,921.60", "High confidence");
        }
        browser.picture("rich-findings-" + look, "#findings");
        browser.picture("rich-spend-" + look, "#spend");
        browser.picture("rich-method-" + look, "#method");
        browser.picture("rich-tokens-" + look, "#tokens");
        browser.picture("rich-units-" + look, "#units");

        browser.open(empty, telephone, dark);
        assertThat(browser.violations()).isEmpty();
        assertThat(browser.overflow()).isZero();
        browser.picture("empty-" + look, "body");
    }

    @Test
    @SuppressWarnings("unchecked") // the views of templates are maps of anything
    void what_is_made_of_list_prices_is_said_beside_the_figures() {
        Map<String, Object> summary =
                (Map<String, Object>) HtmlPage.of(SampleAudit.rich()).get("summary");
        assertThat(summary.get("saving_listed").toString()).endsWith(" of it at list prices");
        assertThat(summary.get("all_listed"))
                .as("every account has a bill, which has all of its money")
                .isEqualTo("");
    }

    @Test
    void it_asks_the_network_for_nothing_and_the_console_stays_silent() {
        browser.open(rich, false, false);
        browser.find("#theme").click();
        browser.find("#findings summary").click();
        assertThat(browser.requests())
                .isNotEmpty()
                .allMatch(address -> address.startsWith("file:") || address.startsWith("data:"));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void the_summary_says_what_a_chief_financial_officer_asks() {
        browser.open(rich, false, false);
        assertThat(browser.find("#summary").getText())
                .contains("$66,940.31", "between $56,478.23 and $69,768.48", "$803,284 a year", "$187,402.55", "36 %")
                .contains("$10,665.09", "interruption: yes", "chat-v1-prod", "2\nsources not read");
        assertThat(browser.find("body").getText()).contains(Banners.DEMO, Banners.PARTIAL);
    }

    @Test
    void models_and_units_of_work_say_what_they_cost_and_what_is_unknown() {
        browser.open(rich, false, false);
        assertThat(browser.find("#tokens").getText())
                .contains("claude-sonnet-4-5", "96.0 M written to a cache at 3.75", "calls of 83 % of the cost")
                .contains("gpt-4.1 azure; billed by provisioned units")
                .contains("gemini-2.5-pro gcp; tokens unknown; calls unknown", "unknown model aws; cost unknown")
                .contains("18,654.60 13.90 3.00 15.00 0.30 3.51", "29,551.15");
        assertThat(browser.find("#units").getText())
                .contains(
                        "used GPU hour 19.61 61,204.88 3,120",
                        "paid $5.00 an hour, 25 % used; 12 of 40 resources, 63 % of the GPU spend")
                .contains("million tokens - - - not measured (0 of 6 resources)");
        browser.open(empty, false, false);
        assertThat(browser.findAll("#tokens, #units")).isEmpty();
    }

    @Test
    void filters_narrow_the_table_and_say_what_is_left() {
        browser.open(rich, false, false);
        choose("#by-status", "unconfirmed");
        assertThat(names()).hasSize(4).contains("reco-train-weekly");
        assertThat(browser.find("#tally").getText()).isEqualTo("4 of 26 findings, $0.00 a month counted");
        choose("#by-status", "");
        choose("#by-provider", "azure");
        choose("#by-lever", "Batch");
        assertThat(names()).containsExactly("gpt-4o-nightly-tagging");
        assertThat(browser.find("#tally").getText()).isEqualTo("1 of 26 findings, $2,560.00 a month counted");
        browser.find("#filters [type=reset]").click();
        search("europe-west4 EMBEDDER");
        assertThat(names()).containsOnly("rag-embedder").hasSize(2);
        search("no such thing");
        assertThat(names()).isEmpty();
        assertThat(browser.find("#nothing").isDisplayed()).isTrue();
    }

    @Test
    void columns_sort_by_mouse_and_by_keyboard_and_say_so() {
        browser.open(rich, false, false);
        assertThat(names()).startsWith("chat-v1-prod", "rag-embedder");
        WebElement byName = browser.find("th[data-sort=name] button");
        byName.click();
        assertThat(names()).isSortedAccordingTo(String.CASE_INSENSITIVE_ORDER);
        assertThat(browser.find("th[data-sort=name]").getDomAttribute("aria-sort"))
                .isEqualTo("ascending");
        browser.run("document.querySelector('th[data-sort=amount] button').focus()");
        browser.find("th[data-sort=amount] button").sendKeys(Keys.ENTER);
        assertThat(names()).startsWith("chat-v1-prod", "rag-embedder");
        browser.find("th[data-sort=amount] button").sendKeys(Keys.SPACE);
        assertThat(names()).endsWith("rag-embedder", "chat-v1-prod");
        assertThat(browser.findAll("th[aria-sort]")).hasSize(1);
    }

    @Test
    void evidence_opens_by_keyboard_and_its_commands_can_be_copied() {
        browser.open(rich, false, false);
        WebElement summary = browser.find("#findings summary");
        assertThat(browser.find("#findings .detail").isDisplayed()).isFalse();
        summary.sendKeys(Keys.ENTER);
        assertThat(browser.find("#findings .detail").getText())
                .contains(
                        "aws sagemaker delete-endpoint --endpoint-name 'chat-v1-prod'",
                        "Busiest Monday",
                        "inference-endpoint-idle");
        browser.run("navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve(); }");
        browser.find("#findings .copy").click();
        assertThat(browser.run("return window.copied"))
                .isEqualTo("# check once more that nobody calls it\n"
                        + "aws sagemaker delete-endpoint --endpoint-name 'chat-v1-prod' --region 'eu-central-1'");
        assertThat(browser.find("#findings .copy").getText()).isEqualTo("Copied");
    }

    @Test
    void a_link_of_the_summary_opens_its_finding() {
        browser.open(rich, false, false);
        browser.find("#summary .actions a").click();
        assertThat(browser.find("#findings tbody:target .detail").isDisplayed()).isTrue();
    }

    @Test
    void the_theme_changes_by_a_button_and_nothing_is_stored() {
        browser.open(rich, false, false);
        String light = browser.find("body").getCssValue("background-color");
        browser.find("#theme").click();
        assertThat(browser.find("body").getCssValue("background-color")).isNotEqualTo(light);
        assertThat(browser.find("#theme").getText()).isEqualTo("Light theme");
        assertThat(browser.run("return localStorage.length + sessionStorage.length + document.cookie.length"))
                .isEqualTo(0L);
        browser.open(rich, false, true);
        assertThat(browser.find("body").getCssValue("background-color")).isNotEqualTo(light);
        browser.find("#theme").click();
        assertThat(browser.find("body").getCssValue("background-color")).isEqualTo(light);
    }

    @Test
    void the_keyboard_reaches_the_skip_link_first_and_focus_is_seen() {
        browser.open(rich, false, false);
        browser.find("body").sendKeys(Keys.TAB);
        assertThat(browser.run("return document.activeElement.className")).isEqualTo("skip");
        assertThat(browser.find(".skip").getCssValue("outline-style")).isEqualTo("solid");
        assertThat(browser.find(".skip").getLocation().getY()).isNotNegative();
    }

    @Test
    void everything_is_readable_without_scripts_and_nothing_dead_is_shown() {
        browser.openWithoutScripts(rich);
        assertThat(browser.debug("getComputedStyle(document.querySelector('#filters')).display"))
                .isEqualTo("none");
        assertThat(browser.debug("getComputedStyle(document.querySelector('#theme')).display"))
                .isEqualTo("none");
        assertThat(browser.debug("document.querySelectorAll('.sort').length")).isEqualTo(0L);
        assertThat(browser.debug(
                        "[...document.querySelectorAll('#table > tbody')].filter(b => b.offsetHeight > 0).length"))
                .isEqualTo(26L);
        assertThat(
                        browser.debug(
                                "document.querySelector('#findings summary').click(), document.querySelector('#findings .detail').offsetHeight > 100"))
                .isEqualTo(true);
    }

    @Test
    void print_opens_the_evidence_and_says_on_every_sheet_that_it_is_a_demo() throws IOException {
        browser.openWithoutScripts(rich);
        browser.media("print", false);
        assertThat(browser.debug("[...document.querySelectorAll('.detail')].every(d => d.offsetHeight > 50)"))
                .isEqualTo(true);
        assertThat(browser.debug("getComputedStyle(document.querySelector('nav')).display"))
                .isEqualTo("none");
        assertThat(browser.debug("getComputedStyle(document.querySelector('.banner.demo')).display"))
                .isEqualTo("table-header-group");
        assertThat(browser.print("rich")).isBetween(10, 30);
        browser.open(rich, false, true);
        browser.media("print", true);
        assertThat(browser.find("body").getCssValue("color"))
                .as("dark is for screens")
                .isEqualTo("rgba(28, 31, 35, 1)");
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void hostile_names_run_nothing_ask_nothing_and_break_nothing(boolean telephone) throws IOException {
        browser.open(hostile, telephone, false);
        browser.run("document.querySelectorAll('details').forEach(d => { d.open = true; })");
        assertThat(browser.run("return window.hacked")).isNull();
        assertThat(browser.findAll(
                        "main script, main img, main iframe, main object, a[href^=javascript], [onclick], [onerror]"))
                .isEmpty();
        assertThat(browser.run("return [...document.links].every(a => a.getAttribute('href').startsWith('#'))"))
                .isEqualTo(true);
        assertThat(browser.overflow()).isZero();
        assertThat(browser.violations()).isEmpty();
        assertThat(browser.requests()).allMatch(address -> address.startsWith("file:") || address.startsWith("data:"));
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.find("#findings").getText()).contains("<script>window.hacked=1</script>");
        browser.picture("hostile-" + (telephone ? "390" : "1440"), "#findings");
    }

    @Test
    void five_thousand_findings_load_filter_and_sort_while_one_waits() throws IOException {
        Path large = page("large.html", SampleAudit.of(SampleFindings.many(5_100)));
        assertThat(Files.size(large)).isLessThan(25_000_000);
        long start = System.nanoTime();
        browser.open(large, false, false);
        long loaded = millis(start);
        start = System.nanoTime();
        search("rag-embedder-1001");
        long filtered = millis(start);
        browser.find("#filters [type=reset]").click();
        start = System.nanoTime();
        browser.find("th[data-sort=name] button").click();
        browser.run("return document.body.offsetHeight");
        long sorted = millis(start);
        System.getLogger("report")
                .log(
                        System.Logger.Level.INFO,
                        "5,000 findings: {0} bytes, load {1} ms, filter {2} ms, sort {3} ms",
                        Files.size(large),
                        loaded,
                        filtered,
                        sorted);
        assertThat(loaded).isLessThan(20_000);
        assertThat(filtered).isLessThan(10_000);
        assertThat(sorted).isLessThan(10_000);
        assertThat(browser.run("return document.querySelectorAll('#table > tbody').length"))
                .isEqualTo(5_000L);
        assertThat(names()).hasSize(300);
        browser.find("#rest button").click();
        assertThat(names()).hasSize(5_000);
        assertThat(browser.find("#findings .lead").getText())
                .contains("This page shows the first 5,000", "The first 500 have their evidence here");
    }

    private static long millis(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }

    private static void choose(String select, String value) {
        browser.run(
                "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('change'))",
                browser.find(select),
                value);
    }

    private static void search(String words) {
        browser.find("#search").clear();
        browser.find("#search").sendKeys(words);
        // Typing is answered after a moment of rest.
        browser.run("return new Promise(done => setTimeout(done, 300))");
    }

    private static List<String> names() {
        @SuppressWarnings("unchecked") // the script returns a list of texts
        List<String> names = (List<String>) browser.run(
                "return [...document.querySelectorAll('#table > tbody:not([hidden]) .name')].map(n => n.textContent)");
        return names;
    }

    private static Path page(String name, Audit audit) throws IOException {
        Path page = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(page)) {
            new HtmlReporter().write(audit, out);
        }
        return page;
    }
}
