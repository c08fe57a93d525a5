package org.openkaiwu.brain.language;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.openkaiwu.brain.Goal.Literal;
import org.openkaiwu.brain.language.Meaning.Act;
import org.openkaiwu.brain.language.Meaning.Feature;
import org.openkaiwu.brain.language.Meaning.Place;
import org.openkaiwu.brain.language.Meaning.Ref;
import org.openkaiwu.brain.language.Meaning.Type;
import org.openkaiwu.brain.language.Resolver.Need;
import org.openkaiwu.brain.language.SceneView.Facets;

/** Acts of the robot's base: going to places and people, driving and turning by some amount. */
final class Travelling {
    /** Farther than this is out of any house or hall, m. */
    private static final double FARTHEST = 100;

    private final SceneView scene;
    private final Context context;
    private final Resolver resolver;
    private final Consumer<List<Literal>> before;

    Travelling(
            SceneView scene, Context context, Resolver resolver, Consumer<List<Literal>> before) {
        this.scene = scene;
        this.context = context;
        this.resolver = resolver;
        this.before = before;
    }

    /** To where the speaker is. */
    List<Literal> come() {
        if (scene.all().values().stream().noneMatch(Facets::person)) {
            throw new Trouble(Trouble.Kind.INCOMPLETE, "where_go");
        }
        String person = resolver.resolve(Ref.pronoun("me"), Need.any()).getFirst();
        return List.of(new Literal("at", Acts.ROBOT, person));
    }

    List<Literal> go(Act a) {
        Place p = a.to().orElseThrow(() -> new Trouble(Trouble.Kind.INCOMPLETE, "where_go"));
        if (p.relation().startsWith("side_")) {
            throw new Trouble(Trouble.Kind.INCOMPLETE, "no_place_word");
        }
        List<String> targets = resolver.resolve(p.target(), Need.any());
        if (a.verb().equals("goto") && targets.stream().anyMatch(t -> scene.get(t).can("pick"))) {
            // "move the apple" is no going to the apple
            throw new Trouble(
                    Trouble.Kind.INCOMPLETE,
                    "where_to",
                    List.of("#" + String.join("|", targets)),
                    List.of());
        }
        context.mention(targets);
        context.here = Optional.of(targets.getLast());
        if (targets.size() > 1) {
            for (String t : targets.subList(0, targets.size() - 1)) {
                before.accept(List.of(new Literal("at", Acts.ROBOT, t)));
            }
        }
        return List.of(new Literal("at", Acts.ROBOT, targets.getLast()));
    }

    /** A move of the base by itself. */
    List<Literal> base(String predicate, Act a, double usual) {
        double much = Double.isNaN(a.by().metres()) ? usual : a.by().metres();
        if (Double.isNaN(much)) {
            throw new Trouble(Trouble.Kind.INCOMPLETE, "how_far");
        }
        if (predicate.equals("driven") && much > FARTHEST) {
            throw new Trouble(Trouble.Kind.IMPOSSIBLE, "too_far");
        }
        String way = a.by().direction();
        String by =
                predicate.equals("turned")
                        ? (way.equals("around") ? "left" : way) + "_" + Math.round(much)
                        : a.by().text(much);
        return List.of(new Literal(predicate, Acts.ROBOT, by));
    }

    List<Literal> charge() {
        Ref charger = Ref.of(Feature.of(Type.KIND, "kind:charger"));
        return List.of(
                new Literal("at", Acts.ROBOT, resolver.resolve(charger, Need.any()).getFirst()));
    }
}
