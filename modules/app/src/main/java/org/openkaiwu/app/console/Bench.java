package org.openkaiwu.app.console;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.openkaiwu.app.run.FrameStream;
import org.openkaiwu.app.run.SceneMessage;
import org.openkaiwu.body.Machine;
import org.openkaiwu.math.Text;
import org.openkaiwu.physics.Model;
import org.openkaiwu.physics.World;
import org.openkaiwu.wire.PageServer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Any model alive on the page: it runs in real time, can be paused and stepped, its joints and
 * controls set by sliders, its bodies pulled with the mouse. One thread steps; pages only leave
 * wishes.
 */
public final class Bench implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MAX_WISHES = 1000;
    private static final int HINGE = 3;
    private static final int SLIDE = 2;

    /** Seconds of the real clock between two pictures. */
    private static final double PICTURE = 1.0 / 40;

    /** Stiffness (1/s^2) and damping (1/s) of the mouse's pull, times the mass that hangs on it. */
    private static final double PULL = 120;

    private static final double PULL_DAMPING = 18;

    /** At least this part of the whole machine hangs on it: motors that hold a pose give way. */
    private static final double SHARE = 0.2;

    private final World world;
    private final int[] joints;
    private final PageServer server;
    private final Audience audience = new Audience();
    private final FrameStream frames = new FrameStream(0, f -> audience.frame(0, f));
    private final Queue<JsonNode> wishes = new ConcurrentLinkedQueue<>();
    private boolean paused;
    private int steps;
    private Optional<Pull> pull = Optional.empty();

    /** A point of a body (body's frame, m) that is drawn to a target (world, m). */
    private record Pull(int body, double[] point, double[] target) {}

    /**
     * A bench that serves at once.
     *
     * @param title name shown for the model
     * @param port 0: any free one
     */
    public Bench(Path root, String title, Machine machine, String host, int port)
            throws IOException {
        world = new World(new Model(machine));
        joints = scalarJoints(machine);
        start(0);
        server =
                new PageServer(
                        host,
                        port,
                        root.resolve("web"),
                        audience.listener(this::take, path -> Optional.empty()));
        ObjectNode hello = Audience.event("hello").put("bench", title);
        hello.putArray("bodies");
        hello.putArray("scenes");
        audience.serve(server, hello.toString());
        server.start();
        audience.begin(1);
        audience.tell(0, scene(title).toString());
        picture();
    }

    private static int[] scalarJoints(Machine m) {
        int[] all = new int[m.njnt];
        int n = 0;
        for (int j = 0; j < m.njnt; j++) {
            if (m.jntType[j] == HINGE || m.jntType[j] == SLIDE) {
                all[n++] = j;
            }
        }
        return Arrays.copyOf(all, n);
    }

    public String url() {
        return server.url();
    }

    private ObjectNode scene(String title) {
        Machine m = world.machine;
        ObjectNode out = Audience.event("scene").put("body", title).put("scene", "").put("seed", 0);
        SceneMessage.text(out.putObject("title"), new Text(title, title));
        SceneMessage.machine(out, m, true);
        ArrayNode list = out.putArray("joints");
        for (int j : joints) {
            ObjectNode n = list.addObject().put("name", m.jntName[j]);
            n.put("slide", m.jntType[j] == SLIDE).put("effort", 1);
            if (m.jntLimited[j]) {
                SceneMessage.numbers(n.putArray("range"), m.jntRange, 2 * j, 2);
            }
        }
        ArrayNode controls = out.putArray("controls");
        for (int i = 0; i < m.nactuator; i++) {
            if (m.actuatorCtrlnum[i] == 1) {
                ObjectNode n = controls.addObject().put("name", m.actuatorName[i]);
                n.put("at", m.actuatorCtrladr[i]);
                if (m.actuatorCtrllimited[i]) {
                    SceneMessage.numbers(
                            n.putArray("range"), m.actuatorCtrlrange, 2 * m.actuatorCtrladr[i], 2);
                }
            }
        }
        ArrayNode movable = out.putArray("movable");
        for (int b = 1; b < m.nbody; b++) {
            if (!world.tree.tree.fixed[b]) {
                movable.add(b);
            }
        }
        out.put("keys", m.nkey).put("step_s", m.option.timestep);
        return out;
    }

    private void take(String json) {
        try {
            JsonNode m = JSON.readTree(json);
            if (m.isObject() && wishes.size() < MAX_WISHES) {
                wishes.add(m);
            }
        } catch (JacksonException e) {
            return;
        }
    }

    /** Steps in real time until the thread is interrupted. */
    public void work() {
        double behind = 0;
        long last = System.nanoTime();
        while (!Thread.currentThread().isInterrupted()) {
            for (JsonNode w = wishes.poll(); w != null; w = wishes.poll()) {
                grant(w);
            }
            long now = System.nanoTime();
            behind = Math.min(behind + (now - last) * 1e-9, 2 * PICTURE);
            last = now;
            double dt = world.machine.option.timestep;
            if (paused) {
                behind = 0;
                for (; steps > 0; steps--) {
                    step();
                }
            }
            for (; behind >= dt && System.nanoTime() - now < PICTURE * 1e9; behind -= dt) {
                step();
            }
            picture();
            long rest = (long) (PICTURE * 1e9) - (System.nanoTime() - now);
            try {
                Thread.sleep(Math.max(1, rest / 1_000_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void grant(JsonNode w) {
        switch (w.path("kind").asString("")) {
            case "pause" -> {
                paused = w.path("on").asBoolean(true);
                steps = 0; // what was still to be stepped belongs to an earlier pause
            }
            case "step" -> {
                paused = true;
                steps = Math.clamp(w.path("n").asInt(1), 1, 1000);
            }
            case "reset" -> start(w.path("key").asInt(0));
            case "ctrl" -> {
                int i = w.path("at").asInt(-1);
                double v = w.path("value").asDouble(Double.NaN);
                if (i >= 0 && i < world.ctrl.length && Double.isFinite(v)) {
                    world.ctrl[i] = v;
                }
            }
            case "joint" -> {
                int i = w.path("at").asInt(-1);
                double v = w.path("value").asDouble(Double.NaN);
                if (i >= 0 && i < joints.length && Math.abs(v) < 1e4) {
                    world.qpos[world.machine.jntQposadr[joints[i]]] = v;
                    world.qvel[world.machine.jntDofadr[joints[i]]] = 0;
                    world.forward();
                }
            }
            case "pull" -> pull = pullOf(w);
            case "release" -> pull = Optional.empty();
            default -> {}
        }
    }

    private Optional<Pull> pullOf(JsonNode w) {
        double[] point = numbers(w.path("point"));
        double[] target = numbers(w.path("target"));
        int body = w.path("body").asInt(0);
        boolean sound =
                point.length == 3 && target.length == 3 && body > 0 && body < world.machine.nbody;
        return sound ? Optional.of(new Pull(body, point, target)) : Optional.empty();
    }

    private static double[] numbers(JsonNode a) {
        double[] out = new double[a.isArray() ? a.size() : 0];
        for (int i = 0; i < out.length; i++) {
            out[i] = a.get(i).asDouble(Double.NaN);
            if (!(Math.abs(out[i]) < 1e4)) {
                return new double[0];
            }
        }
        return out;
    }

    private void start(int key) {
        if (world.machine.nkey > 0) {
            world.reset(Math.clamp(key, 0, world.machine.nkey - 1));
        } else {
            world.reset();
        }
        pull = Optional.empty();
        world.forward();
    }

    private void step() {
        Arrays.fill(world.xfrcApplied, 0);
        pull.ifPresent(this::apply);
        world.step();
        if (world.time > 1e6) {
            world.time = 0;
        }
    }

    /** A damped spring from the point to its target, at the body's mass centre with its torque. */
    private void apply(Pull p) {
        int b = p.body();
        double[] x = world.tree.xpos;
        double[] r = world.tree.xmat;
        double[] f = new double[3];
        double[] arm = new double[3];
        Machine m = world.machine;
        double mass = Math.max(m.bodyMass[b], SHARE * m.bodySubtreemass[m.bodyRootid[b]]);
        // what is light by itself must not be braked by more than it has in one step
        double damping = Math.min(PULL_DAMPING * mass, m.bodyMass[b] / (2 * m.option.timestep));
        for (int k = 0; k < 3; k++) {
            double at = x[3 * b + k];
            for (int i = 0; i < 3; i++) {
                at += r[9 * b + 3 * k + i] * p.point()[i];
            }
            arm[k] = at - world.tree.xipos[3 * b + k];
            // cvel: the body's velocity, angular first; its linear part is good enough for damping
            double v = world.tree.cvel[6 * b + 3 + k];
            f[k] = PULL * mass * (p.target()[k] - at) - damping * v;
        }
        double[] w = world.xfrcApplied;
        for (int k = 0; k < 3; k++) {
            w[6 * b + k] = f[k];
            w[6 * b + 3 + k] =
                    arm[(k + 1) % 3] * f[(k + 2) % 3] - arm[(k + 2) % 3] * f[(k + 1) % 3];
        }
    }

    private void picture() {
        Machine m = world.machine;
        int n = joints.length;
        double[] q = new double[n];
        double[] v = new double[n];
        double[] f = new double[n];
        for (int i = 0; i < n; i++) {
            q[i] = world.qpos[m.jntQposadr[joints[i]]];
            v[i] = world.qvel[m.jntDofadr[joints[i]]];
            f[i] = world.qfrcActuator[m.jntDofadr[joints[i]]];
        }
        frames.send(world, q, v, f);
        audience.passing(
                0,
                Audience.event("status")
                        .put("paused", paused)
                        .put("warnings", Arrays.stream(world.warnings).sum()));
    }

    @Override
    public void close() {
        server.close();
    }
}
