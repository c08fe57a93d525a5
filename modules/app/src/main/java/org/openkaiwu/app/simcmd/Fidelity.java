package org.openkaiwu.app.simcmd;

import java.util.Set;
import java.util.TreeSet;
import org.openkaiwu.body.Machine;
import org.openkaiwu.physics.Model;
import org.openkaiwu.physics.World;
import tools.jackson.databind.JsonNode;

/** Compares the engine with one reference file. */
final class Fidelity {
    /** States and records that grow a disturbance by more say nothing about an engine. */
    private static final double TOUCHY = 1e4;

    /** Relative to 1 + growth, as far as a rollout record may be off. */
    private static final double ROLLOUT = 1e-6;

    /**
     * What was found.
     *
     * @param name reference file
     * @param states single states compared, and how many were left out as touchy
     * @param touchy states on an edge of the reference itself
     * @param sameContacts states with the reference's number of contacts
     * @param qacc largest difference of the acceleration, relative to the largest entry
     * @param converged largest difference of the acceleration solved to the end, relative; NaN
     *     without constraints
     * @param step largest difference of qpos and qvel after one step, relative to 1 + largest entry
     * @param records rollout records with growth below the limit
     * @param good those within the tolerance
     * @param rollout largest difference of a record, in units of its tolerance
     * @param later what the other records show
     * @param note error, or empty
     */
    record Result(
            String name,
            int states,
            int touchy,
            int sameContacts,
            double qacc,
            double converged,
            double step,
            int records,
            int good,
            double rollout,
            Later later,
            String note) {}

    /**
     * Records beyond the growth limit or the tolerance.
     *
     * @param rests those at which the reference rests
     * @param near of these, where each body is within 5 mm and 0.02 rad
     * @param metres farthest that a resting body is away, m
     * @param radians most that one is turned, rad
     * @param deepest deepest overlap here in any of the records, m
     * @param theirs deepest overlap of the reference's, m
     */
    record Later(
            int rests, int near, double metres, double radians, double deepest, double theirs) {
        static final Later NONE = new Later(0, 0, 0, 0, 0, 0);
    }

    private final Reference reference;
    private final World world;
    private final Exact exact;
    private final Aftermath aftermath;
    private final Set<String> otherPoints = new TreeSet<>();
    private int states;
    private int touchy;
    private int sameContacts;
    private double qacc;
    private double converged = Double.NaN;
    private double step;
    private int records;
    private int good;
    private double rollout;

    private Fidelity(Reference reference, Machine machine) {
        this.reference = reference;
        Model model = new Model(machine);
        world = new World(model);
        exact = new Exact(machine);
        aftermath = new Aftermath(model);
    }

    /** Runs all states and rollouts of the file on the machine. */
    static Result run(Reference reference, Machine machine) {
        JsonNode sizes = reference.root().path("sizes");
        if (sizes.path("nq").asInt() != machine.nq || sizes.path("nv").asInt() != machine.nv) {
            return failed(
                    reference,
                    "nq %d nv %d instead of %d %d"
                            .formatted(
                                    machine.nq,
                                    machine.nv,
                                    sizes.path("nq").asInt(),
                                    sizes.path("nv").asInt()));
        }
        return new Fidelity(reference, machine).compare();
    }

    /** The result for a model that can't be compared. */
    static Result failed(Reference reference, String why) {
        return new Result(
                reference.name(),
                0,
                0,
                0,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                0,
                0,
                0,
                Later.NONE,
                why);
    }

    private Result compare() {
        String integrator = reference.root().path("options").path("integrator").asString();
        for (JsonNode s : reference.root().path("states")) {
            state(s, integrator);
        }
        for (JsonNode r : reference.root().path("rollouts")) {
            rollout(r);
        }
        return new Result(
                reference.name(),
                states,
                touchy,
                sameContacts,
                qacc,
                converged,
                step,
                records,
                good,
                rollout,
                aftermath.result(),
                otherPoints.isEmpty() ? "" : "contacts: " + String.join(", ", otherPoints));
    }

    private void state(JsonNode s, String integrator) {
        Rollout.start(world, s);
        world.forward();
        JsonNode converged = s.path("converged");
        if (Reference.number(converged.path("growth")) >= TOUCHY || converged.has("rows_change")) {
            touchy++;
            return;
        }
        states++;
        if (world.contacts.count == s.path("ncon").asInt()) {
            sameContacts++;
        }
        otherPoints.addAll(ContactKinds.different(world, s));
        double[] want = Reference.numbers(s, "qacc");
        double[] smooth = Reference.numbers(s, "qacc_smooth");
        double scale = Math.max(1e-8, Math.max(largest(want), largest(smooth)));
        qacc = worse(qacc, distance(world.qacc, want) / scale);
        if (s.path("nefc").asInt() > 0) {
            double off = exact.qacc(s);
            this.converged = Double.isNaN(this.converged) ? off : worse(this.converged, off);
        }
        JsonNode next = s.path("step").path(integrator);
        if (!next.isMissingNode()) {
            Rollout.start(world, s);
            world.step();
            double[] q = Reference.numbers(next, "qpos");
            double[] v = Reference.numbers(next, "qvel");
            step = worse(step, distance(world.qpos, q) / (1 + largest(q)));
            step = worse(step, distance(world.qvel, v) / (1 + largest(v)));
        }
    }

    private void rollout(JsonNode r) {
        Rollout run = new Rollout(world, r);
        JsonNode at = r.path("rec_step");
        int done = 0;
        boolean grown = false;
        for (int k = 0; k < at.size(); k++) {
            double growth = Reference.number(r.path("growth").path(k));
            for (; done < at.get(k).asInt(); done++) {
                run.step();
            }
            grown |= !(growth < TOUCHY);
            if (grown) {
                aftermath.take(world, r.path("qpos").path(k), r.path("qvel").path(k));
                continue;
            }
            double off =
                    Math.max(
                            distance(world.qpos, Reference.numbers(r.path("qpos").path(k))),
                            distance(world.qvel, Reference.numbers(r.path("qvel").path(k))));
            double share = off / (ROLLOUT * (1 + growth));
            records++;
            good += share <= 1 ? 1 : 0;
            if (!(share <= 1)) {
                aftermath.take(world, r.path("qpos").path(k), r.path("qvel").path(k));
            }
            rollout = worse(rollout, share);
        }
    }

    private static double worse(double a, double b) {
        return Double.isNaN(b) ? Double.POSITIVE_INFINITY : Math.max(a, b);
    }

    static double largest(double[] a) {
        double m = 0;
        for (double x : a) {
            m = Math.max(m, Math.abs(x));
        }
        return m;
    }

    static double distance(double[] got, double[] want) {
        double m = 0;
        for (int i = 0; i < want.length; i++) {
            m = worse(m, Math.abs(got[i] - want[i]));
        }
        return m;
    }
}
