package org.openkaiwu.brain;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.perception.Names;

/**
 * What can be spoken about: things, places, persons and regions with their kinds, colours, names
 * and places, and the relations that are believed to hold. Made from a belief, or from a scene
 * file.
 *
 * @param entities by identifier, in the order of the data
 * @param relations believed facts (predicate, object, target)
 * @param predicates the goal predicates of this setting by our predicate name, e.g. {@code on ->
 *     On} in a LIBERO scene
 * @param robotYaw heading of the robot in the setting's frame, rad: "left" is to the robot's left
 */
public record Setting(
        Map<String, Entity> entities,
        List<Goal.Literal> relations,
        Map<String, String> predicates,
        double robotYaw) {

    /**
     * Something that can be named.
     *
     * @param id identifier in the setting's own names
     * @param kind kind word of the data ({@code akita_black_bowl}, {@code cube}, {@code table})
     * @param type thing, place, person, region (a part of an owner) or fixture
     * @param colour colour word or empty
     * @param names declared names
     * @param position where it is, m; empty when unknown
     * @param size full extent, m; empty when unknown
     * @param owner of a region: the thing it is a part of; of a thing: the place that holds it; or
     *     empty
     * @param affords what can be done with it: {@code pick support contain open close turn stand
     *     ...}
     */
    public record Entity(
            String id,
            String kind,
            Type type,
            String colour,
            Names names,
            Optional<Vec3> position,
            Optional<Vec3> size,
            String owner,
            Set<String> affords) {}

    /** What an entity is. */
    public enum Type {
        THING,
        FIXTURE,
        PLACE,
        REGION,
        PERSON
    }
}
