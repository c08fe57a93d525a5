package org.openkaiwu.sim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.openkaiwu.math.InputException;
import org.openkaiwu.math.Text;

/**
 * A scene as its file says it ({@code scenes/<name>.yaml}); {@link SceneBuilder} fits it to a body.
 * Lengths in m, angles in rad, masses in kg. Fields that a file leaves out are null.
 *
 * @param name file name without its ending
 * @param title what people call it
 * @param needs what a body must be able to do to join
 * @param kinds shapes by kind, for the things; the shared ones of {@code scenes/lib/kinds.yaml} and
 *     the scene's own
 * @param start where the robot starts
 * @param places rooms and furniture
 * @param things in the order in which truth and reports name them
 * @param people persons
 * @param expect sentences and what must hold after them, for examples and tests
 */
public record SceneData(
        String name,
        Text title,
        Needs needs,
        Map<String, Kind> kinds,
        Start start,
        List<PlaceData> places,
        List<ThingData> things,
        List<PersonData> people,
        List<Expectation> expect) {

    /**
     * What a body must have to join.
     *
     * @param abilities names of {@code BodyFacts.Ability}; all must be there
     * @param reach smallest reach of an arm, m; asked of bodies that have an arm
     */
    public record Needs(List<String> abilities, double reach) {}

    /** Names, the usual one first. */
    public record NamesData(List<String> en, List<String> zh) {}

    /**
     * The shape of a kind of thing.
     *
     * @param form {@code box ball cylinder bottle cup bowl tray} (see {@link Forms})
     * @param size full extent, m
     * @param wall thickness of walls, m
     * @param neck diameter and height of a bottle's neck, m
     * @param mass kg
     * @param friction sliding, torsional, rolling
     * @param rgba colour when the thing has none of its own
     * @param material word
     * @param source where size and mass come from
     */
    public record Kind(
            String form,
            double[] size,
            Double wall,
            double[] neck,
            double mass,
            double[] friction,
            float[] rgba,
            String material,
            String source) {}

    /**
     * Where a robot starts.
     *
     * @param x m
     * @param y m
     * @param yaw rad
     */
    public record Start(double x, double y, double yaw) {}

    /**
     * A room or piece of furniture.
     *
     * @param id identifier
     * @param form {@code room table shelf block bin conveyor} (see {@link Forms})
     * @param kind word; the form when left out
     * @param colour colour word
     * @param names what people call it
     * @param room id of its room
     * @param size full extent, m; the height is nominal where {@code fit} adapts it
     * @param wall thickness of walls of rooms and bins, m
     * @param at position of its middle on the floor and yaw
     * @param on id of the place that it stands on
     * @param fit how it follows the body: {@code front} (the surface that the robot works at: under
     *     a body that is mounted on tables, else before it), {@code height} (upper face at the
     *     body's working height), {@code sector} (stands on {@code on}, in the body's working area,
     *     at {@code bearing} and {@code range})
     * @param bearing for {@code sector}: -1 right end, 0 middle, 1 left end of the working area
     * @param range for {@code sector}: 0 nearest, 1 farthest
     * @param doors openings in the walls of a room
     * @param rgba colour
     */
    public record PlaceData(
            String id,
            String form,
            String kind,
            String colour,
            NamesData names,
            String room,
            double[] size,
            Double wall,
            double[] at,
            String on,
            String fit,
            Double bearing,
            Double range,
            List<Door> doors,
            float[] rgba) {}

    /**
     * An opening.
     *
     * @param side {@code front back left right} of the room's frame (front is +x)
     * @param centre along the wall, from its middle, m
     * @param width m
     */
    public record Door(String side, double centre, double width) {}

    /**
     * A thing.
     *
     * @param id identifier
     * @param kind key of {@link SceneData#kinds}
     * @param word kind word when it differs from the key
     * @param colour colour word
     * @param names what people call it
     * @param rgba colour
     * @param on place that it starts on
     * @param band {@code near far any} part of the working area
     */
    public record ThingData(
            String id,
            String kind,
            String word,
            String colour,
            NamesData names,
            float[] rgba,
            String on,
            String band) {}

    /**
     * A person who stands and holds out a hand.
     *
     * @param id identifier
     * @param names what people call the person
     * @param room id of the room
     * @param at position and yaw
     * @param rgba colour of the clothes
     */
    public record PersonData(String id, NamesData names, String room, double[] at, float[] rgba) {}

    /** A sentence and the literals {@code [predicate, object, target]} that must hold after it. */
    public record Expectation(String say, List<List<String>> holds) {}

    private record Library(Map<String, Kind> kinds) {}

    /** Names of the scenes under {@code root/scenes}, sorted. */
    public static List<String> names(Path root) {
        try (Stream<Path> files = Files.list(root.resolve("scenes"))) {
            return files.map(p -> p.getFileName().toString())
                    .filter(n -> n.endsWith(".yaml"))
                    .map(n -> n.substring(0, n.length() - 5))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new InputException(root.resolve("scenes").toString(), "cannot be listed", e);
        }
    }

    /**
     * Reads {@code root/scenes/<name>.yaml} and the shared kinds.
     *
     * @throws InputException when the file is missing or says something unknown
     */
    public static SceneData load(Path root, String name) {
        Path file = root.resolve("scenes").resolve(name + ".yaml");
        if (!name.matches("[A-Za-z0-9_-]+") || !Files.isRegularFile(file)) {
            throw new InputException(
                    name, "no such scene; there are " + String.join(", ", names(root)));
        }
        SceneData own = Yaml.read(file, SceneData.class);
        Path lib = root.resolve("scenes").resolve("lib").resolve("kinds.yaml");
        Map<String, Kind> kinds = new java.util.TreeMap<>(Yaml.read(lib, Library.class).kinds());
        if (own.kinds != null) {
            kinds.putAll(own.kinds);
        }
        SceneData full =
                new SceneData(
                        name,
                        own.title,
                        own.needs == null ? new Needs(List.of(), 0) : own.needs,
                        kinds,
                        own.start == null ? new Start(0, 0, 0) : own.start,
                        orEmpty(own.places),
                        orEmpty(own.things),
                        orEmpty(own.people),
                        orEmpty(own.expect));
        full.check(file);
        return full;
    }

    private static <T> List<T> orEmpty(List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    private void check(Path file) {
        java.util.Set<String> ids = new java.util.TreeSet<>();
        for (PlaceData p : places) {
            unique(file, ids, p.id);
        }
        for (PersonData p : people) {
            unique(file, ids, p.id);
        }
        for (ThingData t : things) {
            unique(file, ids, t.id);
            if (!kinds.containsKey(t.kind)) {
                throw new InputException(file.toString(), t.id + ": unknown kind '" + t.kind + "'");
            }
            if (places.stream().noneMatch(p -> p.id.equals(t.on))) {
                throw new InputException(
                        file.toString(), t.id + ": stands on unknown place '" + t.on + "'");
            }
        }
    }

    private static void unique(Path file, java.util.Set<String> ids, String id) {
        if (id == null || !ids.add(id)) {
            throw new InputException(
                    file.toString(), "identifier '" + id + "' is missing or used twice");
        }
    }
}
