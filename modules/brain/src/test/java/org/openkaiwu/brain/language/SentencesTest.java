package org.openkaiwu.brain.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Sentences over three scenes with the goals they mean, and what must be refused. */
class SentencesTest {
    private final Understander understander = new Understander(Words.standard());

    @ParameterizedTest
    @CsvSource({"tabletop,tabletop", "home,home", "workcell,workcell", "refused,tabletop"})
    void understandsAsMeant(String sentences, String setting) {
        Scene over = Scene.of(setting);
        List<String> complaints = new ArrayList<>();
        List<JsonNode> all = Scene.of(sentences).sentences;
        for (JsonNode s : all) {
            String complaint =
                    Scene.complaint(
                            s, understander.understand(s.path("say").asString(), over.setting));
            if (!complaint.isEmpty()) {
                complaints.add(complaint);
            }
        }
        assertThat(all).hasSizeGreaterThan(40);
        assertThat(complaints).isEmpty();
    }
}
