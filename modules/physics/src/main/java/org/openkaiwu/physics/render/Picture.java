package org.openkaiwu.physics.render;

import java.util.Arrays;

/** What a camera took: colour, depth and geom of each pixel, row by row from the top. */
public final class Picture {
    /** The colour where nothing is. */
    public static final int BACKGROUND = 0xdfe5ec;

    /** Pixels in a row. */
    public final int width;

    /** Rows. */
    public final int height;

    /** Colour {@code 0xRRGGBB}. Shape height x width. */
    public final int[] rgb;

    /**
     * Depth along the optical axis, m; infinite where nothing is. Things that one sees through
     * (alpha below 1) have none. Shape height x width.
     */
    public final float[] depth;

    /** Geom, -1 where nothing is; as for {@link #depth}. Shape height x width. */
    public final int[] geom;

    /** An empty picture. */
    public Picture(int width, int height) {
        if (width < 1 || height < 1 || (long) width * height > 1 << 26) {
            throw new IllegalArgumentException(
                    "A picture has 1 to 2^26 pixels, not " + width + " x " + height + ".");
        }
        this.width = width;
        this.height = height;
        rgb = new int[width * height];
        depth = new float[width * height];
        geom = new int[width * height];
        clear();
    }

    void clear() {
        Arrays.fill(rgb, BACKGROUND);
        Arrays.fill(depth, Float.POSITIVE_INFINITY);
        Arrays.fill(geom, -1);
    }
}
