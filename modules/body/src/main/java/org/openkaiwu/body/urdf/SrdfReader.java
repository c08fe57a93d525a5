package org.openkaiwu.body.urdf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.openkaiwu.body.xml.Element;
import org.openkaiwu.body.xml.XmlTree;
import org.openkaiwu.math.InputException;
import org.openkaiwu.math.Problem;

/** Reads SRDF files. */
public final class SrdfReader {
    private SrdfReader() {}

    /**
     * Reads a file.
     *
     * @throws InputException when it is no SRDF; the message names file and line
     */
    public static Srdf read(Path file) {
        Element robot = XmlTree.read(file);
        if (!robot.name().equals("robot")) {
            throw robot.error("is not the root of an SRDF file (robot)");
        }
        Map<String, Srdf.Group> groups = new LinkedHashMap<>();
        robot.children("group").forEach(g -> groups.put(g.get("name"), group(g)));
        List<Srdf.State> states =
                robot.children("group_state").stream().map(SrdfReader::state).toList();
        List<Srdf.Effector> effectors = new ArrayList<>();
        for (Element e : robot.children("end_effector")) {
            effectors.add(
                    new Srdf.Effector(
                            e.get("name"),
                            e.get("group"),
                            e.get("parent_link"),
                            e.get("parent_group", "")));
        }
        List<Srdf.Disabled> disabled = new ArrayList<>();
        for (Element e : robot.children("disable_collisions")) {
            disabled.add(new Srdf.Disabled(e.get("link1"), e.get("link2"), e.get("reason", "")));
        }
        return new Srdf(
                robot.get("name", ""),
                groups,
                states,
                effectors,
                disabled,
                robot.children("passive_joint").stream().map(e -> e.get("name")).toList(),
                robot.child("virtual_joint").map(e -> e.get("type", "")).orElse(""));
    }

    private static Srdf.Group group(Element e) {
        return new Srdf.Group(
                names(e, "joint"),
                names(e, "link"),
                e.children("chain").stream()
                        .map(c -> new Srdf.Chain(c.get("base_link"), c.get("tip_link")))
                        .toList(),
                names(e, "group"));
    }

    private static List<String> names(Element e, String kind) {
        return e.children(kind).stream().map(c -> c.get("name")).toList();
    }

    private static Srdf.State state(Element e) {
        Map<String, Double> joints = new LinkedHashMap<>();
        for (Element joint : e.children("joint")) {
            double[] value = joint.numbers("value", 1);
            joints.put(joint.get("name"), value[0]);
        }
        return new Srdf.State(e.get("name"), e.get("group", ""), joints);
    }

    /**
     * The SRDF file that belongs to a URDF: in the same folder, of the same base name or, if there
     * is just one, of any name; and all links it speaks of are the robot's. A damaged one is
     * reported.
     */
    static Optional<Srdf> beside(
            Path urdf, String robot, Set<String> links, List<Problem> problems) {
        Path folder = urdf.getParent();
        String stem = urdf.getFileName().toString().replaceFirst("\\.[^.]*$", "");
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(f -> f.toString().endsWith(".srdf")).sorted().toList();
        } catch (IOException e) {
            return Optional.empty();
        }
        for (Path file : files) {
            boolean same = file.getFileName().toString().equals(stem + ".srdf");
            if (same || files.size() == 1) {
                try {
                    Srdf srdf = read(file);
                    if (srdf.unknownLinks(links).isEmpty() || same || srdf.name().equals(robot)) {
                        return Optional.of(srdf);
                    }
                } catch (InputException damaged) {
                    Problem p = damaged.problem();
                    String said = "SRDF is not used: " + p.message();
                    problems.add(new Problem(Problem.Severity.WARNING, p.where(), said));
                }
            }
        }
        return Optional.empty();
    }
}
