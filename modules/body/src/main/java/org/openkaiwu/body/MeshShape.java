package org.openkaiwu.body;

import static org.openkaiwu.body.Work.error;

import org.openkaiwu.body.mesh.ConvexHull;

/**
 * A mesh asset in its own frame: reference frame and scale applied, moved to its mass centre and
 * turned to its principal axes, with volume, inertia and bounds.
 *
 * <p>Mass properties by tetrahedra between the faces and a common point (Mirtich 1996; Eberly,
 * Polyhedral Mass Properties): {@code exact} sums signed volumes, {@code legacy} absolute ones,
 * {@code convex} those of the hull, {@code shell} areas.
 */
final class MeshShape {
    /** Smaller volumes and areas count as zero, as in MuJoCo. */
    private static final double MIN = 1e-15;

    private static final int[][] PRODUCTS = {{0, 0}, {1, 1}, {2, 2}, {0, 1}, {0, 2}, {1, 2}};

    final Spec.Mesh spec;
    double[] vertices;
    int[] triangles;
    ConvexHull hull;

    /** Mesh frame in the file's frame. */
    double[] pos;

    double[] quat;

    /** Volume, or area of a shell. */
    double volumeOrArea;

    /** Half sizes of the box with the same mass and inertia. */
    double[] inertiaBox;

    /** Least and largest coordinates in the mesh frame. */
    final double[] aamm = new double[6];

    MeshShape(Spec.Mesh spec, boolean collides) {
        this.spec = spec;
        vertices = spec.vertices.clone();
        triangles = spec.triangles.clone();
        check();
        transform();
        boolean convex = spec.inertia.equals("convex");
        boolean faceless = triangles.length == 0;
        if (collides || convex || faceless) {
            hull = ConvexHull.of(vertices, spec.maxhullvert);
            if (hull.dimension() < 3) {
                if (convex || faceless) {
                    throw error(
                            "mesh",
                            spec,
                            "all vertices lie in one plane, so the hull has no volume");
                }
                hull = null;
            }
        }
        if (faceless) {
            triangles = hullFaces();
        }
        massProperties(convex ? hullFaces() : triangles);
    }

    private int[] hullFaces() {
        int[] faces = hull.triangles().clone();
        for (int i = 0; i < faces.length; i++) {
            faces[i] = hull.vertices()[faces[i]];
        }
        return faces;
    }

    private void check() {
        int n = vertices.length / 3;
        if (vertices.length < 12 || vertices.length % 3 != 0 || triangles.length % 3 != 0) {
            throw error(
                    "mesh",
                    spec,
                    "needs at least 4 vertices of 3 numbers and faces of 3 indices, has "
                            + vertices.length
                            + " and "
                            + triangles.length
                            + " numbers");
        }
        for (double v : vertices) {
            if (!Double.isFinite(v)) {
                throw error("mesh", spec, "a vertex coordinate is not finite");
            }
        }
        for (int i = 0; i < triangles.length; i++) {
            if (triangles[i] < 0 || triangles[i] >= n) {
                throw error(
                        "mesh",
                        spec,
                        "face " + i / 3 + " names vertex " + triangles[i] + ", there are " + n);
            }
        }
    }

    private void transform() {
        double[] refquat = spec.refquat.clone();
        Frames.normalize(refquat, 0, 4);
        double[] m = Frames.matrix(Frames.conjugate(refquat));
        boolean turned = !Frames.identity(spec.refquat);
        double[] s = spec.scale;
        double[] v = new double[3];
        for (int i = 0; i < vertices.length; i += 3) {
            for (int k = 0; k < 3; k++) {
                v[k] = vertices[i + k] - spec.refpos[k];
            }
            double[] r = turned ? Frames.mulMat(m, v) : v;
            for (int k = 0; k < 3; k++) {
                vertices[i + k] = r[k] * s[k];
            }
        }
        if (s[0] * s[1] * s[2] <= 0) {
            for (int i = 0; i < triangles.length; i += 3) {
                int t = triangles[i + 1];
                triangles[i + 1] = triangles[i + 2];
                triangles[i + 2] = t;
            }
        }
    }

    /** Area; {@code normal} gets the unit normal, {@code center} the middle of the corners. */
    private static double triangle(double[] v, int[] f, int i, double[] normal, double[] center) {
        int a = 3 * f[i];
        int b = 3 * f[i + 1];
        int c = 3 * f[i + 2];
        for (int k = 0; k < 3; k++) {
            center[k] = (v[a + k] + v[b + k] + v[c + k]) / 3;
        }
        double bx = v[b] - v[a];
        double by = v[b + 1] - v[a + 1];
        double bz = v[b + 2] - v[a + 2];
        double cx = v[c] - v[a];
        double cy = v[c + 1] - v[a + 1];
        double cz = v[c + 2] - v[a + 2];
        normal[0] = by * cz - bz * cy;
        normal[1] = bz * cx - bx * cz;
        normal[2] = bx * cy - by * cx;
        double len =
                Math.sqrt(normal[0] * normal[0] + normal[1] * normal[1] + normal[2] * normal[2]);
        if (len < MIN) {
            return 0;
        }
        for (int k = 0; k < 3; k++) {
            normal[k] /= len;
        }
        return 0.5 * len;
    }

    private double[] faceCentroid() {
        double[] sum = new double[3];
        double[] normal = new double[3];
        double[] center = new double[3];
        double total = 0;
        for (int i = 0; i < triangles.length; i += 3) {
            double area = triangle(vertices, triangles, i, normal, center);
            for (int k = 0; k < 3; k++) {
                sum[k] += area * center[k];
            }
            total += area;
        }
        if (total < MIN) {
            throw error("mesh", spec, "the surface is too small; is the scale right?");
        }
        for (int k = 0; k < 3; k++) {
            sum[k] /= total;
        }
        return sum;
    }

    private void massProperties(int[] faces) {
        boolean shell = spec.inertia.equals("shell");
        boolean absolute = spec.inertia.equals("legacy");
        int[] f = shell ? triangles : faces;
        double[] com = centre(f, faceCentroid(), shell, absolute);
        double[] full = inertiaAbout(f, com, shell, absolute);
        Inertia.Principal p = Inertia.principal(full);
        double[] e = p.moments();
        double slack = 1e-9;
        if (e[2] <= 0
                || e[1] + e[2] < e[0] * (1 - 1e-6) - slack
                || e[0] + e[2] < e[1] * (1 - 1e-6) - slack
                || e[0] + e[1] < e[2] * (1 - 1e-6) - slack) {
            throw error("mesh", spec, "its inertia is not that of a body; check the triangles");
        }
        inertiaBox = new double[3];
        for (int k = 0; k < 3; k++) {
            double diff = e[(k + 1) % 3] + e[(k + 2) % 3] - e[k];
            inertiaBox[k] = 0.5 * Math.sqrt(Math.max(0, 6 * diff / volumeOrArea));
        }
        pos = com;
        quat = p.quat();
        recentre();
    }

    private double[] centre(int[] f, double[] facecen, boolean shell, boolean absolute) {
        double[] com = new double[3];
        double[] normal = new double[3];
        double[] center = new double[3];
        double total = 0;
        for (int i = 0; i < f.length; i += 3) {
            double part = triangle(vertices, f, i, normal, center);
            if (!shell) {
                double d = 0;
                for (int k = 0; k < 3; k++) {
                    d += (center[k] - facecen[k]) * normal[k];
                }
                part = d * part / 3;
                if (absolute) {
                    part = Math.abs(part);
                }
            }
            total += part;
            for (int k = 0; k < 3; k++) {
                com[k] += part * (center[k] * 3.0 / 4.0 + facecen[k] / 4.0);
            }
        }
        if (total < MIN) {
            throw error(
                    "mesh",
                    spec,
                    total < 0
                            ? "the volume is negative: the triangles face inwards"
                            : "the volume is too small; inertia=\"shell\" gives it the inertia of"
                                    + " its surface");
        }
        for (int k = 0; k < 3; k++) {
            com[k] /= total;
        }
        return com;
    }

    private double[] inertiaAbout(int[] f, double[] com, boolean shell, boolean absolute) {
        double[] v = vertices.clone();
        for (int i = 0; i < v.length; i++) {
            v[i] -= com[i % 3];
        }
        double[] p = new double[6];
        double[] normal = new double[3];
        double[] center = new double[3];
        double total = 0;
        int c = shell ? 12 : 20;
        for (int i = 0; i < f.length; i += 3) {
            double part = triangle(v, f, i, normal, center);
            if (!shell) {
                part =
                        (center[0] * normal[0] + center[1] * normal[1] + center[2] * normal[2])
                                * part
                                / 3;
                if (absolute) {
                    part = Math.abs(part);
                }
            }
            total += part;
            int d = 3 * f[i];
            int e = 3 * f[i + 1];
            int g = 3 * f[i + 2];
            for (int j = 0; j < 6; j++) {
                int a = PRODUCTS[j][0];
                int b = PRODUCTS[j][1];
                p[j] +=
                        part
                                / c
                                * (2
                                                * (v[d + a] * v[d + b]
                                                        + v[e + a] * v[e + b]
                                                        + v[g + a] * v[g + b])
                                        + v[d + a] * v[e + b]
                                        + v[d + b] * v[e + a]
                                        + v[d + a] * v[g + b]
                                        + v[d + b] * v[g + a]
                                        + v[e + a] * v[g + b]
                                        + v[e + b] * v[g + a]);
            }
        }
        volumeOrArea = total;
        return new double[] {p[1] + p[2], p[0] + p[2], p[0] + p[1], -p[3], -p[4], -p[5]};
    }

    private void recentre() {
        double[] m = Frames.matrix(Frames.conjugate(quat));
        java.util.Arrays.fill(aamm, 0, 3, Double.POSITIVE_INFINITY);
        java.util.Arrays.fill(aamm, 3, 6, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < vertices.length; i += 3) {
            double[] r =
                    Frames.mulMat(
                            m,
                            new double[] {
                                vertices[i] - pos[0],
                                vertices[i + 1] - pos[1],
                                vertices[i + 2] - pos[2]
                            });
            for (int k = 0; k < 3; k++) {
                aamm[k] = Math.min(aamm[k], r[k]);
                aamm[k + 3] = Math.max(aamm[k + 3], r[k]);
                vertices[i + k] = (float) r[k];
            }
        }
    }

    /** Centre and half sizes of the bounding box in the mesh frame. */
    double[] box() {
        double[] b = new double[6];
        for (int k = 0; k < 3; k++) {
            b[k] = (aamm[k + 3] + aamm[k]) / 2;
            b[k + 3] = (aamm[k + 3] - aamm[k]) / 2;
        }
        return b;
    }

    /** Sizes a primitive to this mesh; {@code center} gets its place in the mesh frame. */
    void fit(Work.G g, boolean toBox, double[] center) {
        double[] b = box();
        double[] h = toBox ? new double[] {b[3], b[4], b[5]} : inertiaBox;
        if (toBox) {
            System.arraycopy(b, 0, center, 0, 3);
        }
        switch (g.type) {
            case Shapes.SPHERE ->
                    g.size[0] =
                            toBox ? Math.max(Math.max(h[0], h[1]), h[2]) : (h[0] + h[1] + h[2]) / 3;
            case Shapes.CAPSULE, Shapes.CYLINDER -> {
                g.size[0] = toBox ? Math.max(h[0], h[1]) : (h[0] + h[1]) / 2;
                g.size[1] = h[2];
                if (g.type == Shapes.CAPSULE) {
                    g.size[1] = toBox ? h[2] - g.size[0] : Math.max(0, h[2] - g.size[0] / 2);
                }
            }
            case Shapes.ELLIPSOID, Shapes.BOX -> g.size = h.clone();
            default -> throw error("geom", g.spec, "a plane or hfield cannot be fitted to a mesh");
        }
        for (int k = 0; k < 3; k++) {
            g.size[k] *= g.spec.fitscale;
        }
    }

    /** The compiled asset. */
    MeshAsset asset() {
        boolean has = hull != null;
        return new MeshAsset(
                spec.name,
                vertices,
                triangles,
                has ? hull.vertices() : new int[0],
                has ? hull.triangles() : new int[0],
                has ? hull.neighbours() : new int[0][],
                pos,
                quat);
    }
}
