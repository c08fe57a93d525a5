package org.openkaiwu.brain.language;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.openkaiwu.brain.Setting;
import org.openkaiwu.brain.language.Meaning.Feature;
import org.openkaiwu.brain.language.Meaning.Ref;
import org.openkaiwu.brain.language.Meaning.Type;
import org.openkaiwu.brain.language.SceneView.Facets;

/** Finds the entities that a reference means, or says why it means none or too many. */
final class Resolver {

    /**
     * What the act needs of a thing.
     *
     * @param fits could serve at all
     * @param key message when things of that description exist but none fits
     * @param not identifiers that cannot be meant
     */
    record Need(Predicate<Facets> fits, String key, Set<String> not) {
        static Need any() {
            return new Need(f -> true, "nothing_fits", Set.of());
        }

        Need without(List<String> ids) {
            var all = new LinkedHashSet<>(not);
            all.addAll(ids);
            return new Need(fits, key, all);
        }
    }

    private final SceneView scene;
    private final Context context;
    private final Spatial spatial;
    private final Choice choice;

    Resolver(SceneView scene, Context context) {
        this.scene = scene;
        this.context = context;
        this.spatial = new Spatial(scene, context, this);
        this.choice = new Choice(scene, context, this, spatial);
    }

    Spatial spatial() {
        return spatial;
    }

    /** Identifiers of what is meant; never empty. */
    List<String> resolve(Ref ref, Need need) {
        if (!ref.members().isEmpty()) {
            return members(ref, need);
        }
        for (Feature f : ref.features()) {
            if (f.type() == Type.UNKNOWN || f.type() == Type.KIND && f.value().startsWith("?")) {
                throw new Trouble(
                        Trouble.Kind.UNKNOWN, "unknown_word", f.value().replaceFirst("^\\?", ""));
            }
        }
        if (ref.has(Type.BODY)) {
            throw new Trouble(Trouble.Kind.IMPOSSIBLE, "nothing_fits");
        }
        Optional<Feature> pronoun = ref.first(Type.PRONOUN);
        if (pronoun.isPresent()) {
            return new Pronouns(scene, context).meant(pronoun.get().value(), need);
        }
        List<Facets> found = candidates(ref, need);
        return ids(choice.quantity(ref, found, need));
    }

    private List<String> members(Ref ref, Need need) {
        var out = new LinkedHashSet<String>();
        Trouble last = null;
        for (Ref m : ref.members()) {
            try {
                out.addAll(resolve(inherit(m, ref), need.without(List.copyOf(out))));
            } catch (Trouble t) {
                boolean unclear =
                        t.kind == Trouble.Kind.UNKNOWN || t.kind == Trouble.Kind.AMBIGUOUS;
                if (!ref.either() || unclear) {
                    throw t;
                }
                last = t;
            }
        }
        if (out.isEmpty()) {
            throw last;
        }
        for (Feature f : ref.all(Type.EXCEPT)) {
            out.removeAll(resolve(all(f.refs().getFirst()), Need.any()));
        }
        if (ref.either() && out.size() > 1) {
            throw Choice.ambiguous(List.copyOf(out), "which");
        }
        return List.copyOf(out);
    }

    /** "the red and the green cube": the kind of the list's last member serves the others. */
    private Ref inherit(Ref member, Ref list) {
        if (member.has(Type.KIND) || member.has(Type.PRONOUN)) {
            return member;
        }
        for (Ref m : list.members().reversed()) {
            if (m.has(Type.KIND)) {
                Ref out = member;
                for (Feature k : m.all(Type.KIND)) {
                    out = out.with(common(k));
                }
                return out;
            }
        }
        return member;
    }

    /** Of a thing called by its own name, what kind it is. */
    Feature common(Feature kind) {
        if (!kind.value().startsWith("name:")) {
            return kind;
        }
        Facets f = scene.get(kind.value().substring(5).split("\\|")[0]);
        return f == null ? kind : Feature.of(Type.KIND, "kind:" + f.entity().kind());
    }

    private static Ref all(Ref ref) {
        return ref.with(Feature.of(Type.QUANTITY, "all"));
    }

    static List<String> ids(List<Facets> found) {
        return found.stream().map(Facets::id).toList();
    }

    /** All entities that fit the description, before quantities. */
    List<Facets> candidates(Ref ref, Need need) {
        List<Facets> found = kinds(ref, need);
        if (found.isEmpty()) {
            throw new Trouble(Trouble.Kind.MISSING, "not_here", "~" + describe(ref));
        }
        List<Facets> kept = qualities(ref, found);
        kept = kept.stream().filter(f -> !need.not().contains(f.id())).toList();
        List<Facets> allowed = keep(kept, f -> !context.banned.contains(f.id()));
        kept = allowed.isEmpty() ? kept : allowed;
        if (kept.isEmpty()) {
            if (found.stream().anyMatch(f -> need.not().contains(f.id()))) {
                throw new Trouble(Trouble.Kind.IMPOSSIBLE, "itself", "@" + found.getFirst().id());
            }
            throw new Trouble(Trouble.Kind.MISSING, "not_here", "~" + describe(ref));
        }
        List<Facets> fit = kept.stream().filter(need.fits()).toList();
        if (fit.isEmpty() && !ref.has(Type.QUANTITY, "all")) {
            throw new Trouble(Trouble.Kind.IMPOSSIBLE, need.key(), "@" + kept.getFirst().id());
        }
        List<Facets> kind = fit.isEmpty() ? kept : fit;
        fit = spatial.relations(ref, fit);
        if (fit.isEmpty()) {
            throw new Trouble(Trouble.Kind.MISSING, "not_there", "@" + kind.getFirst().id());
        }
        for (Feature f : ref.all(Type.COMPARED)) {
            String other = resolve(f.refs().getFirst(), Need.any()).getFirst();
            fit = choice.beyond(fit, f.value(), scene.get(other));
            if (fit.isEmpty()) {
                throw new Trouble(Trouble.Kind.MISSING, "nothing_fits");
            }
        }
        for (Feature f : ref.all(Type.EXCEPT)) {
            List<String> not = resolve(all(f.refs().getFirst()), Need.any());
            fit = fit.stream().filter(x -> !not.contains(x.id())).toList();
            if (fit.isEmpty()) {
                throw new Trouble(Trouble.Kind.MISSING, "nothing_fits");
            }
        }
        return fit;
    }

    private List<Facets> kinds(Ref ref, Need need) {
        List<Feature> kinds = ref.all(Type.KIND);
        if (kinds.isEmpty()) {
            List<Facets> free = things(need);
            if (context.lastKind.isPresent() && ref.has(Type.HEADLESS)) {
                Feature k = common(context.lastKind.get());
                List<Facets> same =
                        free.stream()
                                .filter(f -> matches(f, k.value()))
                                .filter(f -> !ref.has(Type.OTHER) || !context.used.contains(f.id()))
                                .toList();
                if (!qualities(ref, same).isEmpty()) {
                    // "the cube on the white table on the red one": cube or table?
                    var either = new LinkedHashSet<>(same);
                    for (Feature o : context.otherKinds) {
                        qualities(ref, match(o.value())).stream()
                                .filter(need.fits())
                                .forEach(either::add);
                    }
                    return List.copyOf(either);
                }
                for (Feature o : context.otherKinds) {
                    // "the blocks on the red table to the white one": no block is white
                    List<Facets> others = keep(match(o.value()), need.fits());
                    if (!qualities(ref, others).isEmpty()) {
                        return others;
                    }
                }
            }
            return free;
        }
        Feature head = kinds.getLast();
        if (head.value().equals("kind:thing")) {
            List<Facets> loose = things(need);
            return kinds.size() == 1 ? loose : filterModifiers(loose, kinds);
        }
        List<Facets> found = filterModifiers(match(head.value()), kinds);
        if (found.isEmpty() && kinds.size() > 1) {
            found = compound(kinds);
        }
        if (found.isEmpty() && ref.has(Type.OF) && packs(head)) {
            // "a bottle of ketchup", "the door of the microwave": the thing itself is meant
            return candidates(ref.all(Type.OF).getFirst().refs().getFirst(), Need.any());
        }
        if (found.isEmpty() && kinds.size() == 1 && head.value().startsWith("kind:")) {
            for (String near : scene.words().kinds().near(head.value().substring(5))) {
                found = match("kind:" + near);
                if (!found.isEmpty()) {
                    break;
                }
            }
        }
        return found;
    }

    private boolean packs(Feature head) {
        return head.value().startsWith("kind:")
                && scene.words().kinds().isPackage(head.value().substring(5));
    }

    private List<Facets> things(Need need) {
        return scene.all().values().stream()
                .filter(f -> !f.entity().kind().equals("area"))
                .filter(f ->
                        f.entity().type() == Setting.Type.THING
                                || f.entity().type() != Setting.Type.PERSON
                                        && !f.can("pick")
                                        && need.fits().test(f)
                                        && !need.key().equals("cannot_pick"))
                .toList();
    }

    private List<Facets> match(String value) {
        return scene.all().values().stream().filter(f -> matches(f, value)).toList();
    }

    private boolean matches(Facets f, String value) {
        int colon = value.indexOf(':');
        String what = value.substring(colon + 1);
        return switch (value.substring(0, Math.max(0, colon))) {
            case "name" -> Set.of(what.split("\\|")).contains(f.id());
            case "like" -> alike(f, what.split("\\|")[0]);
            case "word" -> f.words().contains(what);
            default -> f.is(what);
        };
    }

    private boolean alike(Facets f, String id) {
        Facets other = scene.get(id);
        return other != null && f.is(other.entity().kind());
    }

    /** "wine bottle", "kitchen table": the words before the head must fit or say where it is. */
    private List<Facets> filterModifiers(List<Facets> heads, List<Feature> kinds) {
        List<Facets> out = heads;
        for (Feature k : kinds.subList(0, kinds.size() - 1)) {
            List<Facets> fit =
                    out.stream()
                            .filter(f ->
                                    matches(f, k.value())
                                            || named(f, k)
                                            || spatial.within(f, match(k.value())))
                            .toList();
            out = fit;
        }
        return out;
    }

    private static boolean named(Facets f, Feature k) {
        String what = k.value().substring(k.value().indexOf(':') + 1);
        for (String w : what.split("_")) {
            if (!f.words().contains(w)) {
                return false;
            }
        }
        return true;
    }

    /** "the cream cheese box", "the cabinet shelf": either word may carry the meaning. */
    private List<Facets> compound(List<Feature> kinds) {
        String head = kinds.getLast().value();
        List<Facets> first = filterModifiers(match(kinds.getFirst().value()), kinds.subList(0, 1));
        if (head.startsWith("kind:") && scene.words().kinds().isPackage(head.substring(5))) {
            return first;
        }
        List<Facets> last = match(head);
        if (head.startsWith("kind:") && kinds.size() == 2) {
            String modifier = kinds.getFirst().value();
            String m = modifier.substring(modifier.indexOf(':') + 1);
            if (scene.words().kinds().near(m).stream()
                    .anyMatch(n -> last.stream().anyMatch(f -> f.is(n)))) {
                return last;
            }
        }
        return List.of();
    }

    private List<Facets> qualities(Ref ref, List<Facets> found) {
        List<Facets> out = found;
        Set<String> colours = new LinkedHashSet<>();
        ref.all(Type.COLOUR).forEach(f -> colours.add(f.value()));
        if (!colours.isEmpty()) {
            List<Facets> exact = out.stream().filter(f -> f.colours().equals(colours)).toList();
            out =
                    exact.isEmpty()
                            ? out.stream().filter(f -> f.colours().containsAll(colours)).toList()
                            : exact;
        }
        for (Feature f : ref.features()) {
            out =
                    switch (f.type()) {
                        case MATERIAL -> keep(out, x -> x.materials().contains(f.value()));
                        case LABEL -> keep(out, x -> x.label().equals(f.value()));
                        case STATE -> keep(out, x -> state(x, f.value()));
                        case NOT -> {
                            List<Facets> not = described(f.refs().getFirst(), out);
                            yield keep(out, x -> !not.contains(x));
                        }
                        default -> out;
                    };
        }
        return out;
    }

    /** Those of a kind and its qualities. */
    private List<Facets> described(Ref ref, List<Facets> found) {
        List<Feature> kinds = ref.all(Type.KIND);
        if (ref.has(Type.AT)) {
            return spatial.relations(ref, found);
        }
        return qualities(
                ref, keep(found, x -> kinds.stream().allMatch(k -> matches(x, k.value()))));
    }

    static List<Facets> keep(List<Facets> list, Predicate<Facets> test) {
        return list.stream().filter(test).toList();
    }

    private boolean state(Facets f, String state) {
        return switch (state) {
            case "opened", "open" -> spatial.holds("open", f.id(), "");
            case "closed" -> !spatial.holds("open", f.id(), "") && f.can("open");
            case "turned_on", "turned_off" -> spatial.holds(state, f.id(), "");
            case "edible" -> f.is("food") && !f.props().contains("poison");
            case "empty" -> spatial.contents(f.id()).isEmpty();
            case "full" -> !spatial.contents(f.id()).isEmpty();
            default -> f.words().contains(state);
        };
    }

    /**
     * The reference in its own words, for an answer; {@code kind:} and colour words are named
     * later.
     */
    static String describe(Ref ref) {
        var out = new ArrayList<String>();
        ref.first(Type.LABEL).ifPresent(f -> out.add("no:" + f.value()));
        for (Feature f : ref.features()) {
            if (f.type() == Type.COLOUR || f.type() == Type.KIND || f.type() == Type.MATERIAL) {
                out.add(f.value());
            }
        }
        return String.join("~", out);
    }
}
