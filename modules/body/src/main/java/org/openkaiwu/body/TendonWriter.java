package org.openkaiwu.body;

import static org.openkaiwu.body.Work.error;

import java.util.List;

/** Tendons and their paths. */
final class TendonWriter {
    static final int JOINT = 1;
    static final int PULLEY = 2;
    static final int SITE = 3;
    static final int SPHERE = 4;
    static final int CYLINDER = 5;

    private TendonWriter() {}

    static void write(Work w, Machine m) {
        List<Spec.Tendon> l = w.spec.tendons;
        m.ntendon = l.size();
        m.tendonName = TreeWriter.names(l, t -> t.name);
        m.tendonNum = TreeWriter.ints(l, t -> t.path.size());
        m.tendonAdr = new int[m.ntendon];
        for (int i = 0; i < m.ntendon; i++) {
            m.tendonAdr[i] = m.nwrap;
            m.nwrap += m.tendonNum[i];
        }
        m.tendonGroup = TreeWriter.ints(l, t -> t.group);
        m.tendonLimited = TreeWriter.flags(l, t -> limited(w, t));
        m.tendonActfrclimited = TreeWriter.flags(l, t -> forceLimited(w, t));
        m.tendonWidth = TreeWriter.scalars(l, t -> t.width);
        m.tendonSolrefLim = TreeWriter.doubles(l, 2, t -> t.solreflimit);
        m.tendonSolimpLim = TreeWriter.doubles(l, 5, t -> t.solimplimit);
        m.tendonSolrefFri = TreeWriter.doubles(l, 2, t -> t.solreffriction);
        m.tendonSolimpFri = TreeWriter.doubles(l, 5, t -> t.solimpfriction);
        m.tendonRange = TreeWriter.doubles(l, 2, t -> t.range);
        m.tendonActfrcrange = TreeWriter.doubles(l, 2, t -> t.actuatorfrcrange);
        m.tendonMargin = TreeWriter.scalars(l, t -> t.margin);
        m.tendonStiffness = TreeWriter.scalars(l, t -> t.stiffness[0]);
        m.tendonStiffnesspoly = TreeWriter.doubles(l, 2, t -> TreeWriter.tail(t.stiffness));
        m.tendonDamping = TreeWriter.scalars(l, t -> t.damping[0]);
        m.tendonDampingpoly = TreeWriter.doubles(l, 2, t -> TreeWriter.tail(t.damping));
        m.tendonArmature = TreeWriter.scalars(l, t -> t.armature);
        m.tendonFrictionloss = TreeWriter.scalars(l, t -> t.frictionloss);
        m.tendonLengthspring = TreeWriter.doubles(l, 2, t -> t.springlength);
        m.tendonRgba = TreeWriter.colours(l, t -> colour(w, t));
        m.wrapType = new int[m.nwrap];
        m.wrapObjid = new int[m.nwrap];
        m.wrapPrm = new double[m.nwrap];
        for (int i = 0; i < m.ntendon; i++) {
            path(w, m, l.get(i), m.tendonAdr[i]);
        }
    }

    private static float[] colour(Work w, Spec.Tendon t) {
        if (t.rgba != null) {
            return t.rgba;
        }
        Integer i = w.materialNames.get(t.material);
        return i == null ? new float[] {0.5f, 0.5f, 0.5f, 1} : w.spec.materials.get(i).rgba;
    }

    private static boolean limited(Work w, Spec.Tendon t) {
        boolean on = w.limited("tendon", t, "", t.limited, t.range);
        if (on && t.range[0] >= t.range[1]) {
            throw error("tendon", t, "range[0] must be less than range[1]");
        }
        if (t.springlength[0] > t.springlength[1]) {
            throw error("tendon", t, "springlength[0] must not exceed springlength[1]");
        }
        return on;
    }

    private static boolean forceLimited(Work w, Spec.Tendon t) {
        double[] r = t.actuatorfrcrange;
        boolean on = w.limited("tendon", t, "actuatorfrc", t.actuatorfrclimited, r);
        if (on && (r[0] >= r[1] || r[0] > 0 || r[1] < 0)) {
            throw error(
                    "tendon", t, "actuatorfrcrange must go from a negative to a positive force");
        }
        return on;
    }

    private static void path(Work w, Machine m, Spec.Tendon t, int adr) {
        List<Spec.Wrap> p = t.path;
        if (p.isEmpty()) {
            throw error("tendon", t, "the path is empty");
        }
        for (int i = 0; i < p.size(); i++) {
            Spec.Wrap x = p.get(i);
            int k = adr + i;
            m.wrapType[k] = x.kind;
            m.wrapObjid[k] = -1;
            switch (x.kind) {
                case JOINT -> {
                    m.wrapObjid[k] = Work.find(w.jointNames, "joint", x.object, "tendon", t).id;
                    m.wrapPrm[k] = x.value;
                }
                case PULLEY -> {
                    if (x.value < 0) {
                        throw error("tendon", t, "the divisor of a pulley must not be negative");
                    }
                    m.wrapPrm[k] = x.value;
                }
                case SITE ->
                        m.wrapObjid[k] = Work.find(w.siteNames, "site", x.object, "tendon", t).id;
                case SPHERE -> geom(w, m, t, x, k);
                default -> throw error("tendon", t, "path element " + i + " is of no known kind");
            }
        }
        if (t.spatial) {
            spatial(m, t, adr);
        } else if (p.stream().anyMatch(x -> x.kind != JOINT)) {
            throw error("tendon", t, "the path of a fixed tendon holds joints only");
        }
    }

    private static void geom(Work w, Machine m, Spec.Tendon t, Spec.Wrap x, int k) {
        Work.G g = Work.find(w.geomNames, "geom", x.object, "tendon", t);
        if (g.type != Shapes.SPHERE && g.type != Shapes.CYLINDER) {
            throw error("tendon", t, "geom '" + x.object + "' must be a sphere or cylinder");
        }
        if (t.armature > 0) {
            throw error("tendon", t, "a tendon that wraps geoms cannot have armature");
        }
        m.wrapType[k] = g.type == Shapes.SPHERE ? SPHERE : CYLINDER;
        m.wrapObjid[k] = g.id;
        m.wrapPrm[k] =
                x.sidesite.isEmpty()
                        ? -1
                        : Work.find(w.siteNames, "site", x.sidesite, "tendon", t).id;
    }

    private static void spatial(Machine m, Spec.Tendon t, int adr) {
        int n = t.path.size();
        if (n < 2) {
            throw error("tendon", t, "the path of a spatial tendon needs at least two elements");
        }
        if (!(t.width > 0) || t.armature < 0) {
            throw error("tendon", t, "width must be positive and armature not negative");
        }
        for (int i = 0; i < n; i++) {
            int type = m.wrapType[adr + i];
            int before = i == 0 ? PULLEY : m.wrapType[adr + i - 1];
            int after = i == n - 1 ? PULLEY : m.wrapType[adr + i + 1];
            String wrong =
                    switch (type) {
                        case JOINT -> "holds a joint";
                        case PULLEY ->
                                i > 0 && before == PULLEY
                                        ? "has two pulleys in a row"
                                        : i == n - 1 ? "ends with a pulley" : null;
                        case SITE ->
                                before == PULLEY && after == PULLEY
                                        ? "has a site without a neighbour"
                                        : i < n - 1
                                                        && after == SITE
                                                        && m.wrapObjid[adr + i]
                                                                == m.wrapObjid[adr + i + 1]
                                                ? "repeats a site"
                                                : null;
                        default ->
                                before != SITE || after != SITE
                                        ? "has a geom that is not between two sites"
                                        : null;
                    };
            if (wrong != null) {
                throw error("tendon", t, "the path " + wrong + " (element " + i + ")");
            }
        }
    }
}
