package org.openkaiwu.brain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.perception.Belief;
import org.openkaiwu.perception.Catalogue;
import org.openkaiwu.perception.WorldMap;

/** Makes the {@link Setting} of a believed world, in our own predicates. */
public final class SettingOfBelief {
    private static final List<String> PREDICATES =
            List.of(
                    "on",
                    "in",
                    "beside",
                    "left_of",
                    "right_of",
                    "front_of",
                    "behind",
                    "near",
                    "under",
                    "between",
                    "at",
                    "facing",
                    "held_by",
                    "open",
                    "closed",
                    "turned_on",
                    "turned_off",
                    "stacked",
                    "swapped",
                    "moved",
                    "pushed",
                    "driven",
                    "turned",
                    "looked",
                    "inspected",
                    "looked_for",
                    "found",
                    "raised",
                    "lowered",
                    "home");

    private SettingOfBelief() {}

    /**
     * What can be spoken about.
     *
     * @param everything all things of the catalogue, also those not seen yet (a robot that can go
     *     and look); otherwise only what is believed to be there
     */
    public static Setting of(Belief belief, boolean everything) {
        Map<String, Setting.Entity> entities = new LinkedHashMap<>();
        for (Catalogue.Entry e : belief.catalogue().entries().values()) {
            Optional<Belief.Thing> seen = Optional.ofNullable(belief.things().get(e.label()));
            if (everything || seen.isPresent()) {
                entities.put(e.label(), entity(e, seen));
            }
        }
        for (WorldMap.Place p : belief.map().places()) {
            entities.put(p.id(), entity(p));
        }
        Map<String, String> predicates = new LinkedHashMap<>();
        PREDICATES.forEach(p -> predicates.put(p, p));
        return new Setting(
                Collections.unmodifiableMap(entities),
                relations(belief),
                predicates,
                belief.base().q().yaw());
    }

    private static Setting.Entity entity(Catalogue.Entry e, Optional<Belief.Thing> seen) {
        Set<String> affords = new LinkedHashSet<>();
        if (e.movable()) {
            affords.add("pick");
        }
        if (e.surface().isPresent()) {
            affords.add("support");
        }
        if (e.container().isPresent()) {
            affords.add("contain");
        }
        return new Setting.Entity(
                e.label(),
                e.kind(),
                e.person() ? Setting.Type.PERSON : Setting.Type.THING,
                e.colour(),
                e.names(),
                seen.map(t -> t.pose().p()),
                Optional.of(e.size()),
                seen.flatMap(Belief.Thing::support).orElse(""),
                Collections.unmodifiableSet(affords));
    }

    private static Setting.Entity entity(WorldMap.Place p) {
        Set<String> affords = new LinkedHashSet<>();
        affords.add("stand");
        if (!p.surfaces().isEmpty()) {
            affords.add("support");
        }
        if (p.container().isPresent()) {
            affords.add("contain");
        }
        Vec3 top = p.surfaces().isEmpty() ? Vec3.ZERO : p.surfaces().getFirst().centre();
        return new Setting.Entity(
                p.id(),
                p.kind(),
                p.kind().equals("room") ? Setting.Type.PLACE : Setting.Type.FIXTURE,
                p.colour(),
                p.names(),
                Optional.of(p.pose().transform(top)),
                Optional.of(p.size()),
                p.room(),
                Collections.unmodifiableSet(affords));
    }

    private static List<Goal.Literal> relations(Belief belief) {
        List<Goal.Literal> out = new ArrayList<>();
        belief.things()
                .forEach((id, t) -> {
                    t.support()
                            .ifPresent(s ->
                                    out.add(new Goal.Literal(t.inside() ? "in" : "on", id, s)));
                    t.heldBy()
                            .ifPresent(h ->
                                    out.add(
                                            new Goal.Literal(
                                                    "held_by",
                                                    id,
                                                    belief.things().containsKey(h) ? h : "robot")));
                });
        return List.copyOf(out);
    }
}
