package org.openkaiwu.motion;

import java.util.ArrayList;
import java.util.List;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.MeshAsset;
import org.openkaiwu.math.Flat;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Vec3;

/**
 * A convex solid at a pose: a core (point, segment, box, cylinder, ellipsoid or hull) grown by a
 * radius. Made once; {@link #place} moves it.
 */
final class Convex {
    private enum Core {
        POINT,
        SEGMENT,
        BOX,
        CYLINDER,
        ELLIPSOID,
        HULL
    }

    private final Core core;
    private final double sx;
    private final double sy;
    private final double sz;
    private final double[] vertices;
    private final int[][] neighbours;
    private int corner;

    /** Radius by which the core is grown, m. */
    final double radius;

    /** Radius about the origin that holds all, m. */
    final double bound;

    /** Frame in its owner's frame: position, then w x y z. */
    final double[] local = {0, 0, 0, 1, 0, 0, 0};

    /** Position in the map, m. */
    final double[] pos = new double[3];

    private final double[] quat = new double[4];
    private final double[] mat = new double[9];
    private final boolean round;

    private Convex(
            Core core,
            double sx,
            double sy,
            double sz,
            double radius,
            double[] vertices,
            int[][] neighbours) {
        this.core = core;
        this.sx = sx;
        this.sy = sy;
        this.sz = sz;
        this.radius = radius;
        this.vertices = vertices;
        this.neighbours = neighbours;
        round = core == Core.POINT;
        double extent =
                switch (core) {
                    case POINT -> 0;
                    case SEGMENT -> sz;
                    case BOX -> Math.sqrt(sx * sx + sy * sy + sz * sz);
                    case CYLINDER -> Math.sqrt(sx * sx + sz * sz);
                    case ELLIPSOID -> Math.max(sx, Math.max(sy, sz));
                    case HULL -> farthest(vertices);
                };
        bound = extent + radius;
    }

    private static double farthest(double[] v) {
        double most = 0;
        for (int i = 0; i < v.length; i += 3) {
            most = Math.max(most, Flat.norm3(v, i));
        }
        return most;
    }

    /** The parts of a solid that is at a pose in its owner's frame. */
    static List<Convex> parts(Solid solid, Pose pose) {
        List<Convex> out = new ArrayList<>();
        collect(solid, pose, out);
        return out;
    }

    private static void collect(Solid solid, Pose pose, List<Convex> out) {
        if (solid instanceof Solid.Compound c) {
            c.parts().forEach(p -> collect(p.solid(), pose.times(p.pose()), out));
            return;
        }
        Convex c = of(solid);
        Vec3 p = pose.p();
        Quat q = pose.q().unit();
        Flat.set3(c.local, 0, p.x(), p.y(), p.z());
        c.local[3] = q.w();
        c.local[4] = q.x();
        c.local[5] = q.y();
        c.local[6] = q.z();
        out.add(c);
    }

    /** A solid that is no compound. */
    static Convex of(Solid solid) {
        return switch (solid) {
            case Solid.Sphere s -> new Convex(Core.POINT, 0, 0, 0, s.radius(), null, null);
            case Solid.Capsule c ->
                    new Convex(Core.SEGMENT, 0, 0, c.halfLength(), c.radius(), null, null);
            case Solid.Cylinder c ->
                    new Convex(Core.CYLINDER, c.radius(), 0, c.halfHeight(), 0, null, null);
            case Solid.Box b ->
                    new Convex(Core.BOX, b.half().x(), b.half().y(), b.half().z(), 0, null, null);
            case Solid.Compound _ ->
                    throw new IllegalArgumentException("a compound is many solids");
        };
    }

    /** A geom of a machine, a mesh as its hull; null for planes and height fields. */
    static Convex ofGeom(Machine m, int g) {
        double a = m.geomSize[3 * g];
        double b = m.geomSize[3 * g + 1];
        double c = m.geomSize[3 * g + 2];
        Convex out =
                switch (m.geomType[g]) {
                    case 2 -> new Convex(Core.POINT, 0, 0, 0, a, null, null);
                    case 3 -> new Convex(Core.SEGMENT, 0, 0, b, a, null, null);
                    case 4 -> new Convex(Core.ELLIPSOID, a, b, c, 0, null, null);
                    case 5 -> new Convex(Core.CYLINDER, a, 0, b, 0, null, null);
                    case 6 -> new Convex(Core.BOX, a, b, c, 0, null, null);
                    case 7 -> hull(m.meshes[m.geomDataid[g]]);
                    default -> null;
                };
        if (out != null) {
            System.arraycopy(m.geomPos, 3 * g, out.local, 0, 3);
            System.arraycopy(m.geomQuat, 4 * g, out.local, 3, 4);
        }
        return out;
    }

    private static Convex hull(MeshAsset mesh) {
        int[] corners = mesh.hullVertices();
        boolean whole = corners.length == 0;
        int n = whole ? mesh.vertices().length / 3 : corners.length;
        double[] v = new double[3 * n];
        for (int i = 0; i < n; i++) {
            System.arraycopy(mesh.vertices(), 3 * (whole ? i : corners[i]), v, 3 * i, 3);
        }
        boolean graph = !whole && mesh.hullNeighbours().length == n && n > 16;
        return new Convex(Core.HULL, 0, 0, 0, 0, v, graph ? mesh.hullNeighbours() : null);
    }

    /** Moves it to where its owner is. */
    void place(double[] ownerPos, int po, double[] ownerQuat, int qo) {
        Flat.rotVecQuat(pos, 0, local, 0, ownerQuat, qo);
        for (int i = 0; i < 3; i++) {
            pos[i] += ownerPos[po + i];
        }
        if (!round) {
            Flat.mulQuat(quat, 0, ownerQuat, qo, local, 3);
            Flat.quatToMat(mat, 0, quat, 0);
        }
    }

    boolean isPoint() {
        return round;
    }

    boolean isBox() {
        return core == Core.BOX;
    }

    boolean isSegment() {
        return core == Core.SEGMENT;
    }

    /** Distance of a map point from the core of a box or segment, squared. */
    double squaredToPoint(double[] p) {
        double dx = p[0] - pos[0];
        double dy = p[1] - pos[1];
        double dz = p[2] - pos[2];
        double z = mat[2] * dx + mat[5] * dy + mat[8] * dz;
        if (core == Core.SEGMENT) {
            double t = Math.clamp(z, -sz, sz);
            double x = dx - t * mat[2];
            double y = dy - t * mat[5];
            double w = dz - t * mat[8];
            return x * x + y * y + w * w;
        }
        double x = Math.max(0, Math.abs(mat[0] * dx + mat[3] * dy + mat[6] * dz) - sx);
        double y = Math.max(0, Math.abs(mat[1] * dx + mat[4] * dy + mat[7] * dz) - sy);
        double w = Math.max(0, Math.abs(z) - sz);
        return x * x + y * y + w * w;
    }

    /** Writes the core's point farthest along {@code sign * d}, map frame. */
    void support(double[] d, double sign, double[] out) {
        if (round) {
            System.arraycopy(pos, 0, out, 0, 3);
            return;
        }
        double lx = sign * (mat[0] * d[0] + mat[3] * d[1] + mat[6] * d[2]);
        double ly = sign * (mat[1] * d[0] + mat[4] * d[1] + mat[7] * d[2]);
        double lz = sign * (mat[2] * d[0] + mat[5] * d[1] + mat[8] * d[2]);
        double x = 0;
        double y = 0;
        double z = 0;
        switch (core) {
            case SEGMENT -> z = lz >= 0 ? sz : -sz;
            case BOX -> {
                x = lx >= 0 ? sx : -sx;
                y = ly >= 0 ? sy : -sy;
                z = lz >= 0 ? sz : -sz;
            }
            case CYLINDER -> {
                double n = Math.sqrt(lx * lx + ly * ly);
                x = n > 1e-12 ? sx * lx / n : 0;
                y = n > 1e-12 ? sx * ly / n : 0;
                z = lz >= 0 ? sz : -sz;
            }
            case ELLIPSOID -> {
                double ex = sx * lx;
                double ey = sy * ly;
                double ez = sz * lz;
                double n = Math.sqrt(ex * ex + ey * ey + ez * ez);
                x = n > 0 ? sx * ex / n : 0;
                y = n > 0 ? sy * ey / n : 0;
                z = n > 0 ? sz * ez / n : 0;
            }
            case HULL -> {
                corner = farthest(lx, ly, lz);
                x = vertices[3 * corner];
                y = vertices[3 * corner + 1];
                z = vertices[3 * corner + 2];
            }
            default -> {}
        }
        out[0] = pos[0] + mat[0] * x + mat[1] * y + mat[2] * z;
        out[1] = pos[1] + mat[3] * x + mat[4] * y + mat[5] * z;
        out[2] = pos[2] + mat[6] * x + mat[7] * y + mat[8] * z;
    }

    private double along(int i, double x, double y, double z) {
        return x * vertices[3 * i] + y * vertices[3 * i + 1] + z * vertices[3 * i + 2];
    }

    private int farthest(double x, double y, double z) {
        if (neighbours == null) {
            int best = 0;
            for (int i = 1; i < vertices.length / 3; i++) {
                best = along(i, x, y, z) > along(best, x, y, z) ? i : best;
            }
            return best;
        }
        int at = corner;
        double most = along(at, x, y, z);
        boolean up = true;
        while (up) {
            up = false;
            for (int i : neighbours[at]) {
                double d = along(i, x, y, z);
                if (d > most) {
                    most = d;
                    at = i;
                    up = true;
                    break;
                }
            }
        }
        return at;
    }
}
