/**
 * From where a tool or a base should be to what the joints and wheels do.
 *
 * <p>A tour, in the order of the work. {@link org.openkaiwu.motion.ArmModel} is a chain of joints
 * with a tool, on a base that stands in the map. {@link org.openkaiwu.motion.Ik} finds joint
 * positions for a {@link org.openkaiwu.motion.ToolGoal}, {@link org.openkaiwu.motion.Reach} says by
 * how much a goal is out of reach, and {@link org.openkaiwu.motion.StandPose} where a mobile robot
 * should stand. {@link org.openkaiwu.motion.PlanningScene} holds the {@link
 * org.openkaiwu.motion.Obstacle}s around, the machine's own parts and what it carries, and says
 * which configurations are free. {@link org.openkaiwu.motion.RrtConnect} and {@link
 * org.openkaiwu.motion.Shortcut} find a way among them, {@link org.openkaiwu.motion.CartesianPath}
 * a straight line of the tool. {@link org.openkaiwu.motion.Timing} makes a {@link
 * org.openkaiwu.motion.Trajectory} of a path, {@link org.openkaiwu.motion.TorqueLimit} slows it to
 * what the joints can bear, {@link org.openkaiwu.motion.Tracker} plays it tick by tick. {@link
 * org.openkaiwu.motion.ArmPlanner} does all of this in one call:
 *
 * <pre>{@code
 * ArmModel arm = ArmModel.of(machine, joints, "hand", graspFrame);
 * arm.base(basePose);
 * arm.posture(qpos);
 * PlanningScene scene = new PlanningScene(arm, 0.005, 0.002);
 * scene.obstacles(obstacles);
 * ArmPlanner planner = new ArmPlanner(arm, scene, new Timing(v, a, j, 0.05), efforts, seed);
 * ArmPlanner.Plan plan = planner.toTool(arm.read(qpos), new ToolGoal.Full(pose), options);
 * if (plan.ok()) {
 *     tracker.start(plan.trajectory());
 * }
 * }</pre>
 *
 * <p>For a base: {@link org.openkaiwu.motion.Floor} is the map seen from above, {@link
 * org.openkaiwu.motion.BasePlanner} finds a route for a {@link org.openkaiwu.motion.Footprint},
 * {@link org.openkaiwu.motion.BaseFollower} drives it.
 *
 * <p>All poses are in the map frame, all units SI and radians. Searches are deterministic for their
 * seed and bounded in iterations. Objects that hold work space say so; one thread uses them.
 */
package org.openkaiwu.motion;
