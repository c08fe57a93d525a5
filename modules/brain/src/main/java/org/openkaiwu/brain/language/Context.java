package org.openkaiwu.brain.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.openkaiwu.brain.Goal;

/** What has been said and what is believed to hold by then, within a text and across sentences. */
final class Context {
    private static final Set<String> PLACES =
            Set.of(
                    "on",
                    "in",
                    "beside",
                    "near",
                    "left_of",
                    "right_of",
                    "front_of",
                    "behind",
                    "under",
                    "at",
                    "held_by",
                    "between",
                    "driven",
                    "turned");

    /** Displacements add up; none takes another back. */
    private static final Set<String> SHIFTS = Set.of("moved", "pushed", "driven", "turned");

    /** Groups of things spoken of, the latest first; objects of an act before its targets. */
    final List<List<String>> mentions = new ArrayList<>();

    /** Things that an act was done to. */
    final List<String> used = new ArrayList<>();

    /** What must not be used for anything. */
    final List<String> banned = new ArrayList<>();

    List<Goal.Literal> relations;
    Optional<Meaning.Feature> lastKind = Optional.empty();

    /**
     * Kinds of what the object of the act is described by: the table of "the cube on the table".
     */
    List<Meaning.Feature> otherKinds = List.of();

    /** Kind of the last place that something was put. */
    Optional<Meaning.Feature> lastPlaceKind = Optional.empty();

    /** The last thing put at a side of another. */
    Optional<Goal.Literal> lastSide = Optional.empty();

    Optional<String> here = Optional.empty();
    Optional<Meaning.Act> lastAct = Optional.empty();

    Context(List<Goal.Literal> relations) {
        this.relations = new ArrayList<>(relations);
    }

    Context copy() {
        Context c = new Context(relations);
        c.mentions.addAll(mentions);
        c.used.addAll(used);
        c.banned.addAll(banned);
        c.lastKind = lastKind;
        c.otherKinds = otherKinds;
        c.lastPlaceKind = lastPlaceKind;
        c.lastSide = lastSide;
        c.here = here;
        c.lastAct = lastAct;
        return c;
    }

    void mention(List<String> ids) {
        if (!ids.isEmpty()) {
            mentions.remove(ids);
            mentions.addFirst(List.copyOf(ids));
        }
    }

    /** Whether a predicate speaks of a displacement. */
    static boolean shifts(String predicate) {
        return SHIFTS.contains(predicate);
    }

    /** Makes the literals true in the believed relations. */
    void apply(List<Goal.Literal> literals) {
        for (Goal.Literal l : literals) {
            relations.removeIf(old -> replaces(l, old));
            relations.add(l);
        }
    }

    /** Whether {@code now} being true means that {@code before} no longer is. */
    static boolean replaces(Goal.Literal now, Goal.Literal before) {
        boolean base = before.predicate().equals("driven") || before.predicate().equals("turned");
        if (!now.object().equals(before.object()) || shifts(now.predicate()) && !base) {
            return false;
        }
        return group(now.predicate()).equals(group(before.predicate()));
    }

    static String group(String predicate) {
        if (PLACES.contains(Placing.plain(predicate)) || predicate.startsWith("on_")) {
            return "place";
        }
        return switch (predicate) {
            case "open", "closed" -> "opening";
            case "turned_on", "turned_off" -> "power";
            case "raised", "lowered" -> "height";
            default -> predicate;
        };
    }
}
