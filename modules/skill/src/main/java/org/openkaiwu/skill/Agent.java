package org.openkaiwu.skill;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.RandomStream;
import org.openkaiwu.math.Text;
import org.openkaiwu.perception.Belief;
import org.openkaiwu.perception.BeliefTracker;
import org.openkaiwu.robot.Command;
import org.openkaiwu.robot.Guard;
import org.openkaiwu.robot.RobotModel;
import org.openkaiwu.robot.Sighting;
import org.openkaiwu.robot.Telemetry;

/**
 * What a skill may know and do: telemetry and belief in, targets of one command out. One a run.
 *
 * <p>A tick: {@link #sense}, the tree runs and sets targets, {@link #act} sends them through the
 * guard and lets the period pass.
 */
public final class Agent {
    /**
     * A thing in a hand.
     *
     * @param label what is held
     * @param effector hand that holds it
     * @param poseInTool pose of the thing's frame in the hand's tool frame, as it was when gripped
     * @param opening opening of the hand when gripped, 0..1
     * @param clasp how the thing is held between this hand and another; empty: between its fingers
     */
    public record Holding(
            String label, String effector, Pose poseInTool, double opening, Optional<Clasp> clasp) {
        /** Between the fingers of one hand. */
        Holding(String label, String effector, Pose poseInTool, double opening) {
            this(label, effector, poseInTool, opening, Optional.empty());
        }

        /** Whether it takes up that hand. */
        boolean takes(String hand) {
            return effector.equals(hand) || clasp.filter(c -> c.second().equals(hand)).isPresent();
        }
    }

    /** Farther from where it should be in the hand a thing is not taken for held there, m. */
    private static final double IN_HAND = 0.04;

    /** Weight of one sighting of a held thing. */
    private static final double SEEN_IN_HAND = 0.15;

    private final Guard guard;
    private final BeliefTracker tracker;
    private final Embodiment embodiment;
    private final RandomStream random;
    private final double[] position;
    private final double[] velocity;
    private final double[] targets;
    private Command.BaseVelocity base = Command.BaseVelocity.ZERO;
    private final Map<String, Command.Grip> grips = new TreeMap<>();
    private final Map<String, Holding> holdings = new TreeMap<>();
    private final Map<String, String> blockers = new TreeMap<>();
    private List<SkillCall> upcoming = List.of();
    private Telemetry telemetry;
    private Optional<Intention> intention = Optional.empty();

    public Agent(Guard guard, BeliefTracker tracker, long seed) {
        this.guard = guard;
        this.tracker = tracker;
        this.embodiment = new Embodiment(guard.model());
        this.random = RandomStream.of(seed, "skills");
        int n = guard.model().joints().size();
        position = new double[n];
        velocity = new double[n];
        targets = new double[n];
        Arrays.fill(targets, Double.NaN);
        Arrays.fill(position, Double.NaN);
        telemetry = guard.telemetry();
        tracker.update(telemetry);
    }

    public RobotModel model() {
        return guard.model();
    }

    /** Arms and hands of this machine, ready for planning. */
    public Embodiment embodiment() {
        return embodiment;
    }

    public RandomStream random() {
        return random;
    }

    /** Seconds between two ticks. */
    public double period() {
        return guard.period();
    }

    public Telemetry telemetry() {
        return telemetry;
    }

    public BeliefTracker tracker() {
        return tracker;
    }

    public Belief belief() {
        return tracker.belief();
    }

    /** The motion that is being carried out, for whoever watches; empty when none is. */
    public Optional<Intention> intention() {
        return intention;
    }

    /** Says what motion begins. */
    public void intend(Intention what) {
        intention = Optional.of(what);
    }

    /** The motion has ended. */
    public void rest() {
        intention = Optional.empty();
    }

    /** The last target of a commanded joint; NaN when it has had none. */
    public double target(int index) {
        return targets[index];
    }

    /** Sets the targets of one commanded joint for this tick. */
    public void joint(int index, double target, double speed) {
        targets[index] = target;
        position[index] = target;
        velocity[index] = speed;
    }

    /** Sets the base velocity of this tick; without a call the base stands. */
    public void drive(double forward, double left, double turn) {
        base = new Command.BaseVelocity(forward, left, turn);
    }

    /** Sets a hand's target; it is kept on later ticks. */
    public void grip(String effector, double opening, double force) {
        grips.put(effector, new Command.Grip(opening, force));
    }

    /** What the hand holds, by the robot's own account. */
    public Optional<Holding> holding(String effector) {
        return Optional.ofNullable(holdings.get(effector));
    }

    /** What takes up the hand, alone or with another. */
    Optional<Holding> taking(String effector) {
        return holdings.values().stream().filter(h -> h.takes(effector)).findFirst();
    }

    /** The hand that holds the thing. */
    public Optional<Holding> holdingOf(String label) {
        return holdings.values().stream().filter(h -> h.label().equals(label)).findFirst();
    }

    public void hold(Holding holding) {
        holdings.put(holding.effector(), holding);
        tracker.hold(holding.label(), holding.effector());
    }

    /** The hand let go. */
    public void letGo(String effector) {
        Holding h = holdings.remove(effector);
        if (h != null) {
            tracker.release(h.label());
        }
    }

    /**
     * Tells what is to be done after the present skill, so that it can be done with that in mind.
     */
    public void upcoming(List<SkillCall> next) {
        upcoming = List.copyOf(next);
    }

    /** The next call that does something with the thing. */
    public Optional<SkillCall> nextWith(String label) {
        return upcoming.stream().filter(c -> c.args().containsValue(label)).findFirst();
    }

    /** Remembers which thing keeps the hands from another; empty: none does. */
    void blocked(String label, Optional<String> by) {
        blockers.remove(label);
        by.ifPresent(b -> blockers.put(label, b));
    }

    /** The thing that kept the hands from another when it was last to be picked up. */
    public Optional<String> blockerOf(String label) {
        return Optional.ofNullable(blockers.get(label));
    }

    /**
     * The thing that is to be picked up next, where it matters to that how a thing is set down: the
     * same, or one that it kept the hands from.
     */
    Optional<String> pickedAfter(String label) {
        return upcoming.stream()
                .findFirst()
                .filter(c -> c.skill().equals("pick"))
                .map(c -> c.arg("object"))
                .filter(o -> o.equals(label) || blockerOf(o).filter(label::equals).isPresent());
    }

    /** Where the thing is to end by the calls to come, as far as they move it. */
    public Optional<SkillCall> aimOf(String label) {
        return upcoming.stream()
                .filter(c -> label.equals(c.args().get("object")))
                .filter(c -> c.args().containsKey("target") || c.args().containsKey("person"))
                .findFirst();
    }

    /** Takes in the newest telemetry; held things follow their hands. */
    public void sense() {
        telemetry = guard.telemetry();
        tracker.update(telemetry);
        holdings.replaceAll((hand, h) -> carried(h));
    }

    /** Follows its hand; where a camera sees it there, how it lies in the hand is corrected. */
    private Holding carried(Holding h) {
        Pose tool = embodiment.arm(h.effector()).toolPose(telemetry);
        Pose inTool = h.poseInTool();
        for (Sighting s : telemetry.sightings()) {
            Pose seen = tool.inverse().times(s.pose());
            if (s.label().equals(h.label()) && seen.p().distance(inTool.p()) < IN_HAND) {
                inTool = BeliefTracker.blend(inTool, seen, SEEN_IN_HAND);
            }
        }
        tracker.carry(h.label(), tool.times(inTool));
        return new Holding(h.label(), h.effector(), inTool, h.opening(), h.clasp());
    }

    /**
     * Sends this tick's targets through the guard and lets one period pass.
     *
     * @return why the guard refused, or empty
     */
    public Optional<Text> act() {
        Optional<Text> refused =
                guard.command(
                        new Command(
                                position.clone(), velocity.clone(), base, new TreeMap<>(grips)));
        Arrays.fill(position, Double.NaN);
        Arrays.fill(velocity, 0);
        base = Command.BaseVelocity.ZERO;
        guard.tick();
        return refused;
    }
}
