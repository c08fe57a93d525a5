package org.openkaiwu.brain.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.openkaiwu.brain.Goal;
import org.openkaiwu.brain.Setting;
import org.openkaiwu.brain.Understanding;
import org.openkaiwu.brain.Understanding.Evidence;
import org.openkaiwu.brain.Understanding.Outcome;
import org.openkaiwu.math.Text;
import org.openkaiwu.math.Text.Language;

/**
 * Sentences to goals: reads a sentence in a few ways, resolves each over the setting and acts on
 * the clearly best, asks between two that differ in effect, or says why none will do.
 *
 * <p>Not thread-safe: remembers the setting it saw last.
 */
public final class Understander {
    /** Readings within this cost of the best compete with it. */
    private static final double RIVAL = 0.16;

    /** A reading that fails may be replaced by one at most this much dearer. */
    private static final double RESCUE = 2.2;

    private static final double RESCUE_FROM_QUESTION = 0.45;

    /** Understood, but impossible: another reading is not looked for far away. */
    private static final Set<String> FINAL =
            Set.of(
                    "too_big",
                    "too_big_on",
                    "two_places",
                    "too_far",
                    "contradiction",
                    "contradiction_of",
                    "not_many",
                    "no_ability",
                    "only_not",
                    "condition_false",
                    "no_throw",
                    "unsafe",
                    "whom",
                    "no_trash");

    private static final int LONGEST = 600;
    private static final int READINGS = 16;

    private final Words words;
    private final Replies replies;
    private SceneView lastScene;
    private String lastKey = "";
    private String lastText = "";

    public Understander(Words words) {
        this.words = words;
        replies = new Replies(words);
    }

    /** One reading and what came of it. */
    record Result(Chart.Edge edge, Optional<Goal> goal, Optional<Trouble> trouble, Context after) {}

    /** Understands one sentence by itself. */
    public Understanding understand(String sentence, Setting setting) {
        return understand(sentence, setting, new Context(setting.relations()), Optional.empty());
    }

    /** As {@link #understand(String, Setting)}, answering in the language given. */
    public Understanding understand(String sentence, Setting setting, Language language) {
        return understand(
                sentence, setting, new Context(setting.relations()), Optional.of(language));
    }

    Understanding understand(
            String sentence, Setting setting, Context context, Optional<Language> answer) {
        Language language = answer.orElseGet(() -> Lattice.language(sentence));
        lastText = sentence;
        lastKey = "";
        SceneView scene = view(setting);
        if (sentence.length() > LONGEST) {
            return Replies.refuse(language, words.phrases().say("too_long", language), List.of());
        }
        Lattice lattice = Lattice.of(sentence, words, scene, false);
        if (lattice.length() == 0) {
            return Replies.refuse(language, words.phrases().say("empty", language), List.of());
        }
        Optional<Text> hazard = words.hazards().judge(lattice.text());
        if (hazard.isPresent()) {
            String why = words.phrases().say("unsafe", language, hazard.get().in(language));
            return Replies.refuse(language, why, List.of());
        }
        Optional<Understanding> told = told(sentence, lattice, scene, context, language);
        if (told.isPresent()) {
            return told.get();
        }
        List<Chart.Edge> readings = Chart.read(words.grammar(), lattice);
        if (readings.isEmpty() || !lattice.unknown().isEmpty()) {
            Optional<Understanding> mended = mended(lattice, setting, context, language);
            if (mended.isPresent()) {
                return mended.get();
            }
        }
        if (readings.isEmpty() && !lattice.unknown().isEmpty()) {
            lattice = Lattice.of(sentence, words, scene, true);
            readings = Chart.read(words.grammar(), lattice);
        }
        if (readings.isEmpty()) {
            return unread(language, lattice);
        }
        Understanding u = decide(readings, lattice, scene, context, language);
        return u.outcome() == Outcome.REFUSE && lastKey.equals("not_here")
                ? misheard(lattice, setting, context, language).orElse(u)
                : u;
    }

    /** The answer to a question; nothing is done. */
    private Optional<Understanding> told(
            String sentence, Lattice lattice, SceneView scene, Context context, Language language) {
        boolean asks = lattice.says("HAVEQ") || lattice.text().matches("(is|are) .*");
        boolean marked = asks || sentence.strip().matches(".*[?？吗么呢]");
        if (!marked && !lattice.says("QWORD")) {
            return Optional.empty();
        }
        for (Chart.Edge e : Chart.read(words.grammar(), lattice, "question")) {
            if (e.value() instanceof Meaning.Question q) {
                boolean vague =
                        q.object()
                                .filter(o -> o.has(Meaning.Type.PRONOUN) || o.has(Meaning.Type.NOT))
                                .isPresent();
                if (vague || !marked && q.kind().equals("whether")) {
                    continue;
                }
                try {
                    String answer = new Answers(scene, context.copy(), language).to(q);
                    var whole = new Evidence(0, 0, "", Understanding.ANSWER);
                    return Optional.of(Replies.refuse(language, answer, List.of(whole)));
                } catch (Trouble t) {
                    Result r = new Result(e, Optional.empty(), Optional.of(t), context);
                    return Optional.of(answer(r, lattice, scene, language));
                }
            }
        }
        return Optional.empty();
    }

    /**
     * What is not here may have been another word that sounds the same: asks when that would make
     * sense.
     */
    private Optional<Understanding> misheard(
            Lattice lattice, Setting setting, Context context, Language language) {
        SceneView scene = view(setting);
        for (Spelling.Correction c : words.spelling().misheard(lattice.text(), scene)) {
            String meant = lattice.text().replace(c.written(), c.meant());
            Lattice again = Lattice.of(meant, words, scene, false);
            List<Chart.Edge> readings = Chart.read(words.grammar(), again);
            if (readings.isEmpty() || words.hazards().judge(again.text()).isPresent()) {
                continue;
            }
            Understanding u = decide(readings, again, scene, context.copy(), language);
            if (u.outcome() == Outcome.ACT) {
                lastKey = "confirm";
                lastText = meant;
                String ask = words.phrases().say("did_you_mean", language, c.written(), c.meant());
                return Optional.of(
                        new Understanding(
                                Outcome.ASK,
                                language,
                                Optional.empty(),
                                ask,
                                List.of(),
                                u.evidence()));
            }
        }
        lastKey = "not_here";
        return Optional.empty();
    }

    /** The last sentence as it was understood: a question may be about other words. */
    String lastText() {
        return lastText;
    }

    /**
     * The sentence with slips of writing mended, if that makes it one to act on or to ask about.
     */
    private Optional<Understanding> mended(
            Lattice lattice, Setting setting, Context context, Language language) {
        SceneView scene = view(setting);
        Spelling.Corrected c = words.spelling().correct(lattice.text(), lattice.unknown(), scene);
        if (c.corrections().isEmpty()) {
            return Optional.empty();
        }
        Lattice again = Lattice.of(c.text(), words, scene, false);
        List<Chart.Edge> readings = Chart.read(words.grammar(), again);
        boolean unsafe = words.hazards().judge(again.text()).isPresent();
        if (readings.isEmpty() || unsafe || !again.unknown().isEmpty()) {
            return Optional.empty();
        }
        Understanding u = decide(readings, again, scene, context, language);
        if (u.outcome() == Outcome.REFUSE) {
            return Optional.empty();
        }
        String message = u.message();
        for (Spelling.Correction x : c.corrections()) {
            message = words.phrases().say("read_as", language, message, x.written(), x.meant());
        }
        return Optional.of(
                new Understanding(
                        u.outcome(), language, u.goal(), message, u.choices(), List.of()));
    }

    /** Carries out a meaning that a dialogue completed. */
    Understanding carryOut(Meaning meaning, String sentence, Setting setting, Context context) {
        SceneView scene = view(setting);
        lastText = sentence;
        Lattice lattice = Lattice.of(sentence, words, scene, false);
        var edge = new Chart.Edge(0, 0, 0, 0, meaning, new Chart.Edge[0], null);
        return decide(List.of(edge), lattice, scene, context, Lattice.language(sentence));
    }

    /** The act that a sentence speaks of first in its cheapest reading. */
    Optional<Meaning.Act> firstAct(String sentence, SceneView scene) {
        for (Chart.Edge e :
                Chart.read(words.grammar(), Lattice.of(sentence, words, scene, false))) {
            Object whole = e.value() instanceof Meaning.Doubt d ? d.meaning() : e.value();
            Object first = whole instanceof Meaning.Sequence s ? s.steps().getFirst() : whole;
            return first instanceof Meaning.Act a ? Optional.of(a) : Optional.empty();
        }
        return Optional.empty();
    }

    private SceneView view(Setting setting) {
        if (lastScene == null || !lastScene.setting().equals(setting)) {
            lastScene = new SceneView(setting, words);
        }
        return lastScene;
    }

    private Understanding unread(Language language, Lattice lattice) {
        List<String> unknown = lattice.unknown();
        if (!unknown.isEmpty()) {
            return Replies.refuse(
                    language,
                    words.phrases().say("unknown_word", language, longest(unknown)),
                    List.of());
        }
        boolean question =
                lattice.text()
                        .matches(
                                "(what|who|why|how|when|which|is|are|do|did|have) .*|.*(什么|谁|为什么|怎么|多少|吗)$");
        if (lattice.onlyFillers()) {
            return Replies.refuse(language, words.phrases().say("greeting", language), List.of());
        }
        String key = question ? "question" : lattice.length() < 40 ? "fragment" : "not_understood";
        return Replies.refuse(language, words.phrases().say(key, language), List.of());
    }

    private static String longest(List<String> words) {
        return words.stream().max(java.util.Comparator.comparingInt(String::length)).orElse("");
    }

    private Understanding decide(
            List<Chart.Edge> readings,
            Lattice lattice,
            SceneView scene,
            Context context,
            Language language) {
        var results = new ArrayList<Result>();
        double best = readings.getFirst().cost();
        for (Chart.Edge edge : readings) {
            if (results.size() >= READINGS || edge.cost() > best + RESCUE) {
                break;
            }
            results.add(interpret(edge, scene, context));
        }
        Result first = results.getFirst();
        if (first.trouble().isPresent() && first.trouble().get().kind == Trouble.Kind.UNSAFE) {
            return answer(first, lattice, scene, language);
        }
        double bound = best + RESCUE;
        Result chosen = null;
        for (Result r : results) {
            if (r.goal().isPresent() && r.edge().cost() <= bound) {
                chosen = r;
                break;
            }
            if (r.trouble().isPresent()
                    && (asks(r.trouble().get()) || FINAL.contains(r.trouble().get().key))) {
                bound = Math.min(bound, r.edge().cost() + RESCUE_FROM_QUESTION);
            }
        }
        if (chosen == null) {
            for (Result r : results) {
                if (r.trouble().isPresent() && r.trouble().get().kind == Trouble.Kind.UNSAFE) {
                    return answer(r, lattice, scene, language);
                }
            }
            for (Result r : results) {
                // a word that nobody knows is the reason, whatever else the rest may lack
                if (r.trouble().isPresent() && r.trouble().get().kind == Trouble.Kind.UNKNOWN) {
                    return answer(r, lattice, scene, language);
                }
            }
            return lattice.guessed()
                    ? unread(language, lattice)
                    : answer(worstOf(results), lattice, scene, language);
        }
        double rival = chosen.edge().cost() + RIVAL;
        for (Result r : results) {
            boolean stricter =
                    r.goal().isPresent()
                            && r.edge().cost() <= rival
                            && Goals.laxer(chosen.goal().get(), r.goal().get());
            if (stricter) {
                chosen = r; // the same with a promise more
            }
        }
        for (Result r : results) {
            if (r != chosen
                    && r.goal().isPresent()
                    && r.edge().cost() <= rival
                    && !Goals.laxer(r.goal().get(), chosen.goal().get())
                    && !Goals.same(r.goal().get(), chosen.goal().get())) {
                return replies.rivals(chosen, r, lattice, scene, language);
            }
        }
        context.mentions.clear();
        context.mentions.addAll(chosen.after().mentions);
        context.used.clear();
        context.used.addAll(chosen.after().used);
        context.lastKind = chosen.after().lastKind;
        context.lastAct = chosen.after().lastAct;
        context.here = chosen.after().here;
        Goal goal = chosen.goal().get();
        String message =
                goal.steps().isEmpty()
                        ? words.phrases().say("waiting", language)
                        : words.phrases().goal(goal, scene, language);
        return new Understanding(
                Outcome.ACT,
                language,
                Optional.of(goal),
                message,
                List.of(),
                Replies.evidence(chosen.edge(), lattice));
    }

    static boolean asks(Trouble t) {
        return t.kind == Trouble.Kind.AMBIGUOUS || t.kind == Trouble.Kind.INCOMPLETE;
    }

    /** Among failed readings the one to answer for: a question first, else the cheapest. */
    private static Result worstOf(List<Result> results) {
        Result first =
                results.stream().filter(r -> r.trouble().isPresent()).findFirst().orElseThrow();
        for (Result r : results) {
            if (r.trouble().isPresent()
                    && r.trouble().get().kind == Trouble.Kind.AMBIGUOUS
                    && r.edge().cost() <= first.edge().cost() + RESCUE_FROM_QUESTION) {
                return r;
            }
        }
        return first;
    }

    private Result interpret(Chart.Edge edge, SceneView scene, Context context) {
        Context own = context.copy();
        try {
            Goal goal = new Interpreter(scene, own).goal((Meaning) edge.value());
            return new Result(edge, Optional.of(goal), Optional.empty(), own);
        } catch (Trouble t) {
            return new Result(edge, Optional.empty(), Optional.of(t), own);
        }
    }

    /** Message key of the last question or refusal that a reading led to. */
    String lastKey() {
        return lastKey;
    }

    private Understanding answer(Result r, Lattice lattice, SceneView scene, Language language) {
        lastKey = r.trouble().orElseThrow().key;
        return replies.answer(r, lattice, scene, language);
    }
}
