package org.openkaiwu.body;

import java.util.Arrays;
import java.util.List;

/** Keyframes whose values are kept by part, so that they survive a change of the tree. */
final class KeyParts {
    private KeyParts() {}

    /** Turns flat values that fit the description as it is now into values by part. */
    static void split(Spec spec, Spec.Key k) {
        Layout l = new Layout(spec);
        boolean fits =
                fits(k.qpos, l.nq)
                        && fits(k.qvel, l.nv)
                        && fits(k.act, l.na)
                        && fits(k.ctrl, l.nu)
                        && fits(k.mpos, 3 * l.nmocap)
                        && fits(k.mquat, 4 * l.nmocap);
        if (!fits) {
            return;
        }
        l.visit((part, adr1, n1, adr2, n2, kind) -> {
            double[] a = kind == 0 ? k.qpos : kind == 1 ? k.act : k.mpos;
            double[] b = kind == 0 ? k.qvel : kind == 1 ? k.ctrl : k.mquat;
            if (a == null && b == null) {
                return;
            }
            double[] v = new double[n1 + n2];
            Arrays.fill(v, Double.NaN);
            if (a != null) {
                System.arraycopy(a, adr1, v, 0, n1);
            }
            if (b != null) {
                System.arraycopy(b, adr2, v, n1, n2);
            }
            k.parts.put(part, v);
        });
        k.qpos = null;
        k.qvel = null;
        k.act = null;
        k.ctrl = null;
        k.mpos = null;
        k.mquat = null;
    }

    private static boolean fits(double[] v, int n) {
        return v == null || v.length == n;
    }

    /** Adds the source's keys to the target, for the parts that were copied. */
    static void copy(Spec source, Spec target, SpecCopy copy, String prefix) {
        for (Spec.Key k : source.keys) {
            Spec.Key c = new Spec.Key();
            c.name = k.name.isEmpty() ? "" : prefix + k.name;
            c.where = k.where;
            c.time = k.time;
            c.settled = true;
            k.parts.forEach((part, v) -> {
                Spec.Element to = copy.copies.get(part);
                if (to != null) {
                    c.parts.put(to, v);
                }
            });
            target.keys.add(c);
        }
    }

    /** Repeats keys under new names; joints that were copied pass on their values. */
    static void repeat(Spec spec, List<Spec.Key> keys, SpecCopy copy, String suffix) {
        for (Spec.Key k : keys) {
            Spec.Key c = new Spec.Key();
            c.name = k.name.isEmpty() ? "" : k.name + suffix;
            c.where = k.where;
            c.time = k.time;
            c.settled = true;
            k.parts.forEach((part, v) -> {
                if (part instanceof Spec.Joint || part instanceof Spec.Body) {
                    c.parts.put(copy.copies.getOrDefault(part, part), v);
                }
            });
            spec.keys.add(c);
        }
    }

    /** Where the values of joints, actuators and mocap bodies lie in flat arrays. */
    private static final class Layout {
        private interface Visitor {
            void part(Spec.Element part, int adr1, int n1, int adr2, int n2, int kind);
        }

        private final Spec spec;
        int nq;
        int nv;
        int na;
        int nu;
        int nmocap;

        Layout(Spec spec) {
            this.spec = spec;
            visit((part, adr1, n1, adr2, n2, kind) -> {});
        }

        void visit(Visitor visitor) {
            nq = 0;
            nv = 0;
            na = 0;
            nu = 0;
            nmocap = 0;
            tree(spec.world, visitor);
            for (Spec.Actuator a : spec.actuators) {
                int[] n = ActuatorWriter.sizes(a);
                visitor.part(a, na, n[0], nu, n[1], 1);
                na += n[0];
                nu += n[1];
            }
        }

        private void tree(Spec.Body b, Visitor visitor) {
            for (Spec.Joint j : b.joints) {
                int q = j.type == 0 ? 7 : j.type == 1 ? 4 : 1;
                int v = j.type == 0 ? 6 : j.type == 1 ? 3 : 1;
                visitor.part(j, nq, q, nv, v, 0);
                nq += q;
                nv += v;
            }
            if (b.mocap) {
                visitor.part(b, 3 * nmocap, 3, 4 * nmocap, 4, 2);
                nmocap++;
            }
            b.bodies.forEach(c -> tree(c, visitor));
        }
    }
}
