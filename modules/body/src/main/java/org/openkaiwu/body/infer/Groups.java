package org.openkaiwu.body.infer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.openkaiwu.body.Machine;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Vec3;

/**
 * The tree of rigid groups: bodies without joints between them count as one. Group 0 is the world
 * with what is fixed to it.
 */
final class Groups {
    final Machine machine;
    final int count;

    /** Group of each body. */
    final int[] of;

    /** First body of each group: the one with the joints. */
    final int[] root;

    final int[] parent;
    final List<List<Integer>> children = new ArrayList<>();
    final List<List<Integer>> bodies = new ArrayList<>();

    /**
     * A posture at rest: a keyframe called home or the like, else qpos0 moved inside the limits.
     */
    final double[] rest;

    Groups(Machine machine) {
        this.machine = machine;
        of = new int[machine.nbody];
        int[] first = new int[machine.nbody];
        int n = 0;
        for (int b = 0; b < machine.nbody; b++) {
            if (b == 0 || machine.bodyJntnum[b] > 0 || machine.bodyMocapid[b] >= 0) {
                first[n] = b;
                of[b] = n++;
                children.add(new ArrayList<>());
                bodies.add(new ArrayList<>());
            } else {
                of[b] = of[machine.bodyParentid[b]];
            }
            bodies.get(of[b]).add(b);
        }
        count = n;
        root = Arrays.copyOf(first, n);
        parent = new int[n];
        for (int g = 1; g < n; g++) {
            parent[g] = of[machine.bodyParentid[root[g]]];
            children.get(parent[g]).add(g);
        }
        parent[0] = -1;
        rest = restPosture(machine);
    }

    private static double[] restPosture(Machine m) {
        for (String wanted : List.of("home", "stand", "ready", "neutral")) {
            for (int k = 0; k < m.nkey; k++) {
                if (m.keyName[k].contains(wanted)
                        && m.keyQpos[k] != null
                        && m.keyQpos[k].length == m.nq
                        && !Arrays.equals(m.keyQpos[k], m.qpos0)) {
                    return m.keyQpos[k].clone();
                }
            }
        }
        double[] q = m.qpos0.clone();
        for (int j = 0; j < m.njnt; j++) {
            if (m.jntType[j] >= 2 && m.jntLimited[j]) {
                int at = m.jntQposadr[j];
                q[at] = Math.clamp(q[at], m.jntRange[2 * j], m.jntRange[2 * j + 1]);
            }
        }
        return q;
    }

    /** Joints between a group and its parent. */
    List<Integer> joints(int group) {
        List<Integer> joints = new ArrayList<>();
        int body = root[group];
        for (int k = 0; k < machine.bodyJntnum[body]; k++) {
            joints.add(machine.bodyJntadr[body] + k);
        }
        return joints;
    }

    /** Joints of the groups from below {@code top} down to {@code group}. */
    List<Integer> chain(int top, int group) {
        List<Integer> joints = new ArrayList<>();
        for (int g = group; g != top && g > 0; g = parent[g]) {
            joints.addAll(0, joints(g));
        }
        return joints;
    }

    /** The group itself and all below it. */
    List<Integer> subtree(int group) {
        List<Integer> all = new ArrayList<>(List.of(group));
        for (int i = 0; i < all.size(); i++) {
            all.addAll(children.get(all.get(i)));
        }
        return all;
    }

    /** Groups without children below {@code group}, itself included. */
    List<Integer> leaves(int group) {
        return subtree(group).stream().filter(g -> children.get(g).isEmpty()).toList();
    }

    boolean free(int group) {
        return joints(group).stream().anyMatch(j -> machine.jntType[j] == 0);
    }

    /** World pose of every body. */
    Pose[] poses(double[] q) {
        Machine m = machine;
        Pose[] world = new Pose[m.nbody];
        world[0] = Pose.IDENTITY;
        for (int b = 1; b < m.nbody; b++) {
            Pose at =
                    world[m.bodyParentid[b]].times(
                            new Pose(Vec3.of(m.bodyPos, 3 * b), Quat.of(m.bodyQuat, 4 * b)));
            for (int k = 0; k < m.bodyJntnum[b]; k++) {
                at = moved(at, m.bodyJntadr[b] + k, q);
            }
            world[b] = at;
        }
        return world;
    }

    private Pose moved(Pose at, int j, double[] q) {
        Machine m = machine;
        int adr = m.jntQposadr[j];
        Vec3 axis = Vec3.of(m.jntAxis, 3 * j);
        return switch (m.jntType[j]) {
            case 0 -> new Pose(Vec3.of(q, adr), Quat.of(q, adr + 3).unit());
            case 1 -> turned(at, Vec3.of(m.jntPos, 3 * j), Quat.of(q, adr).unit());
            case 2 -> new Pose(at.transform(axis.times(q[adr] - m.qpos0[adr])), at.q());
            default -> {
                Quat turn = Quat.about(axis, q[adr] - m.qpos0[adr]);
                yield turned(at, Vec3.of(m.jntPos, 3 * j), turn);
            }
        };
    }

    private static Pose turned(Pose at, Vec3 anchor, Quat turn) {
        Quat q = at.q().times(turn).unit();
        return new Pose(at.transform(anchor).minus(q.rotate(anchor)), q);
    }

    Vec3 anchor(int joint, Pose[] world) {
        return world[machine.jntBodyid[joint]].transform(Vec3.of(machine.jntPos, 3 * joint));
    }

    Vec3 axis(int joint, Pose[] world) {
        return world[machine.jntBodyid[joint]]
                .q()
                .rotate(Vec3.of(machine.jntAxis, 3 * joint))
                .unit();
    }

    boolean hinge(int joint) {
        return machine.jntType[joint] == 3;
    }

    boolean slide(int joint) {
        return machine.jntType[joint] == 2;
    }

    /** Range of a limited slide or hinge; infinite when not limited. */
    double range(int joint) {
        return machine.jntLimited[joint]
                ? machine.jntRange[2 * joint + 1] - machine.jntRange[2 * joint]
                : Double.POSITIVE_INFINITY;
    }

    /** Lower-case names of the bodies of a group. */
    boolean named(int group, String... words) {
        for (int b : bodies.get(group)) {
            String name = machine.bodyName[b].toLowerCase(java.util.Locale.ROOT);
            for (String word : words) {
                if (name.contains(word)) {
                    return true;
                }
            }
        }
        return false;
    }
}
