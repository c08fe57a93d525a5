package org.openkaiwu.body.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openkaiwu.body.Compiler;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Spec;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.body.infer.Infer;
import org.openkaiwu.body.mjcf.MjcfReader;
import org.openkaiwu.body.urdf.UrdfReader;
import org.openkaiwu.body.xml.Element;
import org.openkaiwu.body.xml.XmlTree;
import org.openkaiwu.math.Problem;

/**
 * A robot file as read: URDF or MJCF, told apart by the root element.
 *
 * @param spec the description as written
 * @param machine the same, compiled
 * @param facts what follows from it
 * @param problems what was survived while reading and compiling, each once
 */
public record BodyFile(Spec spec, Machine machine, BodyFacts facts, List<Problem> problems) {

    /**
     * Reads, compiles and infers.
     *
     * @throws org.openkaiwu.math.InputException when the file can't be used; the message says where
     *     and why
     */
    public static BodyFile read(Path file) {
        return of(spec(file));
    }

    /** Compiles and infers. */
    public static BodyFile of(Spec spec) {
        Machine machine = Compiler.compile(spec);
        List<Problem> problems = new ArrayList<>(spec.problems);
        machine.problems.stream().filter(p -> !problems.contains(p)).forEach(problems::add);
        return new BodyFile(spec, machine, Infer.facts(machine), List.copyOf(problems));
    }

    /** The description alone; every link of a URDF is kept. */
    public static Spec spec(Path file) {
        return isUrdf(file) ? UrdfReader.read(file) : MjcfReader.read(file);
    }

    /** The description as MuJoCo would load the file, with links merged in a URDF. */
    public static Spec specAsMujoco(Path file) {
        return isUrdf(file)
                ? UrdfReader.read(file, UrdfReader.Dialect.MUJOCO)
                : MjcfReader.read(file);
    }

    /** Whether the root element is a URDF's; an unknown root is an error. */
    public static boolean isUrdf(Path file) {
        Element root = XmlTree.read(file);
        return switch (root.name()) {
            case "robot" -> true;
            case "mujoco", "mujocoinclude" -> false;
            default ->
                    throw root.error(
                            "is neither a URDF file (root <robot>) nor an MJCF file (root"
                                    + " <mujoco>)");
        };
    }
}
