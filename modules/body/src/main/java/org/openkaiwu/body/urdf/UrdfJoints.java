package org.openkaiwu.body.urdf;

import java.util.LinkedHashMap;
import java.util.Map;
import org.openkaiwu.body.Spec;
import org.openkaiwu.body.xml.Element;
import org.openkaiwu.math.Flat;
import org.openkaiwu.math.Problem.Severity;

/** Joint elements: frames, kinds, axes, limits, dynamics, mimics. */
final class UrdfJoints {
    private final UrdfReader reader;
    private final UrdfReader.Dialect dialect;

    /** Names of the joints that made a degree of freedom, and the element of each. */
    private final Map<String, Element> moving = new LinkedHashMap<>();

    private final Map<String, String> seen = new LinkedHashMap<>();

    UrdfJoints(UrdfReader reader, UrdfReader.Dialect dialect) {
        this.reader = reader;
        this.dialect = dialect;
    }

    void joint(Element e) {
        String name = e.get("name");
        String before = seen.put(name, e.where());
        if (before != null) {
            throw e.error("\"" + name + "\" is there twice (first at " + before + "); rename one");
        }
        Spec.Body body = reader.bodies.get(e.need("child").get("link"));
        Frames.origin(e, body.pos, body.quat);
        switch (e.get("type")) {
            case "fixed" -> {}
            case "revolute", "continuous" -> {
                Spec.Joint joint = add(body, e, name, 3, axis(e));
                limits(e, joint);
            }
            case "prismatic" -> limits(e, add(body, e, name, 2, axis(e)));
            case "floating" -> floating(e, body, name);
            case "planar" -> planar(e, body, name);
            case "ball" -> limits(e, add(body, e, name, 1, axis(e)));
            default ->
                    throw e.error(
                            "\""
                                    + name
                                    + "\" has the unknown type \""
                                    + e.get("type")
                                    + "\"; known are revolute, continuous, prismatic, fixed,"
                                    + " floating, planar");
        }
    }

    private Spec.Joint add(Spec.Body body, Element e, String name, int type, double[] axis) {
        Spec.Joint joint = new Spec.Joint();
        joint.name = name;
        joint.where = e.where();
        joint.type = type;
        joint.axis = axis;
        e.child("dynamics")
                .ifPresent(d -> {
                    joint.damping[0] = d.number("damping", 0);
                    joint.frictionloss = d.number("friction", 0);
                });
        body.joints.add(joint);
        moving.put(name, e);
        return joint;
    }

    private double[] axis(Element e) {
        double[] axis =
                e.child("axis").map(a -> a.numbers("xyz", 3)).orElse(new double[] {1, 0, 0});
        if (Flat.norm3(axis, 0) < 1e-10) {
            reader.note(
                    Severity.WARNING,
                    e.where(),
                    "joint \"" + e.get("name") + "\" has an axis of length 0; x is assumed");
            return new double[] {1, 0, 0};
        }
        Flat.normalize3(axis, 0);
        return axis;
    }

    private void limits(Element e, Spec.Joint joint) {
        Element limit = e.child("limit").orElse(null);
        String type = e.get("type");
        boolean needed = type.equals("revolute") || type.equals("prismatic");
        if (limit == null) {
            if (needed) {
                reader.note(
                        Severity.NOTE,
                        e.where(),
                        "joint \"" + joint.name + "\" has no <limit>; it is not limited");
            }
            return;
        }
        joint.range[0] = limit.number("lower", 0);
        joint.range[1] = limit.number("upper", 0);
        if (limit.has("lower") != limit.has("upper") || joint.range[0] > joint.range[1]) {
            joint.limited = Spec.Auto.FALSE;
            if (needed) {
                reader.note(
                        Severity.WARNING,
                        limit.where(),
                        "joint \""
                                + joint.name
                                + "\" needs lower <= upper, both given; it is not limited");
            }
        }
        double effort = Math.abs(limit.number("effort", 0));
        if (effort > 0) {
            joint.effort = effort;
            joint.actuatorfrcrange = new double[] {-effort, effort};
        }
        double velocity = Math.abs(limit.number("velocity", 0));
        if (velocity > 0) {
            joint.velocity = velocity;
        }
    }

    /** A free joint works only right below the world; else the joint is taken as fixed. */
    private void floating(Element e, Spec.Body body, String name) {
        if (reader.spec.world.bodies.contains(body)) {
            Spec.Joint joint = add(body, e, name, 0, new double[] {0, 0, 1});
            joint.damping[0] = 0;
            joint.frictionloss = 0;
        } else {
            reader.note(
                    Severity.WARNING,
                    e.where(),
                    "floating joint \""
                            + name
                            + "\" does not hang on the world; it is taken as fixed");
        }
    }

    private void planar(Element e, Spec.Body body, String name) {
        double[] normal = axis(e);
        double[] beside = Frames.besides(normal);
        String[] suffixes = {"_TX", "_TY"};
        for (int i = 0; i < 2; i++) {
            double[] axis = {beside[3 * i], beside[3 * i + 1], beside[3 * i + 2]};
            add(body, e, name + suffixes[i], 2, axis);
        }
        add(body, e, name + "_RZ", 3, normal);
    }

    /** Mimic elements: position = multiplier * position of the other + offset. */
    void mimics() {
        if (dialect == UrdfReader.Dialect.MUJOCO) {
            return;
        }
        for (Element e : reader.jointOf.values()) {
            Element mimic = e.child("mimic").orElse(null);
            String name = e.get("name");
            if (mimic == null || !moving.containsKey(name)) {
                continue;
            }
            String other = mimic.get("joint");
            if (!moving.containsKey(other) || other.equals(name)) {
                reader.note(
                        Severity.WARNING,
                        mimic.where(),
                        "joint \""
                                + name
                                + "\" mimics \""
                                + other
                                + "\", which does not move; the coupling is left out");
                continue;
            }
            Spec.Equality equality = new Spec.Equality();
            equality.name = name + "_mimic";
            equality.type = 2;
            equality.obj1 = name;
            equality.obj2 = other;
            equality.polycoef =
                    new double[] {
                        mimic.number("offset", 0), mimic.number("multiplier", 1), 0, 0, 0
                    };
            reader.spec.equalities.add(equality);
        }
    }
}
