package org.openkaiwu.body.mesh;

import java.nio.charset.StandardCharsets;
import org.openkaiwu.math.InputException;

/** Text formats: STL as text, Wavefront OBJ. One pass over the bytes, word by word. */
final class TextMesh {
    private final String where;
    private final byte[] bytes;
    private int at;
    private int line = 1;

    private TextMesh(String where, byte[] bytes) {
        this.where = where;
        this.bytes = bytes;
    }

    /** Facets as "vertex x y z" triples; all other words but the normals are skipped. */
    static TriangleMesh stl(String where, byte[] bytes) {
        TextMesh in = new TextMesh(where, bytes);
        if (!"solid".equalsIgnoreCase(in.wordOfLine())) {
            throw in.error("is neither a binary STL file nor a text one (no \"solid\")");
        }
        MeshBuilder mesh = new MeshBuilder(where);
        int[] corner = new int[3];
        int n = 0;
        while (in.nextLine()) {
            String word = in.wordOfLine();
            if (word == null) {
                continue;
            }
            switch (word.toLowerCase(java.util.Locale.ROOT)) {
                case "vertex" -> {
                    if (n == 3) {
                        throw in.error("facet has more than three corners");
                    }
                    float x = (float) in.number();
                    float y = (float) in.number();
                    float z = (float) in.number();
                    corner[n++] = mesh.welded(x, y, z, "line " + in.line);
                }
                case "endfacet" -> {
                    if (n != 3) {
                        throw in.error("facet has " + n + " corners instead of three");
                    }
                    mesh.triangle(corner[0], corner[1], corner[2], "line " + in.line);
                    n = 0;
                }
                case "facet", "outer", "endloop", "endsolid", "solid" -> {}
                default -> throw in.error("unexpected word \"" + brief(word) + "\" in an STL file");
            }
        }
        if (n != 0) {
            throw in.error("file ends inside a facet");
        }
        return mesh.build();
    }

    /** Positions and faces of any number of corners (cut into a fan); all else is skipped. */
    static TriangleMesh obj(String where, byte[] bytes) {
        TextMesh in = new TextMesh(where, bytes);
        MeshBuilder mesh = new MeshBuilder(where);
        do {
            String word = in.wordOfLine();
            if ("v".equals(word)) {
                float x = (float) in.number();
                float y = (float) in.number();
                float z = (float) in.number();
                mesh.vertex(x, y, z, "line " + in.line);
            } else if ("f".equals(word)) {
                in.face(mesh);
            }
        } while (in.nextLine());
        return mesh.build();
    }

    private void face(MeshBuilder mesh) {
        int first = -1;
        int previous = -1;
        int n = 0;
        for (String word = wordOfLine(); word != null; word = wordOfLine()) {
            int slash = word.indexOf('/');
            int index = index(slash < 0 ? word : word.substring(0, slash));
            int vertex = index < 0 ? mesh.vertexCount() + index : index - 1;
            if (n == 0) {
                first = vertex;
            } else if (n >= 2) {
                mesh.triangle(first, previous, vertex, "line " + line);
            }
            previous = vertex;
            n++;
        }
        if (n < 3) {
            throw error("face has " + n + " corners; at least three are needed");
        }
    }

    private int index(String word) {
        try {
            return Integer.parseInt(word);
        } catch (NumberFormatException e) {
            throw error("\"" + brief(word) + "\" is no vertex number", e);
        }
    }

    private double number() {
        String word = wordOfLine();
        if (word == null) {
            throw error("a number is missing");
        }
        try {
            return Double.parseDouble(word);
        } catch (NumberFormatException e) {
            throw error("\"" + brief(word) + "\" is no number", e);
        }
    }

    /** Next word of this line, or null at its end (or at a comment). */
    private String wordOfLine() {
        while (at < bytes.length && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r')) {
            at++;
        }
        if (at >= bytes.length || bytes[at] == '\n' || bytes[at] == '#') {
            return null;
        }
        int from = at;
        while (at < bytes.length && bytes[at] > ' ' || at < bytes.length && bytes[at] < 0) {
            at++;
        }
        if (at == from) {
            throw error("holds a control character; is it damaged?");
        }
        return new String(bytes, from, Math.min(at - from, 256), StandardCharsets.UTF_8);
    }

    private boolean nextLine() {
        while (at < bytes.length && bytes[at] != '\n') {
            at++;
        }
        at++;
        line++;
        return at < bytes.length;
    }

    private static String brief(String word) {
        return word.length() <= 40 ? word : word.substring(0, 40) + "...";
    }

    private InputException error(String message) {
        return new InputException(where + ":" + line, message);
    }

    private InputException error(String message, Throwable cause) {
        return new InputException(where + ":" + line, message, cause);
    }
}
