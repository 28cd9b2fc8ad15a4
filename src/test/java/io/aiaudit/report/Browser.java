package io.aiaudit.report;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import io.aiaudit.testing.Needs;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Debian's Chromium with an empty profile, looking at reports on disk. */
public final class Browser implements AutoCloseable {
    private static final int DESK = 1280;
    private static final int TELEPHONE = 390;
    private static final int HEIGHT = 900;
    private static final int PICTURE_HEIGHT = 1800;

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    public static Browser start(Path profile) {
        Path chromium = Needs.program("chromium", "chromium-browser", "google-chrome");
        Path chromedriver = Needs.program("chromedriver");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.toString());
        options.setCapability("goog:loggingPrefs", logs);
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + profile);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File(chromedriver.toString()))
                .build();
        return new Browser(new ChromeDriver(service, options));
    }

    /** Opens a page as a telephone or a desk would show it. */
    public Browser open(Path page, boolean telephone, boolean dark) {
        return open(page.toUri().toString(), telephone, dark);
    }

    /** The same, by a link to an anchor on the page. */
    public Browser open(Path page, boolean telephone, boolean dark, String anchor) {
        return open(page.toUri() + "#" + anchor, telephone, dark);
    }

    private Browser open(String address, boolean telephone, boolean dark) {
        drainLogs();
        // A link to another anchor of the page that is open would not load it.
        driver.get("about:blank");
        driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", false));
        size(telephone);
        media("screen", dark);
        driver.get(address);
        return this;
    }

    private void size(boolean telephone) {
        size(telephone, HEIGHT);
    }

    private void size(boolean telephone, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of(
                        "width",
                        telephone ? TELEPHONE : DESK,
                        "height",
                        height,
                        "deviceScaleFactor",
                        1,
                        "mobile",
                        telephone));
    }

    public Browser openWithoutScripts(Path page) {
        driver.get("about:blank");
        size(false);
        driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", true));
        driver.get(page.toUri().toString());
        return this;
    }

    public void media(String type, boolean dark) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "media",
                        type,
                        "features",
                        List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    public WebElement find(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    public List<WebElement> findAll(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    public Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** What the debugger sees, also where the page itself may run no script. */
    public Object debug(String expression) {
        Map<?, ?> answer =
                driver.executeCdpCommand("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
        return ((Map<?, ?>) answer.get("result")).get("value");
    }

    /**
     * What is in order is not listed node by node, which takes axe longer than to find what is not. Without frames, and
     * our pages have none, the results need no second window in which those of the frames are put together.
     */
    @SuppressWarnings("deprecation") // of all pages: those with frames would be examined in part only
    public List<Rule> violations() {
        AxeBuilder axe = new AxeBuilder();
        axe.setLegacyMode(true);
        axe.setOptions("{\"resultTypes\": [\"violations\"]}");
        return axe.analyze(driver).getViolations();
    }

    /** Errors and warnings of the console. */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** Addresses that were requested since the page was opened. */
    public List<String> requests() {
        return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(LogEntry::getMessage)
                .filter(message -> message.contains("\"Network.requestWillBeSent\""))
                .map(message -> message.replaceAll("(?s).*\"url\":\"([^\"]*)\".*", "$1"))
                .toList();
    }

    /** Widest content, to be compared with the width of the window. */
    public long overflow() {
        Number beyond =
                (Number) run("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
        return beyond.longValue();
    }

    /** What is seen from {@code css} on in a tall window, as a picture for people in target/report-pictures. */
    void picture(String name, String css) throws IOException {
        boolean telephone = ((Number) run("return innerWidth")).intValue() < DESK;
        size(telephone, PICTURE_HEIGHT);
        run("document.querySelector(arguments[0]).scrollIntoView()", css);
        screen(name);
        size(telephone, HEIGHT);
    }

    /** What the window shows now, as a picture for people in target/report-pictures. */
    void screen(String name) throws IOException {
        Map<String, Object> shot = driver.executeCdpCommand("Page.captureScreenshot", Map.of("format", "png"));
        save(name + ".png", (String) shot.get("data"));
    }

    /** The page as it is printed on A4, in target/report-pictures; the number of sheets. */
    public int print(String name) throws IOException {
        Map<String, Object> printed = driver.executeCdpCommand(
                "Page.printToPDF", Map.of("preferCSSPageSize", true, "printBackground", false));
        String pdf = new String(
                save(name + ".pdf", (String) printed.get("data")), java.nio.charset.StandardCharsets.ISO_8859_1);
        return pdf.split("/Type /Page\\b(?!s)", -1).length - 1;
    }

    private static byte[] save(String name, String base64) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "report-pictures"));
        byte[] bytes = Base64.getDecoder().decode(base64);
        Files.write(folder.resolve(name), bytes);
        return bytes;
    }

    private void drainLogs() {
        driver.manage().logs().get(LogType.BROWSER);
        driver.manage().logs().get(LogType.PERFORMANCE);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
