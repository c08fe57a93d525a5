package org.openkaiwu.collision;

/** The contact points of one pair of shapes, filled by the narrow phase. */
final class Manifold {
    /** Most points that a pair can have (MuJoCo's mjMAXCONPAIR). */
    static final int MAX = 50;

    int n;
    final double[] dist = new double[MAX];
    final double[] pos = new double[3 * MAX];

    /** From the first shape to the second, not always of unit length. */
    final double[] normal = new double[3 * MAX];

    /** A wish for the first tangent, or zero. */
    final double[] tangent = new double[3 * MAX];

    /** Adds a point without a wish for its tangent; does nothing when full. */
    void add(double d, double px, double py, double pz, double nx, double ny, double nz) {
        if (n == MAX) {
            return;
        }
        int i = n++;
        dist[i] = d;
        pos[3 * i] = px;
        pos[3 * i + 1] = py;
        pos[3 * i + 2] = pz;
        normal[3 * i] = nx;
        normal[3 * i + 1] = ny;
        normal[3 * i + 2] = nz;
        tangent[3 * i] = 0;
        tangent[3 * i + 1] = 0;
        tangent[3 * i + 2] = 0;
    }

    void setTangent(int i, double x, double y, double z) {
        tangent[3 * i] = x;
        tangent[3 * i + 1] = y;
        tangent[3 * i + 2] = z;
    }

    void flipNormal(int i) {
        normal[3 * i] = -normal[3 * i];
        normal[3 * i + 1] = -normal[3 * i + 1];
        normal[3 * i + 2] = -normal[3 * i + 2];
    }
}
