package org.openkaiwu.app.run;

import org.openkaiwu.body.HfieldAsset;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.MeshAsset;
import org.openkaiwu.math.Text;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.robot.RobotModel;
import org.openkaiwu.sim.Layout;
import org.openkaiwu.sim.Scenario;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The record that tells a viewer what to draw: shapes by body, cameras, where to look. */
public final class SceneMessage {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String[] TYPES = {
        "plane", "hfield", "sphere", "capsule", "ellipsoid", "cylinder", "box", "mesh", "sdf"
    };

    /** Geoms of higher groups are for collision only and are not drawn. */
    private static final int LAST_DRAWN_GROUP = 2;

    private static final int SLIDE = 2;
    private static final int PLANE = 0;
    private static final int HFIELD = 1;
    private static final int MOST_ROWS = 120;

    private SceneMessage() {}

    /** A scene with a robot in it. */
    public static ObjectNode of(RunRequest request, Scenario scenario) {
        ObjectNode out = JSON.createObjectNode();
        out.put("kind", "scene").put("body", request.body()).put("scene", request.scene());
        out.put("seed", request.seed());
        text(out.putObject("title"), scenario.body().model().title());
        machine(out, scenario.world().machine);
        joints(out.putArray("joints"), scenario.body().model());
        names(out.putObject("names"), scenario.layout());
        rooms(out.putArray("rooms"), scenario.layout());
        focus(out, scenario.layout());
        return out;
    }

    /** Writes {@code bodies}, {@code geoms}, {@code meshes} and {@code cameras} of a machine. */
    public static void machine(ObjectNode out, Machine m) {
        machine(out, m, false);
    }

    /**
     * As {@link #machine(ObjectNode, Machine)}.
     *
     * @param planes whether planes are drawn too: a scene's floor is not, the page has its own
     */
    public static void machine(ObjectNode out, Machine m, boolean planes) {
        out.put("bodies", m.nbody);
        ArrayNode meshes = out.putArray("meshes");
        int[] sent = new int[m.nmesh];
        int[] fields = new int[m.nhfield];
        ArrayNode geoms = out.putArray("geoms");
        for (int g = 0; g < m.ngeom; g++) {
            if (m.geomGroup[g] > LAST_DRAWN_GROUP
                    || m.geomType[g] == PLANE && !planes
                    || m.geomRgba[4 * g + 3] == 0) {
                continue;
            }
            ObjectNode n = geoms.addObject();
            n.put("b", m.geomBodyid[g]).put("t", TYPES[m.geomType[g]]);
            numbers(n.putArray("s"), m.geomSize, 3 * g, 3);
            numbers(n.putArray("p"), m.geomPos, 3 * g, 3);
            numbers(n.putArray("q"), m.geomQuat, 4 * g, 4);
            ArrayNode c = n.putArray("c");
            for (int i = 0; i < 4; i++) {
                c.add(rounded(m.geomRgba[4 * g + i]));
            }
            if (m.geomType[g] == 7) {
                int mesh = m.geomDataid[g];
                if (sent[mesh] == 0) {
                    mesh(meshes.addObject(), m.meshes[mesh]);
                    sent[mesh] = meshes.size();
                }
                n.put("m", sent[mesh] - 1);
            }
            if (m.geomType[g] == HFIELD) {
                int field = m.geomDataid[g];
                if (fields[field] == 0) {
                    heights(meshes.addObject(), m.hfields[field]);
                    fields[field] = meshes.size();
                }
                n.put("t", "mesh").put("m", fields[field] - 1);
            }
        }
        cameras(out.putArray("cameras"), m);
    }

    private static void joints(ArrayNode out, RobotModel model) {
        Machine m = model.machine();
        for (RobotModel.JointInfo j : model.joints()) {
            int i = Machine.indexOf(m.jntName, j.name());
            ObjectNode n = out.addObject().put("name", j.name());
            n.put("slide", m.jntType[i] == SLIDE).put("effort", rounded(j.maxEffort()));
            if (j.lower() > -100 && j.upper() < 100) {
                n.putArray("range").add(rounded(j.lower())).add(rounded(j.upper()));
            }
        }
    }

    /** What people call things, places and people. */
    private static void names(ObjectNode out, Layout layout) {
        layout.places().forEach(p -> name(out, p.id(), p.names()));
        layout.things().forEach(t -> name(out, t.id(), t.names()));
        layout.people().forEach(p -> name(out, p.id(), p.names()));
    }

    private static void name(ObjectNode out, String id, Layout.Names names) {
        text(out.putObject(id), new Text(names.en().getFirst(), names.zh().getFirst()));
    }

    /** Names of rooms, to be written on their floors. */
    private static void rooms(ArrayNode out, Layout layout) {
        for (Layout.Place p : layout.places()) {
            if (p.kind().equals("room")) {
                ObjectNode n = out.addObject();
                n.put("en", p.names().en().getFirst()).put("zh", p.names().zh().getFirst());
                numbers(n.putArray("p"), p.pose().p().toArray(), 0, 3);
                numbers(n.putArray("size"), p.size().toArray(), 0, 3);
            }
        }
    }

    /** Writes both languages of a text. */
    public static void text(ObjectNode out, Text text) {
        out.put("en", text.en()).put("zh", text.zh());
    }

    private static void mesh(ObjectNode n, MeshAsset mesh) {
        numbers(n.putArray("v"), mesh.vertices(), 0, mesh.vertices().length);
        ArrayNode f = n.putArray("f");
        for (int i : mesh.triangles()) {
            f.add(i);
        }
    }

    /** The upper face of a height field, in at most {@link #MOST_ROWS} rows and columns. */
    private static void heights(ObjectNode n, HfieldAsset h) {
        int rows = Math.min(h.nrow(), MOST_ROWS);
        int cols = Math.min(h.ncol(), MOST_ROWS);
        ArrayNode v = n.putArray("v");
        ArrayNode f = n.putArray("f");
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < cols; j++) {
                int row = i * (h.nrow() - 1) / Math.max(1, rows - 1);
                int col = j * (h.ncol() - 1) / Math.max(1, cols - 1);
                v.add(rounded(h.size()[0] * (2.0 * col / Math.max(1, h.ncol() - 1) - 1)));
                v.add(rounded(h.size()[1] * (2.0 * row / Math.max(1, h.nrow() - 1) - 1)));
                v.add(rounded(h.size()[2] * h.data()[row * h.ncol() + col]));
                if (i + 1 < rows && j + 1 < cols) {
                    int a = i * cols + j;
                    f.add(a).add(a + 1).add(a + cols + 1).add(a).add(a + cols + 1).add(a + cols);
                }
            }
        }
    }

    private static void cameras(ArrayNode out, Machine m) {
        for (int c = 0; c < m.ncam; c++) {
            ObjectNode n = out.addObject();
            n.put("name", m.camName[c]).put("b", m.camBodyid[c]).put("fovy", m.camFovy[c]);
            numbers(n.putArray("p"), m.camPos, 3 * c, 3);
            numbers(n.putArray("q"), m.camQuat, 4 * c, 4);
        }
    }

    /** Looks at the middle between the robot and the things. */
    private static void focus(ObjectNode out, Layout layout) {
        Vec3 lo = layout.robot().p();
        Vec3 hi = lo.plus(new Vec3(0, 0, 0.4));
        for (Layout.Thing t : layout.things()) {
            Vec3 p = t.pose().p();
            lo =
                    new Vec3(
                            Math.min(lo.x(), p.x()),
                            Math.min(lo.y(), p.y()),
                            Math.min(lo.z(), p.z()));
            hi =
                    new Vec3(
                            Math.max(hi.x(), p.x()),
                            Math.max(hi.y(), p.y()),
                            Math.max(hi.z(), p.z()));
        }
        Vec3 middle = lo.plus(hi).times(0.5);
        numbers(out.putArray("focus"), middle.toArray(), 0, 3);
        out.put("radius", rounded(Math.clamp(hi.minus(lo).norm() / 2, 0.25, 5)));
    }

    /** Adds numbers, rounded. */
    public static void numbers(ArrayNode out, double[] a, int from, int n) {
        for (int i = 0; i < n; i++) {
            out.add(rounded(a[from + i]));
        }
    }

    /** To 10 micrometres or microradians: enough for pictures, and short. */
    static double rounded(double x) {
        return Math.rint(x * 1e5) / 1e5 + 0.0;
    }
}
