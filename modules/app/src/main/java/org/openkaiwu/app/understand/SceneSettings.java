package org.openkaiwu.app.understand;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.openkaiwu.brain.Goal;
import org.openkaiwu.brain.Setting;
import org.openkaiwu.brain.language.SettingFiles;
import org.openkaiwu.math.InputException;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.perception.Names;
import org.openkaiwu.sim.SceneData;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Settings to speak about, from a task file or from one of our scenes. Of our scenes only what the
 * data say is known: things that a seed would place have no position.
 */
public final class SceneSettings {
    private SceneSettings() {}

    /**
     * The setting of a scene.
     *
     * @param root folder that holds {@code scenes/}
     * @param scene a JSON file (one task, or {@code tasks} with the one chosen by {@code task}), or
     *     the name of a scene
     * @param task number or name of the task in the file, or empty
     * @throws InputException when there is no such scene or task
     */
    public static Setting of(Path root, String scene, Optional<String> task) {
        Path file = Path.of(scene);
        if (scene.endsWith(".json") || Files.isRegularFile(file)) {
            return SettingFiles.libero(task(file, task));
        }
        return of(SceneData.load(root, scene));
    }

    private static JsonNode task(Path file, Optional<String> wanted) {
        JsonNode json;
        try {
            json = new JsonMapper().readTree(Files.readString(file));
        } catch (java.io.IOException | JacksonException e) {
            throw new InputException(file.toString(), "is not a readable JSON file", e);
        }
        JsonNode tasks = json.path("tasks");
        if (!tasks.isArray()) {
            return json;
        }
        String which =
                wanted.orElseThrow(() ->
                        new InputException(
                                file.toString(),
                                "holds several tasks; choose one with --task NUMBER or NAME"));
        if (which.matches("\\d{1,6}") && tasks.has(Integer.parseInt(which))) {
            return tasks.get(Integer.parseInt(which));
        }
        for (JsonNode t : tasks) {
            if (t.path("name").asString("").equals(which)) {
                return t;
            }
        }
        throw new InputException(file.toString(), "has no task '" + which + "'");
    }

    /** The setting of one of our scenes. */
    public static Setting of(SceneData scene) {
        Map<String, Setting.Entity> entities = new LinkedHashMap<>();
        List<Goal.Literal> relations = new ArrayList<>();
        for (SceneData.PlaceData p : scene.places()) {
            boolean room = "room".equals(p.form());
            entities.put(
                    p.id(),
                    new Setting.Entity(
                            p.id(),
                            p.kind() == null ? p.form() : p.kind(),
                            room ? Setting.Type.PLACE : Setting.Type.FIXTURE,
                            text(p.colour()),
                            names(p.names()),
                            position(p.at()),
                            size(p.size()),
                            text(p.room()),
                            Set.of("stand")));
        }
        for (SceneData.ThingData t : scene.things()) {
            SceneData.Kind kind = scene.kinds().get(t.kind());
            entities.put(
                    t.id(),
                    new Setting.Entity(
                            t.id(),
                            t.word() == null ? t.kind() : t.word(),
                            Setting.Type.THING,
                            text(t.colour()),
                            names(t.names()),
                            Optional.empty(),
                            size(kind.size()),
                            t.on(),
                            "box".equals(kind.form())
                                    ? Set.of("pick", "support")
                                    : Set.of("pick")));
            relations.add(new Goal.Literal("on", t.id(), t.on()));
        }
        for (SceneData.PersonData p : scene.people()) {
            entities.put(
                    p.id(),
                    new Setting.Entity(
                            p.id(),
                            "person",
                            Setting.Type.PERSON,
                            "",
                            names(p.names()),
                            position(p.at()),
                            Optional.empty(),
                            text(p.room()),
                            Set.of("receive", "stand")));
        }
        return new Setting(entities, List.copyOf(relations), Map.of(), scene.start().yaw());
    }

    private static Names names(SceneData.NamesData n) {
        return n == null
                ? new Names(List.of(), List.of())
                : new Names(
                        n.en() == null ? List.of() : n.en(), n.zh() == null ? List.of() : n.zh());
    }

    private static String text(String s) {
        return s == null ? "" : s;
    }

    private static Optional<Vec3> position(double[] at) {
        return at == null || at.length < 2
                ? Optional.empty()
                : Optional.of(new Vec3(at[0], at[1], 0));
    }

    private static Optional<Vec3> size(double[] size) {
        return size == null || size.length < 3
                ? Optional.empty()
                : Optional.of(new Vec3(size[0], size[1], size[2]));
    }
}
