package org.openkaiwu.checks.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openkaiwu.app.console.Console;
import org.openqa.selenium.Keys;

/** The page as a person meets it, in a real browser. */
class PageTest {
    private static final Path ROOT = Path.of(System.getProperty("kaiwu.root"));
    private static final Path PICTURES = Path.of("target/pictures");

    private static Chromium browser;
    private static Console console;

    @BeforeAll
    static void start() throws IOException {
        browser = Chromium.orSkip();
        console = new Console(ROOT, "127.0.0.1", 0);
        Thread.ofPlatform().daemon().name("runs").start(console::work);
    }

    @AfterAll
    static void end() {
        if (browser != null) {
            browser.close();
        }
        if (console != null) {
            console.close();
        }
    }

    @Test
    void aTypedSentenceIsDoneBeforeOnesEyes() {
        browser.size(1440, 900, false);
        browser.open(console.url() + "?lang=zh");
        browser.await("connected", "return !document.querySelector('#go').disabled");
        browser.run("document.querySelector('#body').value = 'ur5_gripper'");
        browser.find("#sentence").sendKeys("把红色方块放进托盘", Keys.ENTER);
        browser.await("outcome", "return !!document.querySelector('.run .outcome')");
        assertThat(browser.find(".run .outcome").getText()).contains("完成");
        assertThat(browser.find(".run .sentence").getText()).isEqualTo("把红色方块放进托盘");
        browser.picture(PICTURES.resolve("desktop.png"));
        assertThat(browser.axe()).isEmpty();
        browser.size(390, 844, true);
        browser.await("redrawn", "return document.querySelector('#world').clientWidth === 390");
        browser.picture(PICTURES.resolve("phone.png"));
        assertThat(browser.axe()).isEmpty();
        assertThat(browser.complaints()).isEmpty();
    }
}
