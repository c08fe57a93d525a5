package org.openkaiwu.brain.language;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.openkaiwu.brain.language.Meaning.Feature;
import org.openkaiwu.brain.language.Meaning.Ref;
import org.openkaiwu.brain.language.Meaning.Type;
import org.openkaiwu.brain.language.Resolver.Need;
import org.openkaiwu.brain.language.SceneView.Facets;
import org.openkaiwu.math.Vec3;

/** Chooses among all that fit a description: how many, which side, which is the largest, other. */
final class Choice {
    private final SceneView scene;
    private final Context context;
    private final Resolver resolver;
    private final Spatial spatial;

    Choice(SceneView scene, Context context, Resolver resolver, Spatial spatial) {
        this.scene = scene;
        this.context = context;
        this.resolver = resolver;
        this.spatial = spatial;
    }

    List<Facets> quantity(Ref ref, List<Facets> found, Need need) {
        List<Facets> chosen = found;
        if (ref.has(Type.OTHER)) {
            chosen = Resolver.keep(chosen, f -> !context.used.contains(f.id()));
            if (chosen.isEmpty()) {
                throw new Trouble(Trouble.Kind.MISSING, "nothing_fits");
            }
            if (ref.has(Type.OTHER, "rest")) {
                return chosen;
            }
            if (ref.has(Type.OTHER, "another") && !ref.has(Type.COUNT)) {
                return chosen.subList(0, 1);
            }
        }
        int count = ref.first(Type.COUNT).map(f -> Integer.parseInt(f.value())).orElse(0);
        chosen = select(ref, chosen, count);
        if (ref.has(Type.SUPERLATIVE) && ref.has(Type.ORDINAL) && !need.not().isEmpty()) {
            ranked(ref, chosen, need);
        }
        boolean definite = ref.has(Type.QUANTITY, "the") || ref.has(Type.QUANTITY, "that");
        if (ref.has(Type.QUANTITY, "all") || ref.has(Type.EXCEPT) && count == 0) {
            return chosen;
        }
        if (ref.has(Type.QUANTITY, "both")) {
            count = 2;
            definite = true;
        }
        if (count > 1) {
            if (chosen.size() < count) {
                throw new Trouble(
                        Trouble.Kind.MISSING,
                        "not_many",
                        "&" + String.join("|", Resolver.ids(chosen)));
            }
            if (chosen.size() > count && definite) {
                throw ambiguous(Resolver.ids(chosen), "which");
            }
            return nearest(chosen).subList(0, count);
        }
        if (chosen.size() == 1) {
            return chosen;
        }
        boolean alike = ref.has(Type.SIDE) && chosen.size() == found.size();
        if (count == 0 && (ref.has(Type.SUPERLATIVE) || alike)) {
            throw ambiguous(Resolver.ids(chosen), "which"); // as far, as large as each other
        }
        if (ref.has(Type.QUANTITY, "any") || count == 1 && !definite) {
            return nearest(chosen).subList(0, 1);
        }
        if (ref.has(Type.PLURAL)) {
            return chosen;
        }
        List<Facets> told =
                Resolver.keep(
                        chosen, f -> context.mentions.stream().anyMatch(g -> g.contains(f.id())));
        if (told.size() == 1) {
            return told;
        }
        if (context.here.isPresent()) {
            String here = context.here.get();
            List<Facets> near =
                    Resolver.keep(
                            chosen, f -> scene.holders(f.id(), context.relations).contains(here));
            if (near.size() == 1) {
                return near;
            }
        }
        throw ambiguous(Resolver.ids(chosen), "which");
    }

    /** "The second largest thing into the box": whether the box itself counts is not said. */
    private void ranked(Ref ref, List<Facets> chosen, Need need) {
        Need all = new Need(need.fits(), need.key(), java.util.Set.of());
        List<Facets> other = select(ref, resolver.candidates(ref, all), 1);
        boolean meant = other.stream().noneMatch(f -> need.not().contains(f.id()));
        if (meant && !Resolver.ids(other).equals(Resolver.ids(chosen))) {
            var both = new java.util.LinkedHashSet<>(Resolver.ids(other));
            both.addAll(Resolver.ids(chosen));
            throw ambiguous(List.copyOf(both), "which");
        }
    }

    /** Those that are larger, smaller ... than another. */
    List<Facets> beyond(List<Facets> found, String how, Facets than) {
        ToDoubleFunction<Facets> measure =
                switch (how) {
                    case "large", "small" -> Choice::volume;
                    case "long" -> Choice::length;
                    default -> x -> x.entity().size().map(Vec3::z).orElse(0.0);
                };
        boolean less = how.equals("small") || how.equals("short");
        double bound = measure.applyAsDouble(than);
        double slack = 1e-6 * Math.abs(bound);
        return Resolver.keep(
                found,
                f ->
                        f != than
                                && (less
                                        ? measure.applyAsDouble(f) < bound - slack
                                        : measure.applyAsDouble(f) > bound + slack));
    }

    static Trouble ambiguous(List<String> ids, String key) {
        return new Trouble(Trouble.Kind.AMBIGUOUS, key, List.of("#" + String.join("|", ids)), ids);
    }

    private List<Facets> nearest(List<Facets> list) {
        // the order of the data decides between equals, so that the same scene gives the same
        // choice
        var fresh = new ArrayList<>(list);
        fresh.sort(Comparator.comparing(f -> context.used.contains(f.id())));
        return fresh;
    }

    private List<Facets> select(Ref ref, List<Facets> found, int count) {
        List<Facets> out = found;
        Optional<Feature> ordinal = ref.first(Type.ORDINAL);
        for (Feature f : ref.all(Type.SIDE)) {
            if (ordinal.isPresent() && out.size() > 1) {
                int n = Integer.parseInt(ordinal.get().value());
                List<Facets> row = spatial.sides().ordered(out, f.value());
                int at = n < 0 ? row.size() + n : n - 1;
                if (at < 0 || at >= row.size()) {
                    throw new Trouble(
                            Trouble.Kind.MISSING,
                            "not_many",
                            "&" + String.join("|", Resolver.ids(out)));
                }
                return List.of(row.get(at));
            }
            out = spatial.sides().side(out, f.value(), Math.max(1, count));
        }
        for (Feature f : ref.all(Type.SUPERLATIVE)) {
            int nth = ordinal.map(o -> Integer.parseInt(o.value())).orElse(1);
            for (int i = 1; i < nth && out.size() > 1; i++) {
                // "the second largest": the largest of those that are left
                List<Facets> first = superlative(out, f, 1);
                out = Resolver.keep(out, x -> !first.contains(x));
            }
            out = superlative(out, f, Math.max(1, count));
        }
        if (ordinal.isPresent() && ref.all(Type.SIDE).isEmpty() && out.size() > 1) {
            int n = Integer.parseInt(ordinal.get().value());
            boolean numbered = out.stream().noneMatch(f -> f.label().isEmpty());
            List<Facets> row = spatial.sides().ordered(out, "left");
            if (numbered) {
                row.sort(Comparator.comparingInt(f -> Integer.parseInt(f.label())));
            }
            int at = n < 0 ? row.size() + n : n - 1;
            if (at < 0 || at >= row.size()) {
                throw new Trouble(
                        Trouble.Kind.MISSING,
                        "not_many",
                        "&" + String.join("|", Resolver.ids(out)));
            }
            return List.of(row.get(at));
        }
        for (Feature f : ref.all(Type.SIZE)) {
            out = size(out, f.value());
        }
        return out;
    }

    private List<Facets> superlative(List<Facets> found, Feature f, int count) {
        return switch (f.value()) {
            case "leftmost" -> spatial.sides().side(found, "left", count);
            case "rightmost" -> spatial.sides().side(found, "right", count);
            case "frontmost" -> spatial.sides().side(found, "front", count);
            case "backmost" -> spatial.sides().side(found, "back", count);
            case "middlemost" -> spatial.sides().side(found, "middle", count);
            case "largest" -> extreme(found, Choice::volume, true);
            case "smallest" -> extreme(found, Choice::volume, false);
            case "longest" -> extreme(found, Choice::length, true);
            case "tallest" -> extreme(found, x -> x.entity().size().map(Vec3::z).orElse(0.0), true);
            case "shortest" ->
                    extreme(found, x -> x.entity().size().map(Vec3::z).orElse(0.0), false);
            default -> {
                boolean fromRobot =
                        f.refs().isEmpty() || f.refs().getFirst().has(Type.PRONOUN, "self");
                List<String> self =
                        fromRobot ? List.of() : resolver.resolve(f.refs().getFirst(), Need.any());
                context.mention(self);
                Vec3 from = fromRobot ? spatial.robot() : spatial.position(self.getFirst());
                List<Facets> others = Resolver.keep(found, x -> !self.contains(x.id()));
                yield extreme(
                        others, x -> spatial.distance(x.id(), from), f.value().equals("farthest"));
            }
        };
    }

    private List<Facets> size(List<Facets> found, String size) {
        if (found.size() < 2) {
            return found;
        }
        List<Facets> said = Resolver.keep(found, f -> f.words().contains(size));
        if (!said.isEmpty()) {
            return said;
        }
        return switch (size) {
            case "large" -> extreme(found, Choice::volume, true);
            case "small" -> extreme(found, Choice::volume, false);
            case "long" -> extreme(found, Choice::length, true);
            case "tall" -> extreme(found, x -> x.entity().size().map(Vec3::z).orElse(0.0), true);
            default -> extreme(found, x -> x.entity().size().map(Vec3::z).orElse(0.0), false);
        };
    }

    /** How long it lies. */
    private static double length(Facets f) {
        return f.entity().size().map(s -> Math.max(s.x(), s.y())).orElse(0.0);
    }

    private static double volume(Facets f) {
        return f.entity().size().map(s -> s.x() * s.y() * s.z()).orElse(f.sizeClass() * 1e-9);
    }

    private static List<Facets> extreme(
            List<Facets> found, ToDoubleFunction<Facets> measure, boolean largest) {
        double best = largest ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        for (Facets f : found) {
            double m = measure.applyAsDouble(f);
            best = largest ? Math.max(best, m) : Math.min(best, m);
        }
        double bound = best;
        double slack = 1e-6 * Math.abs(best);
        return Resolver.keep(found, f -> Math.abs(measure.applyAsDouble(f) - bound) <= slack);
    }
}
