package org.openkaiwu.brain;

import java.util.List;
import java.util.Optional;
import org.openkaiwu.math.Text;

/**
 * What became of a sentence.
 *
 * @param outcome act, ask or refuse
 * @param language language of the sentence; answers use it
 * @param goal what to reach when the outcome is ACT
 * @param message one sentence: what will be done, the question, or the reason
 * @param choices identifiers that a question names
 * @param evidence which words made which part
 */
public record Understanding(
        Outcome outcome,
        Text.Language language,
        Optional<Goal> goal,
        String message,
        List<String> choices,
        List<Evidence> evidence) {

    /** What the only evidence of an answer is called. */
    public static final String ANSWER = "answer";

    /** Whether the message answers a question: there was nothing to do. */
    public boolean answers() {
        return evidence.stream().anyMatch(e -> e.meaning().equals(ANSWER));
    }

    /** What to do about a sentence. */
    public enum Outcome {
        ACT,
        ASK,
        REFUSE
    }

    /** The words from {@code start} to {@code end} (characters) were taken as {@code meaning}. */
    public record Evidence(int start, int end, String words, String meaning) {}
}
