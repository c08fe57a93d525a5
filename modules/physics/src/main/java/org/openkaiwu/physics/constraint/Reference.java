package org.openkaiwu.physics.constraint;

import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Options;
import org.openkaiwu.collision.ContactBuffer;
import org.openkaiwu.dynamics.TreeData;

/**
 * Velocity and reference acceleration of the rows: {@code aref = -B vel - K I (pos - margin)}, with
 * surface velocity, adhesion and the velocity product of connects and welds.
 *
 * <p>Under the discrete integrator the spring is taken at the end of the step: the same law with
 * {@code pos + h vel'} and {@code vel'}, {@code vel' = vel + h a}, solved for a.
 */
final class Reference {
    private final Machine m;
    private final EqualityRows equalities;
    private final boolean discrete;
    private final boolean surface;
    private final double[] linear = new double[3];
    private final double[] angular = new double[3];

    Reference(ConstraintModel model, EqualityRows equalities) {
        m = model.machine();
        this.equalities = equalities;
        discrete = m.option.integrator == Options.Integrator.DISCRETE;
        boolean any = false;
        for (double v : m.geomSurfacevel) {
            any |= v != 0;
        }
        surface = any;
    }

    void run(ConstraintInput in, Rows rows) {
        rows.jacobian.multiply(in.data.qvel, rows.vel);
        if (surface) {
            addSurfaceVelocity(in.data, in.contacts, rows);
        }
        double h = m.option.timestep;
        for (int i = 0; i < rows.nefc; i++) {
            double k = rows.kbip[4 * i] * rows.kbip[4 * i + 2];
            double b = rows.kbip[4 * i + 1];
            double x = rows.pos[i] - rows.margin[i];
            if (discrete) {
                rows.aref[i] =
                        (-b * rows.vel[i] - k * (x + h * rows.vel[i])) / (1 + h * b + h * h * k);
            } else {
                rows.aref[i] = -b * rows.vel[i] - k * x;
            }
        }
        addAdhesion(in.contacts, rows);
        if (rows.ne > 0) {
            equalities.subtractJdotv(in.data, rows);
        }
    }

    /**
     * Velocity of geom2's surface less that of geom1's, in the tangent plane and about the normal.
     */
    private void addSurfaceVelocity(TreeData data, ContactBuffer c, Rows rows) {
        for (int b = 0; b < rows.jacobian.count; b++) {
            int row = rows.jacobian.row[b];
            if (rows.type[row] < Rows.CONTACT_FRICTIONLESS) {
                continue;
            }
            int i = rows.id[row];
            java.util.Arrays.fill(linear, 0);
            java.util.Arrays.fill(angular, 0);
            addSurface(data, c, i, c.geom1[i], -1);
            addSurface(data, c, i, c.geom2[i], 1);
            double[] f = c.frame;
            int o = 9 * i;
            double tangent1 = f[o + 3] * linear[0] + f[o + 4] * linear[1] + f[o + 5] * linear[2];
            double tangent2 = f[o + 6] * linear[0] + f[o + 7] * linear[1] + f[o + 8] * linear[2];
            double spin = f[o] * angular[0] + f[o + 1] * angular[1] + f[o + 2] * angular[2];
            boolean pyramid = rows.type[row] == Rows.CONTACT_PYRAMIDAL;
            int dim = rows.jacobian.dim[b];
            for (int k = 1; k < Math.min(dim, 4); k++) {
                double v = k == 1 ? tangent1 : k == 2 ? tangent2 : spin;
                if (pyramid) {
                    double mu = rows.jacobian.mu[5 * b + k - 1];
                    rows.vel[row + 2 * (k - 1)] += mu * v;
                    rows.vel[row + 2 * (k - 1) + 1] -= mu * v;
                } else {
                    rows.vel[row + k] += v;
                }
            }
        }
    }

    private void addSurface(TreeData data, ContactBuffer c, int i, int geom, double sign) {
        double[] s = m.geomSurfacevel;
        int o = 6 * geom;
        double[] r = data.geomXmat;
        int q = 9 * geom;
        double wx = r[q] * s[o + 3] + r[q + 1] * s[o + 4] + r[q + 2] * s[o + 5];
        double wy = r[q + 3] * s[o + 3] + r[q + 4] * s[o + 4] + r[q + 5] * s[o + 5];
        double wz = r[q + 6] * s[o + 3] + r[q + 7] * s[o + 4] + r[q + 8] * s[o + 5];
        double x = c.pos[3 * i] - data.geomXpos[3 * geom];
        double y = c.pos[3 * i + 1] - data.geomXpos[3 * geom + 1];
        double z = c.pos[3 * i + 2] - data.geomXpos[3 * geom + 2];
        linear[0] +=
                sign * (r[q] * s[o] + r[q + 1] * s[o + 1] + r[q + 2] * s[o + 2] + wy * z - wz * y);
        linear[1] +=
                sign
                        * (r[q + 3] * s[o]
                                + r[q + 4] * s[o + 1]
                                + r[q + 5] * s[o + 2]
                                + wz * x
                                - wx * z);
        linear[2] +=
                sign
                        * (r[q + 6] * s[o]
                                + r[q + 7] * s[o + 1]
                                + r[q + 8] * s[o + 2]
                                + wx * y
                                - wy * x);
        angular[0] += sign * wx;
        angular[1] += sign * wy;
        angular[2] += sign * wz;
    }

    /**
     * The attraction of an adhesive contact is a passive force; the reference moves with it so that
     * the law between force and penetration stays the same.
     */
    private void addAdhesion(ContactBuffer c, Rows rows) {
        for (int i = 0; i < c.count; i++) {
            double pull = c.adhesion[i];
            int row = c.efcAddress[i];
            if (pull == 0 || row < 0) {
                continue;
            }
            int edges = rows.type[row] == Rows.CONTACT_PYRAMIDAL ? 2 * (c.dim[i] - 1) : 1;
            for (int k = 0; k < edges; k++) {
                rows.aref[row + k] += rows.r[row + k] * pull / edges;
            }
        }
    }
}
