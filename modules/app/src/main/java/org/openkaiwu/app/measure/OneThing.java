package org.openkaiwu.app.measure;

import java.util.List;
import java.util.Map;
import org.openkaiwu.math.Text;
import org.openkaiwu.sim.NamedBody;
import org.openkaiwu.sim.SceneData;

/** The smallest scene: one table, and one thing on it where the body works. */
final class OneThing {
    /** Identifier of the thing. */
    static final String THING = "thing";

    private OneThing() {}

    /** A table with a thing of that kind. */
    static SceneData with(SceneData.Kind kind) {
        return scene(
                Map.of(THING, kind),
                List.of(table()),
                List.of(
                        new SceneData.ThingData(
                                THING,
                                THING,
                                null,
                                "",
                                names(THING, "物体"),
                                null,
                                "table",
                                "near")));
    }

    /** Nothing in the way: a table alone for a body that is mounted on one, else the floor. */
    static SceneData bare(NamedBody body) {
        List<SceneData.PlaceData> places =
                "table".equals(body.sheet().mount()) ? List.of(table()) : List.of();
        return scene(Map.of(), places, List.of());
    }

    private static SceneData.PlaceData table() {
        return new SceneData.PlaceData(
                "table",
                "table",
                null,
                "",
                names("table", "桌子"),
                null,
                new double[] {0.8, 1.2, 0.74},
                null,
                null,
                null,
                "front",
                null,
                null,
                null,
                null);
    }

    private static SceneData scene(
            Map<String, SceneData.Kind> kinds,
            List<SceneData.PlaceData> places,
            List<SceneData.ThingData> things) {
        return new SceneData(
                "bench",
                new Text("bench", "试验台"),
                new SceneData.Needs(List.of(), 0),
                kinds,
                new SceneData.Start(0, 0, 0),
                places,
                things,
                List.of(),
                List.of());
    }

    private static SceneData.NamesData names(String en, String zh) {
        return new SceneData.NamesData(List.of(en), List.of(zh));
    }

    /** A reason in Chinese that calls the thing and the table by their identifiers, in words. */
    static String zh(String reason) {
        return reason.replace(THING, "物体").replace("table", "桌子");
    }
}
