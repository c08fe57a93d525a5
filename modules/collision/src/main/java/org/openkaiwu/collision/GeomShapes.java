package org.openkaiwu.collision;

import java.util.LinkedHashMap;
import java.util.Map;
import org.openkaiwu.body.HfieldAsset;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.MeshAsset;

/** What does not change about the geoms of a machine: hulls and bounding boxes. */
final class GeomShapes {
    /** Half size of the box of a plane. */
    static final double INFINITE = 1e10;

    private final Machine m;

    /** Of each mesh geom, else null; geoms of one mesh share it. */
    final Hull[] hull;

    /** Centre and half sizes in the geom frame. Shape ngeom x 6. */
    final double[] aabb;

    /** Radius of the bounding sphere, 0 for planes. Shape ngeom. */
    final double[] rbound;

    GeomShapes(Machine m) {
        this.m = m;
        hull = new Hull[m.ngeom];
        aabb = new double[6 * m.ngeom];
        rbound = new double[m.ngeom];
        Map<MeshAsset, Hull> known = new LinkedHashMap<>();
        for (int g = 0; g < m.ngeom; g++) {
            int type = m.geomType[g];
            if (type == Solid.MESH && mesh(g) != null && mesh(g).vertices().length > 0) {
                hull[g] = known.computeIfAbsent(mesh(g), Hull::new);
            }
            fillBox(g);
            rbound[g] = radius(g);
        }
    }

    private MeshAsset mesh(int g) {
        int id = m.geomDataid[g];
        return id >= 0 && id < m.meshes.length ? m.meshes[id] : null;
    }

    /** Makes {@code s} the shape of geom {@code g}, without its pose. */
    void shape(Solid s, int g) {
        s.type = m.geomType[g];
        s.sx = m.geomSize[3 * g];
        s.sy = m.geomSize[3 * g + 1];
        s.sz = m.geomSize[3 * g + 2];
        s.hull = hull[g];
        s.hfield = s.type == Solid.HFIELD ? hfield(g) : null;
        s.rbound = rbound[g];
    }

    private void fillBox(int g) {
        double x = m.geomSize[3 * g];
        double y = m.geomSize[3 * g + 1];
        double z = m.geomSize[3 * g + 2];
        switch (m.geomType[g]) {
            case Solid.PLANE -> box(g, 0, 0, 0, INFINITE, INFINITE, INFINITE);
            case Solid.HFIELD -> {
                if (hfield(g) == null) {
                    ball(g);
                } else {
                    double[] s = hfield(g).size();
                    box(g, 0, 0, (s[2] - s[3]) / 2, s[0], s[1], (s[2] + s[3]) / 2);
                }
            }
            case Solid.SPHERE -> box(g, 0, 0, 0, x, x, x);
            case Solid.CAPSULE -> box(g, 0, 0, 0, x, x, x + y);
            case Solid.CYLINDER -> box(g, 0, 0, 0, x, x, y);
            case Solid.ELLIPSOID, Solid.BOX -> box(g, 0, 0, 0, x, y, z);
            default -> meshBox(g);
        }
    }

    /** The height field of a geom; null when the machine was made without assets. */
    HfieldAsset hfield(int g) {
        int id = m.geomDataid[g];
        return id >= 0 && id < m.hfields.length ? m.hfields[id] : null;
    }

    private void ball(int g) {
        double r = m.geomRbound[g];
        box(g, 0, 0, 0, r, r, r);
    }

    private void box(int g, double cx, double cy, double cz, double hx, double hy, double hz) {
        aabb[6 * g] = cx;
        aabb[6 * g + 1] = cy;
        aabb[6 * g + 2] = cz;
        aabb[6 * g + 3] = hx;
        aabb[6 * g + 4] = hy;
        aabb[6 * g + 5] = hz;
    }

    private void meshBox(int g) {
        if (hull[g] == null) {
            ball(g);
            return;
        }
        double[] v = hull[g].v;
        for (int k = 0; k < 3; k++) {
            double lo = Double.POSITIVE_INFINITY;
            double hi = Double.NEGATIVE_INFINITY;
            for (int i = k; i < v.length; i += 3) {
                lo = Math.min(lo, v[i]);
                hi = Math.max(hi, v[i]);
            }
            aabb[6 * g + k] = (lo + hi) / 2;
            aabb[6 * g + 3 + k] = (hi - lo) / 2;
        }
    }

    private double radius(int g) {
        if (g < m.geomRbound.length) {
            return m.geomRbound[g];
        }
        if (m.geomType[g] == Solid.PLANE) {
            return 0;
        }
        double sum = 0;
        for (int k = 0; k < 3; k++) {
            double d = Math.abs(aabb[6 * g + k]) + aabb[6 * g + 3 + k];
            sum += d * d;
        }
        return Math.sqrt(sum);
    }
}
