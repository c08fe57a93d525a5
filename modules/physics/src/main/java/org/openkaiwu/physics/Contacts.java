package org.openkaiwu.physics;

import org.openkaiwu.body.Machine;
import org.openkaiwu.collision.ContactBuffer;
import org.openkaiwu.dynamics.Jacobian;

/** Forces along the normals of contacts. */
final class Contacts {
    private Contacts() {}

    /** Adds {@code force} times the Jacobian of the distance of contact c (growing: apart). */
    static void addNormal(World w, int c, double[] out, double force) {
        Machine m = w.machine;
        ContactBuffer con = w.contacts;
        double x = force * con.frame[9 * c];
        double y = force * con.frame[9 * c + 1];
        double z = force * con.frame[9 * c + 2];
        Jacobian.addForce(m, w.tree, m.geomBodyid[con.geom2[c]], x, y, z, con.pos, 3 * c, out);
        Jacobian.addForce(m, w.tree, m.geomBodyid[con.geom1[c]], -x, -y, -z, con.pos, 3 * c, out);
    }
}
