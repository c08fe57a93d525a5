package org.openkaiwu.brain.language;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.openkaiwu.brain.Goal.Literal;
import org.openkaiwu.brain.language.Meaning.Act;
import org.openkaiwu.brain.language.Meaning.Feature;
import org.openkaiwu.brain.language.Meaning.Place;
import org.openkaiwu.brain.language.Meaning.Ref;
import org.openkaiwu.brain.language.Meaning.Type;
import org.openkaiwu.brain.language.Resolver.Need;
import org.openkaiwu.brain.language.SceneView.Facets;

/** Acts on several things or without a stated place: stack, swap, sort, tidy, throw away. */
final class Arranging {
    /** Size class from which on a vessel is offered for putting things away. */
    private static final double BOWL = 3;

    private final SceneView scene;
    private final Context context;
    private final Resolver resolver;
    private final Placing placing;
    private final Acts acts;

    Arranging(SceneView scene, Context context, Resolver resolver, Placing placing, Acts acts) {
        this.scene = scene;
        this.context = context;
        this.resolver = resolver;
        this.placing = placing;
        this.acts = acts;
    }

    List<Literal> swap(Act a) {
        var ids =
                new ArrayList<>(
                        resolver.resolve(a.object().orElse(Ref.pronoun("them")), Acts.PICK));
        if (a.second().isPresent()) {
            ids.addAll(resolver.resolve(a.second().get(), Acts.PICK));
        }
        if (ids.size() != 2) {
            throw new Trouble(Trouble.Kind.IMPOSSIBLE, "stack_one");
        }
        Literal first = holder(ids.get(0));
        Literal second = holder(ids.get(1));
        acts.note(ids, List.of());
        if (first.target().equals(second.target())) {
            return List.of(new Literal("swapped", ids.get(0), ids.get(1)));
        }
        return List.of(
                new Literal(second.predicate(), ids.get(0), second.target()),
                new Literal(first.predicate(), ids.get(1), first.target()));
    }

    private Literal holder(String id) {
        return context.relations.stream()
                .filter(l ->
                        l.object().equals(id)
                                && (l.predicate().equals("on") || l.predicate().equals("in")))
                .findFirst()
                .orElseThrow(() -> new Trouble(Trouble.Kind.INCOMPLETE, "swap_unknown"));
    }

    List<Literal> release(Act a) {
        List<String> inHand =
                context.relations.stream()
                        .filter(l -> l.predicate().equals("held_by") && l.target().equals("robot"))
                        .map(Literal::object)
                        .toList();
        if (a.object().isEmpty() && !inHand.isEmpty()) {
            return release(a.withObject(named(inHand)));
        }
        if (a.object().isEmpty() || a.object().get().has(Type.BODY)) {
            return List.of(new Literal("open", "gripper", ""));
        }
        List<String> ids = resolver.resolve(a.object().get(), Acts.PICK);
        context.mention(ids);
        boolean held =
                ids.stream()
                        .allMatch(id ->
                                context.relations.stream()
                                        .anyMatch(l ->
                                                l.predicate().equals("held_by")
                                                        && l.object().equals(id)));
        List<Facets> tables =
                scene.all().values().stream()
                        .filter(f -> f.is("table") && f.can("support"))
                        .toList();
        if (held && tables.size() == 1) {
            return acts.place(ids, "on", List.of(tables.getFirst().id()), Ref.of());
        }
        throw new Trouble(
                Trouble.Kind.INCOMPLETE,
                "where_to",
                List.of("#" + String.join("|", ids)),
                List.of());
    }

    List<Literal> discard(Act a) {
        List<Facets> bins = scene.all().values().stream().filter(f -> f.is("trash")).toList();
        List<String> ids = acts.object(a, Acts.PICK);
        if (bins.isEmpty()) {
            throw new Trouble(Trouble.Kind.MISSING, "no_trash");
        }
        return acts.place(ids, "in", List.of(bins.getFirst().id()), Ref.of());
    }

    /** "Toss it in the box" is put there; nothing is thrown. */
    List<Literal> throwing(Act a) {
        if (a.to().isPresent() && Set.of("in", "to").contains(a.to().get().relation())) {
            try {
                Need vessels =
                        new Need(
                                f -> f.is("trash") || placing.takes(f, "in") && !f.is("room"),
                                "nothing_fits",
                                Set.of());
                resolver.resolve(a.to().get().target(), vessels);
                return acts.put(a.withPlace(new Place("in", a.to().get().target())));
            } catch (Trouble t) {
                if (t.kind == Trouble.Kind.UNKNOWN || t.kind == Trouble.Kind.MISSING) {
                    throw t;
                }
            }
        }
        throw new Trouble(Trouble.Kind.UNSAFE, "no_throw");
    }

    /** What stands on or in a thing goes where was said; a thing without contents goes itself. */
    List<Literal> tidy(Act a) {
        List<String> ids = resolver.resolve(a.object().orElse(Ref.pronoun("them")), Need.any());
        var contents = new LinkedHashSet<String>();
        for (String id : ids) {
            contents.addAll(resolver.spatial().contents(id));
        }
        if (contents.isEmpty() && ids.stream().noneMatch(id -> scene.get(id).can("pick"))) {
            boolean looked = scene.all().values().stream().noneMatch(resolver.spatial()::unseen);
            throw new Trouble(
                    Trouble.Kind.IMPOSSIBLE,
                    looked ? "already_empty" : "unseen_there",
                    "@" + ids.getFirst());
        }
        if (contents.isEmpty()) {
            contents.addAll(ids);
        }
        if (a.to().isPresent()) {
            Ref target = a.to().get().target();
            if (!target.has(Type.PRONOUN)) {
                resolver.resolve(target, Need.any()).forEach(contents::remove);
            }
            return acts.put(a.withObject(named(contents)));
        }
        List<String> vessels = vessels(contents);
        if (vessels.containsAll(contents)) {
            // vessels are to be moved themselves: none of them is where they go
            vessels = vessels.stream().filter(v -> !contents.contains(v)).toList();
        } else {
            vessels.forEach(contents::remove);
        }
        throw new Trouble(
                Trouble.Kind.INCOMPLETE,
                vessels.isEmpty() ? "where_to" : "where_of",
                List.of("&" + String.join("|", contents), "#" + String.join("|", vessels)),
                vessels);
    }

    /** "tidy up" without saying what: everything that lies on furniture. */
    List<Literal> tidyAll(Act a) {
        List<String> loose =
                scene.all().values().stream().filter(f -> f.can("pick")).map(Facets::id).toList();
        if (loose.isEmpty()) {
            throw new Trouble(Trouble.Kind.MISSING, "nothing_fits");
        }
        return tidy(
                new Act(
                        "tidy",
                        Optional.of(named(loose)),
                        Optional.empty(),
                        a.to(),
                        Optional.empty(),
                        Optional.empty(),
                        Meaning.Shift.NONE,
                        false));
    }

    /** Each thing into the one container of its colour; else the question which goes where. */
    List<Literal> sort(Act a) {
        List<String> ids = resolver.resolve(Stacking.several(a), Acts.PICK);
        List<String> vessels = vessels(ids);
        if (a.to().isPresent()) {
            List<String> targets = resolver.resolve(a.to().get().target(), Need.any());
            if (targets.size() == 1) {
                return acts.put(a.withObject(Stacking.several(a)));
            }
            vessels = targets;
        }
        List<String> bins = vessels;
        var out = new ArrayList<Literal>();
        for (String id : ids) {
            Set<String> colours = scene.get(id).colours();
            List<String> same =
                    bins.stream()
                            .filter(v ->
                                    !colours.isEmpty() && scene.get(v).colours().equals(colours))
                            .toList();
            if (same.size() == 1) {
                out.add(placing.literal(scene.get(id), "in", scene.get(same.getFirst())));
            }
        }
        acts.note(ids, List.of());
        if (out.size() == ids.size()) {
            return out;
        }
        throw new Trouble(
                Trouble.Kind.INCOMPLETE,
                vessels.isEmpty() ? "sort_how" : "where_of",
                List.of("&" + String.join("|", ids), "#" + String.join("|", vessels)),
                vessels);
    }

    /** What things can be put in, but for these things themselves. */
    private List<String> vessels(java.util.Collection<String> but) {
        return scene.all().values().stream()
                .filter(f -> f.can("contain") && !f.is("room") && !f.person())
                .filter(f -> f.sizeClass() >= BOWL)
                .map(Facets::id)
                .filter(id -> !but.contains(id) || but.size() > 1)
                .toList();
    }

    static Ref named(java.util.Collection<String> ids) {
        List<Ref> members =
                ids.stream().map(id -> Ref.of(Feature.of(Type.KIND, "name:" + id))).toList();
        return members.size() == 1
                ? members.getFirst()
                : new Ref(List.of(Feature.of(Type.QUANTITY, "all")), members, false);
    }

    /** Something that helps against a need: given to the person who has it, or switched on. */
    List<Literal> need(String name, Act a) {
        Kinds.Help help = scene.words().kinds().help(name);
        List<String> found = a.object().map(o -> resolver.resolve(o, Acts.PICK)).orElse(List.of());
        for (String kind : help.kinds()) {
            if (found.isEmpty()) {
                found =
                        scene.all().values().stream()
                                .filter(f -> f.is(kind) && !f.props().contains("poison"))
                                .filter(f -> f.can(help.turn() ? "turn" : "pick"))
                                .map(Facets::id)
                                .toList();
            }
        }
        if (found.isEmpty()) {
            throw new Trouble(Trouble.Kind.MISSING, "no_help");
        }
        if (found.size() > 1) {
            throw new Trouble(
                    Trouble.Kind.AMBIGUOUS,
                    "which_help",
                    List.of("#" + String.join("|", found)),
                    found);
        }
        if (a.to().isPresent()) {
            return acts.put(a.withObject(named(found)));
        }
        acts.note(found, List.of());
        if (help.turn()) {
            return List.of(new Literal("turned_on", found.getFirst(), ""));
        }
        List<String> people =
                scene.all().values().stream().filter(Facets::person).map(Facets::id).toList();
        if (people.isEmpty()) {
            throw new Trouble(
                    Trouble.Kind.INCOMPLETE,
                    "help_where",
                    List.of("@" + found.getFirst()),
                    List.of());
        }
        Ref who = a.who().orElse(Ref.pronoun("me"));
        String person = resolver.resolve(who, Need.any()).getFirst();
        return List.of(new Literal("held_by", found.getFirst(), person));
    }
}
