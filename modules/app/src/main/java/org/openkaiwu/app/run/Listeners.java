package org.openkaiwu.app.run;

import java.util.List;
import java.util.Optional;
import org.openkaiwu.brain.Understanding;
import org.openkaiwu.math.Text;
import org.openkaiwu.sim.Scenario;
import org.openkaiwu.skill.Agent;
import org.openkaiwu.skill.SkillCall;

/** Passes a run on to several listeners, in order. */
public record Listeners(List<RunListener> all) implements RunListener {
    public static RunListener of(RunListener... listeners) {
        return new Listeners(List.of(listeners));
    }

    @Override
    public void started(RunRequest request, Scenario scenario) {
        all.forEach(l -> l.started(request, scenario));
    }

    @Override
    public void continued(RunRequest request, Scenario scenario) {
        all.forEach(l -> l.continued(request, scenario));
    }

    @Override
    public void understood(Understanding understanding) {
        all.forEach(l -> l.understood(understanding));
    }

    @Override
    public void planned(List<SkillCall> calls, int done) {
        all.forEach(l -> l.planned(calls, done));
    }

    @Override
    public void stepStarted(int index, SkillCall call, double time) {
        all.forEach(l -> l.stepStarted(index, call, time));
    }

    @Override
    public void stepEnded(int index, RunReport.Step step) {
        all.forEach(l -> l.stepEnded(index, step));
    }

    @Override
    public void ticked(Scenario scenario, Agent agent) {
        all.forEach(l -> l.ticked(scenario, agent));
    }

    @Override
    public void ended(RunReport report) {
        all.forEach(l -> l.ended(report));
    }

    @Override
    public Optional<Text> stop() {
        return all.stream().flatMap(l -> l.stop().stream()).findFirst();
    }
}
