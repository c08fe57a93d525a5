package org.openkaiwu.brain.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openkaiwu.brain.Goal;
import org.openkaiwu.brain.Setting;
import org.openkaiwu.brain.Understanding;
import org.openkaiwu.brain.Understanding.Outcome;
import org.openkaiwu.brain.language.Meaning.Act;
import org.openkaiwu.brain.language.Meaning.Feature;
import org.openkaiwu.brain.language.Meaning.Ref;
import org.openkaiwu.brain.language.Meaning.Type;
import org.openkaiwu.math.Text.Language;

/**
 * A conversation with one person: what was spoken of and done stays known, so that "it", "another
 * one", "no, the green one", "put it back" and the answer to a question mean something.
 *
 * <p>Not thread-safe; {@link #isStop} is, and needs no dialogue.
 */
public final class Dialogue {
    private final Words words;
    private final Understander understander;
    private Optional<Context> context = Optional.empty();
    private Optional<Act> pending = Optional.empty();
    private List<Goal.Literal> before = List.of();
    private List<Goal.Literal> last = List.of();

    public Dialogue(Words words) {
        this.words = words;
        this.understander = new Understander(words);
    }

    /** Whether a text is a word that stops at once: decided without reading it any further. */
    public static boolean isStop(String text, Words words) {
        String plain = Lattice.normalise(text, new ArrayList<>(), words.spelling()).strip();
        return words.senses(plain).stream().anyMatch(s -> s.category().equals("V_STOP"));
    }

    /**
     * Understands the next sentence.
     *
     * @param setting the world as believed now
     */
    public Understanding say(String sentence, Setting setting) {
        if (isStop(sentence, words)) {
            pending = Optional.empty();
            Language language = Lattice.language(sentence);
            return new Understanding(
                    Outcome.ACT,
                    language,
                    Optional.of(new Goal(List.of())),
                    words.phrases().say("stopping", language),
                    List.of(),
                    List.of());
        }
        Context now = context.orElseGet(() -> new Context(setting.relations()));
        now.relations = new ArrayList<>(setting.relations());
        SceneView scene = new SceneView(setting, words);
        Optional<Meaning> follow = followUp(sentence, scene, now);
        Understanding u =
                follow.isPresent()
                        ? understander.carryOut(follow.get(), sentence, setting, now)
                        : understander.understand(sentence, setting, now, Optional.empty());
        remember(u, now, sentence, scene);
        return u;
    }

    private void remember(Understanding u, Context now, String sentence, SceneView scene) {
        context = Optional.of(now);
        if (u.outcome() == Outcome.ACT) {
            pending = Optional.empty();
            before = List.copyOf(now.relations);
            last = u.goal().map(Goals::atEnd).orElse(List.of());
        } else if (u.outcome() == Outcome.ASK) {
            pending = understander.firstAct(sentence, scene).or(() -> pending);
        }
    }

    /** The meaning of a sentence that only makes sense after another one. */
    private Optional<Meaning> followUp(String sentence, SceneView scene, Context now) {
        Follow follow = Follow.of(sentence, words, scene);
        if (follow.back() && !last.isEmpty()) {
            return back();
        }
        Optional<Act> act = pending.or(() -> now.lastAct);
        if (act.isEmpty()) {
            return Optional.empty();
        }
        if (follow.again()) {
            return act.map(Meaning.class::cast);
        }
        if (follow.another() && act.get().object().isPresent()) {
            Ref kind = kindOf(act.get().object().get(), scene);
            Ref other = kind.with(Feature.of(Type.OTHER, "another"));
            return Optional.of(act.get().withObject(other));
        }
        if (follow.place().isPresent() && pending.isPresent()) {
            Act a = pending.get();
            return Optional.of(a.withPlace(follow.place().get()));
        }
        if (follow.ref().isPresent() && (follow.correction() || pending.isPresent())) {
            return Optional.of(
                    act.get().withObject(complete(follow.ref().get(), act.get(), scene)));
        }
        return Optional.empty();
    }

    /** "the green one": what was not said again is as before. */
    private static Ref complete(Ref ref, Act act, SceneView scene) {
        if (ref.has(Type.KIND) || act.object().isEmpty()) {
            return ref;
        }
        Ref out = ref;
        for (Feature k : kindOf(act.object().get(), scene).features()) {
            out = out.with(k);
        }
        return new Ref(
                out.features().stream().filter(f -> f.type() != Type.HEADLESS).toList(),
                out.members(),
                out.either());
    }

    /** The kind alone; of a thing called by its own name, the kind of that thing. */
    private static Ref kindOf(Ref ref, SceneView scene) {
        var kinds = new ArrayList<Feature>();
        for (Feature f : ref.all(Type.KIND)) {
            String name =
                    f.value().startsWith("name:") ? f.value().substring(5).split("\\|")[0] : "";
            SceneView.Facets named = scene.get(name);
            kinds.add(named == null ? f : Feature.of(Type.KIND, "kind:" + named.entity().kind()));
        }
        return new Ref(List.copyOf(kinds), List.of(), false);
    }

    /** What was moved last goes back to where it was. */
    private Optional<Meaning> back() {
        for (Goal.Literal moved : last.reversed()) {
            for (Goal.Literal old : before) {
                boolean place = old.predicate().equals("on") || old.predicate().equals("in");
                if (place && old.object().equals(moved.object())) {
                    Ref object = Ref.of(Feature.of(Type.KIND, "name:" + moved.object()));
                    Ref target = Ref.of(Feature.of(Type.KIND, "name:" + old.target()));
                    return Optional.of(
                            new Act(
                                    "put",
                                    Optional.of(object),
                                    Optional.empty(),
                                    Optional.of(new Meaning.Place(old.predicate(), target)),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Meaning.Shift.NONE,
                                    false));
                }
            }
        }
        return Optional.empty();
    }
}
