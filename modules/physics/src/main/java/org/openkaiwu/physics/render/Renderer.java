package org.openkaiwu.physics.render;

import java.util.LinkedHashMap;
import java.util.Map;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.MeshAsset;
import org.openkaiwu.dynamics.TreeData;
import org.openkaiwu.physics.Model;
import org.openkaiwu.physics.World;

/**
 * Takes pictures: the triangles of each geom are moved into the camera's frame, cut at the near
 * plane and filled with a depth buffer. Faces that are turned away are not seen, so a camera inside
 * a solid looks out of it; geoms of the groups 3 to 5 and those without colour (alpha 0) are not
 * seen, as in MuJoCo's viewer; what one sees through is mixed in last, from far to near, and leaves
 * depth and geom alone. Light comes from the camera and from above; there are no shadows, textures
 * and mirrors.
 *
 * <p>Same world, same view: same bytes. One instance a thread; {@link #another()} shares the
 * triangles. Taking a picture allocates nothing once the largest mesh was seen.
 */
public final class Renderer {
    /** Geoms of groups 0, 1 and 2 are seen. */
    static final int GROUPS_SEEN = 3;

    private final Machine m;
    private final Surface[] surfaces;
    private final Fill fill = new Fill();

    /** Geoms by their distance, the farthest first, for those that one sees through. */
    private final int[] order;

    private final double[] distance;
    private double[] corners = new double[0];
    private final double[] turn = new double[9];
    private final double[] shift = new double[3];
    private final double[] polygon = new double[24];
    private final double[] cut = new double[24];

    /** Prepares a model. */
    public Renderer(Model model) {
        m = model.machine;
        surfaces = new Surface[m.ngeom];
        order = new int[m.ngeom];
        distance = new double[m.ngeom];
        // far enough to look infinite; the near plane keeps the numbers tame
        double far = 100 * Math.max(1, model.extent);
        Map<MeshAsset, Surface> known = new LinkedHashMap<>();
        for (int g = 0; g < m.ngeom; g++) {
            if (visible(g)) {
                int geom = g;
                surfaces[g] =
                        m.geomType[g] >= MESH
                                ? known.computeIfAbsent(
                                        m.meshes[m.geomDataid[g]], mesh -> Surface.of(m, geom, far))
                                : Surface.of(m, g, far);
            }
        }
    }

    private static final int MESH = 7;

    private Renderer(Renderer other) {
        m = other.m;
        surfaces = other.surfaces;
        order = new int[m.ngeom];
        distance = new double[m.ngeom];
    }

    /** One for another thread, sharing all that was prepared. */
    public Renderer another() {
        return new Renderer(this);
    }

    private boolean visible(int g) {
        return m.geomRgba[4 * g + 3] > 0 && m.geomGroup[g] < GROUPS_SEEN;
    }

    private boolean clear(int g) {
        return m.geomRgba[4 * g + 3] < 1;
    }

    /**
     * Takes a picture of the world at its last kinematics.
     *
     * @param out as large as the view says
     * @throws IllegalArgumentException if it is not
     */
    public void take(World world, View view, Picture out) {
        if (out.width != view.width() || out.height != view.height()) {
            throw new IllegalArgumentException("The picture and the view differ in size.");
        }
        TreeData d = world.tree;
        out.clear();
        fill.begin(out, view);
        int through = 0;
        for (int g = 0; g < m.ngeom; g++) {
            if (surfaces[g] == null) {
                continue;
            }
            place(d, view, g);
            if (m.geomRbound[g] > 0 && m.geomRbound[g] - shift[2] < view.near()) {
                continue;
            }
            if (clear(g)) {
                through = queue(through, g);
            } else {
                draw(view, g);
            }
        }
        for (int i = 0; i < through; i++) {
            place(d, view, order[i]);
            draw(view, order[i]);
        }
    }

    /** Pose of a geom in the camera's frame. */
    private void place(TreeData d, View view, int g) {
        double[] c = view.mat();
        double[] eye = view.eye();
        for (int i = 0; i < 3; i++) {
            double s = 0;
            for (int k = 0; k < 3; k++) {
                s += c[3 * k + i] * (d.geomXpos[3 * g + k] - eye[k]);
            }
            shift[i] = s;
            for (int j = 0; j < 3; j++) {
                double r = 0;
                for (int k = 0; k < 3; k++) {
                    r += c[3 * k + i] * d.geomXmat[9 * g + 3 * k + j];
                }
                turn[3 * i + j] = r;
            }
        }
    }

    private int queue(int count, int g) {
        distance[g] = shift[0] * shift[0] + shift[1] * shift[1] + shift[2] * shift[2];
        int at = count;
        while (at > 0 && distance[order[at - 1]] < distance[g]) {
            order[at] = order[at - 1];
            at--;
        }
        order[at] = g;
        return count + 1;
    }

    private void draw(View view, int g) {
        Surface s = surfaces[g];
        double[] v = s.vertices();
        if (corners.length < v.length) {
            corners = new double[v.length];
        }
        double[] p = corners;
        double[] t = turn;
        for (int i = 0; i < v.length; i += 3) {
            double x = v[i];
            double y = v[i + 1];
            double z = v[i + 2];
            p[i] = t[0] * x + t[1] * y + t[2] * z + shift[0];
            p[i + 1] = t[3] * x + t[4] * y + t[5] * z + shift[1];
            p[i + 2] = t[6] * x + t[7] * y + t[8] * z + shift[2];
        }
        fill.geom(g, m.geomRgba, 4 * g);
        int[] triangles = s.triangles();
        for (int c = 0; c < triangles.length; c += 3) {
            int a = 3 * triangles[c];
            int b = 3 * triangles[c + 1];
            int e = 3 * triangles[c + 2];
            if (away(p, a, b, e, view.orthographic())) {
                continue;
            }
            double near = -view.near();
            if (p[a + 2] <= near && p[b + 2] <= near && p[e + 2] <= near) {
                put(polygon, 0, p, a, s.normals(), 3 * c);
                put(polygon, 1, p, b, s.normals(), 3 * c + 3);
                put(polygon, 2, p, e, s.normals(), 3 * c + 6);
                fill.triangle(polygon, 0, 1, 2);
            } else if (p[a + 2] < near || p[b + 2] < near || p[e + 2] < near) {
                put(cut, 0, p, a, s.normals(), 3 * c);
                put(cut, 1, p, b, s.normals(), 3 * c + 3);
                put(cut, 2, p, e, s.normals(), 3 * c + 6);
                int n = clip(near);
                for (int k = 2; k < n; k++) {
                    fill.triangle(polygon, 0, k - 1, k);
                }
            }
        }
    }

    /** Whether a face is turned away from the eye. */
    private static boolean away(double[] p, int a, int b, int c, boolean parallel) {
        double ux = p[b] - p[a];
        double uy = p[b + 1] - p[a + 1];
        double uz = p[b + 2] - p[a + 2];
        double wx = p[c] - p[a];
        double wy = p[c + 1] - p[a + 1];
        double wz = p[c + 2] - p[a + 2];
        double nz = ux * wy - uy * wx;
        if (parallel) {
            return nz <= 0;
        }
        double nx = uy * wz - uz * wy;
        double ny = uz * wx - ux * wz;
        return nx * p[a] + ny * p[a + 1] + nz * p[a + 2] >= 0;
    }

    /** Corner k: position and normal in the camera's frame. */
    private void put(double[] to, int k, double[] p, int at, float[] normals, int n) {
        double[] t = turn;
        float x = normals[n];
        float y = normals[n + 1];
        float z = normals[n + 2];
        int o = 6 * k;
        to[o] = p[at];
        to[o + 1] = p[at + 1];
        to[o + 2] = p[at + 2];
        to[o + 3] = t[0] * x + t[1] * y + t[2] * z;
        to[o + 4] = t[3] * x + t[4] * y + t[5] * z;
        to[o + 5] = t[6] * x + t[7] * y + t[8] * z;
    }

    /** Cuts the triangle in {@link #cut} at the near plane into {@link #polygon}; its corners. */
    private int clip(double near) {
        int n = 0;
        for (int k = 0; k < 3; k++) {
            int a = 6 * k;
            int b = 6 * ((k + 1) % 3);
            boolean in = cut[a + 2] <= near;
            if (in) {
                System.arraycopy(cut, a, polygon, 6 * n++, 6);
            }
            if (in != cut[b + 2] <= near) {
                double s = (near - cut[a + 2]) / (cut[b + 2] - cut[a + 2]);
                for (int i = 0; i < 6; i++) {
                    polygon[6 * n + i] = cut[a + i] + s * (cut[b + i] - cut[a + i]);
                }
                n++;
            }
        }
        return n;
    }
}
