package org.openkaiwu.physics;

import java.util.Arrays;
import org.openkaiwu.body.Options.Cone;
import org.openkaiwu.collision.ContactBuffer;

/** Force of one contact from the forces of its constraint rows. */
final class ContactForce {
    private ContactForce() {}

    /**
     * Force (normal, two tangents) and torque on the second geom in the contact's frame, the
     * adhesive pull subtracted, to {@code r[ro..ro+5]}.
     */
    static void of(World w, int c, double[] r, int ro) {
        ContactBuffer con = w.contacts;
        Arrays.fill(r, ro, ro + 6, 0);
        int first = con.efcAddress[c];
        if (first < 0) {
            return;
        }
        double[] force = w.constraints.rows.force;
        int dim = con.dim[c];
        if (w.machine.option.cone == Cone.ELLIPTIC || dim == 1) {
            System.arraycopy(force, first, r, ro, dim);
        } else {
            for (int k = 0; k < dim - 1; k++) {
                double plus = force[first + 2 * k];
                double minus = force[first + 2 * k + 1];
                r[ro] += plus + minus;
                r[ro + 1 + k] = (plus - minus) * con.friction[5 * c + k];
            }
        }
        r[ro] -= con.adhesion[c];
    }
}
