package org.openkaiwu.app.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openkaiwu.math.Pose;
import org.openkaiwu.sim.Truth;

/**
 * What came of a run; its components are the keys of the JSON report.
 *
 * @param outcome {@code done failed refused asked}
 * @param message one sentence in the language of the instruction
 * @param plan skills of the (last) plan in one line
 * @param steps skills as they were run
 * @param sim_time_s simulated seconds
 * @param wall_time_s seconds of the real clock
 * @param start what was true before the first step
 * @param truth what is true at the end, read from physics
 * @param limit_violations joints beyond their range or speed, and stops by the guard
 * @param max_contact_force_n largest single contact force between robot and things, N
 * @param max_joint_motion_rad largest distance of a joint from its start, rad or m
 */
public record RunReport(
        String body,
        String scene,
        long seed,
        String instruction,
        String outcome,
        String message,
        String plan,
        List<Step> steps,
        double sim_time_s,
        double wall_time_s,
        State start,
        State truth,
        int limit_violations,
        double max_contact_force_n,
        double max_joint_motion_rad) {

    /** A skill as it was run; times in simulated seconds. */
    public record Step(
            String skill,
            Map<String, String> args,
            String outcome,
            double start_s,
            double end_s,
            String message) {}

    /** Things and people, and the robot. */
    public record State(Map<String, Thing> objects, RobotState robot) {}

    /** Position in m, quaternion w x y z; on, in and held_by hold an identifier or null. */
    public record Thing(
            double[] position, double[] quaternion, String on, String in, String held_by) {}

    /** Base pose {@code x y yaw}, the place it is at or null, and whether it lies on the ground. */
    public record RobotState(double[] base, String at, boolean fallen) {}

    static State state(Truth truth) {
        Map<String, Thing> objects = new LinkedHashMap<>();
        truth.objects()
                .forEach((id, o) ->
                        objects.put(
                                id,
                                new Thing(
                                        o.pose().p().toArray(),
                                        o.pose().q().toArray(),
                                        o.on().orElse(null),
                                        o.in().orElse(null),
                                        o.heldBy().orElse(null))));
        Pose b = truth.base();
        return new State(
                objects,
                new RobotState(
                        new double[] {b.p().x(), b.p().y(), b.q().yaw()},
                        truth.at().orElse(null),
                        truth.fallen()));
    }

    public boolean done() {
        return outcome.equals("done");
    }
}
