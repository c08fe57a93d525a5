package org.openkaiwu.brain.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.openkaiwu.brain.Goal.Literal;
import org.openkaiwu.brain.language.Meaning.Act;
import org.openkaiwu.brain.language.Meaning.Feature;
import org.openkaiwu.brain.language.Meaning.Place;
import org.openkaiwu.brain.language.Meaning.Ref;
import org.openkaiwu.brain.language.Meaning.Type;
import org.openkaiwu.brain.language.Resolver.Need;
import org.openkaiwu.brain.language.SceneView.Facets;

/** The literals that one act makes true, its references resolved over the setting. */
final class Acts {
    static final String ROBOT = "robot";
    static final Need PICK = new Need(f -> f.can("pick"), "cannot_pick", Set.of());

    private static final Map<String, String> OPPOSITE =
            Map.of(
                    "left_of", "right_of",
                    "right_of", "left_of",
                    "front_of", "behind",
                    "behind", "front_of");

    private final SceneView scene;
    private final Context context;
    private final Resolver resolver;
    private final Placing placing;
    private final Travelling travelling;
    private final Operating operating;
    private final Stacking stacking;
    private final Arranging arranging;
    private final Consumer<List<Literal>> before;

    /**
     * @param before takes literals that must come true in an earlier step of their own
     */
    Acts(SceneView scene, Context context, Resolver resolver, Consumer<List<Literal>> before) {
        this.scene = scene;
        this.context = context;
        this.resolver = resolver;
        this.before = before;
        placing = new Placing(scene, context);
        travelling = new Travelling(scene, context, resolver, before);
        operating = new Operating(scene, context, resolver, this);
        stacking = new Stacking(scene, resolver, placing, this);
        arranging = new Arranging(scene, context, resolver, placing, this);
    }

    /** The literals that an act makes true. */
    List<Literal> literals(Act a) {
        String verb = a.verb();
        if (verb.startsWith("cannot:")) {
            throw new Trouble(Trouble.Kind.IMPOSSIBLE, "no_ability", "%" + verb.substring(7));
        }
        if (verb.startsWith("need:")) {
            return arranging.need(verb.substring(5), a);
        }
        if (verb.startsWith("unknown:")) {
            throw new Trouble(Trouble.Kind.UNKNOWN, "unknown_word", verb.substring(8));
        }
        return switch (verb) {
            case "put", "putpairs", "stackon" -> put(a);
            case "hold" -> each("held_by", object(a, PICK), ROBOT);
            case "give" -> give(a);
            case "givewish" -> give(a.withWho(Ref.pronoun("me")));
            case "lookaround" -> List.of(new Literal("looked", ROBOT, ""));
            case "inspect" -> new Looking(scene, context, resolver, before).at(a);
            case "go", "goto" -> travelling.go(a);
            case "come" -> travelling.come();
            case "drive" -> travelling.base("driven", a, Double.NaN);
            case "turn" ->
                    travelling.base("turned", a, a.by().direction().equals("around") ? 180 : 90);
            case "charge" -> travelling.charge();
            case "open", "close", "turn_on", "turn_off" -> operating.operate(a);
            case "push", "press" -> operating.press(a);
            case "shift" -> operating.shift(a, "moved");
            case "pushby" -> operating.shift(a, "pushed");
            case "stack" -> stacking.stack(a);
            case "stackat" -> stacking.stackAt(a);
            case "lineup" -> stacking.lineUp(a);
            case "gather" -> stacking.gather(a);
            case "swap" -> arranging.swap(a);
            case "find", "where" -> each("found", object(a, Need.any()), "");
            case "look" -> facing(object(a, Need.any()));
            case "raise" -> List.of(new Literal("raised", ROBOT, ""));
            case "lower" -> List.of(new Literal("lowered", ROBOT, ""));
            case "home" -> List.of(new Literal("home", ROBOT, ""));
            case "release" -> arranging.release(a);
            case "discard" -> arranging.discard(a);
            case "tidy" -> arranging.tidy(a);
            case "tidyall" -> arranging.tidyAll(a);
            case "sort" -> arranging.sort(a);
            case "throw" -> arranging.throwing(a);
            case "touch" -> throw new Trouble(Trouble.Kind.IMPOSSIBLE, "no_ability", "%touch");
            case "wait", "stop" -> List.of();
            default -> throw new Trouble(Trouble.Kind.INCOMPLETE, "not_understood");
        };
    }

    static List<Literal> each(String predicate, List<String> ids, String target) {
        return ids.stream().map(id -> new Literal(predicate, id, target)).toList();
    }

    private static List<Literal> facing(List<String> ids) {
        return List.of(new Literal("facing", ROBOT, ids.getFirst()));
    }

    List<String> object(Act a, Need need) {
        List<String> ids = named(a, need);
        context.used.addAll(ids);
        context.mention(ids);
        return ids;
    }

    /** What the act is done to; where it is said to be and was not seen is gone to first. */
    private List<String> named(Act a, Need need) {
        Ref ref = a.object().orElse(Ref.pronoun("it"));
        List<String> ids = resolver.resolve(ref, need);
        if (ids.stream().map(scene::get).anyMatch(resolver.spatial()::unseen)) {
            for (Feature f : ref.features()) {
                if (f.type() == Type.AT || f.type() == Type.OF) {
                    resolver.resolve(f.refs().getFirst(), Need.any()).stream()
                            .map(scene::get)
                            .filter(p -> p.is("room") || inRoom(p))
                            .limit(1)
                            .forEach(p -> before.accept(List.of(new Literal("at", ROBOT, p.id()))));
                }
            }
        }
        return ids;
    }

    private boolean inRoom(Facets place) {
        Facets room = scene.get(place.entity().owner());
        return room != null && room.is("room") && !place.can("pick");
    }

    List<Literal> put(Act a) {
        if (a.to().isEmpty() && a.second().isEmpty()) {
            Need anything = a.object().isPresent() ? PICK : Need.any();
            List<String> ids = resolver.resolve(a.object().orElse(Ref.pronoun("it")), anything);
            context.mention(ids);
            throw new Trouble(
                    Trouble.Kind.INCOMPLETE,
                    "where_to",
                    List.of("#" + String.join("|", ids)),
                    List.of());
        }
        Place place = a.to().orElseGet(() -> new Place("on", a.second().get()));
        String relation = place.relation();
        if (relation.startsWith("side_")) {
            throw new Trouble(Trouble.Kind.INCOMPLETE, "where_to_any");
        }
        if (relation.equals("between")) {
            return between(a, place);
        }
        Optional<Feature> match = place.target().first(Type.MATCH);
        if (match.isPresent()) {
            return matched(a, relation, place.target(), match.get().value());
        }
        // where to first: what is already named as the destination is not among "all" to be moved
        Need takes = new Need(f -> placing.takes(f, relation), key(relation), Set.of());
        boolean itTarget = place.target().has(Type.PRONOUN) || place.target().has(Type.OTHER);
        List<String> objects;
        List<String> targets;
        if (itTarget) {
            objects = named(a, PICK);
            targets = opposite(place).orElseGet(() -> pronounTarget(place, takes.without(objects)));
        } else {
            targets = destination(place.target(), takes);
            objects = named(oneEach(a, targets), excluding(a, targets));
        }
        if (scene.get(targets.getFirst()).person()
                && (relation.equals("to") || relation.equals("at"))) {
            return handOver(objects, targets.getFirst());
        }
        note(objects, targets);
        context.lastSide =
                isSide(relation) && targets.size() == 1
                        ? Optional.of(new Literal(relation, objects.getFirst(), targets.getFirst()))
                        : Optional.empty();
        if (a.verb().equals("putpairs")) {
            // "respectively": the first into the first, the second into the second
            return place(objects, relation, targets, Ref.of());
        }
        return place(Placing.bases(objects, context.relations), relation, targets, place.target());
    }

    /** Each to the one that has its own number, or its colour. */
    private List<Literal> matched(Act a, String relation, Ref target, String by) {
        Ref any =
                new Ref(
                        target.features().stream()
                                .filter(f ->
                                        f.type() != Type.MATCH
                                                && f.type() != Type.COUNT
                                                && f.type() != Type.QUANTITY)
                                .toList(),
                        target.members(),
                        target.either());
        Need takes = new Need(f -> placing.takes(f, relation), key(relation), Set.of());
        List<String> places = resolver.resolve(any.with(Feature.of(Type.QUANTITY, "all")), takes);
        Ref said = a.object().orElse(Ref.pronoun("them"));
        boolean one = said.has(Type.LABEL) || said.has(Type.COLOUR) || !said.members().isEmpty();
        Ref object = one ? said : said.with(Feature.of(Type.QUANTITY, "all"));
        List<String> objects = resolver.resolve(object, PICK.without(places));
        var out = new ArrayList<Literal>();
        for (String id : objects) {
            Facets f = scene.get(id);
            List<String> own = places.stream().filter(p -> alike(f, scene.get(p), by)).toList();
            if (own.size() != 1) {
                throw new Trouble(
                        Trouble.Kind.INCOMPLETE,
                        "where_of",
                        List.of("&" + id, "#" + String.join("|", places)),
                        places);
            }
            out.add(placing.literal(f, relation, scene.get(own.getFirst())));
        }
        note(objects, places);
        return out;
    }

    private static boolean alike(Facets a, Facets b, String by) {
        boolean number = !a.label().isEmpty() && a.label().equals(b.label());
        return by.equals("colour") || by.equals("own") && a.label().isEmpty()
                ? !a.colours().isEmpty() && a.colours().equals(b.colours())
                : number;
    }

    private static boolean isSide(String relation) {
        return OPPOSITE.containsKey(Placing.plain(relation));
    }

    /** "The apple to the right of the bowl, the cup to the left of it": of the bowl. */
    private Optional<List<String>> opposite(Place place) {
        String side = OPPOSITE.get(Placing.plain(place.relation()));
        return context.lastSide
                .filter(l -> place.target().has(Type.PRONOUN, "it"))
                .filter(l -> Placing.plain(l.predicate()).equals(side))
                .map(l -> List.of(l.target()));
    }

    /** "One in each bin": as many as there are bins. */
    private static Act oneEach(Act a, List<String> targets) {
        Ref ref = a.object().orElse(Ref.pronoun("it"));
        boolean each = a.to().isPresent() && a.to().get().target().has(Type.QUANTITY, "all");
        boolean one = ref.has(Type.COUNT, "1") || ref.has(Type.QUANTITY, "any");
        if (!each || !one || targets.size() < 2) {
            return a;
        }
        List<Feature> kept =
                ref.features().stream()
                        .filter(f -> f.type() != Type.COUNT && f.type() != Type.QUANTITY)
                        .toList();
        Ref many = new Ref(kept, ref.members(), ref.either());
        return a.withObject(many.with(Feature.of(Type.COUNT, Integer.toString(targets.size()))));
    }

    /** "... the rest in the second": of the kind that the last place was, if that makes sense. */
    private List<String> destination(Ref target, Need takes) {
        Optional<Feature> kind = context.lastPlaceKind;
        context.lastPlaceKind =
                target.first(Type.KIND)
                        .map(f -> resolver.common(target.all(Type.KIND).getLast()))
                        .or(() -> kind);
        if (kind.isPresent() && target.has(Type.HEADLESS) && !target.has(Type.KIND)) {
            try {
                return resolver.resolve(target.with(kind.get()), takes);
            } catch (Trouble t) {
                return resolver.resolve(target, takes);
            }
        }
        return resolver.resolve(target, takes);
    }

    private Need excluding(Act a, List<String> targets) {
        boolean all =
                a.object().isPresent()
                        && (a.object().get().has(Type.QUANTITY, "all")
                                || a.object().get().has(Type.PLURAL));
        boolean superlative = a.object().isPresent() && a.object().get().has(Type.SUPERLATIVE);
        boolean others = a.object().isPresent() && a.object().get().has(Type.OTHER);
        return all || others || superlative || targets.size() == 1 && indefinite(a)
                ? PICK.without(targets)
                : PICK;
    }

    private static boolean indefinite(Act a) {
        return a.object().isEmpty()
                || a.object().get().has(Type.QUANTITY, "any")
                || a.object().get().has(Type.COUNT)
                || a.object().get().has(Type.PRONOUN);
    }

    /** "it" as a target may mean a part's owner: on top of the drawer is on top of its cabinet. */
    private List<String> pronounTarget(Place place, Need takes) {
        try {
            return resolver.resolve(place.target(), takes);
        } catch (Trouble t) {
            for (List<String> group : context.mentions) {
                Facets f = scene.get(group.getFirst());
                Facets owner = f == null ? null : scene.get(f.entity().owner());
                if (owner != null && takes.fits().test(owner)) {
                    return List.of(owner.id());
                }
            }
            throw t;
        }
    }

    private static String key(String relation) {
        return switch (relation) {
            case "in" -> "cannot_contain";
            case "on", "top" -> "cannot_support";
            default -> "cannot_place";
        };
    }

    void note(List<String> objects, List<String> targets) {
        context.used.addAll(objects);
        for (String t : targets) {
            context.mention(List.of(t));
            if (scene.get(t).can("pick")) {
                context.used.add(t);
            }
        }
        context.mention(objects);
    }

    List<Literal> place(List<String> objects, String relation, List<String> targets, Ref target) {
        var out = new ArrayList<Literal>();
        if (targets.size() > 1) {
            if (objects.size() != targets.size() || !target.members().isEmpty()) {
                throw new Trouble(Trouble.Kind.IMPOSSIBLE, "two_places", "@" + objects.getFirst());
            }
            for (int i = 0; i < objects.size(); i++) {
                out.add(
                        placing.literal(
                                scene.get(objects.get(i)), relation, scene.get(targets.get(i))));
            }
            return out;
        }
        for (String id : objects) {
            out.add(placing.literal(scene.get(id), relation, scene.get(targets.getFirst())));
        }
        return out;
    }

    private List<Literal> between(Act a, Place place) {
        List<String> ends = resolver.resolve(place.target(), Need.any());
        if (ends.size() != 2) {
            throw new Trouble(Trouble.Kind.INCOMPLETE, "no_place_word");
        }
        List<String> objects =
                resolver.resolve(a.object().orElse(Ref.pronoun("it")), PICK.without(ends));
        note(objects, ends);
        var out = new ArrayList<Literal>();
        boolean told =
                scene.setting().predicates().isEmpty()
                        || scene.setting().predicates().containsKey("between");
        for (String id : objects) {
            if (told) {
                out.add(new Literal(Placing.BETWEEN + ends.getLast(), id, ends.getFirst()));
            } else {
                ends.forEach(end -> out.add(new Literal("beside", id, end)));
            }
        }
        return out;
    }

    private List<Literal> give(Act a) {
        Ref who = a.who().orElse(Ref.pronoun("me"));
        Need people = new Need(f -> f.person(), "cannot_place", Set.of());
        if (a.to().isPresent()) {
            return put(a);
        }
        boolean nobody = scene.all().values().stream().noneMatch(Facets::person);
        if (a.who().isEmpty() && nobody) {
            return each("held_by", object(a, PICK), ROBOT);
        }
        List<String> objects = named(a, PICK);
        String person = resolver.resolve(who, people).getFirst();
        return handOver(objects, person);
    }

    private List<Literal> handOver(List<String> objects, String person) {
        note(objects, List.of());
        return each("held_by", objects, person);
    }
}
