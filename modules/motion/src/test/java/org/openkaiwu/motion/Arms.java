package org.openkaiwu.motion;

import java.util.ArrayList;
import java.util.List;
import org.openkaiwu.body.Compiler;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Spec;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Vec3;

/** Arms for tests, written out from plain link lengths. */
final class Arms {
    private Arms() {}

    /** Axis, offset of the joint from the one before, lower, upper; a capsule along the offset. */
    record Link(double[] axis, double[] offset, double lower, double upper) {}

    private static final double[] X = {1, 0, 0};
    private static final double[] Y = {0, 1, 0};
    private static final double[] Z = {0, 0, 1};

    static Spec.Body chain(Spec.Body root, List<Link> links, double[] end) {
        Spec.Body at = root;
        for (int i = 0; i < links.size(); i++) {
            Link l = links.get(i);
            Spec.Body b = at.add("link" + (i + 1));
            b.pos = l.offset.clone();
            Spec.Joint j = new Spec.Joint();
            j.name = "j" + (i + 1);
            j.axis = l.axis.clone();
            j.range = new double[] {l.lower, l.upper};
            b.joints.add(j);
            double[] next = i + 1 < links.size() ? links.get(i + 1).offset : end;
            Spec.Geom g = new Spec.Geom();
            g.name = "g" + (i + 1);
            double len = Math.sqrt(next[0] * next[0] + next[1] * next[1] + next[2] * next[2]);
            if (len > 0.06) {
                g.type = 3;
                g.size = new double[] {0.03, 0, 0};
                g.fromto = new double[] {0, 0, 0, next[0], next[1], next[2]};
            } else {
                g.type = 2;
                g.size = new double[] {0.03, 0, 0};
            }
            b.geoms.add(g);
            at = b;
        }
        Spec.Body tool = at.add("tool");
        tool.pos = end.clone();
        return tool;
    }

    static List<String> names(int n) {
        List<String> out = new ArrayList<>();
        for (int i = 1; i <= n; i++) {
            out.add("j" + i);
        }
        return out;
    }

    private static ArmModel arm(List<Link> links, double[] end) {
        Spec spec = new Spec();
        chain(spec.world, links, end);
        Machine m = Compiler.compile(spec);
        return ArmModel.of(m, names(links.size()), "tool", Pose.IDENTITY);
    }

    /** Two links of 1 m and 0.7 m in the plane, about z, without limits short of half a turn. */
    static ArmModel planar() {
        return arm(
                List.of(
                        new Link(Z, new double[] {0, 0, 0}, -3.1, 3.1),
                        new Link(Z, new double[] {1, 0, 0}, -3.1, 3.1)),
                new double[] {0.7, 0, 0});
    }

    /** Six axes with spherical wrist, the common industrial build. */
    static ArmModel sixAxis() {
        return arm(
                List.of(
                        new Link(Z, new double[] {0, 0, 0.2}, -2.9, 2.9),
                        new Link(Y, new double[] {0.05, 0, 0.15}, -1.9, 1.9),
                        new Link(Y, new double[] {0, 0, 0.4}, -2.4, 2.4),
                        new Link(Z, new double[] {0, 0, 0.2}, -2.9, 2.9),
                        new Link(Y, new double[] {0, 0, 0.2}, -2, 2),
                        new Link(Z, new double[] {0, 0, 0.08}, -3.1, 3.1)),
                new double[] {0, 0, 0.1});
    }

    /** Seven axes, shoulder - elbow - wrist. */
    static ArmModel sevenAxis() {
        return arm(
                List.of(
                        new Link(Z, new double[] {0, 0, 0.15}, -2.9, 2.9),
                        new Link(Y, new double[] {0, 0, 0.18}, -1.8, 1.8),
                        new Link(Z, new double[] {0, 0, 0.2}, -2.9, 2.9),
                        new Link(Y, new double[] {0.05, 0, 0.2}, -2.6, 2.6),
                        new Link(Z, new double[] {-0.05, 0, 0.2}, -2.9, 2.9),
                        new Link(Y, new double[] {0, 0, 0.2}, -2.0, 2.0),
                        new Link(Z, new double[] {0.05, 0, 0.05}, -2.9, 2.9)),
                new double[] {0, 0, 0.1});
    }

    /** Five axes: pan, lift, elbow, wrist bend, wrist roll; reaches along x at zero. */
    static ArmModel fiveAxis() {
        return arm(
                List.of(
                        new Link(Z, new double[] {0, 0, 0.06}, -1.9, 1.9),
                        new Link(Y, new double[] {0.03, 0, 0.05}, -1.9, 1.9),
                        new Link(Y, new double[] {0.03, 0, 0.11}, -1.7, 1.7),
                        new Link(Y, new double[] {0.135, 0, 0}, -1.7, 1.7),
                        new Link(X, new double[] {0.06, 0, 0}, -2.8, 2.8)),
                new double[] {0.1, 0, 0});
    }

    /** A floating base with a lift column and a six-axis arm on it. */
    static ArmModel mobile() {
        Spec spec = new Spec();
        Spec.Body base = spec.world.add("base");
        Spec.Joint free = new Spec.Joint();
        free.name = "float";
        free.type = 0;
        base.joints.add(free);
        Spec.Geom box = new Spec.Geom();
        box.name = "hull";
        box.type = 6;
        box.size = new double[] {0.25, 0.2, 0.1};
        box.pos = new double[] {0, 0, 0.15};
        base.geoms.add(box);
        Spec.Body lift = base.add("lift");
        lift.pos = new double[] {0.1, 0, 0.3};
        Spec.Joint slide = new Spec.Joint();
        slide.name = "column";
        slide.type = 2;
        slide.axis = Z.clone();
        slide.range = new double[] {0, 0.4};
        lift.joints.add(slide);
        Spec.Geom mast = new Spec.Geom();
        mast.name = "mast";
        mast.type = 6;
        mast.size = new double[] {0.04, 0.04, 0.05};
        mast.mass = 2;
        lift.geoms.add(mast);
        chain(
                lift,
                List.of(
                        new Link(Z, new double[] {0.05, 0, 0.05}, -2.9, 2.9),
                        new Link(Y, new double[] {0, 0, 0.1}, -1.9, 1.9),
                        new Link(Y, new double[] {0, 0, 0.3}, -2.4, 2.4),
                        new Link(Z, new double[] {0, 0, 0.15}, -2.9, 2.9),
                        new Link(Y, new double[] {0, 0, 0.15}, -2, 2),
                        new Link(Z, new double[] {0, 0, 0.08}, -3.1, 3.1)),
                new double[] {0, 0, 0.1});
        List<String> names = new ArrayList<>();
        names.add("column");
        names.addAll(names(6));
        ArmModel arm = ArmModel.of(Compiler.compile(spec), names, "tool", Pose.IDENTITY);
        arm.base(new Pose(new Vec3(0, 0, 0), org.openkaiwu.math.Quat.IDENTITY));
        return arm;
    }

    static double[] random(ArmModel arm, org.openkaiwu.math.RandomStream random) {
        double[] lo = arm.lower();
        double[] hi = arm.upper();
        double[] q = new double[arm.size()];
        for (int i = 0; i < q.length; i++) {
            q[i] = random.uniform(lo[i], hi[i]);
        }
        return q;
    }
}
