package org.openkaiwu.app.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.openkaiwu.brain.Goal;
import org.openkaiwu.brain.Understanding;
import org.openkaiwu.dynamics.TreeData;
import org.openkaiwu.perception.Belief;
import org.openkaiwu.sim.Scenario;
import org.openkaiwu.skill.Agent;
import org.openkaiwu.skill.Intention;
import org.openkaiwu.skill.SkillCall;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns a run into records, JSON lines for a log or events for viewers. The records of a log depend
 * on the request alone, so the same request writes the same bytes.
 */
public final class Recorder implements RunListener {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final double FRAME = 1.0 / 30;
    private static final double BELIEF = 0.25;

    private final Consumer<String> records;
    private final boolean log;
    private Optional<Ghost> ghost = Optional.empty();
    private Optional<Intention> shown = Optional.empty();
    private double nextFrame;
    private double nextBelief;

    private Recorder(Consumer<String> records, boolean log) {
        this.records = records;
        this.log = log;
    }

    /** For a log: header, scene and frames included. */
    public static Recorder log(Consumer<String> records) {
        return new Recorder(records, true);
    }

    /** For viewers who have the scene and get their frames by a {@link FrameStream}. */
    public static Recorder events(Consumer<String> records) {
        return new Recorder(records, false);
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
        ghost = Optional.of(new Ghost(scenario));
        shown = Optional.empty();
        if (log) {
            records.accept(header(r));
            write(SceneMessage.of(r, scenario));
        }
        sentence(r);
        if (log) {
            frame(scenario, 0);
        }
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
        if (u.answers()) {
            n.put("answer", true);
        }
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
        if (log && t >= nextFrame - 1e-9) {
            nextFrame = t + FRAME;
            frame(scenario, t);
        }
        if (t >= nextBelief - 1e-9) {
            nextBelief = t + BELIEF;
            belief(agent.belief(), t);
        }
        if (!agent.intention().equals(shown)) {
            shown = agent.intention();
            ObjectNode n = record("ghost").put("t", SceneMessage.rounded(t));
            shown.ifPresent(i -> ghost.orElseThrow().write(i, n));
            write(n);
        }
    }

    private void frame(Scenario scenario, double t) {
        TreeData d = scenario.world().tree;
        int n = scenario.world().machine.nbody;
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
        if (shown.isPresent()) {
            shown = Optional.empty();
            write(record("ghost").put("t", SceneMessage.rounded(r.sim_time_s())));
        }
        write(
                record("outcome")
                        .put("outcome", r.outcome())
                        .put("message", r.message())
                        .put("t", SceneMessage.rounded(r.sim_time_s())));
        if (log) {
            write(record("end").put("outcome", r.outcome()));
        }
    }
}
