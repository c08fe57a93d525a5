package org.openkaiwu.app.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openkaiwu.body.infer.BodyFacts.Ability;
import org.openkaiwu.brain.Goal;
import org.openkaiwu.brain.Goal.Literal;
import org.openkaiwu.brain.SettingOfBelief;
import org.openkaiwu.brain.Understanding;
import org.openkaiwu.brain.language.Goals;
import org.openkaiwu.brain.language.Speech;
import org.openkaiwu.brain.language.Words;
import org.openkaiwu.brain.plan.Plan;
import org.openkaiwu.brain.plan.Planner;
import org.openkaiwu.brain.plan.Recovery;
import org.openkaiwu.math.Text;
import org.openkaiwu.sim.Judge;
import org.openkaiwu.sim.Scenario;
import org.openkaiwu.skill.Agent;
import org.openkaiwu.skill.DriveSkills;
import org.openkaiwu.skill.Nodes;
import org.openkaiwu.skill.PickSkill;
import org.openkaiwu.skill.SkillCall;
import org.openkaiwu.skill.Status;

/**
 * Carries one sentence out: look, understand, plan, act, plan again after a failure, and let
 * physics judge. The brain sees telemetry and sightings only; the truth is read for the report
 * alone.
 */
public final class Run {
    /** After the last skill, before the judge looks, s. */
    private static final double SETTLE = 0.5;

    private static final double SKILL_LIMIT = 180;
    private static final int PLANS = 4;

    /** Failures that say of a thing that no hand of this body will hold it. */
    private static final Set<String> UNWIELDY = Set.of("too_wide", "too_heavy");

    private final Session session;
    private final RunRequest request;
    private final RunListener listener;
    private final Scenario scenario;
    private final Judge judge;
    private final Agent agent;
    private final List<RunReport.Step> steps = new ArrayList<>();
    private final Set<String> unwieldy = new LinkedHashSet<>();
    private final Map<String, Integer> hands = new TreeMap<>();
    private final Recovery recovery;
    private final long began;
    private final double from;
    private final int violationsBefore;
    private final RunReport.State start;
    private Text.Language language = Text.Language.EN;
    private String planLine = "";

    Run(Session session, RunRequest request, long began) {
        this.session = session;
        this.began = began;
        this.request = request;
        listener = session.listener();
        scenario = session.scenario();
        judge = scenario.judge();
        agent = session.agent();
        recovery = new Recovery(agent);
        from = agent.telemetry().time();
        violationsBefore = violations();
        start = RunReport.state(scenario.truth());
    }

    /** Runs a request by itself in the checkout at {@code root}. */
    public static RunReport of(Path root, RunRequest request, RunListener listener) {
        return new Session(root, request, listener).say(request.instruction());
    }

    /** Does what was understood. */
    RunReport of(Understanding u) {
        judge.face();
        agent.tracker().mark();
        language = u.language();
        return switch (u.outcome()) {
            case REFUSE -> report("refused", blind() + u.message());
            case ASK -> report("asked", u.message());
            case ACT -> act(u.goal().orElseThrow(), u.message());
        };
    }

    /** What a body without eyes has to say before it says that a thing is not here. */
    private String blind() {
        boolean looks = agent.model().facts().abilities().contains(Ability.LOOK);
        return looks || !agent.belief().things().isEmpty()
                ? ""
                : new Text("I have no camera, so I see nothing here. ", "我没有相机，看不到这里的东西。")
                        .in(language);
    }

    private RunReport act(Goal goal, String message) {
        if (goal.steps().isEmpty()) {
            return report("done", message);
        }
        Optional<Text> beyond = session.planner().beyond(goal.steps(), agent.belief(), new Here());
        if (beyond.isPresent()) {
            return report("refused", beyond.get().in(language));
        }
        for (int i = 0; i < goal.steps().size(); i++) {
            Optional<RunReport> early = reach(goal.steps().subList(i, goal.steps().size()));
            if (early.isPresent()) {
                return early.get();
            }
        }
        session.executor().run(Nodes.pause("settle", SETTLE), SETTLE + 1);
        return judged(Goals.atEnd(goal));
    }

    /** Plans and acts until the first step is done; a report when that ends the run. */
    private Optional<RunReport> reach(List<Goal.Step> ahead) {
        Status.Failure last = null;
        judge.mark();
        for (int attempt = 0; attempt < PLANS; attempt++) {
            Plan plan = session.planner().plan(ahead.getFirst(), agent.belief(), new Here());
            if (!plan.possible()) {
                String why = plan.refusal().in(language);
                return Optional.of(report(steps.isEmpty() ? "refused" : "failed", why));
            }
            remember(plan);
            List<SkillCall> outlook = session.planner().outlook(ahead, agent.belief(), new Here());
            if (!(follow(plan.calls(), outlook) instanceof Status.Failure f)) {
                return Optional.empty();
            }
            boolean again = f.equals(last);
            last = f;
            boolean helped = false;
            if (!isStop(f)) {
                Status s = recover(f.code(), outlook, ahead.getFirst());
                helped = s instanceof Status.Success;
                last = s instanceof Status.Failure g && isStop(g) ? g : f;
            }
            if (isStop(last)) {
                halt(last);
                break;
            }
            if (again && !helped) {
                break;
            }
        }
        return Optional.of(report("failed", said(last.reason())));
    }

    /** Does otherwise what has just failed; running when there is nothing of the kind to do. */
    private Status recover(String code, List<SkillCall> outlook, Goal.Step step) {
        SkillCall failed = new SkillCall(steps.getLast().skill(), steps.getLast().args());
        return recovery.after(failed, code, outlook, step)
                .map(d -> follow(d.calls(), d.outlook()))
                .orElse(Status.RUNNING);
    }

    /** What can be handled from here, and by hand, as far as is known by now. */
    private final class Here implements Planner.World {
        @Override
        public boolean near(String id) {
            return DriveSkills.inReach(agent, id);
        }

        @Override
        public boolean graspable(String id) {
            return !unwieldy.contains(id) && hands(id) > 0;
        }

        @Override
        public int hands(String id) {
            return hands.computeIfAbsent(id, k -> PickSkill.hands(agent, k));
        }
    }

    private void remember(Plan plan) {
        planLine =
                Stream.concat(
                                steps.stream()
                                        .filter(s -> s.outcome().equals("done"))
                                        .map(s -> new SkillCall(s.skill(), s.args()).toString()),
                                plan.calls().stream().map(SkillCall::toString))
                        .collect(Collectors.joining(" → "));
        listener.planned(plan.calls(), steps.size());
    }

    /** Carries calls out, of which {@code outlook} is the continuation too. */
    private Status follow(List<SkillCall> calls, List<SkillCall> outlook) {
        for (int i = 0; i < calls.size(); i++) {
            SkillCall call = calls.get(i);
            agent.upcoming(outlook.subList(Math.min(i + 1, outlook.size()), outlook.size()));
            recovery.begins(call);
            double from = agent.telemetry().time();
            int index = steps.size();
            listener.stepStarted(index, call, from);
            Status s = session.executor().run(session.skills().node(call), SKILL_LIMIT);
            boolean ok = s instanceof Status.Success;
            RunReport.Step step =
                    new RunReport.Step(
                            call.skill(),
                            call.args(),
                            ok ? "done" : "failed",
                            from,
                            agent.telemetry().time(),
                            s instanceof Status.Failure f ? said(f.reason()) : "");
            steps.add(step);
            hands.clear();
            listener.stepEnded(index, step);
            if (s instanceof Status.Failure f && UNWIELDY.contains(f.code())) {
                unwieldy.add(call.arg("object"));
            }
            if (!ok) {
                return s;
            }
        }
        return Status.SUCCESS;
    }

    private static boolean isStop(Status.Failure f) {
        return f.code().equals("guard") || f.code().equals("stopped");
    }

    /** Stops the robot and waits until it is at rest. */
    private void halt(Status.Failure f) {
        scenario.robot().stop(f.reason());
        session.rest();
    }

    private int violations() {
        return scenario.statistics().limitViolations() + scenario.robot().violations();
    }

    private RunReport judged(List<Literal> wanted) {
        List<Literal> wrong =
                wanted.stream()
                        .filter(l -> !judge.holds(l.predicate(), l.object(), l.target()))
                        .toList();
        if (wrong.isEmpty()) {
            Text what =
                    steps.isEmpty()
                            ? new Text("It is so already: nothing to do.", "已经是这样了，不用再做什么。")
                            : new Text("Done.", "完成。");
            String done = what.in(language);
            return report("done", speech().found(wanted, language).orElse(done));
        }
        String list = speech().literals(wrong, language);
        return report(
                "failed",
                new Text(
                                "I believed it was done, but I did not " + list + ".",
                                "我以为完成了，但实际没有做到：" + list + "。")
                        .in(language));
    }

    private Speech speech() {
        return new Speech(Words.standard(), SettingOfBelief.of(agent.belief(), true));
    }

    /** A reason in the language of the request, with names for identifiers. */
    private String said(Text reason) {
        return speech().named(reason.in(language), language);
    }

    private RunReport report(String outcome, String message) {
        RunReport r =
                new RunReport(
                        request.body(),
                        request.scene(),
                        request.seed(),
                        request.instruction(),
                        outcome,
                        message,
                        planLine,
                        List.copyOf(steps),
                        agent.telemetry().time() - from,
                        (System.nanoTime() - began) * 1e-9,
                        start,
                        RunReport.state(scenario.truth()),
                        violations() - violationsBefore,
                        scenario.statistics().maxContactForce(),
                        scenario.statistics().maxJointMotion());
        listener.ended(r);
        return r;
    }
}
