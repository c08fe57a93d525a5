package org.openkaiwu.collision;

import java.util.LinkedHashMap;
import java.util.Map;
import org.openkaiwu.body.HfieldAsset;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.MeshAsset;

/**
 * Rays against the geoms of a machine: what a range finder measures, what a click picks, what hides
 * a thing from a camera. A hit means what MuJoCo's {@code mj_ray} means: geoms without colour
 * (alpha 0) are not seen, from inside a solid its far side is hit, a plane is hit from its front.
 *
 * <p>Holds scratch memory: one instance a thread. {@link #another()} makes one that shares what was
 * prepared (the trees over mesh triangles, built when a ray first comes near). Casting allocates
 * nothing once they exist. Rays with NaN or without direction hit nothing.
 */
public final class Ray {
    private final Machine m;
    private final GeomShapes shapes;
    private final LazyBvh[] bvh;
    private final RayShapes local = new RayShapes();
    private final HfieldRay hfieldRay = new HfieldRay();
    private final int[] stack = new int[MeshBvh.MAX_DEPTH];

    /** Geom of the last hit, or -1. */
    public int geom = -1;

    /** Distance of the last hit in units of the direction's length (m for a unit vector), or -1. */
    public double distance = -1;

    /** Outward unit normal of the surface at the last hit, in the world. */
    public final double[] normal = new double[3];

    /** Prepares a machine. */
    public Ray(Machine machine) {
        m = machine;
        shapes = new GeomShapes(m);
        bvh = new LazyBvh[m.ngeom];
        Map<MeshAsset, LazyBvh> known = new LinkedHashMap<>();
        for (int g = 0; g < m.ngeom; g++) {
            if (shapes.hull[g] != null) {
                bvh[g] = known.computeIfAbsent(m.meshes[m.geomDataid[g]], LazyBvh::new);
            }
        }
    }

    private Ray(Ray other) {
        m = other.m;
        shapes = other.shapes;
        bvh = other.bvh;
    }

    /** One for another thread, sharing all that was prepared. */
    public Ray another() {
        return new Ray(this);
    }

    /**
     * Finds the nearest geom along a ray.
     *
     * @param geomXpos geom positions in the world, m; shape ngeom x 3
     * @param geomXmat geom rotation matrices; shape ngeom x 9
     * @param from three numbers at {@code fromAt}: where the ray starts, m
     * @param dir three numbers at {@code dirAt}: its direction, of any length
     * @param groups which of the six geom groups are seen; null: all
     * @param statics whether geoms welded to the world are seen
     * @param bodyExclude body whose geoms are not seen, or -1
     * @return the distance in units of the direction's length, or -1; also in {@link #distance},
     *     with {@link #geom} and {@link #normal}
     */
    public double cast(
            double[] geomXpos,
            double[] geomXmat,
            double[] from,
            int fromAt,
            double[] dir,
            int dirAt,
            boolean[] groups,
            boolean statics,
            int bodyExclude) {
        geom = -1;
        distance = -1;
        double best = Double.POSITIVE_INFINITY;
        double nx = 0;
        double ny = 0;
        double nz = 0;
        for (int g = 0; g < m.ngeom; g++) {
            if (!seen(g, groups, statics, bodyExclude)
                    || !near(g, geomXpos, from, fromAt, dir, dirAt, best)) {
                continue;
            }
            double t = hit(g, geomXpos, geomXmat, from, fromAt, dir, dirAt, best);
            if (t >= 0 && t < best) {
                best = t;
                geom = g;
                distance = t;
                nx = local.nx;
                ny = local.ny;
                nz = local.nz;
            }
        }
        if (geom >= 0) {
            int r = 9 * geom;
            for (int k = 0; k < 3; k++) {
                normal[k] =
                        geomXmat[r + 3 * k] * nx
                                + geomXmat[r + 3 * k + 1] * ny
                                + geomXmat[r + 3 * k + 2] * nz;
            }
        }
        return distance;
    }

    /**
     * Distance to one geom along a ray, or -1, whatever its colour or group; see {@link #cast}.
     * Leaves {@link #geom}, {@link #distance} and {@link #normal} alone.
     */
    public double castAt(
            int g,
            double[] geomXpos,
            double[] geomXmat,
            double[] from,
            int fromAt,
            double[] dir,
            int dirAt) {
        return hit(g, geomXpos, geomXmat, from, fromAt, dir, dirAt, Double.POSITIVE_INFINITY);
    }

    /**
     * Distance to a primitive shape along a ray, or -1.
     *
     * @param type as {@code geom_type}: 0 plane, 2 sphere, 3 capsule, 4 ellipsoid, 5 cylinder, 6
     *     box
     * @param size three numbers at {@code sizeAt}
     * @param pos position of the shape, at {@code posAt}
     * @param mat its rotation matrix, at {@code matAt}
     */
    public double castAtShape(
            int type,
            double[] size,
            int sizeAt,
            double[] pos,
            int posAt,
            double[] mat,
            int matAt,
            double[] from,
            int fromAt,
            double[] dir,
            int dirAt) {
        double dx = from[fromAt] - pos[posAt];
        double dy = from[fromAt + 1] - pos[posAt + 1];
        double dz = from[fromAt + 2] - pos[posAt + 2];
        return local.hit(
                type,
                size[sizeAt],
                size[sizeAt + 1],
                size[sizeAt + 2],
                column(mat, matAt, dx, dy, dz),
                column(mat, matAt + 1, dx, dy, dz),
                column(mat, matAt + 2, dx, dy, dz),
                column(mat, matAt, dir[dirAt], dir[dirAt + 1], dir[dirAt + 2]),
                column(mat, matAt + 1, dir[dirAt], dir[dirAt + 1], dir[dirAt + 2]),
                column(mat, matAt + 2, dir[dirAt], dir[dirAt + 1], dir[dirAt + 2]));
    }

    private static double column(double[] mat, int o, double x, double y, double z) {
        return mat[o] * x + mat[o + 3] * y + mat[o + 6] * z;
    }

    private boolean seen(int g, boolean[] groups, boolean statics, int bodyExclude) {
        int body = m.geomBodyid[g];
        if (body == bodyExclude || (!statics && m.bodyWeldid[body] == 0)) {
            return false;
        }
        int mat = g < m.geomMatid.length ? m.geomMatid[g] : -1;
        float[] rgba = mat >= 0 ? m.matRgba : m.geomRgba;
        int alpha = 4 * (mat >= 0 ? mat : g) + 3;
        if (alpha < rgba.length && rgba[alpha] == 0) {
            return false;
        }
        if (groups == null) {
            return true;
        }
        int group = g < m.geomGroup.length ? m.geomGroup[g] : 0;
        return groups[Math.min(groups.length - 1, Math.max(0, group))];
    }

    /** Whether the ray comes as near as the bounding sphere before {@code limit}. */
    private boolean near(
            int g, double[] xpos, double[] from, int f, double[] dir, int d, double limit) {
        double r = shapes.rbound[g];
        if (m.geomType[g] == Solid.PLANE || r <= 0) {
            return true;
        }
        // the sphere is about the geom frame, which MuJoCo makes the bounding sphere's centre
        double x = xpos[3 * g] - from[f];
        double y = xpos[3 * g + 1] - from[f + 1];
        double z = xpos[3 * g + 2] - from[f + 2];
        double vv = dir[d] * dir[d] + dir[d + 1] * dir[d + 1] + dir[d + 2] * dir[d + 2];
        double t = (x * dir[d] + y * dir[d + 1] + z * dir[d + 2]) / vv;
        t = t < 0 ? 0 : t > limit ? limit : t;
        x -= t * dir[d];
        y -= t * dir[d + 1];
        z -= t * dir[d + 2];
        return x * x + y * y + z * z <= r * r * (1 + 1e-9) + 1e-12;
    }

    private double hit(
            int g,
            double[] xpos,
            double[] xmat,
            double[] from,
            int f,
            double[] dir,
            int d,
            double limit) {
        int r = 9 * g;
        double dx = from[f] - xpos[3 * g];
        double dy = from[f + 1] - xpos[3 * g + 1];
        double dz = from[f + 2] - xpos[3 * g + 2];
        double px = column(xmat, r, dx, dy, dz);
        double py = column(xmat, r + 1, dx, dy, dz);
        double pz = column(xmat, r + 2, dx, dy, dz);
        double vx = column(xmat, r, dir[d], dir[d + 1], dir[d + 2]);
        double vy = column(xmat, r + 1, dir[d], dir[d + 1], dir[d + 2]);
        double vz = column(xmat, r + 2, dir[d], dir[d + 1], dir[d + 2]);
        if (!(vx * vx + vy * vy + vz * vz > 0)) {
            return -1;
        }
        int type = m.geomType[g];
        if (type == Solid.HFIELD) {
            HfieldAsset field = shapes.hfield(g);
            return field == null ? -1 : hfieldRay.hit(local, field, px, py, pz, vx, vy, vz);
        }
        if (bvh[g] != null) {
            return bvh[g].get().hit(local, stack, limit, px, py, pz, vx, vy, vz);
        }
        double[] s = m.geomSize;
        return local.hit(type, s[3 * g], s[3 * g + 1], s[3 * g + 2], px, py, pz, vx, vy, vz);
    }

    /** A tree that is built when first asked for, by whichever thread comes first. */
    private static final class LazyBvh {
        private final MeshAsset mesh;
        private volatile MeshBvh built;

        LazyBvh(MeshAsset mesh) {
            this.mesh = mesh;
        }

        MeshBvh get() {
            MeshBvh b = built;
            return b != null ? b : build();
        }

        private synchronized MeshBvh build() {
            if (built == null) {
                built = new MeshBvh(mesh);
            }
            return built;
        }
    }
}
