package org.openkaiwu.body.mjcf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.openkaiwu.body.Spec;
import org.openkaiwu.body.mesh.MeshReader;
import org.openkaiwu.body.mesh.TriangleMesh;
import org.openkaiwu.body.xml.Element;

/** Reads meshes, height fields, materials. */
final class Assets {
    private static final String[] INERTIA = {"convex", "exact", "legacy", "shell"};

    /** Height fields of more points are refused. */
    private static final int MAX_HFIELD = 1 << 24;

    private final Context c;

    Assets(Context c) {
        this.c = c;
    }

    void mesh(Element e) {
        Defaults.Klass k = c.defaults.find(e, "class", c.defaults.main());
        Spec.Mesh m = new Spec.Mesh();
        for (Element d : Parts.chain(k, "mesh", e)) {
            Attr.exact(d, "scale", m.scale);
            m.maxhullvert = Attr.integer(d, "maxhullvert", m.maxhullvert);
            if (m.maxhullvert != -1 && m.maxhullvert < 4) {
                throw d.error("maxhullvert must be at least 4, or -1 for no limit");
            }
            int present = List.of(INERTIA).indexOf(m.inertia);
            m.inertia = INERTIA[Attr.word(d, "inertia", present, INERTIA)];
        }
        Parts.label(m, e);
        Attr.exact(e, "refpos", m.refpos);
        Attr.exact(e, "refquat", m.refquat);
        if (e.has("builtin")) {
            throw e.error("builtin shapes of meshes are not supported; write the mesh to a file");
        }
        Attr.exclusive(e, "file", "vertex");
        if (e.has("file")) {
            String name = e.get("file");
            m.file = name;
            Path path = file(e, c.meshdir.isEmpty() ? c.assetdir : c.meshdir, name);
            TriangleMesh t = MeshReader.read(path);
            m.vertices = t.vertices();
            m.triangles = t.triangles();
            if (m.name.isEmpty()) {
                m.name = stem(name);
            }
        } else {
            inline(e, m);
        }
        c.spec.meshes.add(m);
    }

    private static void inline(Element e, Spec.Mesh m) {
        double[] v = Attr.list(e, "vertex");
        if (v == null) {
            throw e.error("needs a file or vertex numbers");
        }
        // single precision, as every mesh in MuJoCo
        for (int i = 0; i < v.length; i++) {
            v[i] = (float) v[i];
        }
        m.vertices = v;
        double[] f = Attr.list(e, "face");
        if (f != null) {
            m.triangles = new int[f.length];
            for (int i = 0; i < f.length; i++) {
                if (f[i] != Math.rint(f[i]) || f[i] < 0 || f[i] > Integer.MAX_VALUE) {
                    throw e.error("face holds " + f[i] + ", which is no vertex number");
                }
                m.triangles[i] = (int) f[i];
            }
        }
    }

    private Path file(Element e, String sub, String name) {
        Path p = c.source.file(sub, name);
        if (p == null) {
            throw e.error("there is no file \"" + name + "\" in " + c.source.dir().resolve(sub));
        }
        return p;
    }

    private static String stem(String file) {
        String base = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
        int dot = base.lastIndexOf('.');
        return dot < 0 ? base : base.substring(0, dot);
    }

    void hfield(Element e) {
        Spec.Hfield h = new Spec.Hfield();
        Parts.label(h, e);
        e.get("size");
        Attr.exact(e, "size", h.size);
        h.nrow = Attr.integer(e, "nrow", 0);
        h.ncol = Attr.integer(e, "ncol", 0);
        if (h.nrow < 0 || h.ncol < 0 || (long) h.nrow * h.ncol > MAX_HFIELD) {
            throw e.error("nrow x ncol must be 1 to " + MAX_HFIELD);
        }
        if (e.has("file")) {
            if (h.nrow > 0 || h.ncol > 0) {
                throw e.error("has both a file and nrow or ncol; give one of them");
            }
            String name = e.get("file");
            Path path = file(e, c.assetdir, name);
            if (h.name.isEmpty()) {
                h.name = stem(name);
            }
            heights(e, path, h);
        } else {
            elevation(e, h);
        }
        c.spec.hfields.add(h);
    }

    /** Rows are written from the far edge (+y) to the near one. */
    private static void elevation(Element e, Spec.Hfield h) {
        if (h.nrow == 0 || h.ncol == 0) {
            throw e.error("needs a file, or nrow and ncol");
        }
        h.data = new float[h.nrow * h.ncol];
        double[] v = Attr.list(e, "elevation");
        if (v == null) {
            return;
        }
        if (v.length != h.data.length) {
            throw e.error("elevation needs " + h.data.length + " numbers, has " + v.length);
        }
        for (int r = 0; r < h.nrow; r++) {
            for (int k = 0; k < h.ncol; k++) {
                h.data[(h.nrow - 1 - r) * h.ncol + k] = (float) v[r * h.ncol + k];
            }
        }
    }

    /** MuJoCo's binary form: two integers, then that many floats, little endian. */
    private static void heights(Element e, Path path, Spec.Hfield h) {
        try {
            if (path.toString().endsWith(".png")) {
                throw e.error(
                        "height fields from pictures are not supported; use MuJoCo's own form");
            }
            if (Files.size(path) > 8L + 4L * MAX_HFIELD) {
                throw e.error("the file is too large for a height field");
            }
            ByteBuffer b = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
            h.nrow = b.remaining() < 8 ? 0 : b.getInt();
            h.ncol = h.nrow == 0 ? 0 : b.getInt();
            if (h.nrow < 1 || h.ncol < 1 || (long) h.nrow * h.ncol * 4 != b.remaining()) {
                throw e.error("the file is no height field: its size does not fit its header");
            }
            h.data = new float[h.nrow * h.ncol];
            b.asFloatBuffer().get(h.data);
        } catch (IOException x) {
            throw e.error("the file cannot be read: " + x.getMessage());
        }
    }

    void material(Element e) {
        Defaults.Klass k = c.defaults.find(e, "class", c.defaults.main());
        Spec.Material m = new Spec.Material();
        for (Element d : Parts.chain(k, "material", e)) {
            m.rgba = Attr.colour(d, "rgba", m.rgba);
        }
        Parts.label(m, e);
        c.spec.materials.add(m);
    }
}
