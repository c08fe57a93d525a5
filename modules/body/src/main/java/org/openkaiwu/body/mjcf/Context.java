package org.openkaiwu.body.mjcf;

import java.util.LinkedHashMap;
import java.util.Map;
import org.openkaiwu.body.Frames;
import org.openkaiwu.body.Spec;
import org.openkaiwu.body.xml.Element;

/** What the reading of one model needs everywhere. */
final class Context {
    final Source source;
    final Spec spec = new Spec();
    final Defaults defaults = new Defaults();

    /** Models to attach, by name. */
    final Map<String, Spec> models = new LinkedHashMap<>();

    boolean degree = true;
    String eulerseq = "xyz";
    String assetdir = "";
    String meshdir = "";

    /** How many models deep this one is inside others. */
    final int depth;

    Context(Source source, int depth) {
        this.source = source;
        this.depth = depth;
    }

    double angle(double value) {
        return degree ? value / 180 * Math.PI : value;
    }

    /** Scales an angle that MuJoCo multiplies by pi/180. */
    double angleScaled(double value) {
        return degree ? value * (Math.PI / 180) : value;
    }

    /** An orientation while the elements of a default chain are applied. */
    static final class Orientation {
        private final double[] quat = {1, 0, 0, 0};
        private String kind = "quat";
        private double[] value;

        void read(Element e) {
            Attr.exclusive(e, "quat", "axisangle", "xyaxes", "zaxis", "euler");
            if (Attr.exact(e, "quat", quat)
                    && quat[0] == 0
                    && quat[1] == 0
                    && quat[2] == 0
                    && quat[3] == 0) {
                throw e.error("quat is zero; the identity is 1 0 0 0");
            }
            alternative(e, "axisangle", 4);
            alternative(e, "xyaxes", 6);
            alternative(e, "zaxis", 3);
            alternative(e, "euler", 3);
        }

        private void alternative(Element e, String key, int n) {
            double[] v = new double[n];
            if (Attr.exact(e, key, v)) {
                kind = key;
                value = v;
            }
        }
    }

    /** The unit quaternion. */
    double[] resolve(Orientation o, Element e) {
        double[] v = o.value == null ? null : o.value.clone();
        double[] q =
                switch (o.kind) {
                    case "axisangle" -> {
                        double half = angle(v[3]) / 2;
                        unit(v, 0, e, "axisangle");
                        double s = StrictMath.sin(half);
                        yield new double[] {StrictMath.cos(half), s * v[0], s * v[1], s * v[2]};
                    }
                    case "xyaxes" -> axes(v, e);
                    case "zaxis" -> {
                        unit(v, 0, e, "zaxis");
                        yield Frames.zTo(v);
                    }
                    case "euler" ->
                            Frames.fromEuler(
                                    new double[] {angle(v[0]), angle(v[1]), angle(v[2])}, eulerseq);
                    default -> o.quat.clone();
                };
        Frames.normalize(q, 0, 4);
        return q;
    }

    private static double[] axes(double[] v, Element e) {
        unit(v, 0, e, "xyaxes");
        double d = v[0] * v[3] + v[1] * v[4] + v[2] * v[5];
        for (int k = 0; k < 3; k++) {
            v[3 + k] -= v[k] * d;
        }
        unit(v, 3, e, "xyaxes");
        double[] z = {
            v[1] * v[5] - v[2] * v[4], v[2] * v[3] - v[0] * v[5], v[0] * v[4] - v[1] * v[3]
        };
        Frames.normalize(z, 0, 3);
        return Frames.fromAxes(new double[] {v[0], v[1], v[2]}, new double[] {v[3], v[4], v[5]}, z);
    }

    private static void unit(double[] v, int o, Element e, String key) {
        if (Frames.normalize(v, o, 3) == 0) {
            throw e.error(key + ": an axis has no length");
        }
    }
}
