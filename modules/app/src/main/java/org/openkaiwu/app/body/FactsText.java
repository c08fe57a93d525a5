package org.openkaiwu.app.body;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openkaiwu.app.env.Said;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.file.BodyFile;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.body.infer.Infer;
import org.openkaiwu.math.Problem;
import org.openkaiwu.math.Text;

/** The facts of a machine as text for a person. */
final class FactsText {
    private static final Map<String, String> CHINESE =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("fixed", "固定"),
                            Map.entry("wheeled", "轮式"),
                            Map.entry("floating", "浮动"),
                            Map.entry("arm", "手臂"),
                            Map.entry("leg", "腿"),
                            Map.entry("head", "头"),
                            Map.entry("lift", "升降柱"),
                            Map.entry("finger", "手指"),
                            Map.entry("other", "其他"),
                            Map.entry("left", "左"),
                            Map.entry("right", "右"),
                            Map.entry("centre", "中"),
                            Map.entry("parallel_gripper", "平行夹爪"),
                            Map.entry("jaw", "单动爪"),
                            Map.entry("hand", "多指手"),
                            Map.entry("suction", "吸盘"),
                            Map.entry("bare", "无手"),
                            Map.entry("grasp", "抓取"),
                            Map.entry("push", "推"),
                            Map.entry("reach", "伸够"),
                            Map.entry("lift_column", "升降"),
                            Map.entry("drive", "行驶"),
                            Map.entry("look", "看"),
                            Map.entry("walk", "行走"),
                            Map.entry("fly", "飞行"),
                            Map.entry("note", "注"),
                            Map.entry("warning", "警告"),
                            Map.entry("error", "错误")));

    private final PrintWriter out;
    private final Text.Language language;

    FactsText(PrintWriter out, Text.Language language) {
        this.out = out;
        this.language = language;
    }

    void print(BodyFile body) {
        Machine m = body.machine();
        BodyFacts facts = body.facts();
        line(
                "%s: nq %d, nv %d, nu %d, nbody %d, %.4f kg",
                m.name.isEmpty() ? "-" : m.name, m.nq, m.nv, m.nu, m.nbody, m.mass());
        line(say("base: %s", "底座：%s"), word(facts.base()));
        for (BodyFacts.Limb l : facts.limbs()) {
            line(
                    say("limb %s (%s, %s), reach %.3f m%s: %s", "肢体 %s（%s，%s），伸展 %.3f 米%s：%s"),
                    l.name(),
                    word(l.kind()),
                    word(l.side()),
                    l.reach(),
                    Double.isNaN(l.payload())
                            ? ""
                            : String.format(
                                    Locale.ROOT,
                                    say(", payload %.1f kg", "，负载 %.1f 公斤"),
                                    l.payload()),
                    String.join(" ", l.joints()));
        }
        for (BodyFacts.Effector e : facts.effectors()) {
            line(
                    say("effector %s (%s) on %s, opens %.3f m", "末端 %s（%s），位于 %s，张开 %.3f 米"),
                    e.name(),
                    word(e.kind()),
                    e.body(),
                    e.aperture());
        }
        list(say("feet", "脚"), facts.feet());
        list(
                say("wheels", "轮子"),
                facts.wheels().stream()
                        .map(w -> w.joint() + (w.driven() ? "" : say(" (passive)", "（从动）")))
                        .toList());
        list(say("cameras", "相机"), facts.cameras());
        list(say("can", "能"), facts.abilities().stream().map(this::word).toList());
        list(
                say("can't", "不能"),
                Infer.missing(facts).entrySet().stream()
                        .map(e -> word(e.getKey()) + " (" + e.getValue().in(language) + ")")
                        .toList());
        for (Problem p : body.problems()) {
            line("%s %s: %s", word(p.severity()), p.where(), Said.in(p.message(), language));
        }
    }

    private void list(String what, List<String> items) {
        if (!items.isEmpty()) {
            line("%s: %s", what, items.stream().collect(Collectors.joining(", ")));
        }
    }

    private void line(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }

    private String say(String en, String zh) {
        return language == Text.Language.ZH ? zh : en;
    }

    private String word(Enum<?> constant) {
        String lower = BodyCheckCommand.lower(constant);
        return language == Text.Language.ZH
                ? CHINESE.getOrDefault(lower, lower)
                : lower.replace('_', ' ');
    }
}
