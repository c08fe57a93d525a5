package org.openkaiwu.physics.render;

import org.openkaiwu.body.HfieldAsset;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.MeshAsset;
import org.openkaiwu.math.Trig;

/**
 * The triangles of a geom in its frame, counter-clockwise seen from outside, with a normal for each
 * corner. Round solids are cut into {@link #SLICES} slices: their corners are on the surface, the
 * triangles up to 0.5 % of the radius inside.
 *
 * @param vertices x y z of each vertex, m
 * @param triangles three vertex numbers a triangle
 * @param normals unit normal of each corner of each triangle; shape triangles x 3 x 3
 */
record Surface(double[] vertices, int[] triangles, float[] normals) {
    private static final int SLICES = 32;

    /** Half a circle in as many parts. */
    private static final int STACKS = 16;

    /** Faces that meet more sharply (40 degrees) keep an edge between them. */
    private static final double CREASE = 0.766;

    /** Vertices with more faces than this keep the normals of the faces. */
    private static final int MOST_FACES = 64;

    private static final int PLANE = 0;
    private static final int HFIELD = 1;
    private static final int SPHERE = 2;
    private static final int CAPSULE = 3;
    private static final int ELLIPSOID = 4;
    private static final int CYLINDER = 5;
    private static final int BOX = 6;

    /** The surface of a geom. Infinite planes reach {@code far} from their origin. */
    static Surface of(Machine m, int g, double far) {
        double x = m.geomSize[3 * g];
        double y = m.geomSize[3 * g + 1];
        double z = m.geomSize[3 * g + 2];
        int data = m.geomDataid[g];
        return switch (m.geomType[g]) {
            case PLANE -> plane(x > 0 ? x : far, y > 0 ? y : far);
            case HFIELD -> hfield(m.hfields[data]);
            case SPHERE -> round(x, x, x, 0);
            case CAPSULE -> round(x, x, x, y);
            case ELLIPSOID -> round(x, y, z, 0);
            case CYLINDER ->
                    turned(new double[] {0, 1, 1, 0}, new double[] {-1, -1, 1, 1}, x, x, y, 0);
            case BOX -> box(x, y, z);
            default -> mesh(m.meshes[data]);
        };
    }

    private static Surface mesh(MeshAsset mesh) {
        return smooth(mesh.vertices(), mesh.triangles());
    }

    private static Surface plane(double x, double y) {
        return smooth(
                new double[] {-x, -y, 0, x, -y, 0, x, y, 0, -x, y, 0},
                new int[] {0, 1, 2, 0, 2, 3});
    }

    private static Surface box(double x, double y, double z) {
        double[] v = new double[24];
        for (int i = 0; i < 8; i++) {
            v[3 * i] = (i & 1) == 0 ? -x : x;
            v[3 * i + 1] = (i & 2) == 0 ? -y : y;
            v[3 * i + 2] = (i & 4) == 0 ? -z : z;
        }
        int[] t = {
            0, 2, 3, 0, 3, 1, 4, 5, 7, 4, 7, 6, 0, 1, 5, 0, 5, 4, 2, 6, 7, 2, 7, 3, 0, 4, 6, 0, 6,
            2, 1, 3, 7, 1, 7, 5
        };
        return smooth(v, t);
    }

    /** An ellipsoid whose halves are drawn apart by {@code half} each. */
    private static Surface round(double x, double y, double z, double half) {
        int n = STACKS + 1 + (half > 0 ? 1 : 0);
        double[] radius = new double[n];
        double[] height = new double[n];
        for (int i = 0; i < n; i++) {
            int k = half > 0 && i > STACKS / 2 ? i - 1 : i;
            double angle = Math.PI * k / STACKS;
            radius[i] = k == 0 || k == STACKS ? 0 : Trig.sin(angle);
            height[i] = -Trig.cos(angle) * z + (half == 0 ? 0 : i <= STACKS / 2 ? -half : half);
        }
        return turned(radius, height, x, y, 1, 0);
    }

    /** A profile (radius, height) from bottom to top turned about z and scaled. */
    private static Surface turned(
            double[] radius, double[] height, double x, double y, double z, double lift) {
        int rings = radius.length;
        double[] v = new double[3 * rings * SLICES];
        int[] t = new int[6 * (rings - 1) * SLICES];
        int at = 0;
        for (int r = 0; r < rings; r++) {
            for (int s = 0; s < SLICES; s++) {
                double angle = 2 * Math.PI * s / SLICES;
                int i = 3 * (r * SLICES + s);
                v[i] = x * radius[r] * Trig.cos(angle);
                v[i + 1] = y * radius[r] * Trig.sin(angle);
                v[i + 2] = z * height[r] + lift;
                if (r + 1 < rings) {
                    int next = (s + 1) % SLICES;
                    int a = r * SLICES + s;
                    int b = r * SLICES + next;
                    int c = a + SLICES;
                    int d = b + SLICES;
                    at = quad(t, at, a, b, d, c);
                }
            }
        }
        return smooth(v, t);
    }

    /** The relief with its walls and its base. */
    private static Surface hfield(HfieldAsset h) {
        int rows = h.nrow();
        int cols = h.ncol();
        int rim = 2 * (rows + cols - 2);
        double[] v = new double[3 * (rows * cols + rim)];
        int[] t = new int[6 * ((rows - 1) * (cols - 1) + rim + 1)];
        int at = 0;
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < cols; c++) {
                int i = r * cols + c;
                v[3 * i] = h.size()[0] * (2.0 * c / (cols - 1) - 1);
                v[3 * i + 1] = h.size()[1] * (2.0 * r / (rows - 1) - 1);
                v[3 * i + 2] = h.size()[2] * h.data()[i];
                if (r + 1 < rows && c + 1 < cols) {
                    at = quad(t, at, i, i + 1, i + cols + 1, i + cols);
                }
            }
        }
        int below = rows * cols;
        for (int k = 0; k < rim; k++) {
            int p = rim(rows, cols, k);
            v[3 * (below + k)] = v[3 * p];
            v[3 * (below + k) + 1] = v[3 * p + 1];
            v[3 * (below + k) + 2] = -h.size()[3];
            int next = (k + 1) % rim;
            at = quad(t, at, p, below + k, below + next, rim(rows, cols, next));
        }
        int corner = cols - 1;
        quad(t, at, below, below + rim - rows + 1, below + corner + rows - 1, below + corner);
        return smooth(v, t);
    }

    private static int quad(int[] t, int at, int a, int b, int c, int d) {
        t[at] = a;
        t[at + 1] = b;
        t[at + 2] = c;
        t[at + 3] = a;
        t[at + 4] = c;
        t[at + 5] = d;
        return at + 6;
    }

    /** The k-th vertex on the way around the field, counter-clockwise seen from above. */
    private static int rim(int rows, int cols, int k) {
        if (k < cols - 1) {
            return k;
        }
        int rest = k - (cols - 1);
        if (rest < rows - 1) {
            return rest * cols + cols - 1;
        }
        rest -= rows - 1;
        if (rest < cols - 1) {
            return rows * cols - 1 - rest;
        }
        return (rows - 1 - (rest - (cols - 1))) * cols;
    }

    /** Corner normals: the area-weighted mean of the faces at the vertex that meet flatly. */
    private static Surface smooth(double[] v, int[] t) {
        int faces = t.length / 3;
        double[] area = new double[3 * faces];
        int[] first = new int[v.length / 3 + 2];
        for (int f = 0; f < faces; f++) {
            cross(v, t, f, area);
            for (int k = 0; k < 3; k++) {
                first[t[3 * f + k] + 2]++;
            }
        }
        for (int i = 2; i < first.length; i++) {
            first[i] += first[i - 1];
        }
        int[] around = new int[t.length];
        for (int c = 0; c < t.length; c++) {
            around[first[t[c] + 1]++] = c / 3;
        }
        float[] normals = new float[3 * t.length];
        double[] sum = new double[3];
        for (int c = 0; c < t.length; c++) {
            int own = c / 3;
            double length = norm(area, 3 * own);
            sum[0] = sum[1] = sum[2] = 0;
            boolean many = first[t[c] + 1] - first[t[c]] > MOST_FACES;
            for (int k = first[t[c]]; k < first[t[c] + 1] && !many; k++) {
                int f = around[k];
                double dot = 0;
                for (int a = 0; a < 3; a++) {
                    dot += area[3 * f + a] * area[3 * own + a];
                }
                if (f == own || dot > CREASE * length * norm(area, 3 * f)) {
                    for (int a = 0; a < 3; a++) {
                        sum[a] += area[3 * f + a];
                    }
                }
            }
            if (many) {
                System.arraycopy(area, 3 * own, sum, 0, 3);
            }
            double s = norm(sum, 0);
            for (int a = 0; a < 3; a++) {
                normals[3 * c + a] = s > 0 ? (float) (sum[a] / s) : a == 2 ? 1 : 0;
            }
        }
        return new Surface(v, t, normals);
    }

    /** Normal of a face, as long as twice its area. */
    private static void cross(double[] v, int[] t, int f, double[] out) {
        int a = 3 * t[3 * f];
        int b = 3 * t[3 * f + 1];
        int c = 3 * t[3 * f + 2];
        double ux = v[b] - v[a];
        double uy = v[b + 1] - v[a + 1];
        double uz = v[b + 2] - v[a + 2];
        double wx = v[c] - v[a];
        double wy = v[c + 1] - v[a + 1];
        double wz = v[c + 2] - v[a + 2];
        out[3 * f] = uy * wz - uz * wy;
        out[3 * f + 1] = uz * wx - ux * wz;
        out[3 * f + 2] = ux * wy - uy * wx;
    }

    private static double norm(double[] a, int o) {
        return Math.sqrt(a[o] * a[o] + a[o + 1] * a[o + 1] + a[o + 2] * a[o + 2]);
    }
}
