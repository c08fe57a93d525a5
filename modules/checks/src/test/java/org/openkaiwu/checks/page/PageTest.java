package org.openkaiwu.checks.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openkaiwu.app.console.Console;
import org.openkaiwu.app.env.Home;
import org.openkaiwu.app.run.Recorder;
import org.openkaiwu.app.run.Run;
import org.openkaiwu.app.run.RunRequest;
import org.openkaiwu.wire.RunLog;
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
        Object before = browser.run("return document.querySelectorAll('.run').length");
        browser.find("#sentence").sendKeys(sentence, Keys.ENTER);
        browser.await("heard", "return document.querySelectorAll('.run').length > " + before);
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
    void aRunIsReplayedFromItsLogAndGivesWayToTheLiveWorld() {
        open("?lang=en");
        choose("body", "SO-101 desk arm");
        say("put the table in the cup");
        browser.await(
                "refused", "return !!document.querySelector('.run:last-child .outcome.refused')");
        browser.find("#logs-open").click();
        browser.await("listed", "return !!document.querySelector('.log')");
        assertThat(browser.find(".log b").getText()).isEqualTo("put the table in the cup");
        assertThat(browser.axe()).isEmpty();
        browser.find(".log").click();
        browser.await("at its end", "return document.querySelector('#play.still') !== null");
        assertThat(browser.find("#replaying").getText()).contains("put the table in the cup");
        browser.await(
                "all told",
                "return (document.querySelector('.outcome')?.textContent ?? '').startsWith('Refused')");
        browser.find("#layers").click();
        browser.find("#show-numbers").click();
        browser.media("prefers-color-scheme", "dark");
        assertThat(browser.axe()).isEmpty();
        browser.media("prefers-color-scheme", "light");
        browser.find("#layers").click();
        browser.find("#cursor").sendKeys(Keys.HOME);
        browser.await("before the answer", "return !document.querySelector('.outcome')");
        browser.find("#speed").sendKeys("8");
        browser.find("#play").click();
        browser.await("answered anew", "return !!document.querySelector('.outcome')");
        drop("new Uint8Array(5000).map((_, i) => (i * 2654435761) >>> 13)");
        browser.await("told so", "return !document.querySelector('#toast').hidden");
        assertThat(browser.find("#toast").getText()).isEqualTo("x.jsonl is not a run log.");
        browser.find("#to-live").click();
        browser.await(
                "live again",
                "return !document.body.classList.contains('replaying') && !document.querySelector('#go').disabled");
        assertThat(browser.find("#body b").getText()).isEqualTo("SO-101 desk arm");
        // what is only looked at leaves the logs of earlier runs alone
        assertThat(Home.logs().resolve("so101-tabletop-1.jsonl")).isNotEmptyFile();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aServerThatComesBackFindsTheViewersOwnChoices() throws IOException {
        Console first = new Console(ROOT, "127.0.0.1", 0);
        String url = first.url();
        browser.size(1000, 700, false);
        browser.open(url + "?lang=en");
        browser.await("up", "return !document.querySelector('#go').disabled");
        choose("body", "UR5 with parallel gripper");
        choose("scene", "Workcell");
        browser.find("#sentence").sendKeys("put the");
        first.close();
        browser.await("lost", "return document.body.classList.contains('lost')");
        try (Console second = new Console(ROOT, "127.0.0.1", URI.create(url).getPort())) {
            second.open(List.of(new RunRequest("so101", "tabletop", "", 1)));
            Thread runs = Thread.ofPlatform().daemon().start(second::work);
            browser.await(
                    "another world shown",
                    "return !document.querySelector('#go').disabled && document.querySelector('#eyes').children.length > 0");
            assertThat(browser.find("#body b").getText()).isEqualTo("UR5 with parallel gripper");
            assertThat(browser.find("#scene b").getText()).isEqualTo("Workcell");
            assertThat(browser.find("#sentence").getAttribute("value")).isEqualTo("put the");
            runs.interrupt();
        }
    }

    private static void drop(String bytes) {
        browser.run(
                "const d = new DataTransfer(); d.items.add(new File(["
                        + bytes
                        + "], 'x.jsonl')); dispatchEvent(new DragEvent('drop', {dataTransfer: d}))");
    }

    @Test
    void logsThatAreCutOffOrSpoiltAreShownUpToThereOrRefused() throws IOException {
        Path log = Path.of("target/spoilt.jsonl");
        try (RunLog out = RunLog.to(log)) {
            Run.of(
                    ROOT,
                    new RunRequest("so101", "tabletop", "put the table in the cup", 1),
                    Recorder.log(out::write));
        }
        open("?lang=en");
        Object odd =
                browser.later(
                        """
                        const [content, done] = arguments;
                        import('/log.js').then(({readLog}) => {
                          const odd = [];
                          let seed = 1;
                          const random = (n) => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed % n; };
                          const whole = readLog(content);
                          if (whole.cut || !whole.events.length) odd.push('the whole log');
                          for (let i = 0; i < 400; i++) {
                            const at = random(content.length);
                            const spoilt = i % 2 ? content.slice(0, at) : content.slice(0, at) + String.fromCharCode(random(200)) + content.slice(at + random(40));
                            try {
                              const l = readLog(spoilt);
                              if (!l.scene || l.frames.some((f) => f.some(Number.isNaN)) || l.frames.length > whole.frames.length) odd.push(`${i} at ${at}`);
                            } catch (e) { if (!(e instanceof Error) || e instanceof TypeError) odd.push(`${i} at ${at}: ${e}`); }
                          }
                          done(odd);
                        }, (e) => done([String(e)]));
                        """,
                        Files.readString(log));
        assertThat(odd).isEqualTo(List.of());
    }

    @Test
    void theKeyboardAloneReachesEverythingAndSpaceStopsOnlyWhatMoves() {
        open("?lang=en");
        browser.run("document.activeElement.blur()");
        TreeSet<String> reached = new TreeSet<>();
        for (int i = 0; i < 40; i++) {
            browser.type(Keys.TAB);
            reached.add(String.valueOf(browser.run("return document.activeElement.id || 'other'")));
        }
        assertThat(reached)
                .contains("world", "logs-open", "layers", "language", "body", "scene", "seed")
                .contains("sentence", "stop", "play", "cursor", "live");
        browser.run("document.querySelector('#layers').focus()");
        browser.type(Keys.SPACE);
        browser.await("open", "return !document.querySelector('#layer-menu').hidden");
        browser.type(Keys.SPACE);
        assertThat(browser.run("return document.querySelector('#layer-menu input').checked"))
                .isEqualTo(false);
        browser.type(Keys.SPACE, Keys.ESCAPE);
        assertThat(browser.run("return document.activeElement.id")).isEqualTo("layers");
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

    @Test
    void whoAskedForLessMotionSeesNoneButTheRobots() {
        browser.media("prefers-reduced-motion", "reduce");
        try {
            open("?lang=en");
            assertThat(browser.run(MOVING)).isEqualTo(List.of());
        } finally {
            browser.media("prefers-reduced-motion", "no-preference");
        }
        open("?lang=en");
        assertThat(browser.run(MOVING)).asInstanceOf(LIST).isNotEmpty();
    }

    /** What pulses or glides when a step is under way, a list of elements and properties. */
    private static final String MOVING =
            """
            const step = document.createElement('i');
            step.className = 'running';
            document.body.append(step);
            const out = [];
            for (const e of document.querySelectorAll('*')) {
              const style = getComputedStyle(e);
              if (style.animationName !== 'none') out.push(e.tagName + ' ' + style.animationName);
              if (style.transitionDuration !== '0s') out.push(e.tagName + ' ' + style.transitionDuration);
            }
            step.remove();
            return out;
            """;

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
