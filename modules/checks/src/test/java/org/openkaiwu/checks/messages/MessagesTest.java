package org.openkaiwu.checks.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.openkaiwu.app.env.Said;
import org.openkaiwu.math.Text;

/** What is said about wrong input is said in Chinese too. */
class MessagesTest {
    private static final Pattern BLANK = Pattern.compile("\\{\\d*}");
    private static final Pattern WORD = Pattern.compile("[a-z]{3}");

    @Test
    void everyMessageOfTheSourcesHasAChineseOne() throws IOException {
        TreeSet<String> missing = new TreeSet<>(SaidInCode.under(Path.of("..")));
        missing.removeIf(m -> !WORD.matcher(m).find());
        assertThat(missing.size()).as("messages were found in the sources").isGreaterThan(300);
        missing.removeAll(Said.pairs().keySet());
        assertThat(missing).as("messages without a line in errors_zh.txt").isEmpty();
    }

    @Test
    void bothLanguagesFillTheSameBlanks() {
        Said.pairs()
                .forEach((english, chinese) ->
                        assertThat(blanks(chinese)).as(english).isEqualTo(blanks(english)));
    }

    private static long blanks(String s) {
        return BLANK.matcher(s).results().count();
    }

    @Test
    void fillsWhatTheMessageNames() {
        for (Map.Entry<String, String> e :
                Map.of(
                                "\"elbow\" is there twice (first at arm.urdf:12); rename one",
                                "“elbow”出现两次（第一次在 arm.urdf:12）；请改一个名字",
                                "mesh of link \"hand\" is left out: hand.stl: face has 2 corners; at least three are needed",
                                "略去连杆“hand”的网格：hand.stl: 面有 2 个角；至少要三个",
                                "there is no file \"a.obj\" in meshes",
                                "meshes 里没有文件“a.obj”",
                                "none of the file sees the work area; one on a mast at 0.1 0.2 0.3 m is assumed",
                                "文件里的都看不到工作区；假定在立杆上 0.1 0.2 0.3 米处有一台")
                        .entrySet()) {
            assertThat(Said.in(e.getKey(), Text.Language.ZH)).isEqualTo(e.getValue());
            assertThat(Said.in(e.getKey(), Text.Language.EN)).isEqualTo(e.getKey());
        }
    }

    @Test
    void whatHasNoChineseIsShownAsItIs() {
        assertThat(Said.in("nobody wrote this", Text.Language.ZH)).isEqualTo("nobody wrote this");
    }
}
