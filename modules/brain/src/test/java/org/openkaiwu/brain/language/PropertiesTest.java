package org.openkaiwu.brain.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.openkaiwu.brain.Setting;
import org.openkaiwu.brain.Understanding;
import org.openkaiwu.brain.Understanding.Outcome;
import org.openkaiwu.math.Text;
import org.openkaiwu.perception.Names;
import tools.jackson.databind.JsonNode;

/** What shows that it is understanding and not a list of phrases. */
class PropertiesTest {
    private final Understander understander = new Understander(Words.standard());
    private final Setting table = Scene.of("tabletop").setting;

    private Understanding say(String sentence, Setting setting) {
        return understander.understand(sentence, setting);
    }

    @Test
    void paraphrasesMeanTheSame() {
        List<String> complaints = new ArrayList<>();
        for (JsonNode group : Scene.yaml("properties").path("same")) {
            Set<String> want = Scene.goal(say(group.path(0).asString(), table));
            assertThat(want).isNotEmpty();
            for (JsonNode s : group) {
                Understanding u = say(s.asString(), table);
                if (!Scene.goal(u).equals(want)) {
                    complaints.add(s.asString() + " -> " + Scene.goal(u) + " " + u.message());
                }
            }
        }
        assertThat(complaints).isEmpty();
    }

    @Test
    void changedWordsMeanSomethingElse() {
        for (JsonNode group : Scene.yaml("properties").path("different")) {
            List<Set<String>> goals = new ArrayList<>();
            for (JsonNode s : group) {
                Set<String> goal = Scene.goal(say(s.asString(), table));
                assertThat(goals).as(s.asString()).doesNotContain(goal);
                goals.add(goal);
            }
        }
    }

    @Test
    void distractorsChangeNothing() {
        for (JsonNode s : Scene.of("tabletop").sentences) {
            if (s.path("say").asString().matches(".*(everything|东西|things).*")) {
                continue;
            }
            Setting more = with(table, thing("yellow_duck", "duck", "yellow", "duck", "鸭子"));
            more = with(more, thing("long_screw", "screw", "", "screw", "螺丝"));
            Understanding plain = say(s.path("say").asString(), table);
            Understanding crowded = say(s.path("say").asString(), more);
            assertThat(Scene.goal(crowded))
                    .as(s.path("say").asString())
                    .isEqualTo(Scene.goal(plain));
        }
    }

    @Test
    void renamedThingsAreUnderstoodByTheirNewNames() {
        Setting odd =
                with(
                        with(table, thing("thing_a", "blick", "", "blick", "布洛")),
                        thing("thing_b", "dax", "purple", "dax", "达克斯"));
        assertThat(Scene.goal(say("put the blick in the box", odd)))
                .containsExactly("in thing_a box");
        assertThat(Scene.goal(say("把布洛放进箱子里", odd))).containsExactly("in thing_a box");
        assertThat(Scene.goal(say("把布洛和紫色的达克斯都放进托盘", odd)))
                .containsExactly("in thing_a tray", "in thing_b tray");
        assertThat(Scene.goal(say("put the purple dax next to the blick", odd)))
                .containsExactly("beside thing_b thing_a");
        assertThat(Scene.goal(say("把 blick 放到碗的左边", odd))).containsExactly("left_of thing_a bowl");
        assertThat(say("put the blick in the box", table).outcome()).isEqualTo(Outcome.REFUSE);
        assertThat(say("put the blick in the box", table).message()).contains("blick");
        assertThat(say("把布洛放进箱子里", table).message()).contains("布洛");
    }

    @Test
    void answersInTheLanguageOfTheRequest() {
        assertThat(say("put the cube in the box", table).language()).isEqualTo(Text.Language.EN);
        assertThat(say("把方块放进箱子", table).language()).isEqualTo(Text.Language.ZH);
        assertThat(say("把方块放进箱子", table).message()).contains("红色方块", "绿色方块", "蓝色方块");
        assertThat(say("put the cube in the box", table).choices())
                .containsExactly("red_cube", "green_cube", "blue_cube");
    }

    @Test
    void evidenceSaysWhichWordsMadeWhat() {
        String sentence = "Please put the red cube in the tray.";
        Understanding u = say(sentence, table);
        assertThat(u.evidence()).isNotEmpty();
        for (Understanding.Evidence e : u.evidence()) {
            assertThat(sentence.substring(e.start(), e.end())).isEqualToIgnoringCase(e.words());
        }
        assertThat(u.evidence().stream().map(Understanding.Evidence::words))
                .contains("red cube", "tray");
    }

    @Test
    void endsOnAnyInput() {
        var random = new java.util.Random(7);
        String letters = "把放在红色方块的苹果和里上 put the red cube in , 。？!and不要123";
        for (int i = 0; i < 200; i++) {
            var text = new StringBuilder();
            for (int k = random.nextInt(60); k >= 0; k--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            assertThat(say(text.toString(), table).message()).isNotBlank();
        }
        assertThat(say("put the cube ".repeat(400), table).outcome()).isEqualTo(Outcome.REFUSE);
    }

    private static Setting.Entity thing(
            String id, String kind, String colour, String en, String zh) {
        return new Setting.Entity(
                id,
                kind,
                Setting.Type.THING,
                colour,
                new Names(List.of(en), List.of(zh)),
                java.util.Optional.empty(),
                java.util.Optional.empty(),
                "table",
                Set.of("pick"));
    }

    private static Setting with(Setting s, Setting.Entity e) {
        Map<String, Setting.Entity> entities = new LinkedHashMap<>(s.entities());
        entities.put(e.id(), e);
        return new Setting(entities, s.relations(), s.predicates(), s.robotYaw());
    }
}
