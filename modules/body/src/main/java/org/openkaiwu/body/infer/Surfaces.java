package org.openkaiwu.body.infer;

import java.util.ArrayList;
import java.util.List;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.MeshAsset;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Vec3;

/** Points on the surfaces of bodies, in the body frame, made when first asked for. */
final class Surfaces {
    /** Points of one geom at most. */
    private static final int MOST = 1500;

    private final Machine machine;
    private final List<List<Vec3>> points = new ArrayList<>();
    private final List<List<Vec3>> solid = new ArrayList<>();

    Surfaces(Machine machine) {
        this.machine = machine;
        for (int b = 0; b < machine.nbody; b++) {
            points.add(null);
            solid.add(null);
        }
    }

    /** Points of everything that can be seen or touched. */
    List<Vec3> of(int body) {
        return get(points, body, false);
    }

    /** Points of what can be touched; of everything where nothing can. */
    List<Vec3> solidOf(int body) {
        List<Vec3> found = get(solid, body, true);
        return found.isEmpty() ? of(body) : found;
    }

    private List<Vec3> get(List<List<Vec3>> cache, int body, boolean collidingOnly) {
        List<Vec3> known = cache.get(body);
        if (known == null) {
            known = new ArrayList<>();
            for (int k = 0; k < machine.bodyGeomnum[body]; k++) {
                int g = machine.bodyGeomadr[body] + k;
                if (!collidingOnly || machine.geomContype[g] + machine.geomConaffinity[g] > 0) {
                    geom(g, known);
                }
            }
            cache.set(body, known);
        }
        return known;
    }

    private void geom(int g, List<Vec3> out) {
        Pose at = new Pose(Vec3.of(machine.geomPos, 3 * g), Quat.of(machine.geomQuat, 4 * g));
        List<Vec3> local = new ArrayList<>();
        double a = machine.geomSize[3 * g];
        double b = machine.geomSize[3 * g + 1];
        double c = machine.geomSize[3 * g + 2];
        switch (machine.geomType[g]) {
            case 2 -> ellipsoid(local, a, a, a, 0);
            case 3 -> {
                ellipsoid(local, a, a, a, b);
                tube(local, a, b);
            }
            case 4 -> ellipsoid(local, a, b, c, 0);
            case 5 -> {
                tube(local, a, b);
                disc(local, a, b);
            }
            case 6 -> box(local, a, b, c);
            case 7 -> mesh(local, machine.meshes[machine.geomDataid[g]]);
            default -> {}
        }
        for (Vec3 p : local) {
            out.add(at.transform(p));
        }
    }

    /** Half spheres moved apart by {@code half} along z. */
    private static void ellipsoid(List<Vec3> out, double a, double b, double c, double half) {
        for (int i = 0; i <= 12; i++) {
            double latitude = Math.PI * (i / 12.0 - 0.5);
            double z = StrictMath.sin(latitude);
            double r = StrictMath.cos(latitude);
            for (int k = 0; k < 24; k++) {
                double angle = 2 * Math.PI * k / 24;
                double shift = i > 6 ? half : i < 6 ? -half : 0;
                out.add(
                        new Vec3(
                                a * r * StrictMath.cos(angle),
                                b * r * StrictMath.sin(angle),
                                c * z + shift));
            }
        }
    }

    private static void tube(List<Vec3> out, double radius, double half) {
        for (int k = 0; k < 24; k++) {
            double angle = 2 * Math.PI * k / 24;
            for (int i = -5; i <= 5; i++) {
                out.add(
                        new Vec3(
                                radius * StrictMath.cos(angle),
                                radius * StrictMath.sin(angle),
                                half * i / 5));
            }
        }
    }

    private static void disc(List<Vec3> out, double radius, double half) {
        for (int k = 0; k < 24; k++) {
            double angle = 2 * Math.PI * k / 24;
            for (int i = 0; i < 4; i++) {
                double r = radius * i / 4;
                double x = r * StrictMath.cos(angle);
                double y = r * StrictMath.sin(angle);
                out.add(new Vec3(x, y, half));
                out.add(new Vec3(x, y, -half));
            }
        }
    }

    private static void box(List<Vec3> out, double a, double b, double c) {
        for (int i = -4; i <= 4; i++) {
            for (int k = -4; k <= 4; k++) {
                double u = i / 4.0;
                double v = k / 4.0;
                for (int s = -1; s <= 1; s += 2) {
                    out.add(new Vec3(a * u, b * v, s * c));
                    out.add(new Vec3(a * u, s * b, c * v));
                    out.add(new Vec3(s * a, b * u, c * v));
                }
            }
        }
    }

    /** Vertices, and points spread over the triangles by area. */
    private static void mesh(List<Vec3> out, MeshAsset mesh) {
        double[] v = mesh.vertices();
        int nvertex = v.length / 3;
        int step = Math.max(1, nvertex / (MOST / 2));
        for (int i = 0; i < nvertex; i += step) {
            out.add(Vec3.of(v, 3 * i));
        }
        int[] t = mesh.triangles();
        double total = 0;
        for (int f = 0; f + 2 < t.length; f += 3) {
            total += area(v, t, f);
        }
        double per = total / (MOST / 2.0);
        double due = per / 2;
        for (int f = 0; f + 2 < t.length && per > 0; f += 3) {
            due += area(v, t, f);
            int n = (int) Math.min(MOST, due / per);
            due -= n * per;
            Vec3 p = Vec3.of(v, 3 * t[f]);
            Vec3 e1 = Vec3.of(v, 3 * t[f + 1]).minus(p);
            Vec3 e2 = Vec3.of(v, 3 * t[f + 2]).minus(p);
            for (int k = 0; k < n; k++) {
                // additive recurrence of the plastic number: even over the unit square
                double r1 = (0.5 + 0.7548776662466927 * (k + 1)) % 1;
                double r2 = (0.5 + 0.5698402909980532 * (k + 1)) % 1;
                if (r1 + r2 > 1) {
                    r1 = 1 - r1;
                    r2 = 1 - r2;
                }
                out.add(p.plus(e1.times(r1)).plus(e2.times(r2)));
            }
        }
    }

    private static double area(double[] v, int[] t, int f) {
        Vec3 p = Vec3.of(v, 3 * t[f]);
        Vec3 e1 = Vec3.of(v, 3 * t[f + 1]).minus(p);
        Vec3 e2 = Vec3.of(v, 3 * t[f + 2]).minus(p);
        return e1.cross(e2).norm() / 2;
    }

    /** World points of all bodies of some groups. */
    List<Vec3> world(Groups groups, Iterable<Integer> which, Pose[] poses, boolean touchable) {
        List<Vec3> all = new ArrayList<>();
        for (int g : which) {
            for (int b : groups.bodies.get(g)) {
                for (Vec3 p : touchable ? solidOf(b) : of(b)) {
                    all.add(poses[b].transform(p));
                }
            }
        }
        return all;
    }
}
