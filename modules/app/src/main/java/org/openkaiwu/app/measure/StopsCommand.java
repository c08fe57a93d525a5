package org.openkaiwu.app.measure;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openkaiwu.app.env.Home;
import org.openkaiwu.app.env.Languages;
import org.openkaiwu.app.measure.StopTrial.Fault;
import org.openkaiwu.app.measure.StopTrial.Motion;
import org.openkaiwu.app.measure.StopTrial.Seen;
import org.openkaiwu.math.RandomStream;
import org.openkaiwu.math.Text;
import org.openkaiwu.robot.Command.BaseVelocity;
import org.openkaiwu.robot.RobotModel;
import org.openkaiwu.sim.Bodies;
import org.openkaiwu.sim.NamedBody;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code kaiwu eval stops}: time and distance from a fault to rest, from full speed, for every
 * body. Exit code 0 when every stop latched, was honest, and tipped nothing.
 */
@Command(name = "stops", mixinStandardHelpOptions = true)
public final class StopsCommand implements Callable<Integer> {
    @Option(names = "--bodies", split = ",", paramLabel = "NAME", descriptionKey = "eval.bodies")
    private List<String> bodies;

    @Option(names = "--out", paramLabel = "FILE", descriptionKey = "eval.out")
    private Path out;

    @Spec private CommandSpec spec;

    /** Combinations of directions that are tried to get all joints to full speed at once. */
    private static final int TOGETHER = 24;

    private static final Text EACH = new Text("each joint", "逐个关节");
    private static final Text ALL = new Text("all joints", "全部关节");
    private static final Text FINE = new Text("fine", "正常");
    private static final Text BASE = new Text("base", "底盘");

    private record Ready(Motion motion, int at, double share) {}

    @Override
    public Integer call() throws IOException {
        Path root = Home.root();
        PrintWriter log = spec.commandLine().getErr();
        List<String> rows = new ArrayList<>();
        boolean good = true;
        for (String name : bodies == null ? Bodies.names(root) : bodies) {
            NamedBody body = Bodies.load(root, name);
            for (List<Ready> group : List.of(alone(body), together(body), driving(body))) {
                for (Fault fault : Fault.values()) {
                    if (group.isEmpty() || !StopTrial.applies(body, fault)) {
                        continue;
                    }
                    Seen worst =
                            group.stream()
                                    .map(r -> StopTrial.of(body, r.motion(), r.at(), fault))
                                    .reduce(Seen::worst)
                                    .orElseThrow();
                    good &= worst.wrong().isEmpty();
                    rows.add(row(name, group.getFirst().motion().name(), fault, worst));
                    log.println(rows.getLast());
                    log.flush();
                }
            }
        }
        Text.Language language = Languages.current();
        String table = HEAD.in(language) + String.join("\n", rows);
        spec.commandLine().getOut().println(table);
        if (out != null) {
            Files.writeString(out, TITLE.in(language) + table + "\n");
        }
        return good ? 0 : 1;
    }

    /** Every joint by itself, in the direction in which it gets faster. */
    private static List<Ready> alone(NamedBody body) {
        List<Ready> out = new ArrayList<>();
        int n = body.model().joints().size();
        for (int i = 0; i < n; i++) {
            Ready best = null;
            for (int direction : new int[] {1, -1}) {
                int[] d = new int[n];
                d[i] = direction;
                best = faster(best, body, new Motion(EACH, d, BaseVelocity.ZERO));
            }
            if (best != null) {
                out.add(best);
            }
        }
        return out;
    }

    /** All joints at once, in seeded directions. */
    private static List<Ready> together(NamedBody body) {
        int n = body.model().joints().size();
        RandomStream random = RandomStream.of(1, "stops");
        Ready best = null;
        for (int k = 0; n > 1 && k < TOGETHER; k++) {
            int[] d = new int[n];
            for (int i = 0; i < n; i++) {
                d[i] = random.nextDouble() < 0.5 ? 1 : -1;
            }
            best = faster(best, body, new Motion(ALL, d, BaseVelocity.ZERO));
        }
        return Optional.ofNullable(best).stream().toList();
    }

    /** The base forward, backward, turning, and sideways where it can. */
    private static List<Ready> driving(NamedBody body) {
        RobotModel.Drive drive = body.model().drive();
        List<BaseVelocity> ways = new ArrayList<>();
        if (drive.kind() != RobotModel.DriveKind.FIXED) {
            ways.add(new BaseVelocity(drive.maxSpeed(), 0, 0));
            ways.add(new BaseVelocity(-drive.maxSpeed(), 0, 0));
            ways.add(new BaseVelocity(0, 0, drive.maxTurn()));
        }
        if (drive.kind() == RobotModel.DriveKind.OMNI) {
            ways.add(new BaseVelocity(0, drive.maxSpeed(), 0));
        }
        List<Ready> out = new ArrayList<>();
        for (BaseVelocity v : ways) {
            Ready r =
                    faster(null, body, new Motion(BASE, new int[body.model().joints().size()], v));
            if (r != null) {
                out.add(r);
            }
        }
        return out;
    }

    private static Ready faster(Ready best, NamedBody body, Motion motion) {
        if (best != null && best.share() > 0.97) {
            return best;
        }
        double[] found = StopTrial.fastest(body, motion);
        boolean better = found[0] >= 0 && (best == null || found[1] > best.share());
        return better ? new Ready(motion, (int) found[0], found[1]) : best;
    }

    private static final Text TITLE =
            new Text(
                    """
                    # Stops, measured in physics by injected faults

                    Made by `kaiwu eval stops --out docs/results/stops.md`. Each body moves as fast as its limits allow, a fault
                    is injected, and the commander goes on commanding as if nothing had happened (for the lost heartbeat it
                    falls silent). Each row is the worst of its motions: every joint by itself, all joints at once in the
                    directions that get nearest to full speed, the base forward, backward, turning and (where it can) sideways,
                    with lifts at their top. "speed" is the smallest share of full speed that a part had when the fault came.
                    "rest" is the time from the fault until no joint and no base moves faster than 0.025 rad/s or m/s; the
                    heartbeat counts from the first missing command (the guard waits 0.1 s for it), the force from the
                    first reading over the limit (which must last 0.1 s). "said" is when the guard reports the stop, never
                    before rest. "fine" means: the stop latched and refused commands, nothing moved for 1 s after it was
                    cleared, the next command was taken, and nothing tipped. Force readings and the fence are injected at the
                    sensor and at the fence's outline; the joint limit is a command 1 rad beyond the range.

                    """,
                    """
                    # 停机：注入故障，在物理中测量

                    由 `kaiwu eval stops --out docs/results/stops.md` 生成。每个本体以限值允许的最高速度运动，然后注入一个故障；
                    指挥者照旧发指令，仿佛什么都没发生（心跳中断时则不再发）。每行取各种运动中最差的：逐个关节、所有关节以最接近
                    全速的方向组合、底盘前进、后退、转动和（能横移的）横移，升降柱在最高处。“速度”是故障到来时各部分所达全速的
                    最小比例。“静止”是从故障到没有关节和底盘快于 0.025 rad/s 或 m/s 的时间；心跳从第一条缺失的指令算起（护栏等
                    0.1 秒），力从第一次超限的读数算起（须持续 0.1 秒）。“报告”是护栏报告已停的时刻，绝不早于静止。“正常”指：
                    停止锁住并拒绝指令，解除后 1 秒内没有任何东西动，下一条指令被接受，没有翻倒。力的读数和围栏分别注入在传感器和
                    围栏边界上；关节超限是一条超出范围 1 rad 的指令。

                    """);

    private static final Text HEAD =
            new Text(
                    """
                    | body | moving | fault | speed % | rest s | said s | joint rad | lift m | base m | base turn rad | hand m | tilt ° | |
                    |---|---|---|---|---|---|---|---|---|---|---|---|---|
                    """,
                    """
                    | 本体 | 运动 | 故障 | 速度 % | 静止 s | 报告 s | 关节 rad | 升降 m | 底盘 m | 底盘转角 rad | 手 m | 倾斜 ° | |
                    |---|---|---|---|---|---|---|---|---|---|---|---|---|
                    """);

    private static String row(String body, Text moving, Fault fault, Seen s) {
        Text.Language language = Languages.current();
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %.0f | %.2f | %.2f | %.3f | %.3f | %.3f | %.3f | %.3f | %.1f | %s |",
                body,
                moving.in(language),
                fault.title.in(language),
                100 * s.share(),
                s.rest(),
                s.reported(),
                s.angle(),
                s.slide(),
                s.base(),
                s.turn(),
                s.effector(),
                Math.toDegrees(s.tilt()),
                s.wrong().orElse(FINE).in(language));
    }
}
