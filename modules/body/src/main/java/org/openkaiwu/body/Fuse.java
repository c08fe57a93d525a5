package org.openkaiwu.body;

import java.util.LinkedHashSet;
import java.util.Set;

/** Merges bodies without joints into their parents (compiler option fusestatic). */
final class Fuse {
    private static final double MINVAL = 1e-15;

    private Fuse() {}

    static void fuse(Work w) {
        Set<String> needed = referenced(w.spec);
        for (int i = 1; i < w.bodies.size(); ) {
            Work.B b = w.bodies.get(i);
            if (!b.joints.isEmpty() || b.spec.mocap || needed.contains(b.spec.name)) {
                i++;
                continue;
            }
            merge(b);
            w.relist();
        }
    }

    /** Names of the bodies that something else speaks of: these stay. */
    private static Set<String> referenced(Spec s) {
        Set<String> names = new LinkedHashSet<>();
        cameraTargets(s.world, names);
        s.excludes.forEach(e -> names.addAll(java.util.List.of(e.body1, e.body2)));
        for (Spec.Equality e : s.equalities) {
            if (e.type <= 1 && !e.sites) {
                names.add(e.obj1);
                names.add(e.obj2);
            }
        }
        s.actuators.stream().filter(a -> a.trntype == 5).forEach(a -> names.add(a.target));
        for (Spec.Sensor t : s.sensors) {
            if (isBody(t.objtype)) {
                names.add(t.obj);
            }
            if (isBody(t.reftype)) {
                names.add(t.ref);
            }
            if (t.type.equals("force") || t.type.equals("torque")) {
                siteOwner(s.world, t.obj, names);
            }
        }
        names.remove("");
        return names;
    }

    private static boolean isBody(String type) {
        return type.equals("body") || type.equals("xbody");
    }

    private static void cameraTargets(Spec.Body b, Set<String> names) {
        b.cameras.forEach(c -> names.add(c.target));
        b.bodies.forEach(c -> cameraTargets(c, names));
    }

    private static void siteOwner(Spec.Body b, String site, Set<String> names) {
        if (b.sites.stream().anyMatch(s -> s.name.equals(site))) {
            names.add(b.name);
        }
        b.bodies.forEach(c -> siteOwner(c, site, names));
    }

    private static void merge(Work.B b) {
        Work.B par = b.parent;
        if (par.parent != null && b.mass >= MINVAL) {
            addInertia(par, b);
        }
        for (Work.B c : b.bodies) {
            Frames.intoParent(b.pos, b.quat, c.pos, c.quat);
            c.parent = par;
        }
        int at = par.bodies.indexOf(b);
        par.bodies.remove(at);
        par.bodies.addAll(at, b.bodies);
        for (Work.G g : b.geoms) {
            Frames.intoParent(b.pos, b.quat, g.pos, g.quat);
            g.body = par;
            par.geoms.add(g);
        }
        for (Work.S s : b.sites) {
            Frames.intoParent(b.pos, b.quat, s.pos, s.quat);
            s.body = par;
            par.sites.add(s);
        }
        for (Work.C c : b.cameras) {
            Frames.intoParent(b.pos, b.quat, c.pos, c.quat);
            c.body = par;
            par.cameras.add(c);
        }
        BodyCompiler.collect(par);
    }

    private static void addInertia(Work.B par, Work.B b) {
        double[] ipos = b.pos.clone();
        double[] iquat = b.quat.clone();
        Frames.accumulate(ipos, iquat, b.ipos, b.iquat);
        double mass = par.mass + b.mass;
        double[] com = new double[3];
        for (int k = 0; k < 3; k++) {
            com[k] = (par.mass * par.ipos[k] + b.mass * ipos[k]) / mass;
        }
        double[] full = new double[6];
        Inertia.add(full, par.mass, par.inertia, par.iquat, minus(par.ipos, com));
        Inertia.add(full, b.mass, b.inertia, iquat, minus(ipos, com));
        Inertia.Principal p = Inertia.principal(full);
        par.mass = mass;
        par.ipos = com;
        par.iquat = p.quat();
        par.inertia = p.moments();
    }

    private static double[] minus(double[] a, double[] b) {
        return new double[] {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
    }
}
