package org.openkaiwu.checks.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openkaiwu.app.console.Console;
import org.openkaiwu.app.run.RunRequest;
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
        console.open(List.of(new RunRequest("so101", "tabletop", "", 1)));
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

    private static void open(String query) {
        browser.size(1000, 700, false);
        browser.open(console.url() + query);
        browser.await(
                "connected and drawn",
                "return !document.querySelector('#go').disabled && 'pictured' in document.body.dataset");
    }

    private static void choose(String kind, String... titles) {
        browser.find("#" + kind).click();
        browser.run(
                """
                for (const wanted of [true, false]) for (const card of document.querySelectorAll('.card')) {
                  const named = [...arguments].includes(card.querySelector('b').textContent);
                  if (named === wanted && card.querySelector('input').checked !== wanted) card.querySelector('input').click();
                }
                """,
                (Object[]) titles);
        browser.find("#cards .primary").click();
    }

    private static void say(String sentence) {
        browser.find("#sentence").sendKeys(sentence, Keys.ENTER);
    }

    @Test
    void aTypedSentenceIsDoneBeforeOnesEyes() {
        open("?lang=zh");
        choose("body", "UR5 机械臂（平行夹爪）");
        browser.await(
                "the other body", "return document.querySelector('#eyes').children.length > 0");
        say("把红色方块放进托盘");
        browser.await("outcome", "return !!document.querySelector('.run:last-child .outcome')");
        assertThat(browser.find(".run:last-child .outcome").getText()).contains("完成");
        assertThat(browser.find(".run:last-child .sentence .thing").getText()).startsWith("红色方块");
        browser.size(1440, 900, false);
        browser.await("redrawn", "return document.querySelector('#world').clientWidth === 1440");
        browser.picture(PICTURES.resolve("desktop.png"));
        assertThat(browser.axe()).isEmpty();
        browser.size(390, 844, true);
        browser.await("redrawn", "return document.querySelector('#world').clientWidth === 390");
        browser.picture(PICTURES.resolve("phone.png"));
        assertThat(browser.axe()).isEmpty();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void severalBodiesHearTheSameSentenceAndOneStopStopsAll() {
        open("?lang=en");
        choose("body", "SO-101 desk arm", "UR5 with parallel gripper");
        browser.await("two worlds", "return document.querySelectorAll('.label').length === 2");
        say("put the red cube in the tray");
        browser.await("someone acts", "return !!document.querySelector('.one .dots i')");
        browser.type(Keys.SPACE);
        browser.await(
                "both at rest",
                "return document.querySelectorAll('.one').length === 2 && !document.querySelector('.one.running')");
        assertThat(browser.find(".many").getText()).contains("A person stopped the run");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void nothingRunsOutOfASmallScreen() {
        for (String lang : List.of("zh", "en")) {
            open("?lang=" + lang);
            for (int width : new int[] {360, 430}) {
                browser.size(width, 780, true);
                browser.await(
                        "laid out",
                        "return document.querySelector('#world').clientWidth === " + width);
                assertThat(browser.run(OVERFLOWS)).as(lang + " at " + width).isEqualTo(List.of());
            }
        }
    }

    /** Elements whose text is wider than they are, or that reach out of the window. */
    private static final String OVERFLOWS =
            """
            const out = [];
            for (const e of document.querySelectorAll('button, label, b, small, span, p, h1, h2, li, output')) {
              const r = e.getBoundingClientRect();
              if (!r.width || e.closest('.examples, .unseen, .labels')) continue;
              const style = getComputedStyle(e);
              if (r.right > innerWidth + 1 || r.left < -1) out.push('outside: ' + e.outerHTML.slice(0, 90));
              else if (e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0 && style.display !== 'inline' && style.textOverflow !== 'ellipsis')
                out.push('too wide: ' + e.outerHTML.slice(0, 90));
            }
            return out;
            """;
}
