package org.openkaiwu.body.urdf;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.openkaiwu.body.Spec;
import org.openkaiwu.body.mesh.MeshReader;
import org.openkaiwu.body.mesh.TriangleMesh;
import org.openkaiwu.body.xml.Element;
import org.openkaiwu.math.InputException;
import org.openkaiwu.math.Problem.Severity;

/** Link elements: inertia, shapes, colours, cameras of simulator extensions. */
final class UrdfLinks {
    private final UrdfReader reader;
    private final MeshLocator locator;
    private final Map<String, float[]> materials = new LinkedHashMap<>();
    private final Set<String> geomNames = new LinkedHashSet<>();

    /** Mesh asset by file and scale; an empty one for a file that can't be used. */
    private final Map<String, Optional<Spec.Mesh>> meshes = new LinkedHashMap<>();

    private final Map<Path, TriangleMesh> files = new LinkedHashMap<>();
    private final Set<String> meshNames = new LinkedHashSet<>();

    UrdfLinks(UrdfReader reader, MeshLocator locator, Element robot) {
        this.reader = reader;
        this.locator = locator;
        materials(robot);
        robot.children("gazebo").forEach(this::cameras);
    }

    private void materials(Element e) {
        if (e.name().equals("material") && !e.get("name", "").isEmpty()) {
            e.child("color").ifPresent(c -> materials.putIfAbsent(e.get("name"), rgba(c)));
        }
        e.children().forEach(this::materials);
    }

    private static float[] rgba(Element color) {
        double[] v = color.numbers("rgba", 4);
        return new float[] {(float) v[0], (float) v[1], (float) v[2], (float) v[3]};
    }

    void link(String name, Element e) {
        Spec.Body body = reader.bodies.get(name);
        e.child("inertial").ifPresent(i -> inertial(i, body));
        float[] colour = null;
        for (Element shape : e.children()) {
            if (shape.name().equals("visual")) {
                float[] own = shape.child("material").map(this::colour).orElse(null);
                colour = own == null ? colour : own;
                geom(shape, body, colour);
            } else if (shape.name().equals("collision")) {
                geom(shape, body, colour);
            }
        }
    }

    private float[] colour(Element material) {
        return material.child("color")
                .map(UrdfLinks::rgba)
                .orElseGet(() -> materials.get(material.get("name", "")));
    }

    private void inertial(Element e, Spec.Body body) {
        Spec.Inertial inertial = new Spec.Inertial();
        Frames.origin(e, inertial.pos, inertial.quat);
        inertial.mass = e.need("mass").number("value");
        Element i = e.need("inertia");
        inertial.full =
                new double[] {
                    i.number("ixx"),
                    i.number("iyy"),
                    i.number("izz"),
                    i.number("ixy", 0),
                    i.number("ixz", 0),
                    i.number("iyz", 0)
                };
        body.inertial = inertial;
    }

    private void geom(Element e, Spec.Body body, float[] colour) {
        Spec.Geom geom = new Spec.Geom();
        geom.where = e.where();
        Frames.origin(e, geom.pos, geom.quat);
        geom.rgba = colour;
        if (e.name().equals("visual")) {
            geom.visualOnly = true;
            geom.contype = 0;
            geom.conaffinity = 0;
            geom.group = 1;
            geom.density = 0;
        }
        if (!shape(e.need("geometry"), geom, body.name)) {
            return;
        }
        String name = e.get("name", "");
        if (!name.isEmpty() && geomNames.add(name)) {
            geom.name = name;
        }
        body.geoms.add(geom);
    }

    /** Fills kind and size; false when the shape has to be left out. */
    private boolean shape(Element geometry, Spec.Geom geom, String link) {
        Element e =
                geometry.children().stream()
                        .findFirst()
                        .orElseThrow(() -> geometry.error("is empty"));
        switch (e.name()) {
            case "box" -> {
                geom.type = 6;
                geom.size = e.numbers("size", 3);
                for (int i = 0; i < 3; i++) {
                    geom.size[i] /= 2;
                }
            }
            case "cylinder", "capsule" -> {
                geom.type = e.name().equals("cylinder") ? 5 : 3;
                geom.size = new double[] {e.number("radius"), e.number("length") / 2, 0};
            }
            case "sphere" -> {
                geom.type = 2;
                geom.size = new double[] {e.number("radius"), 0, 0};
            }
            case "mesh" -> {
                geom.type = 7;
                Optional<Spec.Mesh> mesh = mesh(e, link);
                mesh.ifPresent(m -> geom.mesh = m.name);
                return mesh.isPresent();
            }
            default -> throw e.error("is no shape; known are box, cylinder, sphere, capsule, mesh");
        }
        double least = geom.type == 2 ? geom.size[0] : Math.min(geom.size[0], geom.size[1]);
        if (geom.type == 6) {
            least = Math.min(least, geom.size[2]);
        }
        if (least <= 0) {
            reader.note(
                    Severity.WARNING,
                    e.where(),
                    "shape of link \"" + link + "\" has a size of 0 or less; it is left out");
            return false;
        }
        return true;
    }

    private Optional<Spec.Mesh> mesh(Element e, String link) {
        String reference = e.get("filename");
        double[] scale = e.numbers("scale", 3, 1, 1, 1);
        String key = reference + " " + scale[0] + " " + scale[1] + " " + scale[2];
        Optional<Spec.Mesh> known = meshes.get(key);
        if (known == null) {
            known = load(e, reference, scale, link);
            meshes.put(key, known);
        }
        return known;
    }

    private Optional<Spec.Mesh> load(Element e, String reference, double[] scale, String link) {
        Optional<Path> file = locator.find(reference);
        if (file.isEmpty()) {
            reader.note(
                    Severity.WARNING,
                    e.where(),
                    "mesh \""
                            + reference
                            + "\" of link \""
                            + link
                            + "\" is not found; the shape is left out. Put the file beside the"
                            + " URDF or in a folder above it");
            return Optional.empty();
        }
        try {
            TriangleMesh triangles = files.get(file.get());
            if (triangles == null) {
                triangles = MeshReader.read(file.get());
                files.put(file.get(), triangles);
            }
            Spec.Mesh mesh = new Spec.Mesh();
            mesh.name = meshName(file.get());
            mesh.file = file.get().toString();
            mesh.vertices = triangles.vertices();
            mesh.triangles = triangles.triangles();
            mesh.scale = scale;
            reader.spec.meshes.add(mesh);
            return Optional.of(mesh);
        } catch (InputException bad) {
            reader.note(
                    Severity.WARNING,
                    e.where(),
                    "mesh of link \"" + link + "\" is left out: " + bad.getMessage());
            return Optional.empty();
        }
    }

    private String meshName(Path file) {
        String base = file.getFileName().toString();
        int dot = base.lastIndexOf('.');
        String stem = dot > 0 ? base.substring(0, dot) : base;
        String name = stem;
        for (int i = 1; !meshNames.add(name); i++) {
            name = stem + "_" + i;
        }
        return name;
    }

    /** Cameras that a {@code <gazebo reference>} element puts on a link; they look along x. */
    private void cameras(Element gazebo) {
        Spec.Body body = reader.bodies.get(gazebo.get("reference", ""));
        if (body == null) {
            return;
        }
        for (Element sensor : gazebo.children("sensor")) {
            String type = sensor.get("type", "");
            if (!type.equals("camera") && !type.equals("depth") && !type.equals("rgbd_camera")) {
                continue;
            }
            Spec.Camera camera = new Spec.Camera();
            camera.name = sensor.get("name", body.name);
            // x forward, z up becomes -z forward, y up
            camera.quat = new double[] {0.5, 0.5, -0.5, -0.5};
            sensor.child("camera").ifPresent(c -> lens(c, camera));
            body.cameras.add(camera);
        }
    }

    private static void lens(Element e, Spec.Camera camera) {
        double horizontal =
                e.child("horizontal_fov").map(UrdfLinks::one).filter(v -> v > 0).orElse(1.0);
        double aspect = 4.0 / 3;
        Element image = e.child("image").orElse(null);
        if (image != null) {
            double width = image.child("width").map(UrdfLinks::one).orElse(640.0);
            double height = image.child("height").map(UrdfLinks::one).orElse(480.0);
            if (width >= 1 && height >= 1 && width <= 16384 && height <= 16384) {
                camera.resolution = new int[] {(int) width, (int) height};
                aspect = width / height;
            }
        }
        double half = StrictMath.tan(Math.min(horizontal, 3) / 2) / aspect;
        camera.fovy = StrictMath.toDegrees(2 * StrictMath.atan(half));
    }

    private static double one(Element e) {
        double[] v = e.numbersOfText();
        if (v.length != 1) {
            throw e.error("needs one number");
        }
        return v[0];
    }
}
