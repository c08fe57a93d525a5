package org.openkaiwu.body.infer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openkaiwu.body.Machine;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Vec3;

/**
 * Two finger bodies that a file has welded to the palm.
 *
 * @param palm palm body
 * @param first finger body on the positive side
 * @param second finger body on the negative side
 * @param across unit vector from the second to the first, in the palm's frame
 * @param gap opening between the facing surfaces, m
 */
public record FixedFingers(String palm, String first, String second, Vec3 across, double gap) {
    private static final double LEAST_GAP = 0.01;
    private static final double MOST_GAP = 0.2;

    /** The pair on the end of a bare arm: just two shaped bodies, opposite each other. */
    public static Optional<FixedFingers> of(Machine m, BodyFacts.Effector bare) {
        int palm = Machine.indexOf(m.bodyName, bare.body());
        List<Integer> fingers = new ArrayList<>();
        for (int b = 1; b < m.nbody; b++) {
            if (m.bodyParentid[b] == palm && m.bodyJntnum[b] == 0 && m.bodyGeomnum[b] > 0) {
                fingers.add(b);
            }
        }
        if (fingers.size() != 2) {
            return Optional.empty();
        }
        Vec3 a = middle(m, fingers.get(0));
        Vec3 b = middle(m, fingers.get(1));
        Vec3 apart = a.minus(b);
        Vec3 across = apart.minus(bare.approach().times(apart.dot(bare.approach())));
        if (across.norm() < 0.02 || Math.abs(apart.dot(bare.approach())) > 0.2 * apart.norm()) {
            return Optional.empty();
        }
        across = across.unit();
        double inner = Double.POSITIVE_INFINITY;
        double outer = Double.NEGATIVE_INFINITY;
        for (Vec3 p : points(m, fingers.get(0))) {
            inner = Math.min(inner, p.dot(across));
        }
        for (Vec3 p : points(m, fingers.get(1))) {
            outer = Math.max(outer, p.dot(across));
        }
        double gap = inner - outer;
        if (gap < LEAST_GAP || gap > MOST_GAP) {
            return Optional.empty();
        }
        return Optional.of(
                new FixedFingers(
                        m.bodyName[palm],
                        m.bodyName[fingers.get(0)],
                        m.bodyName[fingers.get(1)],
                        across,
                        gap));
    }

    private static Vec3 middle(Machine m, int body) {
        Vec3 sum = Vec3.ZERO;
        List<Vec3> points = points(m, body);
        for (Vec3 p : points) {
            sum = sum.plus(p.times(1.0 / points.size()));
        }
        return sum;
    }

    /** In the parent's frame. */
    private static List<Vec3> points(Machine m, int body) {
        Pose at =
                new Pose(
                        Vec3.of(m.bodyPos, 3 * body),
                        org.openkaiwu.math.Quat.of(m.bodyQuat, 4 * body));
        return new Surfaces(m).solidOf(body).stream().map(at::transform).toList();
    }
}
