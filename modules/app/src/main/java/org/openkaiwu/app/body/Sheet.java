package org.openkaiwu.app.body;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.openkaiwu.app.adopt.Adoption;
import org.openkaiwu.app.adopt.Hold;
import org.openkaiwu.app.adopt.Workplace;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Spec;
import org.openkaiwu.body.file.BodyFile;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.body.infer.BodyFacts.EffectorKind;
import org.openkaiwu.body.infer.BodyFacts.LimbKind;
import org.openkaiwu.math.Problem;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Vec3;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The {@code body.yaml} of an added body: what the machine's facts give, and what was assumed. */
final class Sheet {
    /** Joints are moved at this part of the speed that the file allows. */
    private static final double CAREFUL = 0.5;

    private static final double SPEED = 1.0;
    private static final double ACCELERATION = 3.0;

    /** Hands open no wider than this, m: nothing on a table is larger. */
    private static final double WIDEST = 0.1;

    private final BodyFile body;
    private final Workplace place;
    private final Machine m;
    private final BodyFacts facts;
    private final String name;
    private final Path source;
    private final List<Problem> assumed;

    /** By effector: rows of width and shift, and the closing direction, as tried out. */
    private final Map<String, Hold> holds;

    Sheet(Adoption made, String name, Path source, Map<String, Hold> holds) {
        this.body = made.body();
        this.place = made.place();
        this.holds = holds;
        this.m = body.machine();
        this.facts = body.facts();
        this.name = name;
        this.source = source;
        this.assumed = made.assumed();
    }

    void write(Path file) throws IOException {
        Files.writeString(file, new YAMLMapper().writeValueAsString(content()));
    }

    private Map<String, Object> content() {
        Map<String, Object> all = new LinkedHashMap<>();
        String title = body.spec().name.isEmpty() ? name : body.spec().name;
        all.put("title", ordered("en", title, "zh", title));
        all.put("file", name + ".xml");
        List<String> sources = new ArrayList<>();
        sources.add(source.getFileName() + ": all figures that are not assumed below");
        assumed.forEach(p -> sources.add("assumed, " + p.where() + ": " + p.message()));
        all.put("sources", sources);
        all.put("mount", place.onTable() ? "table" : "floor");
        Map<String, Double> home = new LinkedHashMap<>();
        place.home().forEach((joint, v) -> home.put(joint, rounded(v)));
        all.put("home", home);
        all.put("limits", limits());
        Map<String, Object> drive = drive();
        if (drive != null) {
            all.put("drive", drive);
        }
        all.put("limbs", limbs());
        Map<String, Object> hands = new LinkedHashMap<>();
        facts.effectors().forEach(e -> hand(e, hands));
        all.put("effectors", hands);
        all.put(
                "work",
                ordered(
                        "centre",
                                new double[] {
                                    rounded(place.centre().x()), rounded(place.centre().y())
                                },
                        "near", rounded(place.near()),
                        "far", rounded(place.far()),
                        "angle", rounded(place.angle()),
                        "height", rounded(place.height()),
                        "edge", rounded(place.edge()),
                        "heading", rounded(place.heading())));
        return all;
    }

    private static Map<String, Object> ordered(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    static double rounded(double v) {
        return Math.rint(v * 1e4) / 1e4;
    }

    private Map<String, Object> limits() {
        Map<String, Object> own = new LinkedHashMap<>();
        collect(body.spec().world, own);
        return ordered("velocity", SPEED, "acceleration", ACCELERATION, "joints", own);
    }

    private void collect(Spec.Body b, Map<String, Object> own) {
        for (Spec.Joint j : b.joints) {
            boolean slide = j.type == 2;
            double most = Double.isNaN(j.velocity) ? slide ? 0.15 : SPEED / CAREFUL : j.velocity;
            double v = slide ? Math.min(0.15, most) : Math.min(SPEED, CAREFUL * most);
            if (j.type >= 2 && (slide || v < SPEED)) {
                double a = slide ? 0.4 : Math.min(ACCELERATION, 3 * v);
                own.put(j.name, ordered("velocity", rounded(v), "acceleration", rounded(a)));
            }
        }
        b.bodies.forEach(c -> collect(c, own));
    }

    private Map<String, Object> drive() {
        List<BodyFacts.Wheel> driven =
                facts.wheels().stream().filter(BodyFacts.Wheel::driven).toList();
        if (driven.isEmpty()) {
            return null;
        }
        boolean steered = driven.stream().allMatch(w -> !w.steer().isEmpty());
        List<Map<String, Object>> wheels = new ArrayList<>();
        double radius = 0.1;
        for (BodyFacts.Wheel w : driven) {
            Map<String, Object> one = ordered("joint", w.joint());
            if (!w.steer().isEmpty()) {
                one.put("steer", w.steer());
            }
            one.put("radius", rounded(w.radius()));
            Vec3 at = w.centre();
            one.put("at", new double[] {rounded(at.x()), rounded(at.y())});
            one.put("sign", wheelSign(m, w));
            wheels.add(one);
        }
        for (BodyFacts.Wheel w : facts.wheels()) {
            Vec3 at = w.centre();
            radius = Math.max(radius, Math.hypot(at.x(), at.y()) + w.radius());
        }
        double speed = Math.min(0.5, 6 * driven.getFirst().radius());
        return ordered(
                "kind",
                steered ? "omni" : "differential",
                "maxSpeed",
                rounded(speed),
                "maxTurn",
                1.0,
                "maxAcceleration",
                0.6,
                "maxTurnAcceleration",
                1.5,
                "radius",
                rounded(radius + 0.03),
                "wheels",
                wheels);
    }

    private List<Map<String, Object>> limbs() {
        List<Map<String, Object>> all = new ArrayList<>();
        Set<LimbKind> kinds = Set.of(LimbKind.ARM, LimbKind.HEAD, LimbKind.LIFT);
        for (BodyFacts.Limb l : facts.limbs()) {
            if (kinds.contains(l.kind())) {
                all.add(
                        ordered(
                                "name", l.name(),
                                "joints", l.joints(),
                                "tip", l.tip(),
                                "side", BodyCheckCommand.lower(l.side()),
                                "kind", BodyCheckCommand.lower(l.kind()),
                                "reach", rounded(l.reach()),
                                "payload", Double.isNaN(l.payload()) ? 0 : rounded(l.payload())));
            }
        }
        return all;
    }

    private void hand(BodyFacts.Effector e, Map<String, Object> hands) {
        boolean known = e.kind() == EffectorKind.PARALLEL_GRIPPER || e.kind() == EffectorKind.JAW;
        int actuator = actuator(e);
        if (!known || actuator < 0 || e.limb().isEmpty()) {
            return;
        }
        double part = Math.min(1, WIDEST / e.aperture());
        double[] open = e.openPosition().clone();
        for (int i = 0; i < open.length; i++) {
            open[i] = e.closedPosition()[i] + part * (open[i] - e.closedPosition()[i]);
        }
        double way = Math.abs(length(e, actuator, open) - length(e, actuator, e.closedPosition()));
        if (way < 1e-6) {
            return;
        }
        double aperture = part * e.aperture();
        double scale = aperture / way;
        double force =
                m.actuatorForcelimited[actuator]
                        ? Math.min(60, m.actuatorForcerange[2 * actuator + 1] / scale)
                        : 40;
        Hold hold = holds.getOrDefault(e.name(), Hold.asInferred(e));
        hands.put(
                e.name(),
                ordered(
                        "limb", e.limb(),
                        "kind", BodyCheckCommand.lower(e.kind()),
                        "palm", e.body(),
                        "joints", e.joints(),
                        "open", open,
                        "closed", e.closedPosition(),
                        "aperture", rounded(aperture),
                        "grasp", hold.grasp().toArray(),
                        "approach", e.approach().toArray(),
                        "closing", hold.closing().toArray(),
                        "actuator", m.actuatorName[actuator],
                        "forceScale", rounded(scale),
                        "maxForce", rounded(force),
                        "usualForce", rounded(Math.min(force, Math.clamp(0.35 * force, 10, 20))),
                        "seconds", 0.8,
                        "shifts", hold.shifts()));
    }

    /** The actuator that moves a finger joint, directly or by a tendon. */
    private int actuator(BodyFacts.Effector e) {
        Set<String> fingers = new TreeSet<>(e.joints());
        for (int a = 0; a < m.nactuator; a++) {
            int target = m.actuatorTrnid[2 * a];
            boolean direct = m.actuatorTrntype[a] == 0 && fingers.contains(m.jntName[target]);
            boolean tied =
                    m.actuatorTrntype[a] == 3
                            && m.wrapType[m.tendonAdr[target]] == 1
                            && fingers.contains(m.jntName[m.wrapObjid[m.tendonAdr[target]]]);
            if (direct || tied) {
                return a;
            }
        }
        return -1;
    }

    private double length(BodyFacts.Effector e, int actuator, double[] at) {
        int target = m.actuatorTrnid[2 * actuator];
        if (m.actuatorTrntype[actuator] == 0) {
            int k = e.joints().indexOf(m.jntName[target]);
            return m.actuatorGear[6 * actuator] * at[k];
        }
        double sum = 0;
        for (int w = 0; w < m.tendonNum[target]; w++) {
            int i = m.tendonAdr[target] + w;
            int k = e.joints().indexOf(m.jntName[m.wrapObjid[i]]);
            sum += k < 0 ? 0 : m.wrapPrm[i] * at[k];
        }
        return sum;
    }

    /** +1 when a positive turn of the wheel drives forward (x). */
    private static double wheelSign(Machine m, BodyFacts.Wheel w) {
        int j = Machine.indexOf(m.jntName, w.joint());
        Quat q = Quat.IDENTITY;
        int b = m.jntBodyid[j];
        for (; m.bodyParentid[b] > 0; b = m.bodyParentid[b]) {
            q = Quat.of(m.bodyQuat, 4 * b).times(q);
        }
        Vec3 axis = q.rotate(Vec3.of(m.jntAxis, 3 * j));
        return axis.y() >= 0 ? 1 : -1;
    }
}
