package org.openkaiwu.app.adopt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.sim.BodyFile;
import org.openkaiwu.sim.GripTrial;

/**
 * How a hand holds things, as tried out in physics.
 *
 * @param grasp point between the pads, palm's frame, m
 * @param closing unit vector, palm's frame
 * @param shifts rows of width, x, y, z (m): where things of that width come to lie, from {@code
 *     grasp}
 * @param tried whether the trial succeeded
 */
public record Hold(Vec3 grasp, Vec3 closing, double[][] shifts, boolean tried) {
    private static final double[] WIDTHS = {0.03, 0.012, 0.05, 0.07, 0.085};

    /** Where along the approach the block is tried, m from the inferred point. */
    private static final double[] DEPTHS = {0, 0.008, -0.008, 0.016, -0.016, 0.025};

    /** As the geometry says, untried. */
    public static Hold asInferred(BodyFacts.Effector e) {
        return new Hold(e.graspPoint(), e.closing(), new double[0][], false);
    }

    /** Tries a hand of a body that has just been written. */
    public static Hold tried(BodyFile body, BodyFacts.Effector e) {
        GripTrial trial = new GripTrial(body, e.name());
        double depth = 0;
        Optional<GripTrial.Held> first = Optional.empty();
        for (double d : DEPTHS) {
            depth = d;
            first = trial.close(block(WIDTHS[0]), new Vec3(0, 0, d));
            if (first.isPresent()) {
                break;
            }
        }
        if (first.isEmpty()) {
            return asInferred(e);
        }
        Vec3 grasp = e.graspPoint().plus(e.approach().unit().times(depth));
        List<double[]> rows = new ArrayList<>();
        Vec3 base = trial.tool().inverse().transform(first.get().inPalm().p());
        for (double w : WIDTHS) {
            Optional<GripTrial.Held> held = w == WIDTHS[0] ? first : Optional.empty();
            // what is wider lies in the middle as well, or farther from the side that stands still
            for (int side = 0; side <= 2 && held.isEmpty() && w < e.aperture() - 0.004; side++) {
                double off = (side == 2 ? -1 : side) * (w - WIDTHS[0]) / 2;
                held = trial.close(block(w), base.plus(new Vec3(off, 0, 0)));
            }
            held.ifPresent(h -> rows.add(row(w, h.inPalm().p().minus(grasp))));
        }
        rows.sort((a, b) -> Double.compare(a[0], b[0]));
        return new Hold(
                grasp, closing(e, first.get().inPalm()), rows.toArray(double[][]::new), true);
    }

    private static Vec3 block(double width) {
        return new Vec3(width, 0.03, 0.03);
    }

    private static double[] row(double width, Vec3 shift) {
        return new double[] {width, round(shift.x()), round(shift.y()), round(shift.z())};
    }

    private static double round(double v) {
        return Math.rint(v * 1e5) / 1e5;
    }

    /** The block's own axis where the fingers turned it, square to the approach. */
    private static Vec3 closing(BodyFacts.Effector e, Pose held) {
        Vec3 x = held.q().rotate(Vec3.X);
        Vec3 z = e.approach().unit();
        Vec3 flat = x.minus(z.times(x.dot(z)));
        boolean sane = flat.norm() > 0.9 && flat.unit().dot(e.closing()) > 0.8;
        return sane && flat.unit().dot(e.closing()) < 0.9995 ? flat.unit() : e.closing();
    }
}
