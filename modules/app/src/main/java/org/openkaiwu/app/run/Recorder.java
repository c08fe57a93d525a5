package org.openkaiwu.app.run;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.openkaiwu.brain.Goal;
import org.openkaiwu.brain.Understanding;
import org.openkaiwu.dynamics.TreeData;
import org.openkaiwu.perception.Belief;
import org.openkaiwu.sim.Scenario;
import org.openkaiwu.skill.Agent;
import org.openkaiwu.skill.SkillCall;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns a run into records: JSON lines for a log, JSON events and binary frames for viewers. The
 * records of a log depend on the request alone, so the same request writes the same bytes.
 */
public final class Recorder implements RunListener {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final double FRAME = 1.0 / 30;
    private static final double BELIEF = 0.25;

    private final Consumer<String> records;
    private final Consumer<byte[]> frames;
    private double nextFrame;
    private double nextBelief;

    /**
     * A recorder.
     *
     * @param records gets every record, frames included when {@code frames} is null
     * @param frames gets frames: little-endian floats, time, then x y z qw qx qy qz of each body;
     *     or null
     */
    public Recorder(Consumer<String> records, Consumer<byte[]> frames) {
        this.records = records;
        this.frames = frames;
    }

    private static ObjectNode record(String kind) {
        return JSON.createObjectNode().put("kind", kind);
    }

    private void write(ObjectNode record) {
        records.accept(record.toString());
    }

    /** The first record of a log. */
    public static String header(RunRequest r) {
        return record("header")
                .put("format", 1)
                .put("body", r.body())
                .put("scene", r.scene())
                .put("seed", r.seed())
                .put("instruction", r.instruction())
                .toString();
    }

    @Override
    public void started(RunRequest r, Scenario scenario) {
        nextFrame = 0;
        nextBelief = 0;
        if (frames == null) {
            records.accept(header(r));
        }
        records.accept(SceneMessage.of(r, scenario));
        sentence(r);
        frame(scenario, 0);
    }

    @Override
    public void continued(RunRequest r, Scenario scenario) {
        sentence(r);
    }

    private void sentence(RunRequest r) {
        write(
                record("run")
                        .put("body", r.body())
                        .put("scene", r.scene())
                        .put("seed", r.seed())
                        .put("instruction", r.instruction()));
    }

    @Override
    public void understood(Understanding u) {
        ObjectNode n = record("understood");
        n.put("outcome", u.outcome().name().toLowerCase(java.util.Locale.ROOT));
        n.put("message", u.message());
        ArrayNode goal = n.putArray("goal");
        u.goal().map(Goal::steps).orElse(List.of()).stream()
                .flatMap(s -> s.literals().stream())
                .forEach(l -> goal.addArray().add(l.predicate()).add(l.object()).add(l.target()));
        ArrayNode evidence = n.putArray("evidence");
        u.evidence()
                .forEach(e ->
                        evidence.addObject()
                                .put("start", e.start())
                                .put("end", e.end())
                                .put("words", e.words())
                                .put("meaning", e.meaning()));
        write(n);
    }

    @Override
    public void planned(List<SkillCall> calls, int done) {
        ObjectNode n = record("plan").put("from", done);
        ArrayNode steps = n.putArray("steps");
        calls.forEach(c -> call(steps.addObject(), c.skill(), c.args()));
        write(n);
    }

    private static void call(ObjectNode n, String skill, Map<String, String> args) {
        n.put("skill", skill);
        ObjectNode a = n.putObject("args");
        args.forEach(a::put);
    }

    @Override
    public void stepStarted(int index, SkillCall c, double time) {
        ObjectNode n = record("step").put("index", index).put("state", "running");
        n.put("start_s", SceneMessage.rounded(time));
        call(n, c.skill(), c.args());
        write(n);
    }

    @Override
    public void stepEnded(int index, RunReport.Step s) {
        ObjectNode n = record("step").put("index", index).put("state", s.outcome());
        n.put("start_s", SceneMessage.rounded(s.start_s()));
        n.put("end_s", SceneMessage.rounded(s.end_s())).put("message", s.message());
        call(n, s.skill(), s.args());
        write(n);
    }

    @Override
    public void ticked(Scenario scenario, Agent agent) {
        double t = scenario.world().time;
        if (t >= nextFrame - 1e-9) {
            nextFrame = t + FRAME;
            frame(scenario, t);
        }
        if (t >= nextBelief - 1e-9) {
            nextBelief = t + BELIEF;
            belief(agent.belief(), t);
        }
    }

    private void frame(Scenario scenario, double t) {
        TreeData d = scenario.world().tree;
        int n = scenario.world().machine.nbody;
        if (frames != null) {
            ByteBuffer b = ByteBuffer.allocate(4 + 28 * n).order(ByteOrder.LITTLE_ENDIAN);
            b.putFloat((float) t);
            for (int i = 0; i < n; i++) {
                for (int k = 0; k < 3; k++) {
                    b.putFloat((float) d.xpos[3 * i + k]);
                }
                for (int k = 0; k < 4; k++) {
                    b.putFloat((float) d.xquat[4 * i + k]);
                }
            }
            frames.accept(b.array());
            return;
        }
        ObjectNode record = record("frame").put("t", SceneMessage.rounded(t));
        ArrayNode x = record.putArray("x");
        for (int i = 0; i < n; i++) {
            SceneMessage.numbers(x, d.xpos, 3 * i, 3);
            SceneMessage.numbers(x, d.xquat, 4 * i, 4);
        }
        write(record);
    }

    private void belief(Belief belief, double t) {
        ObjectNode n = record("belief").put("t", SceneMessage.rounded(t));
        ArrayNode things = n.putArray("things");
        belief.things()
                .forEach((id, thing) -> {
                    ObjectNode o = things.addObject().put("id", id);
                    SceneMessage.numbers(o.putArray("p"), thing.pose().p().toArray(), 0, 3);
                    SceneMessage.numbers(o.putArray("q"), thing.pose().q().toArray(), 0, 4);
                    SceneMessage.numbers(o.putArray("size"), thing.entry().size().toArray(), 0, 3);
                    o.put("confidence", SceneMessage.rounded(thing.confidence()));
                });
        write(n);
    }

    @Override
    public void ended(RunReport r) {
        write(
                record("outcome")
                        .put("outcome", r.outcome())
                        .put("message", r.message())
                        .put("t", SceneMessage.rounded(r.sim_time_s())));
        if (frames == null) {
            write(record("end").put("outcome", r.outcome()));
        }
    }
}
