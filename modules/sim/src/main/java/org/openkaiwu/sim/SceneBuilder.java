package org.openkaiwu.sim;

import java.util.List;
import java.util.Locale;
import org.openkaiwu.body.Compiler;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Options;
import org.openkaiwu.body.Spec;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.math.InputException;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.physics.Model;
import org.openkaiwu.physics.World;

/** Makes a scene live: fits it to a body, composes one physics world, lets it come to rest. */
public final class SceneBuilder {
    /** Body name prefixes of a composed world. */
    static final String THING = "thing/";

    static final String PLACE = "place/";
    static final String PERSON = "person/";

    /** Simulated seconds before time 0 in which things come to rest. */
    private static final double SETTLE = 0.8;

    /** Layouts that are tried until nothing is pushed away by the robot at rest. */
    private static final int LAYOUTS = 8;

    private static final double RESTS = 0.01;

    /** Step of physics, s. */
    static final double STEP = 0.002;

    private SceneBuilder() {}

    /**
     * Builds a scenario; the same arguments give the same world to the bit.
     *
     * @throws InputException when the body lacks what the scene needs, or things do not fit
     */
    public static Scenario build(SceneData scene, NamedBody body, long seed) {
        return build(scene, body, seed, new Faults());
    }

    /** The same with faults to inject. */
    public static Scenario build(SceneData scene, NamedBody body, long seed, Faults faults) {
        require(scene, body);
        Scenario scenario = null;
        for (int attempt = 0; attempt < LAYOUTS; attempt++) {
            Layout layout = Fit.of(scene, body.sheet(), seed, attempt);
            Machine machine = Compiler.compile(compose(scene, body, layout, faults));
            World world = new World(new Model(machine));
            scenario = new Scenario(scene, body, seed, layout, world, faults);
            scenario.settle((int) Math.round(SETTLE / STEP));
            if (faults.frictionless || rests(scenario)) {
                break;
            }
        }
        return scenario;
    }

    /**
     * Whether everything still is where it was put: the robot at rest does not stand in the way.
     */
    private static boolean rests(Scenario scenario) {
        for (Layout.Thing t : scenario.layout().things()) {
            Truth.Obj now = scenario.truth().objects().get(t.id());
            if (now.pose().p().distance(t.pose().p()) > RESTS) {
                return false;
            }
        }
        return true;
    }

    private static void require(SceneData scene, NamedBody body) {
        for (String word : scene.needs().abilities()) {
            BodyFacts.Ability ability = BodyFacts.Ability.valueOf(word.toUpperCase(Locale.ROOT));
            if (!body.model().facts().abilities().contains(ability)) {
                throw new InputException(
                        scene.name(),
                        body.name() + " cannot join: the scene needs a body that can " + word);
            }
        }
        boolean arms =
                body.model().facts().limbs().stream()
                        .anyMatch(l -> l.kind() == BodyFacts.LimbKind.ARM);
        if (arms && body.model().facts().totalReach() < scene.needs().reach()) {
            throw new InputException(
                    scene.name(),
                    body.name()
                            + " cannot join: its reach is "
                            + body.model().facts().totalReach()
                            + " m, the scene needs "
                            + scene.needs().reach()
                            + " m");
        }
    }

    private static Spec compose(SceneData scene, NamedBody body, Layout layout, Faults faults) {
        Spec spec = Bodies.read(body.folder().resolve(body.sheet().file()));
        spec.name = scene.name() + " with " + body.name();
        spec.keys.clear();
        options(spec.option);
        stand(spec, layout.robot());
        if (faults.frictionless) {
            slippery(spec.world);
        }
        floor(spec);
        for (Layout.Place p : layout.places()) {
            if (!p.parts().isEmpty()) {
                fixed(spec, PLACE + p.id(), p.pose(), p.parts());
            }
        }
        for (Layout.Person p : layout.people()) {
            fixed(spec, PERSON + p.id(), p.pose(), p.parts());
        }
        for (int i = 0; i < layout.things().size(); i++) {
            SceneData.Kind kind = scene.kinds().get(scene.things().get(i).kind());
            thing(spec, layout.things().get(i), kind, faults);
        }
        return spec;
    }

    /** What holds grasps by friction: small steps, elliptic cones, a high impedance ratio. */
    static void options(Options o) {
        o.timestep = STEP;
        o.integrator = Options.Integrator.IMPLICITFAST;
        o.cone = Options.Cone.ELLIPTIC;
        o.solver = Options.Solver.NEWTON;
        o.impratio = Math.max(o.impratio, 20);
    }

    /** Moves what hangs on the robot file's world to where the robot starts. */
    private static void stand(Spec spec, Pose at) {
        spec.world.geoms.removeIf(g -> g.type == 0);
        for (Spec.Geom g : spec.world.geoms) {
            move(at, g.pos, g.quat);
        }
        for (Spec.Camera c : spec.world.cameras) {
            move(at, c.pos, c.quat);
        }
        for (Spec.Site s : spec.world.sites) {
            move(at, s.pos, s.quat);
        }
        for (Spec.Body b : spec.world.bodies) {
            move(at, b.pos, b.quat);
        }
    }

    private static void move(Pose at, double[] pos, double[] quat) {
        Pose moved = at.times(new Pose(Vec3.of(pos, 0), Quat.of(quat, 0)));
        System.arraycopy(moved.p().toArray(), 0, pos, 0, 3);
        System.arraycopy(moved.q().toArray(), 0, quat, 0, 4);
    }

    private static void slippery(Spec.Body b) {
        for (Spec.Geom g : b.geoms) {
            if (g.priority > 0) {
                g.friction = new double[3];
                g.condim = 1;
            }
        }
        b.bodies.forEach(SceneBuilder::slippery);
    }

    private static void floor(Spec spec) {
        Spec.Geom g = new Spec.Geom();
        g.name = "floor";
        g.type = 0;
        g.size = new double[] {20, 20, 0.1};
        g.rgba = new float[] {0.82f, 0.83f, 0.85f, 1};
        spec.world.geoms.add(g);
    }

    private static Spec.Body body(Spec spec, String name, Pose pose) {
        Spec.Body b = spec.world.add(name);
        b.pos = pose.p().toArray();
        b.quat = pose.q().toArray();
        return b;
    }

    private static void fixed(Spec spec, String name, Pose pose, List<Layout.Part> parts) {
        Spec.Body b = body(spec, name, pose);
        for (Layout.Part p : parts) {
            b.geoms.add(geom(p));
        }
    }

    private static void thing(Spec spec, Layout.Thing t, SceneData.Kind kind, Faults faults) {
        Spec.Body b = body(spec, THING + t.id(), t.pose());
        Spec.Joint free = new Spec.Joint();
        free.name = THING + t.id();
        free.type = 0;
        b.joints.add(free);
        double whole = t.parts().stream().mapToDouble(SceneBuilder::volume).sum();
        for (Layout.Part p : t.parts()) {
            Spec.Geom g = geom(p);
            g.mass = t.mass() * volume(p) / whole;
            g.condim = 4;
            if (t.inner().isPresent()) {
                // Stiffer than the default, so that a thin floor bears what an arm presses on it.
                g.solref = new double[] {0.005, 1};
                g.solimp = new double[] {0.95, 0.99, 0.001, 0.5, 2};
                g.priority = 1;
            }
            if (kind.friction() != null) {
                g.friction = kind.friction().clone();
            }
            if (faults.frictionless) {
                g.friction = new double[3];
                g.condim = 1;
            }
            b.geoms.add(g);
        }
    }

    private static Spec.Geom geom(Layout.Part p) {
        Spec.Geom g = new Spec.Geom();
        g.type =
                switch (p.solid()) {
                    case BOX -> 6;
                    case CYLINDER -> 5;
                    case SPHERE -> 2;
                    case ELLIPSOID -> 4;
                };
        g.size = p.size().toArray();
        g.pos = p.pose().p().toArray();
        g.quat = p.pose().q().toArray();
        g.rgba = p.colour();
        return g;
    }

    private static double volume(Layout.Part p) {
        Vec3 s = p.size();
        return switch (p.solid()) {
            case BOX -> 8 * s.x() * s.y() * s.z();
            case CYLINDER -> 2 * Math.PI * s.x() * s.x() * s.y();
            case SPHERE -> 4 * Math.PI / 3 * s.x() * s.x() * s.x();
            case ELLIPSOID -> 4 * Math.PI / 3 * s.x() * s.y() * s.z();
        };
    }
}
