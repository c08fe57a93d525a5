package org.openkaiwu.body;

import java.util.List;

/** Numbers and names of the geom shapes. */
final class Shapes {
    static final int PLANE = 0;
    static final int HFIELD = 1;
    static final int SPHERE = 2;
    static final int CAPSULE = 3;
    static final int ELLIPSOID = 4;
    static final int CYLINDER = 5;
    static final int BOX = 6;
    static final int MESH = 7;
    static final int SDF = 8;

    static final List<String> NAMES =
            List.of(
                    "plane",
                    "hfield",
                    "sphere",
                    "capsule",
                    "ellipsoid",
                    "cylinder",
                    "box",
                    "mesh",
                    "sdf");

    /** How many of the three sizes must be positive. */
    private static final int[] SIZES = {3, 0, 1, 2, 3, 2, 3, 0, 0};

    private Shapes() {}

    static boolean isMesh(int type) {
        return type == MESH || type == SDF;
    }

    /** Says which size is wrong, or null. */
    static String sizeError(int type, double[] size) {
        if (type == PLANE) {
            return size[2] > 0 ? null : "size[2] of a plane must be positive, it is " + size[2];
        }
        for (int i = 0; i < SIZES[type]; i++) {
            if (!(size[i] > 0)) {
                return "size["
                        + i
                        + "] of a "
                        + NAMES.get(type)
                        + " must be positive, it is "
                        + size[i];
            }
        }
        return null;
    }

    /** Half extents and centre in the shape's frame, as {@code centre, half sizes}. */
    static double[] box(int type, double[] size, double[] hfieldSize) {
        return switch (type) {
            case SPHERE -> new double[] {0, 0, 0, size[0], size[0], size[0]};
            case CAPSULE -> new double[] {0, 0, 0, size[0], size[0], size[0] + size[1]};
            case CYLINDER -> new double[] {0, 0, 0, size[0], size[0], size[1]};
            case PLANE -> new double[] {0, 0, -5e9, 1e10, 1e10, 5e9};
            case HFIELD ->
                    new double[] {
                        0,
                        0,
                        (hfieldSize[2] - hfieldSize[3]) / 2,
                        hfieldSize[0],
                        hfieldSize[1],
                        (hfieldSize[2] + hfieldSize[3]) / 2
                    };
            default -> new double[] {0, 0, 0, size[0], size[1], size[2]};
        };
    }

    /** Radius of the bounding sphere about the frame's origin; 0 for a plane. */
    static double radius(int type, double[] s, double[] hfieldSize) {
        return switch (type) {
            case SPHERE -> s[0];
            case CAPSULE -> s[0] + s[1];
            case CYLINDER -> Math.sqrt(s[0] * s[0] + s[1] * s[1]);
            case ELLIPSOID -> Math.max(Math.max(s[0], s[1]), s[2]);
            case BOX, MESH, SDF -> Math.sqrt(s[0] * s[0] + s[1] * s[1] + s[2] * s[2]);
            case HFIELD -> {
                double z = Math.max(hfieldSize[2] * hfieldSize[2], hfieldSize[3] * hfieldSize[3]);
                yield Math.sqrt(hfieldSize[0] * hfieldSize[0] + hfieldSize[1] * hfieldSize[1] + z);
            }
            default -> 0;
        };
    }
}
