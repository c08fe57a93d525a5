package org.openkaiwu.skill;

import java.util.ArrayList;
import java.util.List;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.perception.BeliefTracker;
import org.openkaiwu.perception.Catalogue;
import org.openkaiwu.perception.Shape;

/**
 * One way to hold a thing.
 *
 * @param poseInThing tool frame in the thing's frame: z along the approach, x along the closing
 * @param width what the fingers close on, m
 * @param cost 0 best; taste before feasibility
 */
public record Grasp(Pose poseInThing, double width, double cost) {
    private static final double CLEARANCE = 0.003;
    private static final int TURNS = 16;

    /**
     * Ways to hold a thing that stands as believed, from above, at a slant and from the side; on
     * the rim where it is too wide to span.
     *
     * @param aperture widest opening of the hand, m
     */
    public static List<Grasp> of(Catalogue.Entry entry, Pose pose, double aperture) {
        List<Grasp> out = new ArrayList<>();
        Vec3 up = pose.q().inverse().rotate(Vec3.Z);
        double half = BeliefTracker.verticalHalf(entry, pose);
        switch (entry.shape()) {
            case Shape.Box _, Shape.Ellipsoid _ -> box(out, entry.size(), up, half, aperture);
            case Shape.Cylinder c -> round(out, 2 * c.radius(), up, half, aperture);
            case Shape.Sphere s -> round(out, 2 * s.radius(), up, half, aperture);
            case Shape.Compound c -> {
                boolean round = entry.container().isPresent() && isRound(entry.size());
                if (round) {
                    round(out, entry.size().x(), up, half, aperture);
                } else {
                    box(out, entry.size(), up, half, aperture);
                }
                entry.container().ifPresent(in -> rim(out, entry.size(), in, up, half, round));
            }
        }
        return out;
    }

    private static boolean isRound(Vec3 size) {
        return Math.abs(size.x() - size.y()) < 0.02 * size.x();
    }

    /** Closing along each face direction that fits, approached from the two others. */
    private static void box(List<Grasp> out, Vec3 size, Vec3 up, double half, double aperture) {
        Vec3[] axes = {Vec3.X, Vec3.Y, Vec3.Z};
        double[] extent = size.toArray();
        for (int c = 0; c < 3; c++) {
            if (extent[c] > aperture - CLEARANCE || Math.abs(axes[c].dot(up)) > 0.7) {
                continue;
            }
            double tight = tight(extent[c], aperture);
            add(out, axes[c], up.times(-1), up, half, extent[c], tight);
            add(out, axes[c].times(-1), up.times(-1), up, half, extent[c], tight);
        }
    }

    private static void round(
            List<Grasp> out, double diameter, Vec3 up, double half, double aperture) {
        if (diameter > aperture - CLEARANCE) {
            return;
        }
        Vec3 a = horizontal(up);
        Vec3 b = up.cross(a);
        for (int k = 0; k < TURNS; k++) {
            double t = 2 * Math.PI * k / TURNS;
            Vec3 closing = a.times(StrictMath.cos(t)).plus(b.times(StrictMath.sin(t)));
            add(out, closing, up.times(-1), up, half, diameter, tight(diameter, aperture));
        }
    }

    /**
     * What nearly fills the hand can hardly be let go of again: it jams where it tilts a little.
     */
    private static double tight(double width, double aperture) {
        return 0.5 * Math.clamp((width / aperture - ROOMY) / (1 - ROOMY), 0, 1);
    }

    /** Share of the aperture that a thing fills with room to spare. */
    private static final double ROOMY = 0.75;

    /** From above, at three slants, and level; at the middle and nearer to the top. */
    private static void add(
            List<Grasp> out,
            Vec3 closing,
            Vec3 down,
            Vec3 up,
            double half,
            double width,
            double tight) {
        Vec3 level = closing.cross(down).unit();
        for (double slant : SLANTS) {
            Vec3 approach =
                    down.times(StrictMath.cos(slant)).plus(level.times(StrictMath.sin(slant)));
            for (double height : HEIGHTS) {
                double cost = 0.4 * Math.abs(slant) + 0.3 * height + tight;
                out.add(new Grasp(frame(up.times(height * half), closing, approach), width, cost));
            }
        }
    }

    private static final double[] SLANTS = {
        0, 0.2, -0.2, 0.35, -0.35, 0.55, -0.55, 0.8, -0.8, 1.05, -1.05, 1.25, -1.25
    };

    /**
     * A little over the middle first: fingers squeeze round things out that they press far off it.
     */
    private static final double[] HEIGHTS = {0, 0.15, 0.35, 0.65, 0.9};

    /** One finger inside, one outside of a wall. */
    private static void rim(
            List<Grasp> out,
            Vec3 size,
            Catalogue.Container in,
            Vec3 up,
            double half,
            boolean round) {
        if (up.z() < 0.9) {
            return;
        }
        double wallX = Math.max(0.002, (size.x() - in.size().x()) / 2);
        int turns = round ? TURNS : 4;
        for (int k = 0; k < turns; k++) {
            double t = 2 * Math.PI * k / turns;
            Vec3 out1 = new Vec3(StrictMath.cos(t), StrictMath.sin(t), 0);
            double radius = (k % 2 == 0 || round ? size.x() : size.y()) / 2 - wallX / 2;
            double drop = Math.min(half, 0.012);
            Vec3 at = out1.times(radius).plus(new Vec3(0, 0, half - drop));
            out.add(new Grasp(frame(at, out1, up.times(-1)), wallX, 0.5));
            out.add(new Grasp(frame(at, out1.times(-1), up.times(-1)), wallX, 0.5));
        }
    }

    private static Vec3 horizontal(Vec3 up) {
        Vec3 a = Math.abs(up.x()) < 0.9 ? Vec3.X : Vec3.Y;
        return a.minus(up.times(a.dot(up))).unit();
    }

    private static Pose frame(Vec3 at, Vec3 closing, Vec3 approach) {
        Vec3 z = approach.unit();
        Vec3 x = closing.minus(z.times(z.dot(closing))).unit();
        return new Pose(at, Quat.fromAxes(x, z.cross(x), z));
    }
}
