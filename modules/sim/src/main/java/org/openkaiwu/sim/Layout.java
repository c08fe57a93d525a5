package org.openkaiwu.sim;

import java.util.List;
import java.util.Optional;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Vec3;

/**
 * A scene fitted to a body: every place, thing and person with its shape and pose. Places and
 * shapes are what a robot may be told before it looks; the poses of things are where they were put
 * and belong to the truth.
 *
 * @param robot pose of the machine's own frame in the map at the start
 * @param places rooms and furniture, in the order of the data
 * @param things in the order of the data
 * @param people in the order of the data
 */
public record Layout(Pose robot, List<Place> places, List<Thing> things, List<Person> people) {

    /** Names, the usual one first, in English and Chinese. */
    public record Names(List<String> en, List<String> zh) {}

    /** A primitive solid. */
    public enum Solid {
        BOX,
        CYLINDER,
        SPHERE,
        ELLIPSOID
    }

    /**
     * A solid of a thing or place.
     *
     * @param solid which primitive
     * @param size half sizes of a box or ellipsoid; radius and half height of a cylinder; radius of
     *     a sphere, m
     * @param pose in the owner's frame
     * @param colour red green blue alpha, 0..1
     */
    public record Part(Solid solid, Vec3 size, Pose pose, float[] colour) {}

    /** Inner box of a container, open at the top: centre and full size, m, in the owner's frame. */
    public record Inner(Vec3 centre, Vec3 size) {}

    /** A horizontal upper face: centre and full extent, m, in the owner's frame. */
    public record Top(Vec3 centre, double sizeX, double sizeY) {}

    /**
     * A room or a piece of furniture.
     *
     * @param id identifier
     * @param kind {@code room table shelf charger conveyor bin workbench ...}
     * @param colour colour word or empty
     * @param names what people call it
     * @param room id of its room or empty
     * @param pose frame on the floor under its middle, map frame
     * @param parts solids; empty for a room
     * @param size full extent, m (of a room: of its floor)
     * @param tops upper faces for things, lowest first
     * @param inner inner space when things go in it
     */
    public record Place(
            String id,
            String kind,
            String colour,
            Names names,
            String room,
            Pose pose,
            List<Part> parts,
            Vec3 size,
            List<Top> tops,
            Optional<Inner> inner) {}

    /**
     * A thing.
     *
     * @param id identifier, also the detector's label
     * @param kind {@code cube apple cup ...}
     * @param colour colour word or empty
     * @param material material word or empty
     * @param names what people call it
     * @param pose of its frame (middle of the bounding box, z up) at the start, map frame
     * @param parts solids
     * @param size full extent of the bounding box, m
     * @param mass kg
     * @param inner inner space when things go in it
     * @param top area when things go on it
     * @param on place or thing that it was put on or in
     */
    public record Thing(
            String id,
            String kind,
            String colour,
            String material,
            Names names,
            Pose pose,
            List<Part> parts,
            Vec3 size,
            double mass,
            Optional<Inner> inner,
            Optional<Top> top,
            String on) {}

    /**
     * A person who stands still and offers a hand.
     *
     * @param id identifier
     * @param names what people call the person
     * @param room id of the room or empty
     * @param pose frame on the floor, x to the person's front, map frame
     * @param parts solids, the hand among them
     * @param size full extent, m
     * @param hand the space over the open hand where a thing is received, in the person's frame
     */
    public record Person(
            String id,
            Names names,
            String room,
            Pose pose,
            List<Part> parts,
            Vec3 size,
            Inner hand) {}

    /** The place of that identifier. */
    public Optional<Place> place(String id) {
        return places.stream().filter(p -> p.id().equals(id)).findFirst();
    }

    /** The thing of that identifier. */
    public Optional<Thing> thing(String id) {
        return things.stream().filter(t -> t.id().equals(id)).findFirst();
    }

    /** The person of that identifier. */
    public Optional<Person> person(String id) {
        return people.stream().filter(p -> p.id().equals(id)).findFirst();
    }
}
