package org.openkaiwu.app.simcmd;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Options.Flag;
import org.openkaiwu.body.Options.Integrator;
import org.openkaiwu.math.InputException;
import org.openkaiwu.physics.Model;
import org.openkaiwu.physics.World;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Computes everything at given states, and one step of each integrator. */
@Command(
        name = "eval",
        mixinStandardHelpOptions = true,
        description = "Computes all quantities of a model at given states (JSON in, JSON out).")
final class SimEvalCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "MJCF or URDF file.")
    private Path file;

    @Option(
            names = "--in",
            required = true,
            description = "JSON list of states {qpos, qvel, act, ctrl, ...}; all may be missing.")
    private Path in;

    @Option(names = "--out", required = true, description = "JSON file to write.")
    private Path out;

    private Machine machine;
    private Integrator own;
    private final Map<Integrator, World> worlds = new EnumMap<>(Integrator.class);

    @Override
    public Integer call() throws IOException {
        JsonNode states = Json.read(in);
        if (states.has("states")) {
            states = states.path("states");
        }
        if (!states.isArray()) {
            throw new InputException(in.toString(), "must be a JSON list of states");
        }
        machine = ModelFiles.load(file);
        machine.option.enable.add(Flag.ENERGY);
        own = machine.option.integrator;
        List<Map<String, Object>> results = new ArrayList<>();
        for (JsonNode s : states) {
            results.add(evaluate(s));
        }
        Json.write(out, results);
        spec.commandLine().getOut().println(results.size() + " -> " + out);
        return 0;
    }

    private Map<String, Object> evaluate(JsonNode s) {
        World w = world(own);
        Rollout.start(w, s);
        w.forward();
        Map<String, Object> r = StateReport.of(w);
        Map<String, Object> steps = new LinkedHashMap<>();
        for (Integrator i : Integrator.values()) {
            if (i != Integrator.DISCRETE || own == Integrator.DISCRETE) {
                steps.put(i.name().toLowerCase(Locale.ROOT), step(i, s));
            }
        }
        r.put("step", steps);
        return r;
    }

    private Map<String, Object> step(Integrator i, JsonNode s) {
        World w = world(i);
        Rollout.start(w, s);
        w.step();
        machine.option.integrator = own;
        Map<String, Object> r = new LinkedHashMap<>();
        Json.put(r, "qpos", w.qpos);
        Json.put(r, "qvel", w.qvel);
        if (machine.na > 0) {
            Json.put(r, "act", w.act);
        }
        return r;
    }

    /** The world that uses an integrator; switches the machine's option to it. */
    private World world(Integrator i) {
        machine.option.integrator = i;
        return worlds.computeIfAbsent(i, k -> new World(new Model(machine)));
    }
}
