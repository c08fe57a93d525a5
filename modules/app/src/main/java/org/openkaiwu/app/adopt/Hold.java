package org.openkaiwu.app.adopt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.sim.GripTrial;
import org.openkaiwu.sim.NamedBody;

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
    private static final double[] WIDTHS = {0.03, 0.012, 0.05, 0.065, 0.078};

    /** Height over a table at which low things are still gripped, m. */
    private static final double LOWEST = 0.019;

    /** Where along the approach the block is tried, m from the inferred point. */
    private static final double[] DEPTHS = {0, 0.008, -0.008, 0.016, -0.016, 0.025};

    /** Where wider things are tried, in halves of what they are wider. */
    private static final double[] OUTWARDS = {0, -0.5, 0.5, 1};

    private static final double[] SIDEWAYS = {0, 0.5, 1, 1.5, -0.5, -1, -1.5};

    /** A thing that closing fingers move less lies where it should, m. */
    private static final double STILL = 0.004;

    /** Room between a thing and the standing side of a jaw before it closes, m. */
    private static final double CLEAR = 0.004;

    /** As the geometry says, untried. */
    public static Hold asInferred(BodyFacts.Effector e) {
        return new Hold(e.graspPoint(), e.closing(), new double[0][], false);
    }

    /** Tries a hand of a body that has just been written. */
    public static Hold tried(NamedBody body, BodyFacts.Effector e) {
        GripTrial trial = new GripTrial(body, e.name());
        double depth = 0;
        Optional<GripTrial.Held> first = Optional.empty();
        double tips = tips(body, e);
        for (double d : DEPTHS) {
            depth = tips + d;
            first = trial.close(block(WIDTHS[0]), new Vec3(0, 0, depth));
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
            Optional<Vec3> held =
                    w == WIDTHS[0]
                            ? first.map(h -> h.inPalm().p())
                            : w < e.aperture() - 0.004 ? wide(trial, w, base) : Optional.empty();
            held.ifPresent(p -> rows.add(row(w, p.minus(grasp))));
        }
        rows.sort((a, b) -> Double.compare(a[0], b[0]));
        if (e.kind() == BodyFacts.EffectorKind.JAW) {
            clear(rows, trial.tool().q().rotate(Vec3.X));
        }
        return new Hold(
                grasp, closing(e, first.get().inPalm()), rows.toArray(double[][]::new), true);
    }

    /**
     * How much nearer to its tips a hand has to grip so that its fingers reach a low thing without
     * running into what it stands on, m.
     */
    private static double tips(NamedBody body, BodyFacts.Effector e) {
        Machine m = body.model().machine();
        Shell shell = new Shell(m);
        shell.at(Shell.handsOpen(m, body.model().facts().effectors()));
        int palm = Machine.indexOf(m.bodyName, e.body());
        return Math.max(0, shell.beyond(palm, e.graspPoint(), e.approach().unit()) - LOWEST);
    }

    /**
     * A held thing lies against the side of a jaw that stands still; on the way down there must be
     * room between them.
     */
    private static void clear(List<double[]> rows, Vec3 closing) {
        double[] narrow = rows.getFirst();
        double[] wide = rows.getLast();
        double slope = closing.dot(Vec3.of(wide, 1).minus(Vec3.of(narrow, 1)));
        Vec3 off = closing.times(CLEAR * Math.signum(slope));
        for (double[] row : rows) {
            Vec3 moved = Vec3.of(row, 1).plus(off);
            System.arraycopy(moved.toArray(), 0, row, 1, 3);
        }
    }

    /**
     * What is wider lies in the middle as well, or farther from the side that stands still, deeper
     * in the hand or farther out. Of the places where it is held, that from which closing fingers
     * move it least and which lies deepest.
     */
    private static Optional<Vec3> wide(GripTrial trial, double w, Vec3 base) {
        double more = (w - WIDTHS[0]) / 2;
        double least = Double.POSITIVE_INFINITY;
        Vec3 best = null;
        for (double out : OUTWARDS) {
            for (double side : SIDEWAYS) {
                if (least < STILL) {
                    break;
                }
                Vec3 at = base.plus(new Vec3(side * more, 0, out * Math.max(0, more)));
                Optional<GripTrial.Held> held = trial.close(block(w), at);
                if (held.isEmpty()) {
                    continue;
                }
                Vec3 end = trial.tool().inverse().transform(held.get().inPalm().p());
                double loss = end.distance(at) + Math.max(0, end.z() - base.z());
                if (loss < least) {
                    least = loss;
                    best = new Vec3(end.x(), end.y(), at.z());
                }
            }
        }
        return Optional.ofNullable(best).map(trial.tool()::transform);
    }

    /** A cube's width of things; wide things are mostly round. */
    private static Vec3 block(double width) {
        return width < 0.045 ? new Vec3(width, 0.03, 0.03) : new Vec3(width, width, width);
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
