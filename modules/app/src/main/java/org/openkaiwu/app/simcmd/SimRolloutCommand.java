package org.openkaiwu.app.simcmd;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Options.Flag;
import org.openkaiwu.math.InputException;
import org.openkaiwu.physics.Model;
import org.openkaiwu.physics.World;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Simulates from a given start and writes records. */
@Command(
        name = "rollout",
        mixinStandardHelpOptions = true,
        description = "Simulates a model from a start state and writes a record every K steps.")
final class SimRolloutCommand implements Callable<Integer> {
    private static final int SENSORS = 30;

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "MJCF or URDF file.")
    private Path file;

    @Option(
            names = "--in",
            required = true,
            description = "JSON with init (a state) and ctrl_base, ctrl_amp, ctrl_lo, ctrl_hi.")
    private Path in;

    @Option(names = "--steps", required = true, description = "Time steps.")
    private int steps;

    @Option(names = "--every", defaultValue = "1", description = "Steps between records.")
    private int every;

    @Option(names = "--out", required = true, description = "JSON file to write.")
    private Path out;

    @Override
    public Integer call() throws IOException {
        if (steps < 0 || every < 1) {
            throw new InputException("--steps, --every", "must be at least 0 and 1");
        }
        JsonNode start = Json.read(in);
        Machine m = ModelFiles.load(file);
        m.option.enable.add(Flag.ENERGY);
        World w = new World(new Model(m));
        Rollout rollout = new Rollout(w, start);
        Map<String, Object> r = new LinkedHashMap<>();
        for (String field : List.of("rec_step", "qpos", "qvel")) {
            r.put(field, new ArrayList<>());
        }
        for (int k = 1; k <= steps; k++) {
            rollout.step();
            if (k % every == 0) {
                record(w, k, r);
            }
        }
        Map<String, Object> warnings = new LinkedHashMap<>();
        for (World.Warning kind : World.Warning.values()) {
            if (w.warnings[kind.ordinal()] > 0) {
                warnings.put(kind.name(), w.warnings[kind.ordinal()]);
            }
        }
        r.put("warnings", warnings);
        Json.write(out, r);
        spec.commandLine().getOut().println(steps + " -> " + out);
        return 0;
    }

    private static void record(World w, int step, Map<String, Object> r) {
        add(r, "rec_step", step);
        add(r, "qpos", Json.numbers(w.qpos, w.qpos.length));
        add(r, "qvel", Json.numbers(w.qvel, w.qvel.length));
        if (w.machine.na > 0) {
            add(r, "act", Json.numbers(w.act, w.act.length));
        }
        add(r, "ncon", w.contacts.count);
        add(r, "nefc", w.constraints.rows.nefc);
        add(r, "energy", Json.numbers(w.energy, 2));
        if (w.machine.nsensordata > 0) {
            int n = Math.min(SENSORS, w.machine.nsensordata);
            add(r, "sensordata", Json.numbers(w.sensordata, n));
        }
    }

    private static void add(Map<String, Object> r, String field, Object value) {
        @SuppressWarnings("unchecked")
        List<Object> list = (List<Object>) r.computeIfAbsent(field, k -> new ArrayList<>());
        list.add(value);
    }
}
