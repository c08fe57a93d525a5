package org.openkaiwu.body.urdf;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openkaiwu.body.Spec;

/**
 * What an SRDF file says about a robot beyond its URDF.
 *
 * @param name the robot's name
 * @param groups what belongs together, by name
 * @param states named postures
 * @param effectors end effectors
 * @param disabled pairs of links that need no collision check
 * @param passive joints without a drive
 * @param base kind of virtual joint to the world (fixed, planar, floating), or empty
 */
public record Srdf(
        String name,
        Map<String, Group> groups,
        List<State> states,
        List<Effector> effectors,
        List<Disabled> disabled,
        List<String> passive,
        String base) {

    /** Joints, links, chains (base link, tip link) and other groups. */
    public record Group(
            List<String> joints, List<String> links, List<Chain> chains, List<String> groups) {}

    /** All joints from a base link to a tip link. */
    public record Chain(String base, String tip) {}

    /** A posture of a group: position by joint, rad or m. */
    public record State(String name, String group, Map<String, Double> joints) {}

    /** An end effector: its group of links and the link that carries it. */
    public record Effector(String name, String group, String parentLink, String parentGroup) {}

    /** Two links that need no collision check, and why. */
    public record Disabled(String link1, String link2, String reason) {}

    /** Turns the disabled pairs into contact exclusions, each once. */
    public void apply(Spec spec) {
        Set<String> bodies = new LinkedHashSet<>();
        Deque<Spec.Body> open = new ArrayDeque<>(List.of(spec.world));
        while (!open.isEmpty()) {
            Spec.Body body = open.pop();
            bodies.add(body.name);
            open.addAll(body.bodies);
        }
        Set<Set<String>> known = new LinkedHashSet<>();
        spec.excludes.forEach(e -> known.add(Set.copyOf(List.of(e.body1, e.body2))));
        for (Disabled pair : disabled) {
            if (pair.link1.equals(pair.link2)
                    || !bodies.contains(pair.link1)
                    || !bodies.contains(pair.link2)
                    || !known.add(Set.of(pair.link1, pair.link2))) {
                continue;
            }
            Spec.Exclude exclude = new Spec.Exclude();
            exclude.body1 = pair.link1;
            exclude.body2 = pair.link2;
            spec.excludes.add(exclude);
        }
    }

    /** Names that the file uses and {@code links} does not hold. */
    List<String> unknownLinks(Set<String> links) {
        List<String> unknown = new ArrayList<>();
        for (Disabled pair : disabled) {
            for (String link : List.of(pair.link1, pair.link2)) {
                if (!links.contains(link)) {
                    unknown.add(link);
                }
            }
        }
        return unknown;
    }
}
