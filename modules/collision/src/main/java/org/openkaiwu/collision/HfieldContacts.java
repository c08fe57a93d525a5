package org.openkaiwu.collision;

import org.openkaiwu.body.HfieldAsset;
import org.openkaiwu.body.Options;

/**
 * A height field against a convex shape: every cell under the shape makes two triangular prisms
 * down to the base, and each prism that the shape overlaps makes a contact. All in the field's
 * frame.
 */
final class HfieldContacts {
    private final Penetration ccd = new Penetration();
    private final Support prism = new Support();
    private final Support shape = new Support();
    private final Solid local = new Solid();
    private final Manifold found = new Manifold();
    private final double[] box = new double[6];

    void configure(Options option) {
        ccd.tolerance = option.ccdTolerance;
        ccd.maxIterations = option.ccdIterations;
    }

    void collide(Manifold out, double margin, Solid f, Solid s) {
        HfieldAsset field = f.hfield;
        double sx = field.size()[0];
        double sy = field.size()[1];
        double top = field.size()[2];
        double base = field.size()[3];
        local.copy(s);
        local.expressIn(f);
        double r = s.rbound + margin;
        if (!(Math.abs(local.x) <= sx + r
                && Math.abs(local.y) <= sy + r
                && local.z <= top + r
                && local.z >= -base - r)) {
            return;
        }
        shape.set(local, 0);
        extent();
        if (box[0] - margin > sx
                || box[3] + margin < -sx
                || box[1] - margin > sy
                || box[4] + margin < -sy
                || box[2] - margin > top
                || box[5] + margin < -base) {
            return;
        }
        shape.margin = margin;
        prism.s = f;
        prism.core = Support.Core.PRISM;
        prism.margin = 0;
        prism.corner = -1;
        found.n = 0;
        cells(field, margin);
        for (int i = 0; i < found.n; i++) {
            double[] p = found.pos;
            double[] n = found.normal;
            int o = 3 * i;
            out.add(
                    found.dist[i],
                    f.r00 * p[o] + f.r01 * p[o + 1] + f.r02 * p[o + 2] + f.x,
                    f.r10 * p[o] + f.r11 * p[o + 1] + f.r12 * p[o + 2] + f.y,
                    f.r20 * p[o] + f.r21 * p[o + 1] + f.r22 * p[o + 2] + f.z,
                    f.r00 * n[o] + f.r01 * n[o + 1] + f.r02 * n[o + 2],
                    f.r10 * n[o] + f.r11 * n[o + 1] + f.r12 * n[o + 2],
                    f.r20 * n[o] + f.r21 * n[o + 1] + f.r22 * n[o + 2]);
        }
    }

    /** Box of the shape along the field's axes: low, high. */
    private void extent() {
        shape.at(1, 0, 0);
        box[3] = shape.x;
        shape.at(-1, 0, 0);
        box[0] = shape.x;
        shape.at(0, 1, 0);
        box[4] = shape.y;
        shape.at(0, -1, 0);
        box[1] = shape.y;
        shape.at(0, 0, 1);
        box[5] = shape.z;
        shape.at(0, 0, -1);
        box[2] = shape.z;
    }

    private void cells(HfieldAsset f, double margin) {
        int ncol = f.ncol();
        int nrow = f.nrow();
        double sx = f.size()[0];
        double sy = f.size()[1];
        int cmin = Math.max(0, (int) Math.floor((box[0] + sx) / (2 * sx) * (ncol - 1)));
        int cmax = Math.min(ncol - 1, (int) Math.ceil((box[3] + sx) / (2 * sx) * (ncol - 1)));
        int rmin = Math.max(0, (int) Math.floor((box[1] + sy) / (2 * sy) * (nrow - 1)));
        int rmax = Math.min(nrow - 1, (int) Math.ceil((box[4] + sy) / (2 * sy) * (nrow - 1)));
        double[] p = prism.prism;
        p[2] = -f.size()[3];
        p[5] = p[2];
        p[8] = p[2];
        for (int r = rmin; r < rmax; r++) {
            push(f, r + 1, cmin, margin);
            push(f, r, cmin, margin);
            for (int c = cmin + 1; c <= cmax; c++) {
                for (int i = 0; i < 2; i++) {
                    push(f, r + 1 - i, c, margin);
                    boolean under = p[11] < box[2] && p[14] < box[2] && p[17] < box[2];
                    if (!under && found.n < Manifold.MAX && ccd.run(prism, shape, 1, 0) < 0) {
                        ConvexContacts.add(found, ccd, 0, 0);
                    }
                }
            }
        }
    }

    /** Drops the oldest edge of the prism and adds one at a grid point. */
    private void push(HfieldAsset f, int row, int col, double margin) {
        double[] p = prism.prism;
        for (int i = 0; i < 2; i++) {
            p[3 * i] = p[3 * i + 3];
            p[3 * i + 1] = p[3 * i + 4];
            p[9 + 3 * i] = p[12 + 3 * i];
            p[10 + 3 * i] = p[13 + 3 * i];
            p[11 + 3 * i] = p[14 + 3 * i];
        }
        double dx = 2 * f.size()[0] / (f.ncol() - 1);
        double dy = 2 * f.size()[1] / (f.nrow() - 1);
        p[6] = dx * col - f.size()[0];
        p[7] = dy * row - f.size()[1];
        p[15] = p[6];
        p[16] = p[7];
        p[17] = f.data()[row * f.ncol() + col] * f.size()[2] + margin;
    }
}
