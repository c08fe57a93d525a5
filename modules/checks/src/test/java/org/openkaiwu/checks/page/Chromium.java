package org.openkaiwu.checks.page;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless browser of this machine, drawing in software; tests are skipped without one. */
final class Chromium implements AutoCloseable {
    /** Software drawing on a busy machine takes its time. */
    private static final Duration PATIENCE =
            Duration.ofSeconds(Integer.getInteger("kaiwu.patience", 120));

    private final ChromeDriver driver;

    private Chromium(ChromeDriver driver) {
        this.driver = driver;
        driver.manage().timeouts().scriptTimeout(PATIENCE);
        driver.manage().timeouts().pageLoadTimeout(PATIENCE);
    }

    /** Starts the browser, or skips the test with the reason. */
    static Chromium orSkip() {
        Optional<Path> browser =
                program(
                        "chromium",
                        "chromium-browser",
                        "google-chrome",
                        "google-chrome-stable",
                        "Google Chrome",
                        "Chromium");
        Optional<Path> driver = program("chromedriver");
        assumeTrue(
                browser.isPresent() && driver.isPresent(),
                "no Chromium with chromedriver here: the page is not tested"
                        + " (Debian: apt install chromium-driver)");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser.get().toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--enable-unsafe-swiftshader",
                "--ignore-gpu-blocklist",
                "--force-color-profile=srgb",
                "--hide-scrollbars",
                "--window-size=1440,900");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, java.util.logging.Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service =
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(driver.get().toFile())
                        .withLogOutput(java.io.OutputStream.nullOutputStream())
                        .build();
        return new Chromium(new ChromeDriver(service, options));
    }

    private static Optional<Path> program(String... names) {
        List<String> folders =
                Stream.concat(
                                Stream.of(System.getenv("PATH").split(File.pathSeparator)),
                                Stream.of(
                                        "/opt/homebrew/bin",
                                        "/Applications/Google Chrome.app/Contents/MacOS",
                                        "/Applications/Chromium.app/Contents/MacOS"))
                        .toList();
        return Stream.of(names)
                .flatMap(n -> folders.stream().map(f -> Path.of(f, n)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    void open(String url) {
        driver.get(url);
    }

    /** Width and height in CSS pixels; a phone has a touch screen and twice the pixels. */
    void size(int width, int height, boolean phone) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of(
                        "width",
                        width,
                        "height",
                        height,
                        "deviceScaleFactor",
                        phone ? 2 : 1,
                        "mobile",
                        phone));
        driver.executeCdpCommand("Emulation.setTouchEmulationEnabled", Map.of("enabled", phone));
    }

    /** Emulates media features, e.g. {@code prefers-color-scheme: dark}. */
    void media(String name, String value) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", name, "value", value))));
    }

    WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    /** Waits until a script's value is true. */
    void await(String what, String script) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Boolean.TRUE.equals(run(script))) {
            if (System.nanoTime() > end) {
                throw new AssertionError(
                        "not within "
                                + PATIENCE.toSeconds()
                                + " s: "
                                + what
                                + "\n"
                                + find("body").getText()
                                + "\n"
                                + complaints());
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Runs a script with {@code return}. */
    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Waits for the promise of a script that calls its last argument. */
    Object later(String script, Object... arguments) {
        return driver.executeAsyncScript(script, arguments);
    }

    /** Keys to whatever has the focus. */
    void type(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    /** Errors that the page wrote to its console. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(e -> e.getLevel().intValue() >= java.util.logging.Level.SEVERE.intValue())
                .map(e -> e.getMessage())
                .toList();
    }

    /** What is seen, as PNG or, by the file's name, WebP. */
    void picture(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            boolean webp = file.toString().endsWith(".webp");
            Map<String, Object> wish =
                    webp ? Map.of("format", "webp", "quality", 90) : Map.of("format", "png");
            Object data = driver.executeCdpCommand("Page.captureScreenshot", wish).get("data");
            Files.write(file, Base64.getDecoder().decode((String) data));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What axe finds of the given impacts, one line each. */
    @SuppressWarnings("unchecked")
    List<String> axe() {
        driver.executeScript(resource("/axe.min.js"));
        return (List<String>)
                later(
                        """
                        const done = arguments[arguments.length - 1];
                        axe.run(document, {resultTypes: ['violations']}).then(r => done(r.violations
                          .filter(v => v.impact === 'serious' || v.impact === 'critical')
                          .map(v => v.id + ': ' + v.help + ' at ' + v.nodes.map(n => n.target.join(' ') + ' (' + n.failureSummary + ')').join('; '))),
                          e => done(['axe failed: ' + e]));
                        """);
    }

    private static String resource(String name) {
        try (InputStream in = Chromium.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
