package org.openkaiwu.brain.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.openkaiwu.brain.Setting;
import org.openkaiwu.brain.Understanding;
import org.openkaiwu.brain.Understanding.Outcome;

class DialogueTest {
    private final Setting table = Scene.of("tabletop").setting;
    private final Dialogue dialogue = new Dialogue(Words.standard());

    private Set<String> say(String sentence) {
        Understanding u = dialogue.say(sentence, table);
        return Scene.goal(u);
    }

    @Test
    void aCorrectionKeepsTheRest() {
        assertThat(say("put the red cube in the box")).containsExactly("in red_cube box");
        assertThat(say("no, the green one")).containsExactly("in green_cube box");
        assertThat(say("now put it on the tray")).containsExactly("on green_cube tray");
    }

    @Test
    void aQuestionIsAnswered() {
        assertThat(say("把方块放进箱子")).isEmpty();
        assertThat(say("红色的")).containsExactly("in red_cube box");
        assertThat(say("再放一个")).containsExactly("in green_cube box");
        assertThat(say("把它拿起来")).containsExactly("held_by green_cube robot");
    }

    @Test
    void whereToMayComeAfterwards() {
        assertThat(say("拿起苹果")).containsExactly("held_by apple robot");
        assertThat(say("放进碗里")).containsExactly("in apple bowl");
        assertThat(say("放回去")).containsExactly("on apple table");
    }

    @Test
    void answersFitTheQuestion() {
        assertThat(say("put the apple next to the cube")).isEmpty();
        assertThat(say("the red one")).containsExactly("beside apple red_cube");
        assertThat(say("push the red cube")).isEmpty();
        assertThat(say("left")).containsExactly("pushed red_cube left_0.10");
        assertThat(say("a bit to the right")).containsExactly("moved red_cube right_0.05");
        assertThat(say("put the cup")).isEmpty();
        assertThat(say("the tray")).containsExactly("in cup tray");
        assertThat(say("apple in bowl")).isEmpty();
        assertThat(say("yes")).containsExactly("in apple bowl");
        assertThat(say("clear the table")).isEmpty();
        assertThat(say("into the box")).hasSize(8).contains("in apple box", "in cup box");
    }

    @Test
    void whatIsLeftOutIsAsBefore() {
        assertThat(say("pick up the cup")).containsExactly("held_by cup robot");
        assertThat(say("put it on the tray")).containsExactly("on cup tray");
        assertThat(say("no, in the box")).containsExactly("in cup box");
        assertThat(say("and the apple too")).containsExactly("in apple box");
        assertThat(say("我渴了")).isEmpty();
        assertThat(say("放到托盘上")).containsExactly("on bottle tray");
        assertThat(say("刚才那个放回去")).containsExactly("on bottle table");
        assertThat(say("put the cube in the bowl")).isEmpty();
        assertThat(dialogue.say("no", table).goal().orElseThrow().steps()).isEmpty();
    }

    @Test
    void aStopWordStopsWithoutBeingRead() {
        for (String stop : new String[] {"stop", "STOP!", "停", "停下！", "别动", "halt"}) {
            assertThat(Dialogue.isStop(stop, Words.standard())).as(stop).isTrue();
        }
        assertThat(Dialogue.isStop("put the cube in the box", Words.standard())).isFalse();
        Understanding u = dialogue.say("停", table);
        assertThat(u.outcome()).isEqualTo(Outcome.ACT);
        assertThat(u.goal().orElseThrow().steps()).isEmpty();
    }
}
