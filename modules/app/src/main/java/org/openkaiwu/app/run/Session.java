package org.openkaiwu.app.run;

import java.nio.file.Path;
import java.util.Optional;
import org.openkaiwu.brain.SettingOfBelief;
import org.openkaiwu.brain.Understanding;
import org.openkaiwu.brain.language.Dialogue;
import org.openkaiwu.brain.language.Words;
import org.openkaiwu.brain.plan.Planner;
import org.openkaiwu.math.Text;
import org.openkaiwu.perception.BeliefTracker;
import org.openkaiwu.robot.Guard;
import org.openkaiwu.robot.RobotModel;
import org.openkaiwu.sim.Bodies;
import org.openkaiwu.sim.Scenario;
import org.openkaiwu.sim.SceneBuilder;
import org.openkaiwu.sim.SceneData;
import org.openkaiwu.skill.Agent;
import org.openkaiwu.skill.Executor;
import org.openkaiwu.skill.Node;
import org.openkaiwu.skill.Nodes;
import org.openkaiwu.skill.SkillLibrary;

/**
 * One robot in one world and one conversation with it: sentences follow each other, the world stays
 * as the last one left it, and questions are answered by the next. One thread's.
 */
public final class Session {
    /** Look around before a sentence is understood, s. */
    private static final double LOOK = 0.5;

    /** Ticks within which a stopped robot must have come to rest. */
    private static final int REST_TICKS = 500;

    private final RunRequest first;
    private final RunListener listener;
    private final Scenario scenario;
    private final Agent agent;
    private final Executor executor;
    private final SkillLibrary skills = SkillLibrary.standard();
    private final Planner planner;
    private final Dialogue dialogue = new Dialogue(Words.standard());
    private final long opened = System.nanoTime();
    private boolean begun;

    /**
     * A session in a freshly built world.
     *
     * @param root the checkout
     * @param request body, scene and seed; its instruction is not said yet
     * @param listener hears of every sentence
     */
    public Session(Path root, RunRequest request, RunListener listener) {
        first = request;
        this.listener = listener;
        scenario =
                SceneBuilder.build(
                        SceneData.load(root, request.scene()),
                        Bodies.load(root, request.body()),
                        request.seed());
        BeliefTracker tracker =
                new BeliefTracker(
                        Knowledge.map(scenario.layout()), Knowledge.catalogue(scenario.layout()));
        agent = new Agent(scenario.robot(), tracker, request.seed());
        planner = new Planner(skills.specs(), agent.model().facts());
        executor =
                new Executor(
                        agent,
                        new Executor.Watcher() {
                            @Override
                            public void ticked(Agent a, Node running) {
                                listener.ticked(scenario, a);
                            }

                            @Override
                            public Optional<Text> stop() {
                                return listener.stop();
                            }
                        });
    }

    /** Whether a request asks for the same world. */
    public boolean serves(RunRequest r) {
        return r.body().equals(first.body())
                && r.scene().equals(first.scene())
                && r.seed() == first.seed();
    }

    /** Carries out one sentence, or asks, or refuses. */
    public RunReport say(String instruction) {
        RunRequest request = new RunRequest(first.body(), first.scene(), instruction, first.seed());
        Run run = new Run(this, request, begun ? System.nanoTime() : opened);
        if (begun) {
            listener.continued(request, scenario);
            wake();
        } else {
            listener.started(request, scenario);
        }
        begun = true;
        executor.run(Nodes.pause("look", LOOK), LOOK + 1);
        // Who can go or look about may be asked for what is not in view.
        boolean looks =
                agent.model().drive().kind() != RobotModel.DriveKind.FIXED
                        || !agent.embodiment().hands().isEmpty();
        Understanding u = dialogue.say(instruction, SettingOfBelief.of(agent.belief(), looks));
        listener.understood(u);
        return run.of(u);
    }

    /** A new sentence takes an earlier stop back, once the robot is at rest. */
    private void wake() {
        if (scenario.robot().state() == Guard.State.ACTIVE) {
            return;
        }
        rest();
        scenario.robot().clear();
    }

    /** Lets a stopped robot come to rest. */
    void rest() {
        for (int i = 0; i < REST_TICKS && scenario.robot().state() == Guard.State.STOPPING; i++) {
            scenario.robot().tick();
            agent.sense();
            listener.ticked(scenario, agent);
        }
    }

    RunListener listener() {
        return listener;
    }

    /** The world, for pictures. */
    public Scenario scenario() {
        return scenario;
    }

    Agent agent() {
        return agent;
    }

    Executor executor() {
        return executor;
    }

    SkillLibrary skills() {
        return skills;
    }

    Planner planner() {
        return planner;
    }
}
