package org.openkaiwu.brain.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.openkaiwu.brain.Goal;
import org.openkaiwu.brain.language.Meaning.Feature;
import org.openkaiwu.brain.language.Meaning.Ref;
import org.openkaiwu.brain.language.Meaning.Type;
import org.openkaiwu.brain.language.SceneView.Facets;
import org.openkaiwu.math.Vec3;

/**
 * Relations and sides. Left and right, front and back are the setting's viewer's: left to its left,
 * front nearer to it, back farther. Believed relations come first, geometry where they are silent.
 */
final class Spatial {
    /** Distance of middles within which things of unknown size are near each other, m. */
    private static final double NEAR = 0.35;

    /**
     * Bounds of the gap between outlines that counts as near; within them the larger's width, m.
     */
    private static final double LEAST_GAP = 0.08;

    private static final double MOST_GAP = 0.35;

    /** Between two: the way round by it is at most this much longer than the straight one. */
    private static final double BETWEEN = 1.25;

    private static final Set<String> CONTACT = Set.of("on", "in", "at", "under", "top", "to");

    /** Relations that say where something is to be found. */
    private static final Set<String> WHENCE = Set.of("on", "in", "at", "from", "to", "top");

    private final SceneView scene;
    private final Context context;
    private final Resolver resolver;
    private final Sides sides;

    Spatial(SceneView scene, Context context, Resolver resolver) {
        this.scene = scene;
        this.context = context;
        this.resolver = resolver;
        sides = new Sides(scene, this);
    }

    Sides sides() {
        return sides;
    }

    /** Keeps what fits the places, owners and contents that a reference names. */
    List<Facets> relations(Ref ref, List<Facets> found) {
        List<Facets> out = found;
        for (Feature f : ref.features()) {
            if (out.isEmpty()) {
                return out;
            }
            out =
                    switch (f.type()) {
                        case AT -> at(ref, out, f.value(), like(ref, f.refs().getFirst()));
                        case OF -> of(ref, out, f.refs().getFirst());
                        case WITH -> with(out, f.refs().getFirst());
                        default -> out;
                    };
        }
        return out;
    }

    private List<Facets> of(Ref ref, List<Facets> found, Ref owner) {
        boolean itself = !ref.has(Type.KIND, "kind:thing");
        List<Facets> owners = loose(owner);
        List<Facets> theirs =
                found.stream()
                        .filter(f ->
                                owners.stream()
                                        .anyMatch(o ->
                                                f.entity().owner().equals(o.id())
                                                        || itself && o.id().equals(f.id())
                                                        || within(f, List.of(o))))
                        .toList();
        boolean furniture = owners.stream().allMatch(o -> o.can("stand") && !o.person());
        return theirs.isEmpty() && furniture ? perhaps(ref, found, owners) : theirs;
    }

    /**
     * What has not been seen yet may be there: who can look finds out. How many are there cannot be
     * known so.
     */
    private List<Facets> perhaps(Ref ref, List<Facets> found, List<Facets> there) {
        List<Facets> unseen = found.stream().filter(this::unseen).toList();
        boolean many =
                ref.has(Type.PLURAL)
                        || ref.has(Type.QUANTITY, "all")
                        || ref.has(Type.OTHER, "rest");
        if (many && !unseen.isEmpty()) {
            throw new Trouble(Trouble.Kind.IMPOSSIBLE, "unseen_there", "@" + there.getFirst().id());
        }
        return unseen;
    }

    private List<Facets> with(List<Facets> found, Ref content) {
        List<Facets> contents = loose(content);
        return found.stream()
                .filter(f ->
                        contents.stream()
                                .anyMatch(c ->
                                        scene.holders(c.id(), context.relations).contains(f.id())))
                .toList();
    }

    /** All that a reference inside a description could mean: the description decides together. */
    private List<Facets> loose(Ref ref) {
        if (ref.members().isEmpty() && !ref.has(Type.PRONOUN)) {
            boolean picks = !ref.all(Type.SIDE).isEmpty() || !ref.all(Type.SUPERLATIVE).isEmpty();
            if (!picks) {
                for (Feature f : ref.features()) {
                    if (f.value().startsWith("?") || f.type() == Type.UNKNOWN) {
                        return resolver.resolve(ref, Resolver.Need.any()).stream()
                                .map(scene::get)
                                .toList();
                    }
                }
                return resolver.candidates(ref, Resolver.Need.any());
            }
        }
        return resolver.resolve(ref, Resolver.Need.any()).stream().map(scene::get).toList();
    }

    /** "the cube next to the red one": that one is of the same kind, if there is one. */
    private Ref like(Ref ref, Ref inner) {
        if (!inner.members().isEmpty()) {
            return new Ref(
                    inner.features(),
                    inner.members().stream().map(m -> like(ref, m)).toList(),
                    inner.either());
        }
        if (!inner.has(Type.HEADLESS) || inner.has(Type.KIND) || !ref.has(Type.KIND)) {
            return inner;
        }
        Ref same = inner.with(ref.all(Type.KIND).getLast());
        try {
            resolver.candidates(same, Resolver.Need.any());
            return same;
        } catch (Trouble t) {
            return inner;
        }
    }

    private List<Facets> at(Ref ref, List<Facets> found, String relation, Ref target) {
        if (relation.equals("centre")) {
            List<Facets> ofIt = parts(found, loose(target));
            if (!ofIt.isEmpty()) {
                return sides.side(ofIt, "middle", 1);
            }
            List<String> whole = resolver.resolve(target, Resolver.Need.any());
            return closest(found, whole.getFirst(), 1.01);
        }
        if (relation.equals("between")) {
            List<String> ends = resolver.resolve(target, Resolver.Need.any());
            return found.stream().filter(f -> between(f, ends)).toList();
        }
        List<Facets> targets = loose(target);
        List<Facets> parts = parts(found, targets);
        if (!parts.isEmpty()) {
            return relation.equals("in") ? parts : sides.side(parts, sideOf(relation), 1);
        }
        List<Facets> touching =
                found.stream()
                        .filter(f ->
                                targets.stream()
                                        .anyMatch(t ->
                                                !t.id().equals(f.id()) && relates(relation, f, t)))
                        .toList();
        if (touching.isEmpty() && WHENCE.contains(relation)) {
            touching = perhaps(ref, found, targets);
        }
        if (touching.isEmpty()
                && relation.matches("left_of|right_of|front_of|behind|near|beside")) {
            // "the cup on the left of the table": a side of what carries it
            List<Facets> carried = found.stream().filter(f -> within(f, targets)).toList();
            if (!carried.isEmpty() && !relation.matches("near|beside")) {
                return sides.side(carried, sideOf(relation), 1);
            }
        }
        if (touching.size() > 1 && targets.size() == 1 && relation.matches("near|beside")) {
            return closest(touching, targets.getFirst().id(), 1.5);
        }
        return touching;
    }

    /** Whether nothing is known of where a thing is. */
    boolean unseen(Facets f) {
        return f.entity().type() == org.openkaiwu.brain.Setting.Type.THING
                && f.entity().position().isEmpty()
                && f.entity().owner().isEmpty()
                && scene.holders(f.id(), context.relations).isEmpty()
                && context.relations.stream()
                        .noneMatch(
                                l -> l.object().equals(f.id()) && l.predicate().equals("held_by"));
    }

    /** Those clearly nearest to something: within a factor of the least distance. */
    private List<Facets> closest(List<Facets> found, String id, double factor) {
        Vec3 from = position(id);
        double least = found.stream().mapToDouble(f -> distance(f.id(), from)).min().orElse(0);
        return found.stream().filter(f -> distance(f.id(), from) <= factor * least + 1e-6).toList();
    }

    /** Those found that are parts of a target and told apart by their side: its upper drawer. */
    private static List<Facets> parts(List<Facets> found, List<Facets> targets) {
        return found.stream()
                .filter(f -> !f.sides().isEmpty())
                .filter(f -> targets.stream().anyMatch(t -> f.entity().owner().equals(t.id())))
                .toList();
    }

    private static String sideOf(String relation) {
        return switch (relation) {
            case "on", "top", "above" -> "top";
            case "under" -> "bottom";
            case "between" -> "middle";
            case "left_of" -> "left";
            case "right_of" -> "right";
            case "front_of" -> "front";
            default -> "back";
        };
    }

    private boolean relates(String relation, Facets f, Facets t) {
        if (relation.equals("from") || CONTACT.contains(relation)) {
            if (relation.equals("under")) {
                return within(t, List.of(f)) || holds("under", f.id(), t.id());
            }
            return within(f, List.of(t)) && inner(relation, f, t);
        }
        if (holds(relation, f.id(), t.id())) {
            return true;
        }
        if (f.entity().position().isEmpty()
                || t.entity().position().isEmpty()
                || within(f, List.of(t))
                || within(t, List.of(f))) {
            return false;
        }
        Vec3 a = position(f.id());
        Vec3 b = position(t.id());
        double left = scene.left(a) - scene.left(b);
        double ahead = scene.ahead(a) - scene.ahead(b);
        double margin = 0.02;
        return switch (relation) {
            case "left_of" -> left > margin && Math.abs(left) >= 0.5 * Math.abs(ahead);
            case "right_of" -> left < -margin && Math.abs(left) >= 0.5 * Math.abs(ahead);
            case "front_of" -> ahead < -margin && Math.abs(ahead) >= 0.5 * Math.abs(left);
            case "behind" -> ahead > margin && Math.abs(ahead) >= 0.5 * Math.abs(left);
            case "beside", "near" -> close(f, t, StrictMath.hypot(left, ahead));
            default -> false;
        };
    }

    /** Near is what is no farther off than the larger of the two is wide. */
    private static boolean close(Facets a, Facets b, double distance) {
        if (a.entity().size().isEmpty() || b.entity().size().isEmpty()) {
            return distance < NEAR;
        }
        double wa = width(a.entity().size().get());
        double wb = width(b.entity().size().get());
        double gap = distance - (wa + wb) / 2;
        return gap < Math.clamp(Math.max(wa, wb), LEAST_GAP, MOST_GAP);
    }

    private static double width(Vec3 size) {
        return Math.max(size.x(), size.y());
    }

    /**
     * "in the bowl" is not said of what lies on a table; "on the table" not of what is in a box.
     */
    private boolean inner(String relation, Facets f, Facets t) {
        if (relation.equals("on") || relation.equals("in")) {
            for (Goal.Literal l : context.relations) {
                if (l.object().equals(f.id())
                        && same(l.target(), t.id())
                        && (l.predicate().equals("on") || l.predicate().equals("in"))) {
                    boolean flat =
                            t.is("dish") || t.is("shelf") || t.is("room") || t.is("container");
                    return flat || l.predicate().equals(relation);
                }
            }
            if (relation.equals("on") && t.is("table")) {
                // what is inside something on the table is on the table only loosely
                return true;
            }
        }
        return true;
    }

    private boolean same(String target, String id) {
        Facets t = scene.get(target);
        return target.equals(id)
                || t != null
                        && t.entity().owner().equals(id)
                        && t.entity().type() == org.openkaiwu.brain.Setting.Type.REGION;
    }

    private boolean between(Facets f, List<String> ends) {
        if (ends.size() < 2 || ends.contains(f.id()) || f.entity().position().isEmpty()) {
            return false;
        }
        Vec3 a = position(ends.get(0));
        Vec3 b = position(ends.get(1));
        Vec3 p = position(f.id());
        double apart = StrictMath.hypot(b.x() - a.x(), b.y() - a.y());
        double around =
                StrictMath.hypot(p.x() - a.x(), p.y() - a.y())
                        + StrictMath.hypot(p.x() - b.x(), p.y() - b.y());
        return apart > 1e-4 && around < BETWEEN * apart;
    }

    /** Whether a thing is on or in one of these, directly or by what carries it. */
    boolean within(Facets f, List<Facets> holders) {
        Set<String> over = scene.holders(f.id(), context.relations);
        return holders.stream().anyMatch(h -> over.contains(h.id()));
    }

    boolean holds(String predicate, String object, String target) {
        return context.relations.contains(new Goal.Literal(predicate, object, target));
    }

    /** What is directly on or in a thing or its parts. */
    List<String> contents(String id) {
        var out = new ArrayList<String>();
        for (Goal.Literal l : context.relations) {
            if ((l.predicate().equals("in") || l.predicate().equals("on"))
                    && same(l.target(), id)) {
                out.add(l.object());
            }
        }
        return out;
    }

    Vec3 robot() {
        Facets robot = scene.get("robot");
        return robot == null
                ? new Vec3(0, 0, 0)
                : robot.entity().position().orElse(new Vec3(0, 0, 0));
    }

    /** Where something is; of what has no place of its own, where its holder is. */
    Vec3 position(String id) {
        Facets f = scene.get(id);
        if (f == null) {
            return robot();
        }
        if (f.entity().position().isPresent()) {
            return f.entity().position().get();
        }
        for (String holder : scene.holders(id, context.relations)) {
            Facets h = scene.get(holder);
            if (h != null && h.entity().position().isPresent()) {
                return h.entity().position().get();
            }
        }
        return robot();
    }

    double distance(String id, Vec3 from) {
        Vec3 p = position(id);
        return StrictMath.hypot(p.x() - from.x(), p.y() - from.y());
    }
}
