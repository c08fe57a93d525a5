package org.openkaiwu.perception;

import java.util.List;
import java.util.Optional;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Vec3;

/**
 * What a robot knows of its surroundings before it looks: rooms and furniture that do not move.
 *
 * @param places by order of the data
 */
public record WorldMap(List<Place> places) {

    /**
     * A room, a piece of furniture or another place one can name.
     *
     * @param id identifier ({@code white_table})
     * @param kind kind ({@code table}, {@code room}, {@code shelf}, {@code charger}, ...)
     * @param colour colour word, or empty
     * @param names what people call it
     * @param room id of the room it stands in, or empty
     * @param pose frame on the floor under its middle, map frame; z up
     * @param solid what to drive and reach around, in that frame; empty for a room
     * @param size full extent, m (of a room: of its floor)
     * @param surfaces upper faces for things, in that frame
     * @param container inner space when things go in it
     */
    public record Place(
            String id,
            String kind,
            String colour,
            Names names,
            String room,
            Pose pose,
            Optional<Shape> solid,
            Vec3 size,
            List<SurfaceAt> surfaces,
            Optional<Catalogue.Container> container) {}

    /** A horizontal face at a pose in the place's frame; full extent, m. */
    public record SurfaceAt(Vec3 centre, double sizeX, double sizeY) {}

    /** The place of that identifier. */
    public Optional<Place> find(String id) {
        return places.stream().filter(p -> p.id().equals(id)).findFirst();
    }
}
