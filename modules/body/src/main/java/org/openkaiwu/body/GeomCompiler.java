package org.openkaiwu.body;

import static org.openkaiwu.body.Work.error;

/** Resolves pose, size, mass and fluid coefficients of a geom, and the pose of a site. */
final class GeomCompiler {
    /** Weights, nodes and node derivatives of a 15-point Gauss-Kronrod rule on [0, infinity). */
    private static final double[] KRONROD_W = {
        0.01146766, 0.03154605, 0.05239501, 0.07032663, 0.08450236,
        0.09517529, 0.10221647, 0.10474107, 0.10221647, 0.09517529,
        0.08450236, 0.07032663, 0.05239501, 0.03154605, 0.01146766
    };

    private static final double[] KRONROD_L = {
        7.865151709349917e-08,
        1.7347976913907274e-05,
        0.0003548008144506193,
        0.002846636252924549,
        0.014094260903596077,
        0.053063261727396636,
        0.17041978741317773,
        0.5,
        1.4036301548686991,
        3.9353484827022642,
        11.644841677041734,
        39.53187807410903,
        177.5711362220801,
        1429.4772912937397,
        54087.416549217705
    };

    private static final double[] KRONROD_D = {
        5.538677720489877e-05,
        0.002080868285293228,
        0.016514126520723166,
        0.07261900344370877,
        0.23985243401862602,
        0.6868318249020725,
        1.8551129519182894,
        5.0,
        14.060031152313941,
        43.28941239611009,
        156.58546376397112,
        747.9826085305024,
        5827.4042950027115,
        116754.0197944512,
        25482945.327264845
    };

    private GeomCompiler() {}

    static void compile(Work w, Work.G g, boolean inferInertia) {
        Spec.Geom s = g.spec;
        check(w, g);
        g.visual = s.contype == 0 && s.conaffinity == 0;
        Frames.normalize(g.quat, 0, 4);
        if (s.fromto != null) {
            fromto("geom", s, s.type, s.fromto, g.pos, g.quat, g.size);
        }
        if (!s.mesh.isEmpty()) {
            placeMesh(w, g);
        }
        String wrong = Shapes.sizeError(g.type, g.size);
        if (wrong != null) {
            throw error("geom", s, wrong);
        }
        double[] hf = g.hfield == null ? null : g.hfield.size;
        if (g.type == Shapes.HFIELD) {
            g.size = new double[] {hf[0], hf[1], 0.25 * hf[2] + 0.5 * hf[3]};
        } else if (Shapes.isMesh(g.type)) {
            double[] a = g.mesh.aamm;
            for (int i = 0; i < 3; i++) {
                g.size[i] = Math.max(Math.abs(a[i]), Math.abs(a[i + 3]));
            }
        }
        g.aabb = Shapes.isMesh(g.type) ? g.mesh.box() : Shapes.box(g.type, g.size, hf);
        if (inferInertia) {
            inertia(g);
        }
        if (s.fluidEllipsoid) {
            fluid(g);
        }
    }

    private static void check(Work w, Work.G g) {
        Spec.Geom s = g.spec;
        if (s.type < 0 || s.type > Shapes.SDF) {
            throw error("geom", s, "type " + s.type + " is none of 0 to 8");
        }
        if (s.condim != 1 && s.condim != 3 && s.condim != 4 && s.condim != 6) {
            throw error("geom", s, "condim must be 1, 3, 4 or 6, it is " + s.condim);
        }
        if (Shapes.isMesh(s.type) && s.mesh.isEmpty()) {
            throw error("geom", s, "a geom of type mesh must name a mesh");
        }
        if ((s.type == Shapes.HFIELD) == s.hfield.isEmpty()) {
            throw error(
                    "geom", s, "a geom of type hfield, and only such a geom, must name an hfield");
        }
        if (s.type == Shapes.PLANE && g.body.weldid != 0) {
            Work.B weld = g.body;
            while (weld.id != weld.weldid) {
                weld = weld.parent;
            }
            if (!weld.spec.mocap) {
                throw error("geom", s, "a plane is allowed only in a body that does not move");
            }
        }
        if (!s.hfield.isEmpty()) {
            int i = Work.find(w.hfieldNames, "hfield", s.hfield, "geom", s);
            g.hfield = w.spec.hfields.get(i);
        }
        if (!s.material.isEmpty()) {
            Work.find(w.materialNames, "material", s.material, "geom", s);
        }
    }

    /** Pose and length of a shape given by its two end points. */
    static void fromto(
            String kind,
            Spec.Element e,
            int type,
            double[] fromto,
            double[] pos,
            double[] quat,
            double[] size) {
        boolean round = type == Shapes.CAPSULE || type == Shapes.CYLINDER;
        boolean three = type == Shapes.ELLIPSOID || type == Shapes.BOX;
        if (!round && !three) {
            throw error(kind, e, "fromto needs a capsule, cylinder, ellipsoid or box");
        }
        if (pos[0] != 0 || pos[1] != 0 || pos[2] != 0) {
            throw error(kind, e, "pos and fromto are both given");
        }
        size[1] = Frames.span(fromto, pos, quat);
        if (size[1] < Frames.EPS) {
            throw error(kind, e, "the two points of fromto are the same");
        }
        if (three) {
            size[2] = size[1];
            size[1] = size[0];
        }
    }

    private static void placeMesh(Work w, Work.G g) {
        Spec.Geom s = g.spec;
        MeshShape mesh = w.meshes.get(Work.find(w.meshNames, "mesh", s.mesh, "geom", s));
        if (s.fromto != null) {
            throw error("geom", s, "fromto cannot be used with a mesh");
        }
        double[] center = new double[3];
        if (!Shapes.isMesh(s.type)) {
            mesh.fit(g, g.body.options.fitaabb, center);
        } else {
            g.mesh = mesh;
            if (s.shellinertia) {
                throw error(
                        "geom",
                        s,
                        "shellinertia of a mesh is set in the asset (inertia=\"shell\")");
            }
        }
        double[] at = Frames.rotate(mesh.quat, center);
        for (int i = 0; i < 3; i++) {
            at[i] += mesh.pos[i];
        }
        Frames.accumulate(g.pos, g.quat, at, mesh.quat);
        surfaceVelocity(g, at, mesh.quat);
    }

    /** The geom's frame moved by the mesh's: the angular part adds a linear one. */
    private static void surfaceVelocity(Work.G g, double[] at, double[] quat) {
        double[] sv = g.surfacevel;
        double[] lin = {
            sv[0] + sv[4] * at[2] - sv[5] * at[1],
            sv[1] + sv[5] * at[0] - sv[3] * at[2],
            sv[2] + sv[3] * at[1] - sv[4] * at[0]
        };
        double[] inverse = Frames.conjugate(quat);
        System.arraycopy(Frames.rotate(inverse, lin), 0, sv, 0, 3);
        double[] ang = {sv[3], sv[4], sv[5]};
        System.arraycopy(Frames.rotate(inverse, ang), 0, sv, 3, 3);
    }

    private static void inertia(Work.G g) {
        Spec.Geom s = g.spec;
        double volume =
                Shapes.isMesh(g.type)
                        ? g.mesh.volumeOrArea
                        : Inertia.volume(g.type, g.size, s.shellinertia);
        if (!Double.isNaN(s.mass)) {
            if (s.mass == 0 || !(volume > Frames.EPS)) {
                return;
            }
            g.mass = s.mass;
        } else {
            if (s.density == 0) {
                return;
            }
            g.mass = s.density * volume;
        }
        g.inertia =
                Shapes.isMesh(g.type)
                        ? Inertia.crossed(g.mass, g.mesh.inertiaBox, 3)
                        : Inertia.moments(g.type, g.size, s.shellinertia, g.mass);
        if (g.mass < 0 || g.inertia[0] < 0 || g.inertia[1] < 0 || g.inertia[2] < 0) {
            throw error("geom", s, "mass and density must not be negative");
        }
    }

    /** Added mass of an ellipsoid in an ideal fluid, Tuckerman 1925. */
    private static double kappa(double dx, double dy, double dz) {
        double ix = 1 / (dx * dx);
        double iy = 1 / (dy * dy);
        double iz = 1 / (dz * dz);
        double scale = StrictMath.pow(dx * dx * dx * dy * dz, 0.4);
        double sum = 0;
        for (int i = 0; i < 15; i++) {
            double l = scale * KRONROD_L[i];
            double d = (1 + l * ix) * Math.sqrt((1 + l * ix) * (1 + l * iy) * (1 + l * iz));
            sum += scale * KRONROD_D[i] / d * KRONROD_W[i];
        }
        return sum * ix;
    }

    private static void fluid(Work.G g) {
        double[] s = g.size;
        double[] d =
                switch (g.type) {
                    case Shapes.SPHERE -> new double[] {s[0], s[0], s[0]};
                    case Shapes.CAPSULE -> new double[] {s[0], s[0], s[1] + s[0]};
                    case Shapes.CYLINDER -> new double[] {s[0], s[0], s[1]};
                    default -> s;
                };
        double volume = 4.0 / 3.0 * Math.PI * d[0] * d[1] * d[2];
        double[] k = {kappa(d[0], d[1], d[2]), kappa(d[1], d[2], d[0]), kappa(d[2], d[0], d[1])};
        double[] f = g.fluid;
        f[0] = 1;
        System.arraycopy(g.spec.fluidcoef, 0, f, 1, 5);
        for (int i = 0; i < 3; i++) {
            f[6 + i] = volume * k[i] / Math.max(Frames.EPS, 2 - k[i]);
            int a = (i + 1) % 3;
            int b = (i + 2) % 3;
            double diff = d[a] * d[a] - d[b] * d[b];
            double sum = d[a] * d[a] + d[b] * d[b];
            double den = Math.abs(2 * diff + sum * (k[a] - k[b]));
            f[9 + i] =
                    volume * (diff * diff * Math.abs(k[b] - k[a]) / Math.max(Frames.EPS, den)) / 5;
        }
    }

    static void site(Work.S site) {
        Spec.Site s = site.spec;
        if (s.type == Shapes.HFIELD || s.type == Shapes.PLANE || s.type < 0 || s.type > 8) {
            throw error("site", s, "a site cannot be a plane or hfield");
        }
        if (s.fromto != null) {
            fromto("site", s, s.type, s.fromto, site.pos, site.quat, site.size);
        }
        Frames.normalize(site.quat, 0, 4);
        String wrong = Shapes.sizeError(s.type, site.size);
        if (wrong != null) {
            throw error("site", s, wrong);
        }
    }
}
