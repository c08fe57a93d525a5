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
import org.openkaiwu.math.Vec3;

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

    /** How far a thing is moved when nothing is said about it, m. */
    private static final double USUAL_SHIFT = 0.10;

    private final SceneView scene;
    private final Context context;
    private final Resolver resolver;
    private final Placing placing;
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
            case "go", "goto" -> go(a);
            case "come" -> come();
            case "drive" -> base("driven", a, Double.NaN);
            case "turn" -> base("turned", a, a.by().direction().equals("around") ? 180 : 90);
            case "charge" -> charge();
            case "open", "close", "turn_on", "turn_off" -> operate(a);
            case "push", "press" -> press(a);
            case "shift" -> shift(a, "moved");
            case "pushby" -> shift(a, "pushed");
            case "stack" -> arranging.stack(a);
            case "stackat" -> arranging.stackAt(a);
            case "lineup" -> arranging.lineUp(a);
            case "gather" -> arranging.gather(a);
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

    private static List<Literal> each(String predicate, List<String> ids, String target) {
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

    /** To where the speaker is. */
    private List<Literal> come() {
        if (scene.all().values().stream().noneMatch(Facets::person)) {
            throw new Trouble(Trouble.Kind.INCOMPLETE, "where_go");
        }
        String person = resolver.resolve(Ref.pronoun("me"), Need.any()).getFirst();
        return List.of(new Literal("at", ROBOT, person));
    }

    private List<Literal> go(Act a) {
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
                before.accept(List.of(new Literal("at", ROBOT, t)));
            }
        }
        return List.of(new Literal("at", ROBOT, targets.getLast()));
    }

    /** A move of the base by itself. */
    private List<Literal> base(String predicate, Act a, double usual) {
        double much = Double.isNaN(a.by().metres()) ? usual : a.by().metres();
        if (Double.isNaN(much)) {
            throw new Trouble(Trouble.Kind.INCOMPLETE, "how_far");
        }
        String way = a.by().direction();
        String by =
                predicate.equals("turned")
                        ? (way.equals("around") ? "left" : way) + "_" + Math.round(much)
                        : a.by().text(much);
        return List.of(new Literal(predicate, ROBOT, by));
    }

    private List<Literal> charge() {
        Ref charger = Ref.of(Feature.of(Type.KIND, "kind:charger"));
        return List.of(new Literal("at", ROBOT, resolver.resolve(charger, Need.any()).getFirst()));
    }

    private List<Literal> operate(Act a) {
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
    private List<Literal> shift(Act a, String predicate) {
        List<String> ids = object(a, PICK);
        if (a.by().direction().equals("speaker")) {
            return each(predicate, ids, towardsSpeaker(a, ids.getFirst()).text(USUAL_SHIFT));
        }
        if (a.by().direction().isEmpty()) {
            throw new Trouble(
                    Trouble.Kind.INCOMPLETE,
                    "which_way",
                    List.of("#" + String.join("|", ids)),
                    List.of());
        }
        return each(predicate, ids, a.by().text(USUAL_SHIFT));
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

    private List<Literal> press(Act a) {
        List<String> ids = object(a, Need.any());
        if (ids.stream().allMatch(id -> scene.get(id).is("switch"))) {
            return each("turned_on", ids, "");
        }
        if (a.verb().equals("push") && ids.stream().allMatch(id -> scene.get(id).can("pick"))) {
            return shift(a, "pushed");
        }
        throw new Trouble(Trouble.Kind.IMPOSSIBLE, "no_ability", "%push");
    }
}
