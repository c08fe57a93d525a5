package org.openkaiwu.body.infer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.infer.BodyFacts.Ability;
import org.openkaiwu.body.infer.BodyFacts.Base;
import org.openkaiwu.body.infer.BodyFacts.EffectorKind;
import org.openkaiwu.body.infer.BodyFacts.LimbKind;
import org.openkaiwu.body.infer.BodyFacts.Side;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Text;
import org.openkaiwu.math.Vec3;

/**
 * Infers what a machine is from its tree and shapes: base, limbs, hands, feet, wheels, cameras,
 * abilities. Names are asked only where shape and topology leave a question open.
 *
 * <p>z is taken as up and, where mirrored limbs lie along y, x as forward. Bodies that float freely
 * and have no joints of their own count as things, not as part of the machine, unless nothing else
 * is there.
 */
public final class Infer {
    /** Narrower openings hold nothing, m. */
    private static final double LEAST_APERTURE = 0.005;

    private final Machine machine;
    private final Groups groups;
    private final Surfaces surfaces;
    private final Drives drives;
    private final List<BodyFacts.Limb> limbs = new ArrayList<>();
    private final List<BodyFacts.Effector> effectors = new ArrayList<>();
    private final List<String> feet = new ArrayList<>();
    private final Set<String> names = new LinkedHashSet<>();

    private Infer(Machine machine) {
        this.machine = machine;
        groups = new Groups(machine);
        surfaces = new Surfaces(machine);
        drives = new Drives(machine);
    }

    /** The facts of a compiled machine. */
    public static BodyFacts facts(Machine machine) {
        return new Infer(machine).facts();
    }

    private BodyFacts facts() {
        List<Integer> bases = bases();
        List<Integer> robot = new ArrayList<>();
        for (int b : bases) {
            robot.addAll(b == 0 ? fixedTree() : groups.subtree(b));
        }
        Wheels wheels = new Wheels(groups, surfaces, drives, robot);
        PlanarBase planar = new PlanarBase(groups);
        List<Integer> starts = bases.stream().map(planar::end).toList();
        Hands hands = new Hands(groups, surfaces, drives, wheels.parts, starts);
        Chains chains = new Chains(groups, surfaces, drives, wheels.parts, hands, starts);
        Sides sides = new Sides(groups, chains.chains);
        for (Chains.Chain c : chains.chains) {
            limb(c, sides);
        }
        hands.hands.stream()
                .filter(h -> chains.chains.stream().noneMatch(c -> c.hand == h))
                .forEach(h -> hand(h, "", Side.CENTRE));
        boolean legged = !feet.isEmpty();
        List<BodyFacts.Wheel> rolling = wheels.withDrives();
        boolean flies = flies(bases);
        Base base =
                !rolling.isEmpty() || planar.found
                        ? Base.WHEELED
                        : legged || bases.stream().allMatch(b -> b != 0) && !bases.isEmpty()
                                ? Base.FLOATING
                                : Base.FIXED;
        List<String> cameras = cameras();
        double reach =
                limbs.stream()
                        .filter(l -> l.kind() == LimbKind.ARM)
                        .mapToDouble(BodyFacts.Limb::reach)
                        .max()
                        .orElse(0);
        Set<Ability> abilities = abilities(rolling, planar.found, flies, cameras);
        return new BodyFacts(
                base,
                List.copyOf(limbs),
                List.copyOf(effectors),
                List.copyOf(feet),
                rolling,
                cameras,
                abilities,
                reach);
    }

    /** The world when something jointed is fixed to it, and free bodies that have joints. */
    private List<Integer> bases() {
        List<Integer> bases = new ArrayList<>();
        List<Integer> free = new ArrayList<>();
        boolean fixed = false;
        for (int g : groups.children.get(0)) {
            boolean mocap = machine.bodyMocapid[groups.root[g]] >= 0;
            if (!groups.free(g)) {
                fixed |= !groups.joints(g).isEmpty();
            } else if (!mocap) {
                free.add(g);
                if (groups.subtree(g).size() > 1 || thrust(g) > 0) {
                    bases.add(g);
                }
            }
        }
        if (fixed || bases.isEmpty() && free.isEmpty()) {
            bases.addFirst(0);
        }
        if (bases.isEmpty()) {
            bases.add(free.getFirst());
        }
        return bases;
    }

    private List<Integer> fixedTree() {
        List<Integer> all = new ArrayList<>(List.of(0));
        for (int g : groups.children.get(0)) {
            if (!groups.free(g)) {
                all.addAll(groups.subtree(g));
            }
        }
        return all;
    }

    private int thrust(int group) {
        int n = 0;
        for (int a = 0; a < machine.nactuator; a++) {
            if (machine.actuatorTrntype[a] == 4) {
                int body = machine.siteBodyid[machine.actuatorTrnid[2 * a]];
                boolean pushes =
                        machine.actuatorGear[6 * a] != 0
                                || machine.actuatorGear[6 * a + 1] != 0
                                || machine.actuatorGear[6 * a + 2] != 0;
                n += pushes && groups.of[body] == group ? 1 : 0;
            }
        }
        return n;
    }

    /** Thrust on the base, or four or more upright rotors on it. */
    private boolean flies(List<Integer> bases) {
        Pose[] poses = groups.poses(groups.rest);
        for (int b : bases) {
            long rotors =
                    groups.children.get(b).stream()
                            .filter(c -> groups.children.get(c).isEmpty())
                            .map(groups::joints)
                            .filter(j -> j.size() == 1 && groups.hinge(j.getFirst()))
                            .filter(j -> !machine.jntLimited[j.getFirst()])
                            .filter(j -> Math.abs(groups.axis(j.getFirst(), poses).z()) > 0.9)
                            .count();
            if (thrust(b) >= 3 || rotors >= 4) {
                return true;
            }
        }
        return false;
    }

    private void limb(Chains.Chain c, Sides sides) {
        List<String> joints = c.joints.stream().map(j -> machine.jntName[j]).toList();
        int tip = c.hand != null ? c.hand.body(groups) : tipBody(c.end);
        Vec3 point = Vec3.ZERO;
        Grip grip = null;
        Tool tool = null;
        if (c.hand != null) {
            grip = new Grip(groups, surfaces, drives, c.hand);
            point = grip.graspPoint;
        } else if (c.kind == LimbKind.ARM) {
            tool = new Tool(groups, surfaces, c.end, tip);
            point = tool.point;
        }
        Reach reach = new Reach(groups, drives, c.joints, tip, point);
        List<Integer> carried = new ArrayList<>();
        groups.subtree(groups.of[machine.jntBodyid[c.joints.getFirst()]])
                .forEach(g -> carried.addAll(groups.bodies.get(g)));
        boolean lift = c.kind == LimbKind.LIFT;
        double far = lift ? c.joints.stream().mapToDouble(groups::range).sum() : reach.reach;
        double payload = c.kind == LimbKind.ARM || lift ? reach.payload(carried) : Double.NaN;
        String name = unique(limbName(c, sides));
        limbs.add(
                new BodyFacts.Limb(
                        name, joints, machine.bodyName[tip], c.side, c.kind, far, payload));
        if (c.kind == LimbKind.LEG) {
            feet.add(machine.bodyName[footBody(c.end)]);
        }
        if (grip != null) {
            hand(c.hand, grip, name, c.side);
        } else if (tool != null) {
            String tool0 = tool.suction ? "suction" : "tool";
            effectors.add(
                    new BodyFacts.Effector(
                            unique(prefix(c.side) + tool0),
                            name,
                            tool.suction ? EffectorKind.SUCTION : EffectorKind.BARE,
                            machine.bodyName[tip],
                            List.of(),
                            0,
                            tool.point,
                            tool.approach,
                            tool.closing,
                            new double[0],
                            new double[0]));
        }
    }

    private void hand(Hands.Hand h, String limb, Side side) {
        hand(h, new Grip(groups, surfaces, drives, h), limb, side);
    }

    private void hand(Hands.Hand h, Grip grip, String limb, Side side) {
        String word = h.kind() == EffectorKind.HAND ? "hand" : "gripper";
        effectors.add(
                new BodyFacts.Effector(
                        unique(prefix(side) + word),
                        limb,
                        h.kind(),
                        machine.bodyName[h.body(groups)],
                        h.joints().stream().map(j -> machine.jntName[j]).toList(),
                        grip.aperture,
                        grip.graspPoint,
                        grip.approach,
                        grip.closing,
                        grip.values(grip.open, h.joints()),
                        grip.values(grip.closed, h.joints())));
        if (h.kind() == EffectorKind.HAND) {
            for (int f : h.fingers()) {
                List<Integer> joints = new ArrayList<>();
                groups.subtree(f).forEach(g -> joints.addAll(groups.joints(g)));
                int leaf = groups.leaves(f).getLast();
                int tip = groups.root[leaf];
                double reach = new Reach(groups, drives, joints, tip, Vec3.ZERO).reach;
                limbs.add(
                        new BodyFacts.Limb(
                                unique(prefix(side) + "finger"),
                                joints.stream().map(j -> machine.jntName[j]).toList(),
                                machine.bodyName[tip],
                                side,
                                LimbKind.FINGER,
                                reach,
                                Double.NaN));
            }
        }
    }

    private static String prefix(Side side) {
        return side == Side.CENTRE ? "" : side.name().toLowerCase(Locale.ROOT) + "_";
    }

    private String limbName(Chains.Chain c, Sides sides) {
        String what =
                c.kind == LimbKind.OTHER
                        ? c.leaf ? "limb" : "waist"
                        : c.kind.name().toLowerCase(Locale.ROOT);
        if (c.kind == LimbKind.LEG) {
            Vec3 ahead = sides.left.cross(Vec3.Z);
            Pose[] poses = groups.poses(groups.rest);
            double x =
                    groups.anchor(c.joints.getFirst(), poses)
                            .minus(poses[groups.root[c.start]].p())
                            .dot(ahead);
            if (Math.abs(x) > 0.1) {
                what = (x > 0 ? "front_" : "rear_") + prefix(c.side) + what;
                return what;
            }
        }
        return prefix(c.side) + what;
    }

    private String unique(String wanted) {
        String name = wanted;
        for (int i = 2; !names.add(name); i++) {
            name = wanted + "_" + i;
        }
        return name;
    }

    /** From the joint's body outwards along what has a shape, until it branches. */
    private int tipBody(int group) {
        int body = groups.root[group];
        while (true) {
            List<Integer> fixed = fixedChildren(body, group);
            List<Integer> shaped = fixed.stream().filter(b -> shaped(b, group)).toList();
            if (shaped.size() == 1) {
                body = shaped.getFirst();
            } else if (shaped.isEmpty() && !fixed.isEmpty() && !cameraLike(fixed.getFirst())) {
                body = fixed.getFirst();
            } else {
                return body;
            }
        }
    }

    private boolean cameraLike(int body) {
        String name = machine.bodyName[body].toLowerCase(Locale.ROOT);
        return name.contains("camera") || name.contains("optical") || name.contains("imu");
    }

    private List<Integer> fixedChildren(int body, int group) {
        return groups.bodies.get(group).stream()
                .filter(b -> b != body && machine.bodyParentid[b] == body)
                .toList();
    }

    private boolean shaped(int body, int group) {
        return machine.bodyGeomnum[body] > 0
                || fixedChildren(body, group).stream().anyMatch(b -> shaped(b, group));
    }

    /** The body of a leg's end that reaches lowest. */
    private int footBody(int group) {
        Pose[] poses = groups.poses(groups.rest);
        int best = groups.root[group];
        double lowest = Double.POSITIVE_INFINITY;
        for (int b : groups.bodies.get(group)) {
            for (Vec3 p : surfaces.of(b)) {
                double z = poses[b].transform(p).z();
                if (z < lowest - 1e-4) {
                    lowest = z;
                    best = b;
                }
            }
        }
        return best;
    }

    /** Cameras on the machine; without any, bodies that are called cameras. */
    private List<String> cameras() {
        Set<String> found = new LinkedHashSet<>();
        for (int c = 0; c < machine.ncam; c++) {
            if (machine.camMode[c] == 0 && machine.camBodyid[c] != 0) {
                found.add(machine.camName[c].isEmpty() ? "camera_" + c : machine.camName[c]);
            }
        }
        if (found.isEmpty()) {
            Cameras.bodies(machine).forEach(b -> found.add(machine.bodyName[b]));
        }
        return List.copyOf(found);
    }

    private Set<Ability> abilities(
            List<BodyFacts.Wheel> wheels, boolean planar, boolean flies, List<String> cameras) {
        Set<Ability> can = EnumSet.noneOf(Ability.class);
        if (limbs.stream().anyMatch(l -> l.kind() == LimbKind.ARM)) {
            can.add(Ability.REACH);
            can.add(Ability.PUSH);
        }
        if (effectors.stream().anyMatch(Infer::grasps)) {
            can.add(Ability.GRASP);
        }
        if (limbs.stream().anyMatch(l -> l.kind() == LimbKind.LIFT)) {
            can.add(Ability.LIFT_COLUMN);
        }
        if (planar || wheels.stream().anyMatch(BodyFacts.Wheel::driven)) {
            can.add(Ability.DRIVE);
        }
        if (!cameras.isEmpty()) {
            can.add(Ability.LOOK);
        }
        if (feet.size() >= 2) {
            can.add(Ability.WALK);
        }
        if (flies) {
            can.add(Ability.FLY);
        }
        return Collections.unmodifiableSet(can);
    }

    private static boolean grasps(BodyFacts.Effector e) {
        return e.kind() == EffectorKind.SUCTION
                || e.kind() != EffectorKind.BARE && e.aperture() > LEAST_APERTURE;
    }

    /** Why each ability that the machine does not have is missing. */
    public static Map<Ability, Text> missing(BodyFacts facts) {
        Map<Ability, Text> reasons = new EnumMap<>(Ability.class);
        boolean arm = facts.limbs().stream().anyMatch(l -> l.kind() == LimbKind.ARM);
        for (Ability a : Ability.values()) {
            if (!facts.abilities().contains(a)) {
                reasons.put(a, reason(a, facts, arm));
            }
        }
        return reasons;
    }

    private static Text reason(Ability ability, BodyFacts facts, boolean arm) {
        return switch (ability) {
            case GRASP -> {
                yield arm
                        ? new Text("its arm has no hand that opens", "手臂上没有能开合的手")
                        : new Text("it has no hand", "没有手");
            }
            case PUSH, REACH -> new Text("it has no arm", "没有手臂");
            case LIFT_COLUMN -> new Text("it has no lift column", "没有升降柱");
            case DRIVE ->
                    facts.wheels().isEmpty()
                            ? new Text("it has no wheels", "没有轮子")
                            : new Text("no wheel is driven", "没有驱动轮");
            case LOOK -> new Text("it has no camera", "没有相机");
            case WALK -> new Text("it has no legs", "没有腿");
            case FLY -> new Text("it has no rotors", "没有旋翼");
        };
    }
}
