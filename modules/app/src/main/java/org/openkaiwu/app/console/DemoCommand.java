package org.openkaiwu.app.console;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.openkaiwu.app.env.Home;
import org.openkaiwu.app.env.Languages;
import org.openkaiwu.app.run.Outcomes;
import org.openkaiwu.app.run.RunReport;
import org.openkaiwu.app.run.RunRequest;
import org.openkaiwu.math.Text;
import org.openkaiwu.sim.Bodies;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kaiwu demo}: the same sentence on many bodies, one table, and the page. */
@Command(name = "demo", mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
    private static final String TABLE = "把红色方块放进托盘";
    private static final double PACE = 2;
    private static final String HOME = "去茶水间把瓶子拿到白色桌子上";

    @Option(names = "--headless", descriptionKey = "demo.headless")
    private boolean headless;

    @Mixin private PageAddress address;

    @Option(names = "--empty", descriptionKey = "demo.empty")
    private boolean empty;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        try (Console console =
                new Console(
                        Home.root(), address.host(), headless ? 0 : address.port(Console.PORT))) {
            if (!headless) {
                print(new Text("Watch it at " + console.url(), "打开页面观看：" + console.url()));
            }
            boolean ok = empty || runs(console);
            if (!headless) {
                if (empty) {
                    console.open(List.of(new RunRequest("panda", "tabletop", "", 1)));
                }
                print(
                        new Text(
                                "The page stays open at " + console.url() + "; end with Ctrl-C.",
                                "页面仍在 " + console.url() + "，按 Ctrl-C 结束。"));
                console.work();
            }
            return ok ? 0 : 1;
        }
    }

    /** The bodies of each act; on the page they are seen side by side. */
    private static List<List<RunRequest>> acts() {
        return List.of(
                act(TABLE, "tabletop", "so101", "ur5_gripper", "panda", "realman_lift", "ffw_sg2"),
                act(HOME, "home", "realman_lift", "ffw_sg2"));
    }

    private static List<RunRequest> act(String sentence, String scene, String... bodies) {
        return Stream.of(bodies).map(b -> new RunRequest(b, scene, sentence, 1)).toList();
    }

    private boolean runs(Console console) {
        List<List<RunRequest>> acts = acts();
        if (headless) {
            acts = acts.stream().flatMap(List::stream).map(List::of).toList();
        }
        List<RunReport> reports = new ArrayList<>();
        console.demo(
                acts,
                headless ? Double.POSITIVE_INFINITY : PACE,
                r -> {
                    reports.add(r);
                    String name =
                            Bodies.load(Home.root(), r.body())
                                    .model()
                                    .title()
                                    .in(Languages.current());
                    print(
                            new Text(
                                    "▶ " + name + ": " + r.instruction(),
                                    "▶ " + name + "：" + r.instruction()));
                    print(line(r));
                });
        table(reports);
        long wanted = acts.stream().mapToLong(List::size).sum();
        return reports.size() == wanted && reports.stream().allMatch(RunReport::done);
    }

    private static Text line(RunReport r) {
        return new Text(
                "  " + r.outcome() + " " + r.message(),
                "  " + Outcomes.zh(r.outcome()) + " " + r.message());
    }

    private void table(List<RunReport> reports) {
        String form = "%-13s %-9s %-8s %9s %9s %7s  %s%n";
        boolean zh = Languages.current() == Text.Language.ZH;
        StringBuilder out = new StringBuilder("\n");
        out.append(
                zh
                        ? String.format(form, "本体", "场景", "结果", "仿真/s", "用时/s", "倍速", "计划")
                        : String.format(
                                form, "body", "scene", "outcome", "sim/s", "wall/s", "speed",
                                "plan"));
        for (RunReport r : reports) {
            out.append(
                    String.format(
                            form,
                            r.body(),
                            r.scene(),
                            zh ? Outcomes.zh(r.outcome()) : r.outcome(),
                            String.format("%.1f", r.sim_time_s()),
                            String.format("%.1f", r.wall_time_s()),
                            String.format("%.1f×", r.sim_time_s() / r.wall_time_s()),
                            r.plan()));
        }
        spec.commandLine().getOut().print(out);
        spec.commandLine().getOut().flush();
    }

    private void print(Text text) {
        spec.commandLine().getOut().println(text.in(Languages.current()));
        spec.commandLine().getOut().flush();
    }
}
