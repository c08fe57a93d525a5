package org.openkaiwu.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Options.Integrator;
import org.openkaiwu.checks.golden.Deviations;
import org.openkaiwu.checks.golden.GoldenFile;
import org.openkaiwu.checks.golden.GoldenFile.State;
import org.openkaiwu.checks.golden.GoldenRun;
import org.openkaiwu.physics.Model;
import org.openkaiwu.physics.World;

/**
 * What needs no contact and no constraint agrees with MuJoCo 3.14 on all reference models:
 * kinematics, inertia, forces, actuators, tendons, sensors, and one step of each integrator.
 */
class SmoothGoldenSharedTest {
    private static final double TOLERANCE = 1e-11;

    private static final Map<String, Integrator> INTEGRATORS =
            Map.of(
                    "euler", Integrator.EULER,
                    "rk4", Integrator.RK4,
                    "implicit", Integrator.IMPLICIT,
                    "implicitfast", Integrator.IMPLICITFAST,
                    "discrete", Integrator.DISCRETE);

    /** Where and why a file may be farther off, by file and start of the quantity's name. */
    private static final Map<String, Allowance> ALLOWED =
            Map.of(
                    "mj_engine_sensor_fromto_primitive",
                    // distance of curved solids: both stop at ccd_tolerance = 1e-6
                    new Allowance("sensor41", 1e-7),
                    "mj_user_freejoint",
                    // camera in a body frame turned to the principal axes, which an iteration finds
                    new Allowance("sensor2", 1e-7));

    /** Files that cannot be compared, with the reason. */
    private static final Map<String, String> NOT_COMPARED =
            Map.of("mj_engine_solver_model", "has a colliding signed distance field (a plugin)");

    private record Allowance(String quantity, double tolerance) {}

    @Test
    void shouldAgreeOnSmoothQuantities() {
        List<String> misses = new ArrayList<>();
        for (Path file : GoldenFile.all()) {
            GoldenFile g = GoldenFile.load(file);
            if (NOT_COMPARED.containsKey(g.name())) {
                continue;
            }
            String miss = deviations(g).beyond(what -> tolerance(g.name(), what));
            if (!miss.isEmpty()) {
                misses.add(g.name() + ":" + miss);
            }
        }
        assertThat(misses).isEmpty();
    }

    private static double tolerance(String file, String what) {
        Allowance a = ALLOWED.get(file);
        return a != null && what.startsWith(a.quantity()) ? a.tolerance() : TOLERANCE;
    }

    private static Deviations deviations(GoldenFile g) {
        Machine m = g.machine();
        Model model = new Model(m);
        World w = new World(model);
        Deviations d = new Deviations();
        constants(g, model, d);
        for (State s : g.states()) {
            GoldenRun.set(w, s);
            w.forward();
            kinematics(w, s, d);
            forces(w, s, d);
            actuators(w, s, d);
            sensors(w, s, d);
            if (s.count("nefc") == 0) {
                d.add("qacc", w.qacc, s.array("qacc"));
                steps(w, s, d);
            }
        }
        return d;
    }

    private static void constants(GoldenFile g, Model model, Deviations d) {
        State s = new State(g.root().path("static"));
        d.add("dof_invweight0", model.dofInvweight0, s.array("dof_invweight0"));
        d.add("dof_M0", model.dofM0, s.array("dof_M0"));
        d.add("body_invweight0", model.bodyInvweight0, s.array("body_invweight0"));
        d.add("tendon_length0", model.tendonLength0, s.array("tendon_length0"));
        d.add("tendon_invweight0", model.tendonInvweight0, s.array("tendon_invweight0"));
        d.add("tendon_lengthspring", model.tendonLengthspring, s.array("tendon_lengthspring"));
        d.add("actuator_length0", model.actuatorLength0, s.array("actuator_length0"));
        d.add("actuator_acc0", model.actuatorAcc0, s.array("actuator_acc0"));
        d.add("actuator_lengthrange", model.actuatorLengthrange, s.array("actuator_lengthrange"));
        d.add("actuator_biasprm", model.actuatorBiasprm, s.array("actuator_biasprm"));
        double mean = g.root().path("options").path("stat").path("meaninertia").asDouble();
        if (model.machine.nv > 0) {
            d.add("meaninertia", new double[] {model.meaninertia}, new double[] {mean});
        }
    }

    private static void kinematics(World w, State s, Deviations d) {
        d.add("xpos", w.tree.xpos, s.array("xpos"));
        d.add("xquat", w.tree.xquat, s.array("xquat"));
        d.add("xipos", w.tree.xipos, s.array("xipos"));
        d.add("ximat", w.tree.ximat, s.array("ximat"));
        d.add("geom_xpos", w.tree.geomXpos, s.array("geom_xpos"));
        d.add("geom_xmat", w.tree.geomXmat, s.array("geom_xmat"));
        d.add("site_xpos", w.tree.siteXpos, s.array("site_xpos"));
        d.add("site_xmat", w.tree.siteXmat, s.array("site_xmat"));
        d.add("subtree_com", w.tree.subtreeCom, s.array("subtree_com"));
        d.add("cvel", w.tree.cvel, s.array("cvel"));
        d.add("M_lower", GoldenRun.lowerM(w), s.array("M_lower"));
    }

    private static void forces(World w, State s, Deviations d) {
        int nv = w.machine.nv;
        d.add("qfrc_bias", w.tree.qfrcBias, s.array("qfrc_bias"));
        d.add("qfrc_passive", w.qfrcPassive, s.array("qfrc_passive"));
        d.add("qfrc_spring", w.qfrcSpring, s.array("qfrc_spring", nv));
        d.add("qfrc_damper", w.qfrcDamper, s.array("qfrc_damper", nv));
        d.add("qfrc_gravcomp", w.qfrcGravcomp, s.array("qfrc_gravcomp", nv));
        d.add("qfrc_fluid", w.qfrcFluid, s.array("qfrc_fluid", nv));
        d.add("qfrc_adhesion", w.qfrcAdhesion, s.array("qfrc_adhesion", nv));
        d.add("qfrc_actuator", w.qfrcActuator, s.array("qfrc_actuator"));
        d.add("qacc_smooth", w.qaccSmooth, s.array("qacc_smooth"));
        d.add("energy", w.energy, s.array("energy"));
    }

    /** Of the last stage only what no constraint force enters. */
    private static void sensors(World w, State s, Deviations d) {
        double[] want = s.array("sensordata");
        for (int i = 0; i < w.machine.nsensor && want.length > 0; i++) {
            if (w.machine.sensorNeedstage[i] == 3 && s.count("nefc") > 0) {
                continue;
            }
            int from = w.machine.sensorAdr[i];
            int to = from + w.machine.sensorDim[i];
            d.add(
                    "sensor" + w.machine.sensorType[i] + "." + i,
                    Arrays.copyOfRange(w.sensordata, from, to),
                    Arrays.copyOfRange(want, from, to));
        }
    }

    private static void actuators(World w, State s, Deviations d) {
        d.add("actuator_length", w.actuatorLength, s.array("actuator_length"));
        d.add("actuator_velocity", w.actuatorVelocity, s.array("actuator_velocity"));
        d.add("actuator_force", w.actuatorForce, s.array("actuator_force"));
        d.add("act_dot", w.actDot, s.array("act_dot"));
        if (s.has("actuator_moment")) {
            Model m = w.model;
            d.add(
                    "actuator_moment",
                    GoldenRun.dense(m, m.momentRowadr, m.momentColind, w.actuatorMoment),
                    s.array("actuator_moment"));
        }
        d.add("ten_length", w.tenLength, s.array("ten_length"));
        d.add("ten_velocity", w.tenVelocity, s.array("ten_velocity"));
        if (s.has("ten_J")) {
            Model m = w.model;
            d.add(
                    "ten_J",
                    GoldenRun.dense(m, m.tenJRowadr, m.tenJColind, w.tenJ),
                    s.array("ten_J"));
        }
    }

    private static void steps(World w, State s, Deviations d) {
        Integrator own = w.machine.option.integrator;
        for (String name : INTEGRATORS.keySet().stream().sorted().toList()) {
            State after = s.part("step").part(name);
            if (!after.has("qpos")) {
                continue;
            }
            GoldenRun.set(w, s);
            w.machine.option.integrator = INTEGRATORS.get(name);
            w.step();
            w.machine.option.integrator = own;
            d.add("step." + name + ".qpos", w.qpos, after.array("qpos"));
            d.add("step." + name + ".qvel", w.qvel, after.array("qvel"));
            d.add("step." + name + ".act", w.act, after.array("act"));
        }
    }

    /** Prints all misses; for use without a test runner. */
    public static void main(String[] args) {
        for (Path file : GoldenFile.all()) {
            GoldenFile g = GoldenFile.load(file);
            if (NOT_COMPARED.containsKey(g.name())) {
                System.out.println(g.name() + ": " + NOT_COMPARED.get(g.name()));
                continue;
            }
            String miss = deviations(g).beyond(what -> tolerance(g.name(), what));
            if (!miss.isEmpty()) {
                System.out.println(g.name() + ":" + miss);
            }
        }
    }
}
