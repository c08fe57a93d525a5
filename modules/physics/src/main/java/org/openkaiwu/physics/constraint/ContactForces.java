package org.openkaiwu.physics.constraint;

import org.openkaiwu.collision.ContactBuffer;

/** Contact forces from row forces. */
public final class ContactForces {
    private ContactForces() {}

    /**
     * Force and torque that geom1 exerts on geom2 at a contact, in the contact frame: normal, two
     * tangents (N), spin, two rolls (N m); zero when the contact has no rows. Adhesion is taken off
     * the normal force, which may then be negative.
     *
     * @param wrench result; shape 6
     */
    public static void wrench(Rows rows, ContactBuffer contacts, int contact, double[] wrench) {
        java.util.Arrays.fill(wrench, 0, 6, 0);
        int row = contacts.efcAddress[contact];
        if (row < 0) {
            return;
        }
        BlockJacobian jac = rows.jacobian;
        jac.gather(jac.blockOf(row), rows.force, wrench);
        wrench[0] -= contacts.adhesion[contact];
    }

    /**
     * The same in world axes: force on geom2 (N), then torque about the contact point (N m).
     *
     * @param scratch shape 6
     * @param world result; shape 6
     */
    public static void worldWrench(
            Rows rows, ContactBuffer contacts, int contact, double[] scratch, double[] world) {
        wrench(rows, contacts, contact, scratch);
        double[] f = contacts.frame;
        int o = 9 * contact;
        for (int k = 0; k < 3; k++) {
            world[k] =
                    f[o + k] * scratch[0] + f[o + 3 + k] * scratch[1] + f[o + 6 + k] * scratch[2];
            world[3 + k] =
                    f[o + k] * scratch[3] + f[o + 3 + k] * scratch[4] + f[o + 6 + k] * scratch[5];
        }
    }
}
