package org.openkaiwu.body;

import static org.openkaiwu.body.Work.error;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Contact pairs, excluded pairs, equality constraints. */
final class ConstraintWriter {
    private ConstraintWriter() {}

    static void write(Work w, Machine m) {
        pairs(w, m);
        excludes(w, m);
        equalities(w, m);
    }

    /** A pair with its geoms in body order and its numbers completed. */
    private record Pair(
            Spec.Pair spec,
            Work.G g1,
            Work.G g2,
            int dim,
            double[] friction,
            double[] solref,
            double[] solimp,
            double margin,
            double gap) {
        long signature() {
            return ((long) g1.body.id << 16) + g2.body.id;
        }
    }

    private static void pairs(Work w, Machine m) {
        List<Pair> l = new ArrayList<>();
        w.spec.pairs.forEach(p -> l.add(pair(w, p)));
        l.sort(Comparator.comparingLong(Pair::signature));
        m.npair = l.size();
        m.pairDim = TreeWriter.ints(l, Pair::dim);
        m.pairGeom1 = TreeWriter.ints(l, p -> p.g1.id);
        m.pairGeom2 = TreeWriter.ints(l, p -> p.g2.id);
        m.pairSolref = TreeWriter.doubles(l, 2, Pair::solref);
        m.pairSolreffriction =
                TreeWriter.doubles(
                        l,
                        2,
                        p -> p.spec.solreffriction == null ? new double[2] : p.spec.solreffriction);
        m.pairSolimp = TreeWriter.doubles(l, 5, Pair::solimp);
        m.pairMargin = TreeWriter.scalars(l, Pair::margin);
        m.pairGap = TreeWriter.scalars(l, Pair::gap);
        m.pairFriction = TreeWriter.doubles(l, 5, Pair::friction);
        m.pairAdhesion = TreeWriter.scalars(l, p -> p.spec.adhesion);
    }

    private static Pair pair(Work w, Spec.Pair s) {
        Work.G a = Work.find(w.geomNames, "geom", s.geom1, "pair", s);
        Work.G b = Work.find(w.geomNames, "geom", s.geom2, "pair", s);
        if (a.body.id > b.body.id) {
            Work.G t = a;
            a = b;
            b = t;
        }
        Mix mix = Mix.of(a.spec, b.spec);
        int dim = s.condim < 0 ? mix.condim : s.condim;
        if (dim != 1 && dim != 3 && dim != 4 && dim != 6) {
            throw error("pair", s, "condim must be 1, 3, 4 or 6, it is " + dim);
        }
        return new Pair(
                s,
                a,
                b,
                dim,
                s.friction == null ? mix.friction : s.friction,
                s.solref == null ? mix.solref : s.solref,
                s.solimp == null ? mix.solimp : s.solimp,
                Double.isNaN(s.margin) ? Math.max(a.spec.margin, b.spec.margin) : s.margin,
                Double.isNaN(s.gap) ? Math.max(a.spec.gap, b.spec.gap) : s.gap);
    }

    /** Contact parameters of two geoms together. */
    private record Mix(int condim, double[] friction, double[] solref, double[] solimp) {
        static Mix of(Spec.Geom a, Spec.Geom b) {
            if (a.priority != b.priority) {
                Spec.Geom h = a.priority > b.priority ? a : b;
                return new Mix(h.condim, five(h.friction), h.solref, h.solimp);
            }
            double[] f = new double[3];
            for (int k = 0; k < 3; k++) {
                f[k] = Math.max(a.friction[k], b.friction[k]);
            }
            double wa = weight(a.solmix, b.solmix);
            double[] ref = new double[2];
            boolean standard = a.solref[0] > 0 && b.solref[0] > 0;
            for (int k = 0; k < 2; k++) {
                ref[k] =
                        standard
                                ? wa * a.solref[k] + (1 - wa) * b.solref[k]
                                : Math.min(a.solref[k], b.solref[k]);
            }
            double[] imp = new double[5];
            for (int k = 0; k < 5; k++) {
                imp[k] = wa * a.solimp[k] + (1 - wa) * b.solimp[k];
            }
            return new Mix(Math.max(a.condim, b.condim), five(f), ref, imp);
        }

        private static double weight(double a, double b) {
            if (a >= Frames.EPS && b >= Frames.EPS) {
                return a / (a + b);
            }
            if (a < Frames.EPS && b < Frames.EPS) {
                return 0.5;
            }
            return a < Frames.EPS ? 0 : 1;
        }

        private static double[] five(double[] f) {
            return new double[] {f[0], f[0], f[1], f[2], f[2]};
        }
    }

    private static void excludes(Work w, Machine m) {
        List<int[]> l = new ArrayList<>();
        for (Spec.Exclude e : w.spec.excludes) {
            int a = Work.find(w.bodyNames, "body", e.body1, "exclude", e).id;
            int b = Work.find(w.bodyNames, "body", e.body2, "exclude", e).id;
            l.add(new int[] {Math.min(a, b), Math.max(a, b)});
        }
        l.sort(Comparator.comparingLong(p -> ((long) p[0] << 16) + p[1]));
        m.nexclude = l.size();
        m.excludeBody1 = TreeWriter.ints(l, p -> p[0]);
        m.excludeBody2 = TreeWriter.ints(l, p -> p[1]);
    }

    private static void equalities(Work w, Machine m) {
        List<Spec.Equality> l = w.spec.equalities;
        m.neq = l.size();
        m.eqName = TreeWriter.names(l, e -> e.name);
        m.eqType = TreeWriter.ints(l, e -> e.type);
        m.eqObjtype = TreeWriter.ints(l, e -> e.type > 1 ? 0 : e.sites ? 6 : 1);
        m.eqActive0 = TreeWriter.flags(l, e -> e.active);
        m.eqSolref = TreeWriter.doubles(l, 2, e -> e.solref);
        m.eqSolimp = TreeWriter.doubles(l, 5, e -> e.solimp);
        m.eqObj1id = new int[m.neq];
        m.eqObj2id = new int[m.neq];
        m.eqData = new double[11 * m.neq];
        Rest rest = new Rest(w);
        for (int i = 0; i < m.neq; i++) {
            Spec.Equality e = l.get(i);
            m.eqObj1id[i] = object(w, e, e.obj1);
            boolean bodies = e.type <= 1 && !e.sites;
            m.eqObj2id[i] = e.obj2.isEmpty() ? (bodies ? 0 : -1) : object(w, e, e.obj2);
            if (m.eqObj1id[i] == m.eqObj2id[i]) {
                throw error("equality", e, "both objects are the same");
            }
            data(m, i, e, rest);
        }
    }

    private static int object(Work w, Spec.Equality e, String name) {
        return switch (e.type) {
            case 0, 1 ->
                    e.sites
                            ? Work.find(w.siteNames, "site", name, "equality", e).id
                            : Work.find(w.bodyNames, "body", name, "equality", e).id;
            case 2 -> {
                Work.J j = Work.find(w.jointNames, "joint", name, "equality", e);
                if (j.spec.type < 2) {
                    throw error("equality", e, "joint '" + name + "' must be a hinge or slide");
                }
                yield j.id;
            }
            case 3 -> Work.find(w.tendonNames, "tendon", name, "equality", e);
            default -> throw error("equality", e, "type " + e.type + " is none of 0 to 3");
        };
    }

    private static void data(Machine m, int i, Spec.Equality e, Rest rest) {
        double[] d = new double[11];
        d[1] = 1;
        d[10] = e.type == 1 ? e.torquescale : 1;
        if (e.type >= 2) {
            System.arraycopy(e.polycoef, 0, d, 0, 5);
        } else if (e.type == 0) {
            if (e.sites) {
                d = new double[11];
            } else {
                if (e.anchor == null) {
                    throw error("equality", e, "connect of bodies needs an anchor");
                }
                System.arraycopy(e.anchor, 0, d, 0, 3);
                double[] p = rest.move(m.eqObj1id[i], m.eqObj2id[i], e.anchor);
                System.arraycopy(p, 0, d, 3, 3);
            }
        } else {
            weld(m, i, e, rest, d);
        }
        System.arraycopy(d, 0, m.eqData, 11 * i, 11);
    }

    private static void weld(Machine m, int i, Spec.Equality e, Rest rest, double[] d) {
        if (e.anchor != null || !e.sites) {
            double[] anchor = e.anchor == null ? new double[3] : e.anchor;
            System.arraycopy(anchor, 0, d, 0, 3);
        }
        if (e.relpose != null) {
            System.arraycopy(e.relpose, 0, d, 3, 7);
        }
        if (e.sites) {
            return;
        }
        if (d[6] != 0 || d[7] != 0 || d[8] != 0 || d[9] != 0) {
            double n = Math.sqrt(d[6] * d[6] + d[7] * d[7] + d[8] * d[8] + d[9] * d[9]);
            for (int k = 6; k < 10; k++) {
                d[k] /= n;
            }
            return;
        }
        int b1 = m.eqObj1id[i];
        int b2 = m.eqObj2id[i];
        double[] p = rest.move(b2, b1, new double[] {d[0], d[1], d[2]});
        System.arraycopy(p, 0, d, 3, 3);
        double[] q = rest.turn(b1, b2);
        System.arraycopy(q, 0, d, 6, 4);
    }

    /** Poses of the bodies in the world at qpos0, where no joint is displaced. */
    private static final class Rest {
        private final double[][] pos;
        private final double[][] quat;

        Rest(Work w) {
            int n = w.bodies.size();
            pos = new double[n][];
            quat = new double[n][];
            for (Work.B b : w.bodies) {
                pos[b.id] = b.parent == null ? new double[3] : pos[b.parent.id].clone();
                quat[b.id] =
                        b.parent == null ? new double[] {1, 0, 0, 0} : quat[b.parent.id].clone();
                if (b.parent != null) {
                    Frames.accumulate(pos[b.id], quat[b.id], b.pos, b.quat);
                }
            }
        }

        /** A point of one body expressed in another. */
        double[] move(int from, int to, double[] p) {
            double[] v = Frames.rotate(quat[from], p);
            for (int k = 0; k < 3; k++) {
                v[k] += pos[from][k] - pos[to][k];
            }
            return Frames.rotate(Frames.conjugate(quat[to]), v);
        }

        double[] turn(int from, int to) {
            return Frames.mul(Frames.conjugate(quat[from]), quat[to]);
        }
    }
}
