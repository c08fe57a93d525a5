package org.openkaiwu.physics.render;

import org.openkaiwu.body.Machine;
import org.openkaiwu.math.Trig;
import org.openkaiwu.physics.World;

/**
 * Where a picture is taken from and how points become pixels. A point with coordinates (x, y, z) in
 * the camera's frame (x right, y up, looking along -z) is at {@code column = cx + fx x / -z},
 * {@code row = cy - fy y / -z}; orthographic: at {@code cx + fx x}, {@code cy - fy y}. Pixel (r, c)
 * covers rows r to r + 1; row 0 is on top.
 *
 * @param eye position in the world, m; shape 3
 * @param mat orientation in the world, row-major; columns right, up, backward; shape 9
 * @param fx focal length, pixels; orthographic: pixels a metre
 * @param fy the same for rows
 * @param cx column of the optical axis
 * @param cy row of the optical axis
 * @param orthographic whether rays are parallel
 * @param width pixels
 * @param height pixels
 * @param near least depth that is seen, m
 */
public record View(
        double[] eye,
        double[] mat,
        double fx,
        double fy,
        double cx,
        double cy,
        boolean orthographic,
        int width,
        int height,
        double near) {

    /** MuJoCo's default of {@code visual/map/znear}: near plane in units of the model's extent. */
    private static final double NEAR = 0.01;

    /**
     * The view of a camera of the machine, at the world's last kinematics.
     *
     * @param camera its number
     * @param width pixels, also other than the camera's own resolution
     * @param height pixels
     */
    public static View of(World world, int camera, int width, int height) {
        Machine m = world.machine;
        double[] eye = new double[3];
        double[] mat = new double[9];
        System.arraycopy(world.tree.camXpos, 3 * camera, eye, 0, 3);
        System.arraycopy(world.tree.camXmat, 9 * camera, mat, 0, 9);
        double near = Math.min(NEAR * world.model.extent, 0.01);
        double cx = width / 2.0;
        double cy = height / 2.0;
        double fovy = m.camFovy[camera];
        if (m.camOrthographic[camera]) {
            double f = height / fovy;
            return new View(eye, mat, f, f, cx, cy, true, width, height, near);
        }
        double sx = m.camSensorsize[2 * camera];
        double sy = m.camSensorsize[2 * camera + 1];
        if (sx != 0 && sy != 0) {
            double[] in = m.camIntrinsic;
            int i = 4 * camera;
            return new View(
                    eye,
                    mat,
                    in[i] / sx * width,
                    in[i + 1] / sy * height,
                    in[i + 2] / sx * width,
                    in[i + 3] / sy * height,
                    false,
                    width,
                    height,
                    near);
        }
        double f = focal(Math.toRadians(fovy)) * height;
        return new View(eye, mat, f, f, cx, cy, false, width, height, near);
    }

    /**
     * A view from outside onto a point.
     *
     * @param target the point in the middle of the picture, m; shape 3
     * @param distance from the eye to it, m
     * @param azimuth direction of looking about z, 0 along x, radians
     * @param elevation direction of looking against the horizon, negative: downward, radians
     * @param fovy vertical field of view, radians
     */
    public static View onto(
            double[] target,
            double distance,
            double azimuth,
            double elevation,
            double fovy,
            int width,
            int height) {
        double ca = Trig.cos(azimuth);
        double sa = Trig.sin(azimuth);
        double ce = Trig.cos(elevation);
        double se = Trig.sin(elevation);
        double[] forward = {ce * ca, ce * sa, se};
        double[] eye = new double[3];
        for (int k = 0; k < 3; k++) {
            eye[k] = target[k] - distance * forward[k];
        }
        double[] mat = {sa, -se * ca, -forward[0], -ca, -se * sa, -forward[1], 0, ce, -forward[2]};
        double f = focal(fovy) * height;
        return new View(
                eye,
                mat,
                f,
                f,
                width / 2.0,
                height / 2.0,
                false,
                width,
                height,
                Math.min(0.01 * distance, 0.01));
    }

    /** A view from outside, obliquely from above, in which the whole of a world has room. */
    public static View whole(World world, int width, int height) {
        Machine m = world.machine;
        double[] lo = {Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE};
        double[] hi = {-Double.MAX_VALUE, -Double.MAX_VALUE, -Double.MAX_VALUE};
        for (int g = 0; g < m.ngeom; g++) {
            if (m.geomRbound[g] > 0
                    && m.geomGroup[g] < Renderer.GROUPS_SEEN
                    && m.geomRgba[4 * g + 3] > 0) {
                for (int k = 0; k < 3; k++) {
                    double at = world.tree.geomXpos[3 * g + k];
                    double half = 0;
                    for (int j = 0; j < 3; j++) {
                        double r = world.tree.geomXmat[9 * g + 3 * k + j];
                        at += r * m.geomAabb[6 * g + j];
                        half += Math.abs(r) * m.geomAabb[6 * g + 3 + j];
                    }
                    lo[k] = Math.min(lo[k], at - half);
                    hi[k] = Math.max(hi[k], at + half);
                }
            }
        }
        double[] middle = new double[3];
        double diagonal = 0;
        for (int k = 0; k < 3; k++) {
            boolean any = hi[k] >= lo[k];
            middle[k] = any ? 0.5 * (lo[k] + hi[k]) : 0;
            double side = any ? hi[k] - lo[k] : 1;
            diagonal += side * side;
        }
        double radius = 0.5 * Math.sqrt(diagonal);
        double fovy = Math.toRadians(45);
        double narrow = Math.min(1, (double) width / height);
        double distance = radius / Trig.sin(0.5 * fovy * narrow);
        return onto(
                middle, distance, Math.toRadians(140), Math.toRadians(-25), fovy, width, height);
    }

    private static double focal(double fovy) {
        return 0.5 * Trig.cos(0.5 * fovy) / Trig.sin(0.5 * fovy);
    }
}
