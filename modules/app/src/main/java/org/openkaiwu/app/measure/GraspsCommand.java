package org.openkaiwu.app.measure;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openkaiwu.app.env.Home;
import org.openkaiwu.body.infer.BodyFacts.Ability;
import org.openkaiwu.math.InputException;
import org.openkaiwu.sim.Bodies;
import org.openkaiwu.sim.NamedBody;
import org.openkaiwu.sim.SceneData;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code kaiwu eval grasps}: every gripper lifts, holds and shakes things; without friction and
 * with an open hand the same runs must drop them. Exit code 0 when all do.
 */
@Command(name = "grasps", mixinStandardHelpOptions = true)
public final class GraspsCommand implements Callable<Integer> {
    @Option(names = "--bodies", split = ",", paramLabel = "NAME", descriptionKey = "eval.bodies")
    private List<String> bodies;

    @Option(
            names = "--kinds",
            split = ",",
            defaultValue = "cube,apple,cup,bottle,box,small_carton",
            paramLabel = "KIND",
            descriptionKey = "grasps.kinds")
    private List<String> kinds;

    @Option(names = "--seed", defaultValue = "1", paramLabel = "N", descriptionKey = "grasps.seed")
    private long seed;

    @Option(names = "--out", paramLabel = "FILE", descriptionKey = "eval.out")
    private Path out;

    @Spec private CommandSpec spec;

    /** Seeds that are tried, from {@link #seed} on, for a spot where the skill finds a grasp. */
    private static final int SPOTS = 8;

    @Override
    public Integer call() throws IOException {
        Path root = Home.root();
        Map<String, SceneData.Kind> shapes = SceneData.load(root, "tabletop").kinds();
        PrintWriter log = spec.commandLine().getErr();
        List<String> rows = new ArrayList<>();
        boolean good = true;
        for (String name : bodies == null ? Bodies.names(root) : bodies) {
            NamedBody body = Bodies.load(root, name);
            if (!body.model().facts().abilities().contains(Ability.GRASP)) {
                continue;
            }
            for (String kind : kinds) {
                SceneData.Kind shape = shapes.get(kind);
                if (shape == null) {
                    throw new InputException(
                            kind, "no such kind; there are " + String.join(", ", shapes.keySet()));
                }
                long s = seed;
                GraspTrial.Found f = GraspTrial.of(body, shape, s);
                while (!f.gripped() && s < seed + SPOTS - 1) {
                    s++;
                    f = GraspTrial.of(body, shape, s);
                }
                good &= f.good();
                rows.add(row(name, kind, shape, s, f));
                log.println(rows.getLast());
                log.flush();
            }
        }
        String table = HEAD + String.join("\n", rows);
        spec.commandLine().getOut().println(table);
        if (out != null) {
            Files.writeString(out, TITLE + table + "\n");
        }
        return good ? 0 : 1;
    }

    private static final String TITLE =
            String.format(
                    Locale.ROOT,
                    """
                    # Grasps, judged by physics

                    Made by `kaiwu eval grasps --out docs/results/grasps.md`. The pick skill grips the thing on a table
                    by what the cameras saw; the arm lifts it to %.0f cm, holds it for %.0f s, and shakes it along x, y and z
                    of the map, %.0f s each, at %.1f Hz and %.0f mm to either side as commanded (what the palm made of it is
                    in the table). Slip is the farthest that the thing's frame moved in the palm's frame since it left
                    the table; it must stay under 5 mm. Then the same commands, one by one, go to a world in which pads
                    and thing have no friction, and to one in which the hand's drive opens when the lift is done: the
                    thing must be lower than 3 cm over the table at the end. Nothing is ever fixed to a hand.

                    """,
                    100 * GraspTrial.LIFT,
                    GraspTrial.HOLD,
                    GraspTrial.SHAKE,
                    GraspTrial.HERTZ,
                    1000 * GraspTrial.SWING);

    private static final String HEAD =
            """
            | body | thing | g | seed | hand | N | slip held mm | slip shaken mm | turn ° | palm swing mm | palm m/s² | no friction cm | open hand cm | |
            |---|---|---|---|---|---|---|---|---|---|---|---|---|---|
            """;

    private static String row(
            String body, String kind, SceneData.Kind shape, long seed, GraspTrial.Found f) {
        String begin =
                String.format(
                        Locale.ROOT,
                        "| %s | %s | %.0f | %d |",
                        body,
                        kind,
                        1000 * shape.mass(),
                        seed);
        if (!f.gripped()) {
            return begin + " | | | | | | | | | no grasp: " + f.problem() + " |";
        }
        return begin
                + String.format(
                        Locale.ROOT,
                        " %s | %.0f | %.2f | %.2f | %.1f | %.0f | %.1f | %.1f | %.1f | %s |",
                        f.hand(),
                        f.force(),
                        1000 * f.holdSlip(),
                        1000 * f.slip(),
                        Math.toDegrees(f.turn()),
                        1000 * f.swing(),
                        f.acceleration(),
                        100 * f.slippery(),
                        100 * f.open(),
                        f.good() ? "holds, drops" : f.still() ? "wrong" : "lost");
    }
}
