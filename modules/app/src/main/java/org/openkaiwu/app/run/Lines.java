package org.openkaiwu.app.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.openkaiwu.brain.language.Dialogue;
import org.openkaiwu.brain.language.Words;
import org.openkaiwu.math.Text;

/**
 * Sentences typed by a person, one a line. A word that stops does so at once, also while the robot
 * moves, and what waited is forgotten.
 */
final class Lines {
    private static final String END = "";

    private final BlockingQueue<String> waiting = new LinkedBlockingQueue<>();
    private volatile boolean stopAsked;

    /** Passes lines on until the input ends. */
    void converse(Consumer<String> say) {
        Thread reader = Thread.ofVirtual().start(this::read);
        try {
            for (String line = waiting.take(); !line.equals(END); line = waiting.take()) {
                stopAsked = false;
                say.accept(line);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            reader.interrupt();
        }
    }

    private void read() {
        String charset = System.getProperty("stdin.encoding", Charset.defaultCharset().name());
        try {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(System.in, Charset.forName(charset)));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (Dialogue.isStop(line, Words.standard())) {
                    waiting.clear();
                    stopAsked = true;
                }
                if (!line.isBlank()) {
                    waiting.add(line.strip());
                }
            }
        } catch (IOException e) {
            System.err.println(e.getMessage());
        } finally {
            waiting.add(END);
        }
    }

    /** A reason to stop, once somebody gave it. */
    Optional<Text> stop() {
        return stopAsked
                ? Optional.of(new Text("A person stopped the run.", "人停止了运行。"))
                : Optional.empty();
    }
}
