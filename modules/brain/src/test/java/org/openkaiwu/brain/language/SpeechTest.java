package org.openkaiwu.brain.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.openkaiwu.brain.Goal.Literal;
import org.openkaiwu.brain.Setting;
import org.openkaiwu.math.Text.Language;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.perception.Names;

/** What the robot says of what it has found out. */
class SpeechTest {
    private static Setting.Entity entity(
            String id, Setting.Type type, String en, String zh, String owner, boolean seen) {
        return new Setting.Entity(
                id,
                id,
                type,
                "",
                new Names(List.of(en), List.of(zh)),
                seen ? Optional.of(Vec3.ZERO) : Optional.empty(),
                Optional.empty(),
                owner,
                Set.of());
    }

    private static Speech speech() {
        Map<String, Setting.Entity> all = new LinkedHashMap<>();
        all.put("cup", entity("cup", Setting.Type.THING, "cup", "杯子", "shelf", true));
        all.put("jar", entity("jar", Setting.Type.THING, "jar", "罐子", "", false));
        all.put("shelf", entity("shelf", Setting.Type.FIXTURE, "shelf", "货架", "kitchen", true));
        all.put("kitchen", entity("kitchen", Setting.Type.PLACE, "kitchen", "厨房", "", true));
        List<Literal> relations = List.of(new Literal("on", "cup", "shelf"));
        return new Speech(Words.standard(), new Setting(all, relations, Map.of(), 0));
    }

    @Test
    void saysWhereAThingWasFound() {
        List<Literal> wanted = List.of(new Literal("found", "cup", ""));
        assertThat(speech().found(wanted, Language.EN))
                .contains("The cup is on the shelf in the kitchen.");
        assertThat(speech().found(wanted, Language.ZH)).contains("杯子在厨房的货架上。");
    }

    @Test
    void saysWhatItSeesAndNotWhatItDoesNot() {
        List<Literal> wanted =
                List.of(new Literal("at", "robot", "kitchen"), new Literal("looked", "robot", ""));
        assertThat(speech().found(wanted, Language.EN)).contains("I see the cup.");
        assertThat(speech().found(wanted, Language.ZH)).contains("我看到了杯子。");
    }

    @Test
    void saysWhatIsAtAPlaceAndWhetherAThingIs() {
        List<Literal> inspected = List.of(new Literal("inspected", "robot", "kitchen"));
        assertThat(speech().found(inspected, Language.EN))
                .contains("In the kitchen I see the cup.");
        assertThat(speech().found(inspected, Language.ZH)).contains("厨房里有杯子。");
        List<Literal> there = List.of(new Literal("looked_for", "cup", "shelf"));
        assertThat(speech().found(there, Language.EN))
                .contains("The cup is on the shelf in the kitchen.");
        List<Literal> missing = List.of(new Literal("looked_for", "jar", "shelf"));
        assertThat(speech().found(missing, Language.EN))
                .contains("I did not see the jar on the shelf.");
        assertThat(speech().found(missing, Language.ZH)).contains("在货架上没看到罐子。");
    }

    @Test
    void hasNothingToSayOfWhatWasOnlyDone() {
        List<Literal> wanted = List.of(new Literal("on", "cup", "shelf"));
        assertThat(speech().found(wanted, Language.EN)).isEmpty();
    }
}
