package org.openkaiwu.body;

import static org.openkaiwu.body.Work.error;

import java.util.List;
import org.openkaiwu.math.InputException;
import org.openkaiwu.math.Problem;

/** Resolves inertia, frames and joints of a body and of what is attached to it. */
final class BodyCompiler {
    private BodyCompiler() {}

    static void compile(Work w, Work.B b) {
        Spec.CompilerOptions o = b.options;
        boolean moving = b.parent != null;
        Frames.normalize(b.quat, 0, 4);
        boolean force = o.inertiafromgeom == Spec.Auto.TRUE;
        boolean explicit = b.spec.inertial != null;
        if (explicit && moving) {
            explicitInertia(w, b);
        }
        for (Work.G g : b.geoms) {
            GeomCompiler.compile(w, g, moving && (!explicit || force) && inGroup(o, g.spec.group));
        }
        if (moving && (force || !explicit && o.inertiafromgeom == Spec.Auto.AUTO)) {
            fromGeoms(b);
        }
        if (b.ipos == null) {
            // nothing says where the mass is: MuJoCo copies the body's own pose
            b.ipos = b.pos.clone();
            b.iquat = b.quat.clone();
        }
        if (moving) {
            bound(w, b);
        }
        collect(b);
        boolean align = alignFree(o, b);
        double[] ip = new double[3];
        double[] iq = {1, 0, 0, 0};
        if (align) {
            Frames.accumulate(b.pos, b.quat, b.ipos, b.iquat);
            iq = Frames.conjugate(b.iquat);
            ip = Frames.mulMat(Frames.matrix(iq), b.ipos);
            for (int k = 0; k < 3; k++) {
                ip[k] = -ip[k];
            }
            b.ipos = new double[3];
            b.iquat = new double[] {1, 0, 0, 0};
            for (Work.G g : b.geoms) {
                Frames.intoParent(ip, iq, g.pos, g.quat);
            }
        }
        joints(b);
        b.sites.forEach(GeomCompiler::site);
        b.cameras.forEach(c -> Frames.normalize(c.quat, 0, 4));
        if (align) {
            for (Work.S s : b.sites) {
                Frames.intoParent(ip, iq, s.pos, s.quat);
            }
            for (Work.C c : b.cameras) {
                Frames.intoParent(ip, iq, c.pos, c.quat);
            }
        }
    }

    private static boolean inGroup(Spec.CompilerOptions o, int group) {
        return group >= o.inertiagrouprange[0] && group <= o.inertiagrouprange[1];
    }

    private static void explicitInertia(Work w, Work.B b) {
        Spec.Inertial in = b.spec.inertial;
        b.mass = in.mass;
        b.ipos = in.pos.clone();
        b.iquat = in.quat.clone();
        Frames.normalize(b.iquat, 0, 4);
        if (in.full == null) {
            b.inertia = in.diag == null ? new double[3] : in.diag.clone();
            return;
        }
        Inertia.Principal p = Inertia.principal(in.full);
        double least = p.moments()[2];
        if (least < Frames.EPS) {
            if (!b.options.lenient) {
                throw error(
                        "body",
                        b.spec,
                        "fullinertia must be that of a body (all principal moments positive), the"
                                + " least is "
                                + least);
            }
            if (p.moments()[0] > 0) {
                w.warn(
                        "body",
                        b.spec,
                        "the inertia has a principal moment of "
                                + least
                                + " kg m^2; assumed: the triangle rule holds, so it was raised");
            }
        }
        b.inertia = p.moments();
        b.iquat = Frames.mul(b.iquat, p.quat());
    }

    /** Mass, centre and inertia of the chosen geoms together. */
    private static void fromGeoms(Work.B b) {
        Spec.CompilerOptions o = b.options;
        List<Work.G> sel =
                b.geoms.stream()
                        .filter(g -> inGroup(o, g.spec.group) && g.mass > Frames.EPS)
                        .toList();
        if (sel.isEmpty()) {
            return;
        }
        if (sel.size() == 1) {
            Work.G g = sel.get(0);
            b.ipos = g.pos.clone();
            b.iquat = g.quat.clone();
            b.mass = g.mass;
            b.inertia = g.inertia.clone();
            return;
        }
        double mass = 0;
        double[] com = new double[3];
        for (Work.G g : sel) {
            mass += g.mass;
            for (int k = 0; k < 3; k++) {
                com[k] += g.mass * g.pos[k];
            }
        }
        for (int k = 0; k < 3; k++) {
            com[k] /= mass;
        }
        double[] full = new double[6];
        for (Work.G g : sel) {
            double[] d = {g.pos[0] - com[0], g.pos[1] - com[1], g.pos[2] - com[2]};
            Inertia.add(full, g.mass, g.inertia, g.quat, d);
        }
        Inertia.Principal p = Inertia.principal(full);
        if (p.moments()[2] < Frames.EPS && !o.lenient) {
            throw error(
                    "body", b.spec, "the inertia of its geoms has no positive principal moments");
        }
        b.mass = mass;
        b.ipos = com;
        b.iquat = p.quat();
        b.inertia = p.moments();
    }

    private static void bound(Work w, Work.B b) {
        Spec.CompilerOptions o = b.options;
        b.mass = Math.max(b.mass, o.boundmass);
        for (int k = 0; k < 3; k++) {
            b.inertia[k] = Math.max(b.inertia[k], o.boundinertia);
        }
        double[] i = b.inertia;
        if (b.mass < 0 || i[0] < 0 || i[1] < 0 || i[2] < 0) {
            if (!o.lenient) {
                throw error("body", b.spec, "mass and inertia must not be negative");
            }
            w.warn("body", b.spec, "negative mass or inertia; assumed: zero instead");
            b.mass = Math.max(0, b.mass);
            for (int k = 0; k < 3; k++) {
                i[k] = Math.max(0, i[k]);
            }
        }
        if (i[0] + i[1] < i[2] || i[0] + i[2] < i[1] || i[1] + i[2] < i[0]) {
            if (!o.balanceinertia && !o.lenient) {
                throw error(
                        "body",
                        b.spec,
                        "the inertia breaks A + B >= C, no body has it; balanceinertia=\"true\""
                                + " replaces it by the mean");
            }
            if (o.lenient && !o.balanceinertia) {
                w.warn(
                        "body",
                        b.spec,
                        "the inertia breaks A + B >= C, no body has it; assumed: the mean of the"
                                + " three moments");
            }
            double mean = (i[0] + i[1] + i[2]) / 3;
            java.util.Arrays.fill(i, mean);
        }
    }

    static void collect(Work.B b) {
        b.contype = 0;
        b.conaffinity = 0;
        b.margin = 0;
        for (Work.G g : b.geoms) {
            b.contype |= g.spec.contype;
            b.conaffinity |= g.spec.conaffinity;
            b.margin = Math.max(b.margin, g.spec.margin + g.spec.gap);
        }
    }

    private static boolean alignFree(Spec.CompilerOptions o, Work.B b) {
        if (b.joints.size() != 1 || b.joints.get(0).spec.type != 0 || !b.bodies.isEmpty()) {
            return false;
        }
        Spec.Auto a = b.joints.get(0).spec.align;
        return a == Spec.Auto.TRUE || a == Spec.Auto.AUTO && o.alignfree;
    }

    private static void joints(Work.B b) {
        b.dofnum = 0;
        boolean ball = false;
        for (Work.J j : b.joints) {
            if (b.parent == null) {
                throw error("joint", j.spec, "the world body cannot have joints");
            }
            joint(j);
            b.dofnum += j.nv();
            if (ball && (j.spec.type == 1 || j.spec.type == 3)) {
                throw error("body", b.spec, "a ball joint is followed by another rotation");
            }
            ball |= j.spec.type == 1;
            boolean free = j.spec.type == 0;
            if (free && b.joints.size() > 1) {
                throw error("body", b.spec, "a free joint must be the only joint of its body");
            }
            if (free && b.parent.parent != null) {
                throw error("body", b.spec, "a free joint is allowed only on a child of the world");
            }
        }
        if (b.dofnum > 6) {
            throw error("body", b.spec, "the joints of a body have at most 6 degrees of freedom");
        }
        if (b.spec.mocap && (b.dofnum > 0 || b.parent == null || b.parent.parent != null)) {
            throw error("body", b.spec, "a mocap body must be a child of the world without joints");
        }
    }

    private static void joint(Work.J j) {
        Spec.Joint s = j.spec;
        if (s.type < 0 || s.type > 3) {
            throw error("joint", s, "type " + s.type + " is none of 0 to 3");
        }
        boolean damper = s.springdamper[0] != 0 || s.springdamper[1] != 0;
        if (damper && (s.springdamper[0] <= 0 || s.springdamper[1] <= 0)) {
            throw error("joint", s, "both numbers of springdamper must be positive");
        }
        j.limited = s.type != 0 && Work.limited(j.body.options, "joint", s, "", s.limited, s.range);
        if (j.limited && s.type != 1 && s.range[0] >= s.range[1]) {
            throw error("joint", s, "range[0] must be less than range[1]");
        }
        if (j.limited && s.type == 1 && s.range[0] != 0) {
            throw error("joint", s, "range[0] of a ball joint must be 0");
        }
        j.actfrclimited =
                s.type > 1
                        && Work.limited(
                                j.body.options,
                                "joint",
                                s,
                                "actuatorfrc",
                                s.actuatorfrclimited,
                                s.actuatorfrcrange);
        if (j.actfrclimited && s.actuatorfrcrange[0] >= s.actuatorfrcrange[1]) {
            throw error("joint", s, "actuatorfrcrange[0] must be less than actuatorfrcrange[1]");
        }
        if (s.type < 2) {
            j.axis = new double[] {0, 0, 1};
        }
        if (s.type == 0) {
            j.pos = new double[3];
        }
        if (Frames.normalize(j.axis, 0, 3) < Frames.EPS) {
            throw error("joint", s, "the axis has no length");
        }
    }

    /** A moving body must have mass, or a body welded to it must. */
    static void checkMass(Work w) {
        for (Work.B b : w.bodies) {
            if (b.parent == null || b.joints.isEmpty() || massive(b)) {
                continue;
            }
            InputException e =
                    error(
                            "body",
                            b.spec,
                            "moves but has no mass or inertia; give it an inertial element, a geom"
                                    + " with density, or boundmass and boundinertia");
            if (!b.options.lenient) {
                throw e;
            }
            b.mass = Math.max(b.mass, LENIENT_MASS);
            for (int k = 0; k < 3; k++) {
                b.inertia[k] = Math.max(b.inertia[k], LENIENT_INERTIA);
            }
            w.problems.add(
                    new Problem(
                            Problem.Severity.WARNING,
                            Work.where("body", b.spec),
                            "moves but has no mass or inertia; assumed: "
                                    + LENIENT_MASS
                                    + " kg and "
                                    + LENIENT_INERTIA
                                    + " kg m^2"));
        }
    }

    private static final double MINVAL = 1e-15;
    private static final double LENIENT_MASS = 1e-3;
    private static final double LENIENT_INERTIA = 1e-6;

    private static boolean massive(Work.B b) {
        if (b.mass >= MINVAL
                && b.inertia[0] >= MINVAL
                && b.inertia[1] >= MINVAL
                && b.inertia[2] >= MINVAL) {
            return true;
        }
        return b.bodies.stream().anyMatch(c -> c.joints.isEmpty() && massive(c));
    }
}
