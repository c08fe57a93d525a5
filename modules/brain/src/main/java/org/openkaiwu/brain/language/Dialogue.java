package org.openkaiwu.brain.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    /** Questions that ask where to. */
    private static final Set<String> PLACE_QUESTIONS =
            Set.of("where_to", "where_of", "where_to_any", "where_go", "help_where", "which_place");

    private final Words words;
    private final Understander understander;
    private Optional<Context> context = Optional.empty();
    private Optional<Act> pending = Optional.empty();
    private String question = "";
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
            return nothing(sentence, "stopping");
        }
        Context now = context.orElseGet(() -> new Context(setting.relations()));
        now.relations = new ArrayList<>(setting.relations());
        SceneView scene = new SceneView(setting, words);
        Follow reaction = Follow.of(sentence, words, scene);
        if (reaction.no() && pending.isPresent()) {
            pending = Optional.empty();
            return nothing(sentence, "left");
        }
        Optional<Meaning> follow = followUp(reaction, scene, now);
        Understanding u =
                follow.isPresent()
                        ? understander.carryOut(follow.get(), sentence, setting, now)
                        : understander.understand(sentence, setting, now, Optional.empty());
        remember(u, now, scene);
        return u;
    }

    private Understanding nothing(String sentence, String key) {
        Language language = Lattice.language(sentence);
        return new Understanding(
                Outcome.ACT,
                language,
                Optional.of(new Goal(List.of())),
                words.phrases().say(key, language),
                List.of(),
                List.of());
    }

    private void remember(Understanding u, Context now, SceneView scene) {
        context = Optional.of(now);
        if (u.outcome() == Outcome.ACT) {
            pending = Optional.empty();
            before = List.copyOf(now.relations);
            last = u.goal().map(Goals::atEnd).orElse(List.of());
        } else if (u.outcome() == Outcome.ASK) {
            pending = understander.firstAct(understander.lastText(), scene).or(() -> pending);
            question = understander.lastKey();
        }
    }

    /** The meaning of a sentence that only makes sense after another one. */
    private Optional<Meaning> followUp(Follow follow, SceneView scene, Context now) {
        if (follow.back() && !last.isEmpty()) {
            return back();
        }
        Optional<Act> act = pending.or(() -> now.lastAct);
        if (act.isEmpty()) {
            return Optional.empty();
        }
        Act a = act.get();
        boolean asked = pending.isPresent();
        if (follow.again() || asked && follow.yes() && question.equals("confirm")) {
            return Optional.of(a);
        }
        if (follow.another() && a.object().isPresent()) {
            Ref kind = kindOf(a.object().get(), scene);
            Ref other = kind.with(Feature.of(Type.OTHER, "another"));
            return Optional.of(a.withObject(other));
        }
        if (follow.shift().isPresent() && !asked) {
            // "a bit more to the left"
            return Optional.of(
                    new Act(
                            "shift",
                            Optional.of(Ref.pronoun("it")),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            follow.shift().get(),
                            false));
        }
        if (!asked && !follow.correction()) {
            return Optional.empty();
        }
        if (follow.shift().isPresent() && question.equals("which_way")) {
            Meaning.Shift s = follow.shift().get();
            double d = Double.isNaN(s.metres()) ? a.by().metres() : s.metres();
            return Optional.of(a.withShift(new Meaning.Shift(s.direction(), d)));
        }
        if (follow.place().isPresent()) {
            return Optional.of(a.withPlace(follow.place().get()));
        }
        if (follow.ref().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(answered(a, follow.ref().get(), asked, scene, now));
    }

    /** A reference as an answer or a correction: where to, or which one of what was in question. */
    private Act answered(Act a, Ref ref, boolean asked, SceneView scene, Context now) {
        if (asked && PLACE_QUESTIONS.contains(question)) {
            return a.withPlace(new Meaning.Place("to", ref));
        }
        boolean target =
                asked
                        && a.to().isPresent()
                        && a.object().isPresent()
                        && clear(a.object().get(), scene, now);
        if (target) {
            Meaning.Place p = a.to().get();
            return a.withPlace(new Meaning.Place(p.relation(), complete(ref, p.target(), scene)));
        }
        Ref before = a.object().filter(o -> o.has(Type.KIND)).orElseGet(() -> lastMoved(scene));
        return a.withObject(complete(ref, before, scene));
    }

    /** Whether a reference means one set of things and no other. */
    private static boolean clear(Ref ref, SceneView scene, Context now) {
        try {
            new Resolver(scene, now.copy()).resolve(ref, Resolver.Need.any());
            return true;
        } catch (Trouble t) {
            return false;
        }
    }

    /** What was moved last, for a pronoun. */
    private Ref lastMoved(SceneView scene) {
        for (Goal.Literal l : last) {
            if (scene.get(l.object()) != null) {
                return Ref.of(Feature.of(Type.KIND, "name:" + l.object()));
            }
        }
        return Ref.of();
    }

    /** "the green one": what was not said again is as before. */
    private static Ref complete(Ref ref, Ref before, SceneView scene) {
        if (ref.has(Type.KIND) || ref.has(Type.PRONOUN) || !ref.members().isEmpty()) {
            return ref;
        }
        Ref out = ref;
        for (Feature k : kindOf(before, scene).features()) {
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
