package org.openkaiwu.brain.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.openkaiwu.brain.Goal.Literal;
import org.openkaiwu.brain.language.Meaning.Act;
import org.openkaiwu.brain.language.Meaning.Ref;
import org.openkaiwu.brain.language.Resolver.Need;
import org.openkaiwu.brain.language.SceneView.Facets;

/** Going to see what is somewhere, or whether something is there, to tell it afterwards. */
final class Looking {
    private final SceneView scene;
    private final Context context;
    private final Resolver resolver;
    private final Consumer<List<Literal>> before;

    Looking(SceneView scene, Context context, Resolver resolver, Consumer<List<Literal>> before) {
        this.scene = scene;
        this.context = context;
        this.resolver = resolver;
        this.before = before;
    }

    /** What will have been looked at; without a place that one goes to, all that is in view. */
    List<Literal> at(Act a) {
        boolean looks =
                scene.setting().predicates().isEmpty()
                        || scene.setting().predicates().containsKey("inspected");
        if (!looks) {
            throw new Trouble(Trouble.Kind.IMPOSSIBLE, "question");
        }
        Optional<String> place =
                a.to().map(p -> resolver.resolve(p.target(), Need.any()).getFirst())
                        .or(() -> context.here)
                        .filter(this::away);
        if (place.isEmpty()) {
            return a.object().isPresent()
                    ? Acts.each("found", resolver.resolve(a.object().get(), Need.any()), "")
                    : List.of(new Literal("looked", Acts.ROBOT, ""));
        }
        String id = place.get();
        context.mention(List.of(id));
        context.here = place;
        before.accept(List.of(new Literal("at", Acts.ROBOT, id)));
        var out = new ArrayList<Literal>();
        for (String wanted : a.object().map(this::known).orElse(List.of())) {
            out.add(new Literal("looked_for", wanted, id));
        }
        return out.isEmpty() ? List.of(new Literal("inspected", Acts.ROBOT, id)) : out;
    }

    /** Whether it is a room, or stands in one. */
    private boolean away(String id) {
        Facets f = scene.get(id);
        Facets room = scene.get(f.entity().owner());
        return f.is("room") || room != null && room.is("room") && !f.can("pick");
    }

    /** What could be meant; of what nobody here knows, all that is there will be told. */
    private List<String> known(Ref ref) {
        try {
            List<String> ids = Resolver.ids(resolver.candidates(ref, Need.any()));
            context.mention(ids);
            return ids;
        } catch (Trouble t) {
            if (t.kind == Trouble.Kind.MISSING) {
                return List.of();
            }
            throw t;
        }
    }
}
