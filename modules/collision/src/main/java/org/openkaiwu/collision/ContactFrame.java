package org.openkaiwu.collision;

/** The frame of a contact: normal, and two tangents chosen as MuJoCo chooses them. */
final class ContactFrame {
    private ContactFrame() {}

    /**
     * Writes the rows of a right-handed frame whose first axis is n and whose second is the wish t
     * made orthogonal; without a wish it is y, or z where the normal is near y.
     */
    static void make(
            double[] f, int o, double nx, double ny, double nz, double tx, double ty, double tz) {
        double norm = Math.sqrt(nx * nx + ny * ny + nz * nz);
        if (norm < Solid.MINVAL || Double.isNaN(norm)) {
            nx = 1;
            ny = 0;
            nz = 0;
        } else {
            double s = 1 / norm;
            nx *= s;
            ny *= s;
            nz *= s;
        }
        if (tx * tx + ty * ty + tz * tz < 0.25) {
            boolean y = ny < 0.5 && ny > -0.5;
            tx = 0;
            ty = y ? 1 : 0;
            tz = y ? 0 : 1;
        }
        double along = nx * tx + ny * ty + nz * tz;
        tx -= nx * along;
        ty -= ny * along;
        tz -= nz * along;
        double len = Math.sqrt(tx * tx + ty * ty + tz * tz);
        if (len < Solid.MINVAL || Double.isNaN(len)) {
            tx = 1;
            ty = 0;
            tz = 0;
        } else {
            double s = 1 / len;
            tx *= s;
            ty *= s;
            tz *= s;
        }
        f[o] = nx;
        f[o + 1] = ny;
        f[o + 2] = nz;
        f[o + 3] = tx;
        f[o + 4] = ty;
        f[o + 5] = tz;
        f[o + 6] = ny * tz - nz * ty;
        f[o + 7] = nz * tx - nx * tz;
        f[o + 8] = nx * ty - ny * tx;
    }
}
