package org.openkaiwu.checks.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.openkaiwu.app.console.Console;
import org.openkaiwu.app.run.RunRequest;

/**
 * Makes the pictures of the README, in the folder that the property {@code kaiwu.pictures} names:
 * {@code .ci/pictures} runs it.
 */
@EnabledIfSystemProperty(named = "kaiwu.pictures", matches = ".+")
class PagePictures {
    private static final Path ROOT = Path.of(System.getProperty("kaiwu.root"));
    private static final long MOST_BYTES = 300_000;

    private static List<RunRequest> ask(String sentence, String... bodies) {
        return Stream.of(bodies).map(b -> new RunRequest(b, "tabletop", sentence, 1)).toList();
    }

    @Test
    void make() throws IOException {
        Path folder = ROOT.resolve(System.getProperty("kaiwu.pictures"));
        try (Chromium browser = Chromium.orSkip();
                Console console = new Console(ROOT, "127.0.0.1", 0)) {
            Thread.ofPlatform().daemon().name("runs").start(console::work);
            String[] bodies = {"so101", "ur5_gripper", "panda", "realman_lift", "ffw_sg2"};
            console.open(ask("", bodies));
            browser.size(1360, 850, false);
            browser.open(console.url() + "?quality=high&lang=en");
            browser.await("drawn", "return 'pictured' in document.body.dataset");
            browser.run(
                    "document.querySelector('#sentence').value = 'put the red cube in the tray'");
            browser.find("#go").click();
            browser.await("all done", "return document.querySelectorAll('.one.done').length >= 5");
            // drawing in software lags behind the words
            browser.await(
                    "drawn to the end",
                    "return Number(document.querySelector('#cursor').max) - document.body.dataset.drawn < 0.2");
            picture(browser, folder.resolve("desktop.webp"));
            console.open(ask("", "panda"));
            browser.size(390, 844, true);
            browser.open(console.url() + "?quality=high&lang=zh");
            browser.await("alone", "return document.querySelectorAll('.label').length === 0");
            browser.await("drawn", "return 'pictured' in document.body.dataset");
            browser.run("document.querySelector('#sentence').value = '把苹果放到碗里'");
            browser.find("#go").click();
            browser.await("acting", "return !!document.querySelector('.steps li.done')");
            picture(browser, folder.resolve("phone.webp"));
        }
    }

    private static void picture(Chromium browser, Path file) throws IOException {
        browser.picture(file);
        assertThat(Files.size(file)).as(file.toString()).isLessThan(MOST_BYTES);
    }
}
