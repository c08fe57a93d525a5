package org.openkaiwu.body.urdf;

import org.openkaiwu.body.Spec;
import org.openkaiwu.math.Problem;
import org.openkaiwu.math.Problem.Severity;

/** Finds masses and inertias that no rigid body can have, and replaces them by stated guesses. */
final class Inertias {
    /** Mass given to a moving part that has none, kg. */
    private static final double LEAST_MASS = 0.001;

    /** Density of the ball whose inertia is assumed, kg/m^3. */
    private static final double DENSITY = 1000;

    private final Spec spec;

    private Inertias(Spec spec) {
        this.spec = spec;
    }

    static void repair(Spec spec) {
        Inertias repairs = new Inertias(spec);
        for (Spec.Body root : spec.world.bodies) {
            repairs.check(root);
        }
    }

    private void check(Spec.Body body) {
        if (body.inertial != null) {
            given(body);
        }
        boolean moves = !body.joints.isEmpty();
        if (moves && !weighs(body)) {
            note(
                    body,
                    "moves but has no mass and no colliding shape; "
                            + LEAST_MASS
                            + " kg are assumed");
            body.inertial = ball(LEAST_MASS, new double[3]);
        }
        body.bodies.forEach(this::check);
    }

    private void given(Spec.Body body) {
        Spec.Inertial i = body.inertial;
        boolean moves = !body.joints.isEmpty();
        if (i.mass <= 0) {
            boolean shapes = body.geoms.stream().anyMatch(g -> g.density > 0);
            if (i.mass == 0 && !moves && !shapes) {
                // a frame only, written as a link
                body.inertial = null;
                return;
            }
            note(
                    body,
                    "has the mass "
                            + i.mass
                            + " kg; "
                            + (shapes ? "its shapes are weighed instead" : "it is ignored"));
            body.inertial = null;
            return;
        }
        if (allZero(i.full)) {
            if (moves) {
                note(body, "has mass but no inertia; that of a ball of water is assumed");
                body.inertial = ball(i.mass, i.pos);
            } else {
                // a point mass on what carries it
                i.full = null;
                i.diag = new double[3];
            }
            return;
        }
        double[] principal = principal(i.full);
        double scale = Math.max(Math.abs(principal[0]), Math.abs(principal[2]));
        if (principal[0] < -1e-9 * scale || principal[0] <= 0 && moves) {
            note(
                    body,
                    "has a negative or zero principal inertia; that of a ball of water is assumed");
            body.inertial = ball(i.mass, i.pos);
        } else if (principal[0] + principal[1] < principal[2] * (1 - 1e-9)) {
            note(
                    body,
                    "has principal inertias that break the triangle inequality (a + b >= c); their"
                            + " mean is used for all three");
            double mean = (principal[0] + principal[1] + principal[2]) / 3;
            i.full = null;
            i.diag = new double[] {mean, mean, mean};
        }
    }

    /** Mass of its own or of a part fixed to it. */
    private static boolean weighs(Spec.Body body) {
        if (body.inertial != null && body.inertial.mass > 0) {
            return true;
        }
        if (body.inertial == null
                && body.geoms.stream().anyMatch(g -> g.density > 0 && !g.visualOnly)) {
            return true;
        }
        return body.bodies.stream().anyMatch(b -> b.joints.isEmpty() && weighs(b));
    }

    private static Spec.Inertial ball(double mass, double[] centre) {
        double radius = StrictMath.cbrt(3 * mass / (4 * Math.PI * DENSITY));
        double moment = 0.4 * mass * radius * radius;
        Spec.Inertial inertial = new Spec.Inertial();
        inertial.mass = mass;
        inertial.pos = centre.clone();
        inertial.diag = new double[] {moment, moment, moment};
        return inertial;
    }

    private static boolean allZero(double[] full) {
        for (double v : full) {
            if (v != 0) {
                return false;
            }
        }
        return true;
    }

    /** Eigenvalues of a symmetric matrix (xx yy zz xy xz yz), ascending; trigonometric solution. */
    static double[] principal(double[] m) {
        double mean = (m[0] + m[1] + m[2]) / 3;
        double xx = m[0] - mean;
        double yy = m[1] - mean;
        double zz = m[2] - mean;
        double off = m[3] * m[3] + m[4] * m[4] + m[5] * m[5];
        double p = Math.sqrt((xx * xx + yy * yy + zz * zz + 2 * off) / 6);
        if (p == 0) {
            return new double[] {mean, mean, mean};
        }
        double det =
                xx * (yy * zz - m[5] * m[5])
                        - m[3] * (m[3] * zz - m[5] * m[4])
                        + m[4] * (m[3] * m[5] - yy * m[4]);
        double r = Math.clamp(det / (2 * p * p * p), -1, 1);
        double angle = StrictMath.acos(r) / 3;
        double largest = mean + 2 * p * StrictMath.cos(angle);
        double least = mean + 2 * p * StrictMath.cos(angle + 2 * Math.PI / 3);
        return new double[] {least, 3 * mean - largest - least, largest};
    }

    private void note(Spec.Body body, String message) {
        spec.problems.add(new Problem(Severity.WARNING, "link \"" + body.name + "\"", message));
    }
}
