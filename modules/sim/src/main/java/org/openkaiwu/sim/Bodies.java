package org.openkaiwu.sim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.openkaiwu.body.Compiler;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Spec;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.body.mjcf.MjcfReader;
import org.openkaiwu.body.urdf.UrdfReader;
import org.openkaiwu.math.InputException;
import org.openkaiwu.robot.RobotModel;

/** Reads the bodies of a folder. */
public final class Bodies {
    private static final BodySheet.Limits SLOW = new BodySheet.Limits(1, 3, Map.of());

    private Bodies() {}

    /** Names of the bodies under {@code root/bodies}, sorted. */
    public static List<String> names(Path root) {
        Path folder = root.resolve("bodies");
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(p -> Files.isRegularFile(p.resolve("body.yaml")))
                    .map(p -> p.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new InputException(folder.toString(), "cannot be listed", e);
        }
    }

    /**
     * Reads {@code root/bodies/<name>}.
     *
     * @throws InputException when there is no such body or its files are wrong
     */
    public static NamedBody load(Path root, String name) {
        Path folder = root.resolve("bodies").resolve(name);
        if (!name.matches("[A-Za-z0-9_-]+") || !Files.isRegularFile(folder.resolve("body.yaml"))) {
            throw new InputException(
                    name, "no such body; there are " + String.join(", ", names(root)));
        }
        BodySheet sheet = Yaml.read(folder.resolve("body.yaml"), BodySheet.class);
        if (sheet.title() == null || sheet.file() == null) {
            throw new InputException(
                    folder.resolve("body.yaml").toString(), "'title' and 'file' must be given");
        }
        return of(name, folder, sheet);
    }

    private static NamedBody of(String name, Path folder, BodySheet given) {
        Spec spec = read(folder.resolve(given.file()));
        Machine machine = Compiler.compile(spec);
        BodyFacts facts = facts(machine, given);
        BodySheet sheet = complete(given);
        Set<String> notJoints = new TreeSet<>();
        facts.effectors().forEach(e -> notJoints.addAll(e.joints()));
        if (sheet.drive() != null) {
            for (BodySheet.WheelData w : sheet.drive().wheels()) {
                notJoints.add(w.joint());
                if (w.steer() != null) {
                    notJoints.add(w.steer());
                }
            }
        }
        List<RobotModel.JointInfo> joints = joints(machine, sheet.limits(), notJoints);
        double[] home = new double[joints.size()];
        for (int i = 0; i < home.length; i++) {
            String joint = joints.get(i).name();
            int j = Machine.indexOf(machine.jntName, joint);
            home[i] = sheet.home().getOrDefault(joint, machine.qpos0[machine.jntQposadr[j]]);
        }
        checkHome(folder, sheet, joints);
        RobotModel model =
                new RobotModel(
                        name,
                        sheet.title(),
                        machine,
                        facts,
                        joints,
                        home,
                        drive(sheet.drive()),
                        hands(sheet));
        return new NamedBody(name, folder, sheet, spec, model);
    }

    /** Reads a machine file by its ending. */
    static Spec read(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".urdf")
                ? UrdfReader.read(file)
                : MjcfReader.read(file);
    }

    private static BodySheet complete(BodySheet s) {
        return new BodySheet(
                s.title(),
                s.file(),
                s.sources() == null ? List.of() : s.sources(),
                s.mount() == null ? "floor" : s.mount(),
                s.home() == null ? Map.of() : s.home(),
                s.limits() == null ? SLOW : s.limits(),
                s.drive(),
                s.limbs() == null ? List.of() : s.limbs(),
                s.effectors() == null ? Map.of() : s.effectors(),
                s.work() == null
                        ? new BodySheet.Work(new double[2], 0.4, 0.7, 0.8, 0.7, 0.35, null)
                        : s.work());
    }

    private static void checkHome(Path folder, BodySheet sheet, List<RobotModel.JointInfo> joints) {
        for (String joint : sheet.home().keySet()) {
            if (joints.stream().noneMatch(j -> j.name().equals(joint))) {
                throw new InputException(
                        folder.resolve("body.yaml").toString(),
                        "home: '" + joint + "' is no commanded joint of the machine");
            }
        }
    }

    /** Joints that a position servo drives, in the order of the actuators. */
    private static List<RobotModel.JointInfo> joints(
            Machine m, BodySheet.Limits limits, Set<String> notJoints) {
        List<RobotModel.JointInfo> list = new ArrayList<>();
        for (int a = 0; a < m.nactuator; a++) {
            if (m.actuatorTrntype[a] != 0 || m.actuatorBiasprm[10 * a + 1] == 0) {
                continue;
            }
            int j = m.actuatorTrnid[2 * a];
            String name = m.jntName[j];
            if (notJoints.contains(name)) {
                continue;
            }
            BodySheet.JointLimit own = limits.joints() == null ? null : limits.joints().get(name);
            boolean ranged = m.jntLimited[j];
            double effort =
                    m.actuatorForcelimited[a] ? m.actuatorForcerange[2 * a + 1] : Double.NaN;
            list.add(
                    new RobotModel.JointInfo(
                            name,
                            ranged ? m.jntRange[2 * j] : Double.NEGATIVE_INFINITY,
                            ranged ? m.jntRange[2 * j + 1] : Double.POSITIVE_INFINITY,
                            own != null && own.velocity() != null
                                    ? own.velocity()
                                    : limits.velocity(),
                            own != null && own.acceleration() != null
                                    ? own.acceleration()
                                    : limits.acceleration(),
                            own != null && own.effort() != null ? own.effort() : effort));
        }
        return List.copyOf(list);
    }

    private static RobotModel.Drive drive(BodySheet.DriveData d) {
        if (d == null) {
            return RobotModel.Drive.FIXED;
        }
        return new RobotModel.Drive(
                "omni".equals(d.kind())
                        ? RobotModel.DriveKind.OMNI
                        : RobotModel.DriveKind.DIFFERENTIAL,
                d.maxSpeed(),
                d.maxTurn(),
                d.maxAcceleration(),
                d.maxTurnAcceleration(),
                d.radius());
    }

    private static Map<String, RobotModel.Hand> hands(BodySheet sheet) {
        Map<String, RobotModel.Hand> hands = new TreeMap<>();
        sheet.effectors()
                .forEach((name, e) ->
                        hands.put(
                                name,
                                new RobotModel.Hand(
                                        e.maxForce(),
                                        e.usualForce(),
                                        1 / e.seconds(),
                                        e.shifts() == null ? new double[0][] : e.shifts())));
        return hands;
    }

    /** The sheet's word on limbs, effectors and wheels. */
    private static BodyFacts facts(Machine machine, BodySheet sheet) {
        return SheetFacts.of(machine, sheet);
    }
}
