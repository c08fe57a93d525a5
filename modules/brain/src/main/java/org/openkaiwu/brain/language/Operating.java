package org.openkaiwu.brain.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.openkaiwu.brain.Goal.Literal;
import org.openkaiwu.brain.language.Meaning.Act;
import org.openkaiwu.brain.language.Meaning.Ref;
import org.openkaiwu.brain.language.Meaning.Type;
import org.openkaiwu.brain.language.Resolver.Need;
import org.openkaiwu.brain.language.SceneView.Facets;
import org.openkaiwu.math.Vec3;

/** Acts on a thing where it is: opening, switching, pressing, moving it some way. */
final class Operating {
    /** How far a thing is moved when nothing is said about it, m. */
    private static final double USUAL_SHIFT = 0.10;

    /** Farther than this no arm takes a thing without a place to go to, m. */
    private static final double FARTHEST = 3;

    private final SceneView scene;
    private final Context context;
    private final Resolver resolver;
    private final Acts acts;

    Operating(SceneView scene, Context context, Resolver resolver, Acts acts) {
        this.scene = scene;
        this.context = context;
        this.resolver = resolver;
        this.acts = acts;
    }

    List<Literal> operate(Act a) {
        String verb = a.verb();
        if (a.object().isPresent() && a.object().get().has(Type.BODY)) {
            if (a.object().get().has(Type.BODY, "gripper")
                    && (verb.equals("open") || verb.equals("close"))) {
                return List.of(new Literal(verb.equals("open") ? "open" : "closed", "gripper", ""));
            }
            throw new Trouble(Trouble.Kind.IMPOSSIBLE, "nothing_fits");
        }
        boolean on = verb.equals("open") || verb.equals("turn_on");
        boolean turn = verb.startsWith("turn");
        Need need =
                turn
                        ? new Need(f -> f.can("turn"), "cannot_turn", Set.of())
                        : new Need(this::opens, "cannot_open", Set.of());
        List<String> ids;
        try {
            ids = resolver.resolve(a.object().orElse(Ref.pronoun("it")), need);
        } catch (Trouble t) {
            // "open the lamp", 打开炉子: what does not open is switched
            if (turn || !t.key.equals("cannot_open")) {
                throw t;
            }
            try {
                ids =
                        resolver.resolve(
                                a.object().orElse(Ref.pronoun("it")),
                                new Need(f -> f.can("turn"), "cannot_open", Set.of()));
                turn = true;
            } catch (Trouble worse) {
                throw t;
            }
        }
        var out = new ArrayList<Literal>();
        for (String id : ids) {
            String predicate = turn ? on ? "turned_on" : "turned_off" : on ? "open" : "closed";
            out.add(new Literal(predicate, turn ? id : opening(id), ""));
        }
        List<String> parts = out.stream().map(Literal::object).toList();
        context.mention(ids);
        context.mention(parts);
        return out;
    }

    private boolean opens(Facets f) {
        return f.can("open") || scene.parts(f.id()).stream().anyMatch(p -> p.can("open"));
    }

    private String opening(String id) {
        List<Facets> parts = scene.parts(id).stream().filter(p -> p.can("open")).toList();
        if (parts.isEmpty()) {
            return id;
        }
        if (parts.size() == 1) {
            return parts.getFirst().id();
        }
        List<String> ids = parts.stream().map(Facets::id).toList();
        throw new Trouble(
                Trouble.Kind.AMBIGUOUS, "which", List.of("#" + String.join("|", ids)), ids);
    }

    /** Moves things some way, as far as was said. */
    List<Literal> shift(Act a, String predicate) {
        List<String> ids = acts.object(a, Acts.PICK);
        if (a.by().metres() > FARTHEST) {
            throw new Trouble(Trouble.Kind.IMPOSSIBLE, "too_far");
        }
        if (a.by().direction().equals("speaker")) {
            return Acts.each(predicate, ids, towardsSpeaker(a, ids.getFirst()).text(USUAL_SHIFT));
        }
        if (a.by().direction().isEmpty()) {
            throw new Trouble(
                    Trouble.Kind.INCOMPLETE,
                    "which_way",
                    List.of("#" + String.join("|", ids)),
                    List.of());
        }
        return Acts.each(predicate, ids, a.by().text(USUAL_SHIFT));
    }

    /** Towards who speaks, as the robot sees it; asked when nobody is known to be here. */
    private Meaning.Shift towardsSpeaker(Act a, String id) {
        List<Facets> people = scene.all().values().stream().filter(Facets::person).toList();
        if (people.isEmpty() || resolver.spatial().unseen(scene.get(id))) {
            throw new Trouble(Trouble.Kind.INCOMPLETE, "which_way", List.of("#" + id), List.of());
        }
        String person = resolver.resolve(Ref.pronoun("me"), Need.any()).getFirst();
        Vec3 way = resolver.spatial().position(person).minus(resolver.spatial().position(id));
        double left = scene.left(way);
        double ahead = scene.ahead(way);
        String direction =
                Math.abs(left) > Math.abs(ahead)
                        ? left > 0 ? "left" : "right"
                        : ahead > 0 ? "forward" : "back";
        return new Meaning.Shift(direction, a.by().metres());
    }

    List<Literal> press(Act a) {
        List<String> ids = acts.object(a, Need.any());
        if (ids.stream().allMatch(id -> scene.get(id).is("switch"))) {
            return Acts.each("turned_on", ids, "");
        }
        if (a.verb().equals("push") && ids.stream().allMatch(id -> scene.get(id).can("pick"))) {
            return shift(a, "pushed");
        }
        throw new Trouble(Trouble.Kind.IMPOSSIBLE, "no_ability", "%push");
    }
}
