package org.openkaiwu.body.mesh;

import java.util.LinkedHashMap;
import java.util.Map;
import org.openkaiwu.body.xml.Element;
import org.openkaiwu.body.xml.XmlTree;

/**
 * Collada 1.4 and 1.5: the geometry of the visual scene with its node transforms, in metres and z
 * up. Materials, controllers, animations are not read.
 */
final class Collada {
    /** Nodes that refer to nodes are followed this deep, so that a cycle ends. */
    private static final int MAX_DEPTH = 64;

    /** Geometry instances beyond this are refused. */
    private static final int MAX_INSTANCES = 20_000;

    private final MeshBuilder mesh;
    private final Map<String, Element> ids = new LinkedHashMap<>();
    private final Map<Element, double[]> sources = new LinkedHashMap<>();
    private int instances;

    private Collada(String where) {
        mesh = new MeshBuilder(where);
    }

    static TriangleMesh read(String where, byte[] bytes) {
        Element root = XmlTree.read(where, bytes);
        if (!root.name().equals("COLLADA")) {
            throw root.error("is not the root of a Collada file (COLLADA)");
        }
        Collada in = new Collada(where);
        in.index(root);
        double[] toBody = in.axes(root);
        Element scene =
                root.child("scene")
                        .flatMap(s -> s.child("instance_visual_scene"))
                        .map(i -> in.target(i, "url"))
                        .orElse(null);
        if (scene != null) {
            for (Element node : scene.children("node")) {
                in.node(node, toBody, 0);
            }
        } else {
            for (Element library : root.children("library_geometries")) {
                for (Element geometry : library.children("geometry")) {
                    in.geometry(geometry, toBody);
                }
            }
        }
        return in.mesh.build();
    }

    private void index(Element element) {
        if (element.has("id")) {
            ids.putIfAbsent(element.get("id"), element);
        }
        for (Element child : element.children()) {
            index(child);
        }
    }

    private Element target(Element element, String key) {
        String url = element.get(key);
        Element found = url.startsWith("#") ? ids.get(url.substring(1)) : null;
        if (found == null) {
            throw element.error("refers to \"" + url + "\", which is not in the file");
        }
        return found;
    }

    /** Unit and up axis as a 4x4 transform. */
    private double[] axes(Element root) {
        Element asset = root.child("asset").orElse(root);
        double unit = asset.child("unit").map(u -> u.number("meter", 1)).orElse(1.0);
        String up = asset.child("up_axis").map(u -> u.text().strip()).orElse("Y_UP");
        return switch (up) {
            case "X_UP" -> new double[] {0, -unit, 0, 0, 0, 0, -unit, 0, unit, 0, 0, 0, 0, 0, 0, 1};
            case "Z_UP" -> new double[] {unit, 0, 0, 0, 0, unit, 0, 0, 0, 0, unit, 0, 0, 0, 0, 1};
            default -> new double[] {unit, 0, 0, 0, 0, 0, -unit, 0, 0, unit, 0, 0, 0, 0, 0, 1};
        };
    }

    private void node(Element node, double[] parent, int depth) {
        if (depth > MAX_DEPTH) {
            throw node.error("nodes are nested too deep or in a circle");
        }
        double[] here = parent;
        for (Element child : node.children()) {
            double[] local = transform(child);
            if (local != null) {
                here = times(here, local);
            }
        }
        for (Element child : node.children()) {
            switch (child.name()) {
                case "node" -> node(child, here, depth + 1);
                case "instance_node" -> node(target(child, "url"), here, depth + 1);
                case "instance_geometry" -> geometry(target(child, "url"), here);
                default -> {}
            }
        }
    }

    /** 4x4 of a transform element; null for any other element. */
    private static double[] transform(Element e) {
        double[] v;
        switch (e.name()) {
            case "matrix":
                return values(e, 16);
            case "translate":
                v = values(e, 3);
                return new double[] {1, 0, 0, v[0], 0, 1, 0, v[1], 0, 0, 1, v[2], 0, 0, 0, 1};
            case "scale":
                v = values(e, 3);
                return new double[] {v[0], 0, 0, 0, 0, v[1], 0, 0, 0, 0, v[2], 0, 0, 0, 0, 1};
            case "rotate":
                return rotation(values(e, 4));
            default:
                return null;
        }
    }

    private static double[] values(Element e, int n) {
        double[] v = e.numbersOfText();
        if (v.length != n) {
            throw e.error("needs " + n + " numbers, has " + v.length);
        }
        return v;
    }

    /** Axis and angle in degrees; Rodrigues' formula. */
    private static double[] rotation(double[] v) {
        double n = Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
        if (n == 0) {
            return new double[] {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};
        }
        double x = v[0] / n;
        double y = v[1] / n;
        double z = v[2] / n;
        double angle = StrictMath.toRadians(v[3]);
        double c = StrictMath.cos(angle);
        double s = StrictMath.sin(angle);
        double u = 1 - c;
        return new double[] {
            c + x * x * u,
            x * y * u - z * s,
            x * z * u + y * s,
            0,
            y * x * u + z * s,
            c + y * y * u,
            y * z * u - x * s,
            0,
            z * x * u - y * s,
            z * y * u + x * s,
            c + z * z * u,
            0,
            0,
            0,
            0,
            1
        };
    }

    private static double[] times(double[] a, double[] b) {
        double[] r = new double[16];
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                for (int k = 0; k < 4; k++) {
                    r[4 * i + j] += a[4 * i + k] * b[4 * k + j];
                }
            }
        }
        return r;
    }

    private void geometry(Element geometry, double[] transform) {
        if (++instances > MAX_INSTANCES) {
            throw geometry.error("is used more often than " + MAX_INSTANCES + " times");
        }
        for (Element m : geometry.children("mesh")) {
            for (Element primitive : m.children()) {
                switch (primitive.name()) {
                    case "triangles", "polylist", "polygons", "trifans", "tristrips" ->
                            primitive(primitive, transform);
                    default -> {}
                }
            }
        }
    }

    private void primitive(Element primitive, double[] transform) {
        int stride = 0;
        int offset = -1;
        Element vertices = null;
        for (Element input : primitive.children("input")) {
            int at = integer(input, input.number("offset", 0));
            stride = Math.max(stride, at + 1);
            if (input.get("semantic").equals("VERTEX")) {
                offset = at;
                vertices = target(input, "source");
            }
        }
        if (vertices == null) {
            throw primitive.error("has no VERTEX input");
        }
        int first = addVertices(vertices, transform);
        double[] counts =
                primitive.child("vcount").map(Element::numbersOfText).orElse(new double[0]);
        boolean mirrored = determinant(transform) < 0;
        for (Element list : primitive.children("p")) {
            double[] p = list.numbersOfText();
            int corners = p.length / stride;
            int[] index = new int[corners];
            for (int i = 0; i < corners; i++) {
                int local = integer(list, p[i * stride + offset]);
                index[i] = local < 0 ? -1 : first + local;
            }
            faces(primitive, index, counts, mirrored);
        }
    }

    private void faces(Element primitive, int[] index, double[] counts, boolean mirrored) {
        switch (primitive.name()) {
            case "triangles" -> {
                for (int i = 0; i + 2 < index.length; i += 3) {
                    fan(primitive, index, i, 3, mirrored);
                }
            }
            case "polylist" -> {
                int at = 0;
                for (double count : counts) {
                    int n = integer(primitive, count);
                    if (n < 0 || at + n > index.length) {
                        throw primitive.error("vcount asks for more corners than p has");
                    }
                    fan(primitive, index, at, n, mirrored);
                    at += n;
                }
            }
            case "tristrips" -> {
                for (int i = 0; i + 2 < index.length; i++) {
                    fan(primitive, index, i, 3, mirrored != (i % 2 == 1));
                }
            }
            default -> fan(primitive, index, 0, index.length, mirrored);
        }
    }

    private void fan(Element primitive, int[] index, int from, int n, boolean mirrored) {
        String place =
                "line " + primitive.where().substring(primitive.where().lastIndexOf(':') + 1);
        for (int i = 2; i < n; i++) {
            int b = index[from + i - 1];
            int c = index[from + i];
            mesh.triangle(index[from], mirrored ? c : b, mirrored ? b : c, place);
        }
    }

    /** Adds the transformed positions of a vertices element; returns the index of the first. */
    private int addVertices(Element vertices, double[] t) {
        Element source =
                vertices.children("input").stream()
                        .filter(i -> i.get("semantic").equals("POSITION"))
                        .findFirst()
                        .map(i -> target(i, "source"))
                        .orElseThrow(() -> vertices.error("has no POSITION input"));
        double[] a = sources.computeIfAbsent(source, s -> s.need("float_array").numbersOfText());
        int stride =
                source.child("technique_common")
                        .flatMap(c -> c.child("accessor"))
                        .map(c -> integer(c, c.number("stride", 3)))
                        .orElse(3);
        if (stride < 3) {
            throw source.error("positions need at least three numbers each");
        }
        int first = mesh.vertexCount();
        for (int i = 0; i + 2 < a.length; i += stride) {
            double x = a[i];
            double y = a[i + 1];
            double z = a[i + 2];
            mesh.vertex(
                    (float) (t[0] * x + t[1] * y + t[2] * z + t[3]),
                    (float) (t[4] * x + t[5] * y + t[6] * z + t[7]),
                    (float) (t[8] * x + t[9] * y + t[10] * z + t[11]),
                    "vertex " + i / stride);
        }
        return first;
    }

    private static int integer(Element e, double value) {
        if (value != Math.rint(value) || Math.abs(value) > 1e9) {
            throw e.error("needs whole numbers");
        }
        return (int) value;
    }

    private static double determinant(double[] m) {
        return m[0] * (m[5] * m[10] - m[6] * m[9])
                - m[1] * (m[4] * m[10] - m[6] * m[8])
                + m[2] * (m[4] * m[9] - m[5] * m[8]);
    }
}
