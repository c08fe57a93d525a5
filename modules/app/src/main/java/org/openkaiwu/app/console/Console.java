package org.openkaiwu.app.console;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.openkaiwu.app.env.Home;
import org.openkaiwu.app.run.Listeners;
import org.openkaiwu.app.run.Recorder;
import org.openkaiwu.app.run.RunListener;
import org.openkaiwu.app.run.RunReport;
import org.openkaiwu.app.run.RunRequest;
import org.openkaiwu.app.run.Session;
import org.openkaiwu.brain.language.Dialogue;
import org.openkaiwu.brain.language.Words;
import org.openkaiwu.math.InputException;
import org.openkaiwu.math.Text;
import org.openkaiwu.sim.Scenario;
import org.openkaiwu.skill.Agent;
import org.openkaiwu.wire.PageServer;
import org.openkaiwu.wire.RunLog;
import org.openkaiwu.wire.Viewer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Serves the page and runs what it is told, one run at a time, at most as fast as it can be
 * watched. The run's thread never waits for a viewer; it waits only for the clock, so that a run is
 * shown at {@value #PACE} times real time.
 */
public final class Console implements AutoCloseable {
    private static final double PACE = 2;
    private static final int MAX_WAITING = 8;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path root;
    private final PageServer server;
    private final Offer offer;
    private final BlockingQueue<RunRequest> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
    private final List<String> story = new ArrayList<>();
    private Optional<Talk> talk = Optional.empty();
    private byte[] lastFrame;
    private volatile boolean stopAsked;
    private volatile boolean running;
    private volatile boolean resetAsked;

    /** Starts to serve; {@link #work} then runs what comes. */
    public Console(Path root, String host, int port) throws IOException {
        this.root = root;
        offer = Offer.of(root);
        server =
                new PageServer(
                        host,
                        port,
                        root.resolve("web"),
                        new PageServer.Listener() {
                            @Override
                            public void opened(Viewer viewer) {
                                welcome(viewer);
                            }

                            @Override
                            public void received(Viewer viewer, String json) {
                                take(viewer, json);
                            }
                        });
    }

    public String url() {
        return server.url();
    }

    /** Tells a newcomer what is on offer and what has happened in the present run. */
    private void welcome(Viewer viewer) {
        viewer.event(offer.toJson());
        synchronized (story) {
            story.forEach(viewer::event);
            if (lastFrame != null) {
                viewer.frame(lastFrame);
            }
        }
    }

    private void take(Viewer viewer, String json) {
        JsonNode m;
        try {
            m = JSON.readTree(json);
        } catch (JacksonException e) {
            return;
        }
        switch (m.path("kind").asString("")) {
            case "stop" -> {
                // What waits must not start moving after a stop.
                waiting.clear();
                stopAsked = true;
            }
            case "say" -> {
                if (Dialogue.isStop(cut(m.path("text").asString("")), Words.standard())) {
                    waiting.clear();
                    stopAsked = true;
                }
                RunRequest r =
                        new RunRequest(
                                m.path("body").asString(""),
                                m.path("scene").asString(""),
                                cut(m.path("text").asString("")),
                                m.path("seed").asLong(1));
                stopAsked |= running;
                if (!waiting.offer(r)) {
                    viewer.event(outcome("failed", "Too many sentences are waiting."));
                }
            }
            case "reset" -> {
                waiting.clear();
                stopAsked = true;
                resetAsked = true;
            }
            default -> {}
        }
    }

    private static String cut(String text) {
        return text.length() > 400 ? text.substring(0, 400) : text;
    }

    private static String outcome(String outcome, String message) {
        return JSON.createObjectNode()
                .put("kind", "outcome")
                .put("outcome", outcome)
                .put("message", message)
                .toString();
    }

    /**
     * Runs requests as they come, until the thread is interrupted. Sentences to the same body,
     * scene and seed belong to one conversation in one world; another choice, or a reset, begins
     * anew.
     */
    public void work() {
        try {
            while (true) {
                RunRequest r = waiting.take();
                if (resetAsked || talk.isEmpty() || !talk.get().session.serves(r)) {
                    end();
                }
                resetAsked = false;
                stopAsked = false;
                say(r, PACE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end();
        }
    }

    /**
     * Runs one request in a world of its own before the eyes of whoever watches.
     *
     * @param pace largest speed in multiples of real time when someone watches; infinity for no
     *     limit
     */
    public Optional<RunReport> show(RunRequest request, double pace) {
        end();
        Optional<RunReport> report = say(request, pace);
        end();
        return report;
    }

    private Optional<RunReport> say(RunRequest request, double pace) {
        synchronized (story) {
            story.removeIf(e -> talk.isEmpty() || !e.startsWith("{\"kind\":\"scene\""));
        }
        running = true;
        try {
            if (talk.isEmpty()) {
                talk = Optional.of(new Talk(request, pace));
            }
            talk.get().pacer.restart();
            RunReport report = talk.get().session.say(request.instruction());
            talk.get().log.flush();
            return Optional.of(report);
        } catch (InputException e) {
            tell(
                    JSON.createObjectNode()
                            .put("kind", "run")
                            .put("body", request.body())
                            .put("scene", request.scene())
                            .put("seed", request.seed())
                            .put("instruction", request.instruction())
                            .toString());
            tell(outcome("failed", e.getMessage()));
            end();
            return Optional.empty();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("the log cannot be written", e);
        } finally {
            running = false;
        }
    }

    private void end() {
        try {
            if (talk.isPresent()) {
                talk.get().log.close();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("the log cannot be written", e);
        } finally {
            talk = Optional.empty();
        }
    }

    /** A conversation in a world, with its log. */
    private final class Talk {
        private final RunLog log;
        private final Pacer pacer;
        private final Session session;

        Talk(RunRequest request, double pace) throws IOException {
            pacer = new Pacer(pace);
            log = RunLog.to(Home.logFile(request.body(), request.scene(), request.seed()));
            try {
                session =
                        new Session(
                                root,
                                request,
                                Listeners.of(
                                        new Recorder(log::write, null),
                                        new Recorder(Console.this::tell, Console.this::frame),
                                        pacer));
            } catch (InputException e) {
                log.close();
                throw e;
            }
        }
    }

    /** Every event goes to those who watch now, and into the story for those who come later. */
    private void tell(String event) {
        synchronized (story) {
            if (event.startsWith("{\"kind\":\"belief\"")) {
                story.removeIf(e -> e.startsWith("{\"kind\":\"belief\""));
            }
            story.add(event);
            server.event(event);
        }
    }

    private void frame(byte[] frame) {
        synchronized (story) {
            lastFrame = frame;
        }
        server.frame(frame);
    }

    @Override
    public void close() {
        server.close();
    }

    /** Keeps to the pace while someone watches, passes the stop button on, and tells the speed. */
    private final class Pacer implements RunListener {
        private final double pace;
        private long start = System.nanoTime();
        private double from = Double.NaN;
        private double nextStatus;

        Pacer(double pace) {
            this.pace = pace;
        }

        /** The clock of another sentence begins. */
        void restart() {
            start = System.nanoTime();
            from = Double.NaN;
            nextStatus = 0;
        }

        @Override
        public void ticked(Scenario scenario, Agent agent) {
            if (Double.isNaN(from)) {
                from = scenario.world().time;
            }
            double t = scenario.world().time - from;
            if (t >= nextStatus) {
                nextStatus = t + 0.25;
                double wall = (System.nanoTime() - start) * 1e-9;
                server.event(
                        JSON.createObjectNode()
                                .put("kind", "status")
                                .put("speed", t / Math.max(1e-3, wall))
                                .put("guard", scenario.robot().state().toString())
                                .toString());
            }
            if (server.viewers() > 0 && pace < Double.POSITIVE_INFINITY) {
                waitUntil(t / pace);
            }
        }

        private void waitUntil(double wall) {
            long rest = (long) (wall * 1e9) - (System.nanoTime() - start);
            if (rest > 2_000_000) {
                try {
                    Thread.sleep(rest / 1_000_000);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        @Override
        public Optional<Text> stop() {
            return stopAsked
                    ? Optional.of(new Text("A person stopped the run.", "人停止了运行。"))
                    : Optional.empty();
        }
    }
}
