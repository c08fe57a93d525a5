package org.openkaiwu.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.openkaiwu.body.Compiler;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.file.BodyFile;
import org.openkaiwu.body.urdf.UrdfReader;
import org.openkaiwu.checks.golden.GoldenFile;
import tools.jackson.databind.JsonNode;

/** Published URDF files: counts and masses as listed, compiled arrays as MuJoCo's. */
class UrdfSharedTest {
    private static final Pattern ROW =
            Pattern.compile(
                    "\\| `([^`]+\\.(?:urdf|xml))` \\| (\\d+) \\| (\\d+) \\| (\\d+) \\|"
                            + " (?:(\\d+)|\\d+ merged, (\\d+) unmerged) \\| ([0-9.]+) \\|");

    /** Its figure was taken with other meshes than those in the folder. */
    private static final String OTHER_MESHES = "franka_panda/panda.urdf";

    @Test
    void countsAndMassesAsTheReadmeLists() throws IOException {
        Path robots = GoldenFile.shared().resolve("robots");
        String folder = "";
        int rows = 0;
        for (String line : Files.readAllLines(robots.resolve("README.md"))) {
            if (line.startsWith("### ")) {
                folder = line.substring(4).strip();
            }
            Matcher row = ROW.matcher(line);
            if (!row.find()) {
                continue;
            }
            rows++;
            String name = folder + "/" + row.group(1);
            Machine m = Compiler.compile(BodyFile.spec(robots.resolve(name)));
            String nbody = row.group(5) == null ? row.group(6) : row.group(5);
            assertThat(List.of(m.nq, m.nv, m.nu, m.nbody))
                    .as(name)
                    .isEqualTo(
                            List.of(
                                    Integer.valueOf(row.group(2)),
                                    Integer.valueOf(row.group(3)),
                                    Integer.valueOf(row.group(4)),
                                    Integer.valueOf(nbody)));
            if (!name.equals(OTHER_MESHES)) {
                double mass = Double.parseDouble(row.group(7));
                assertThat(m.mass()).as(name).isCloseTo(mass, within(1e-4 + 1e-6 * mass));
            }
        }
        assertThat(rows).isGreaterThan(40);
    }

    @Test
    void compiledArraysAsMujocos() {
        int files = 0;
        for (Path file : GoldenFile.all()) {
            String name = file.getFileName().toString();
            if (!name.matches("robot_.*_urdf\\.json\\.gz")) {
                continue;
            }
            GoldenFile golden = GoldenFile.load(file);
            Machine m =
                    Compiler.compile(UrdfReader.read(golden.model(), UrdfReader.Dialect.MUJOCO));
            JsonNode s = golden.root().get("static");
            same(name, s, "body_mass", m.bodyMass);
            same(name, s, "body_pos", m.bodyPos);
            same(name, s, "body_ipos", m.bodyIpos);
            same(name, s, "body_inertia", m.bodyInertia);
            same(name, s, "jnt_axis", m.jntAxis);
            same(name, s, "jnt_range", m.jntRange);
            same(name, s, "dof_damping", m.dofDamping);
            same(name, s, "dof_frictionloss", m.dofFrictionloss);
            same(name, s, "geom_size", m.geomSize);
            same(name, s, "geom_pos", m.geomPos);
            files++;
        }
        assertThat(files).isGreaterThan(10);
    }

    private static void same(String name, JsonNode all, String key, double[] ours) {
        JsonNode theirs = all.get(key);
        if (theirs == null || theirs.isNull()) {
            return;
        }
        assertThat(ours.length).as("%s %s", name, key).isEqualTo(theirs.size());
        for (int i = 0; i < ours.length; i++) {
            double expected = theirs.get(i).asDouble();
            assertThat(ours[i])
                    .as("%s %s[%d]", name, key, i)
                    .isCloseTo(expected, within(2e-8 * Math.max(1, Math.abs(expected))));
        }
    }
}
