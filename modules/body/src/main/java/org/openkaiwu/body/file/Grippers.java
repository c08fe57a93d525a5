package org.openkaiwu.body.file;

import java.util.Map;
import org.openkaiwu.body.Spec;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.body.infer.FixedFingers;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Vec3;

/** Makes fingers: frees welded ones, or builds a plain parallel gripper. */
final class Grippers {
    /** Grip force of a drive that is assumed, N. */
    private static final double FORCE = 60;

    /** Half of the assumed gripper's opening, m. */
    private static final double STROKE = 0.0425;

    private Grippers() {}

    static void free(Spec spec, Map<String, Spec.Body> bodies, FixedFingers pair) {
        Spec.Body first = bodies.get(pair.first());
        Spec.Body second = bodies.get(pair.second());
        Vec3 inward = pair.across().times(-1);
        double half = pair.gap() / 2;
        Spec.Joint a = slide(first.name + "_slide", local(first, inward), half);
        Spec.Joint b = slide(second.name + "_slide", local(second, inward.times(-1)), half);
        first.joints.add(a);
        second.joints.add(b);
        pads(first);
        pads(second);
        couple(spec, b.name, a.name);
    }

    private static Vec3 local(Spec.Body child, Vec3 inPalm) {
        return Quat.of(child.quat, 0).unit().inverse().rotate(inPalm);
    }

    private static Spec.Joint slide(String name, Vec3 axis, double range) {
        Spec.Joint j = new Spec.Joint();
        j.name = name;
        j.type = 2;
        j.axis = axis.toArray();
        j.range = new double[] {0, range};
        j.damping[0] = 5;
        j.armature = 0.1;
        j.effort = FORCE;
        return j;
    }

    private static void couple(Spec spec, String follower, String leader) {
        Spec.Equality e = new Spec.Equality();
        e.name = follower + "_coupling";
        e.type = 2;
        e.obj1 = follower;
        e.obj2 = leader;
        spec.equalities.add(e);
    }

    /** Surfaces that hold by friction and hardly give: of the body and all that hangs on it. */
    static void pads(Spec.Body finger) {
        own(finger);
        finger.bodies.forEach(Grippers::pads);
    }

    /** The same, of the body alone. */
    static void own(Spec.Body finger) {
        for (Spec.Geom g : finger.geoms) {
            if (g.contype > 0 || g.conaffinity > 0) {
                g.condim = Math.max(4, g.condim);
                g.priority = Math.max(2, g.priority);
                g.friction =
                        new double[] {
                            Math.max(1, g.friction[0]), Math.max(0.01, g.friction[1]), g.friction[2]
                        };
                g.solref = new double[] {0.004, 1};
                g.solimp = new double[] {0.95, 0.99, 0.001, 0.5, 2};
            }
        }
    }

    /** A palm and two fingers on the end of an arm; position 0 is open. */
    static void fit(Spec spec, Spec.Body hand, BodyFacts.Effector bare) {
        hand.geoms.clear();
        hand.bodies.clear();
        Vec3 z = bare.approach();
        Vec3 y = bare.closing();
        Spec.Body palm = hand.add(hand.name + "_palm");
        palm.quat = Quat.fromAxes(y.cross(z), y, z).toArray();
        palm.geoms.add(box(0.03, 0.045, 0.03, 0, 0.03, 0.5));
        String leader = "";
        for (int side = 1; side >= -1; side -= 2) {
            Spec.Body finger = palm.add(hand.name + (side > 0 ? "_left_finger" : "_right_finger"));
            finger.pos = new double[] {0, side * STROKE, 0.06};
            Spec.Joint joint = slide(finger.name + "_joint", new Vec3(0, -side, 0), STROKE);
            finger.joints.add(joint);
            finger.geoms.add(box(0.012, 0.008, 0.035, side * 0.008, 0.035, 0.05));
            pads(finger);
            if (side > 0) {
                leader = joint.name;
            } else {
                couple(spec, joint.name, leader);
            }
        }
    }

    private static Spec.Geom box(
            double x, double y, double z, double atY, double atZ, double mass) {
        Spec.Geom g = new Spec.Geom();
        g.type = 6;
        g.size = new double[] {x, y, z};
        g.pos = new double[] {0, atY, atZ};
        g.mass = mass;
        g.rgba = new float[] {0.2f, 0.2f, 0.22f, 1};
        return g;
    }
}
