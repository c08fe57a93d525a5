package org.openkaiwu.brain.language;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.openkaiwu.brain.language.SceneView.Facets;
import org.openkaiwu.math.Vec3;

/** Which of several is on a side: the leftmost, the front ones, the middle one. */
final class Sides {
    private final SceneView scene;
    private final Spatial spatial;

    Sides(SceneView scene, Spatial spatial) {
        this.scene = scene;
        this.spatial = spatial;
    }

    private double measure(Facets f, String side) {
        Vec3 p = spatial.position(f.id());
        return switch (side) {
            case "left" -> scene.left(p);
            case "right" -> -scene.left(p);
            case "front" -> -scene.ahead(p);
            case "back" -> scene.ahead(p);
            case "top" -> p.z();
            default -> -p.z();
        };
    }

    /** From the given side on. */
    List<Facets> ordered(List<Facets> found, String side) {
        var row = new ArrayList<>(found);
        row.sort(Comparator.comparingDouble(f -> -measure(f, side)));
        return row;
    }

    /** The one (or {@code count}) on a side; a part's own side word decides first. */
    List<Facets> side(List<Facets> found, String side, int count) {
        List<Facets> named = found.stream().filter(f -> f.sides().contains(side)).toList();
        if (!named.isEmpty() || found.stream().allMatch(f -> !f.sides().isEmpty())) {
            if (named.isEmpty()) {
                throw new Trouble(Trouble.Kind.MISSING, "nothing_fits");
            }
            return named;
        }
        if (found.size() <= count) {
            return found;
        }
        if (side.equals("middle")) {
            return middle(found);
        }
        List<Facets> row = ordered(found, side);
        double gap = measure(row.get(count - 1), side) - measure(row.get(count), side);
        if (gap < 1e-3) {
            double edge = measure(row.get(count - 1), side);
            return row.stream().filter(f -> measure(f, side) >= edge - 1e-3).toList();
        }
        return row.subList(0, count);
    }

    /** The middle one of an odd row, along the axis on which the row is longest. */
    private List<Facets> middle(List<Facets> found) {
        if (found.size() % 2 == 0) {
            return found;
        }
        String axis = spread(found, "left") >= spread(found, "back") ? "left" : "back";
        return List.of(ordered(found, axis).get(found.size() / 2));
    }

    private double spread(List<Facets> found, String side) {
        var stats = found.stream().mapToDouble(f -> measure(f, side)).summaryStatistics();
        return stats.getMax() - stats.getMin();
    }
}
