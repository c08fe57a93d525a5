package org.openkaiwu.brain.language;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Sentences as people put them who do not know the grammar. Asking is allowed, acting otherwise
 * than meant is not.
 */
class PeopleTest {
    @ParameterizedTest
    @CsvSource({
        "people_1.txt, 0.97",
        "people_2.txt, 0.96",
        "people_3.txt, 0.92",
        "people_4.txt, 0.9",
        "people_5.txt, 0.9",
        "people_6.txt, 0.95",
        "people_7.txt, 0.95",
        "people_8.txt, 0.95",
        "people_9.txt, 0.92",
        "people_10.txt, 0.92"
    })
    void understandsMostAndDoesNothingWrong(String file, double share) {
        Tally t = Tally.of(file);
        System.out.println(t.line(file));
        assertThat(t.wrong).isEmpty();
        assertThat((double) t.understood / (t.understood + t.asked + t.refused))
                .isGreaterThanOrEqualTo(share);
    }

    @ParameterizedTest
    @CsvSource({"not_done.txt, 120", "not_done_2.txt, 100"})
    void whatMustNotBeDoneIsNot(String file, int least) {
        Tally t = Tally.of(file);
        System.out.println(t.line(file));
        assertThat(t.wrong).isEmpty();
        assertThat(t.rightlyNot).isGreaterThan(least);
    }
}
