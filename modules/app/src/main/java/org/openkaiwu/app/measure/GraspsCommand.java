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
import org.openkaiwu.app.env.Languages;
import org.openkaiwu.body.infer.BodyFacts.Ability;
import org.openkaiwu.math.InputException;
import org.openkaiwu.math.Text;
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
        Text.Language language = Languages.current();
        String table = HEAD.in(language) + String.join("\n", rows);
        spec.commandLine().getOut().println(table);
        if (out != null) {
            Files.writeString(out, title(language) + table + "\n");
        }
        return good ? 0 : 1;
    }

    private static final Text TITLE =
            new Text(
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
                    """
                    # 抓取，由物理判定

                    由 `kaiwu eval grasps --out docs/results/grasps.md` 生成。抓取技能按相机所见抓住桌上的物体；手臂把它举高 %.0f 厘米，
                    保持 %.0f 秒，再沿地图的 x、y、z 方向各摇 %.0f 秒，频率 %.1f Hz，指令幅度向两侧各 %.0f 毫米（手掌实际的运动见表）。
                    “滑移”是物体离开桌面之后在手掌坐标系里移动的最大距离，须小于 5 毫米。然后把同样的指令逐条发给两个世界：一个里手指
                    和物体之间没有摩擦，另一个里举起后手的驱动张开；结束时物体须低于桌面以上 3 厘米。没有任何东西被固定在手上。

                    """);

    private static String title(Text.Language language) {
        return String.format(
                Locale.ROOT,
                TITLE.in(language),
                100 * GraspTrial.LIFT,
                GraspTrial.HOLD,
                GraspTrial.SHAKE,
                GraspTrial.HERTZ,
                1000 * GraspTrial.SWING);
    }

    private static final Text HEAD =
            new Text(
                    """
                    | body | thing | g | seed | hand | N | slip held mm | slip shaken mm | turn ° | palm swing mm | palm m/s² | no friction cm | open hand cm | |
                    |---|---|---|---|---|---|---|---|---|---|---|---|---|---|
                    """,
                    """
                    | 本体 | 物体 | g | 种子 | 手 | N | 保持滑移 mm | 摇动滑移 mm | 转角 ° | 手掌摆幅 mm | 手掌 m/s² | 无摩擦 cm | 张手 cm | |
                    |---|---|---|---|---|---|---|---|---|---|---|---|---|---|
                    """);

    private static final Text GOOD = new Text("holds, drops", "抓牢，会掉");
    private static final Text WRONG = new Text("wrong", "不对");
    private static final Text LOST = new Text("lost", "掉落");

    private static String row(
            String body, String kind, SceneData.Kind shape, long seed, GraspTrial.Found f) {
        Text.Language language = Languages.current();
        String begin =
                String.format(
                        Locale.ROOT,
                        "| %s | %s | %.0f | %d |",
                        body,
                        kind,
                        1000 * shape.mass(),
                        seed);
        if (f.problem().isPresent()) {
            Text why = f.problem().get();
            Text none = new Text("no grasp: " + why.en(), "抓不住：" + OneThing.zh(why.zh()));
            return begin + " | | | | | | | | | " + none.in(language) + " |";
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
                        (f.good() ? GOOD : f.still() ? WRONG : LOST).in(language));
    }
}
