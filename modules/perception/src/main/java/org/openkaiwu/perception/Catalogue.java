package org.openkaiwu.perception;

import java.util.Map;
import java.util.Optional;
import org.openkaiwu.math.Vec3;

/**
 * The things that a robot can recognise, by the detector's label.
 *
 * @param entries by label, in the order of the data
 */
public record Catalogue(Map<String, Entry> entries) {

    /**
     * What is known of a thing before it is seen.
     *
     * @param label the detector's label, also the scene's identifier ({@code red_cube})
     * @param kind kind of thing ({@code cube})
     * @param colour colour word of the data, or empty
     * @param material material word of the data, or empty
     * @param names what people call this very thing (kind names come from the language data)
     * @param shape solid in the thing's frame; the frame stands in the middle of the bounding box,
     *     z up
     * @param size full extent of the bounding box, m
     * @param mass kg
     * @param container inner space when things go in it
     * @param surface area when things go on it
     * @param movable can be picked up by some hand
     * @param person is a person
     */
    public record Entry(
            String label,
            String kind,
            String colour,
            String material,
            Names names,
            Shape shape,
            Vec3 size,
            double mass,
            Optional<Container> container,
            Optional<Surface> surface,
            boolean movable,
            boolean person) {}

    /** Inner box of a container in the thing's frame: centre and full size, m; open at the top. */
    public record Container(Vec3 centre, Vec3 size) {}

    /** Upper face: height in the thing's frame and full extent, m. */
    public record Surface(double z, double sizeX, double sizeY) {}
}
