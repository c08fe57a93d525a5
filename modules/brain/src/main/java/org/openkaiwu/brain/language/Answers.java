package org.openkaiwu.brain.language;

import java.util.List;
import java.util.Optional;
import org.openkaiwu.brain.Goal;
import org.openkaiwu.brain.Setting;
import org.openkaiwu.brain.language.Meaning.Feature;
import org.openkaiwu.brain.language.Meaning.Place;
import org.openkaiwu.brain.language.Meaning.Question;
import org.openkaiwu.brain.language.Meaning.Ref;
import org.openkaiwu.brain.language.Meaning.Type;
import org.openkaiwu.brain.language.SceneView.Facets;
import org.openkaiwu.math.Text.Language;

/** Answers questions about what is believed: what is where, how many, whether. */
final class Answers {
    private final SceneView scene;
    private final Phrases phrases;
    private final Resolver resolver;
    private final Language language;

    Answers(SceneView scene, Context context, Language language) {
        this.scene = scene;
        this.language = language;
        phrases = scene.words().phrases();
        resolver = new Resolver(scene, context);
    }

    /**
     * The answer to a question.
     *
     * @throws Trouble when what it speaks of is not clear or not here
     */
    String to(Question q) {
        return switch (q.kind()) {
            case "what" -> what(q.at());
            case "count" -> count(q);
            case "whether" -> whether(q);
            case "holding" -> holding();
            default -> phrases.say("answer_" + q.kind(), language);
        };
    }

    private String what(Optional<Place> at) {
        if (at.isEmpty()) {
            List<String> all = things().map(Facets::id).toList();
            return all.isEmpty() ? say("answer_nothing") : say("answer_all", list(all));
        }
        String where = resolver.resolve(at.get().target(), Resolver.Need.any()).getFirst();
        Facets place = scene.get(where);
        List<String> there =
                things().filter(f -> !f.id().equals(where))
                        .filter(f -> resolver.spatial().within(f, List.of(place)))
                        .map(Facets::id)
                        .toList();
        boolean in = place.can("contain") || place.is("room") || !place.can("support");
        String name = phrases.name(where, scene, language);
        return there.isEmpty()
                ? say("answer_nothing")
                : say(in ? "answer_in" : "answer_on", name, list(there));
    }

    private java.util.stream.Stream<Facets> things() {
        return scene.all().values().stream()
                .filter(f -> f.entity().type() == Setting.Type.THING && f.can("pick"));
    }

    private List<String> found(Ref object, Optional<Place> at) {
        Ref ref = object;
        if (at.isPresent()) {
            resolver.resolve(at.get().target(), Resolver.Need.any());
            ref = ref.with(Feature.of(Type.AT, at.get().relation(), at.get().target()));
        }
        try {
            return Resolver.ids(resolver.candidates(ref, Resolver.Need.any()));
        } catch (Trouble t) {
            if (t.kind == Trouble.Kind.MISSING || t.key.equals("unseen_there")) {
                return List.of();
            }
            throw t;
        }
    }

    private String count(Question q) {
        List<String> ids = found(q.object().orElseThrow(), q.at());
        return ids.isEmpty()
                ? say("answer_none")
                : say("answer_count", Integer.toString(ids.size()), list(ids));
    }

    private String whether(Question q) {
        Ref object = q.object().orElseThrow();
        List<String> ids = found(object, q.at());
        List<String> all = found(object, Optional.empty());
        boolean unseen = all.stream().map(scene::get).allMatch(resolver.spatial()::unseen);
        if (q.at().isPresent() && !all.isEmpty() && unseen) {
            return say("answer_unseen", list(all));
        }
        if (!ids.isEmpty()) {
            return say("answer_yes", list(ids));
        }
        if (q.at().isEmpty()) {
            return say("answer_none");
        }
        for (String id : all) {
            for (Goal.Literal l : scene.setting().relations()) {
                if (l.object().equals(id)
                        && (l.predicate().equals("on") || l.predicate().equals("in"))) {
                    return say(
                            "answer_no_" + l.predicate(),
                            phrases.name(l.target(), scene, language));
                }
            }
        }
        return say("answer_no");
    }

    private String holding() {
        List<String> held =
                scene.setting().relations().stream()
                        .filter(l ->
                                l.predicate().equals("held_by") && l.target().equals(Acts.ROBOT))
                        .map(Goal.Literal::object)
                        .toList();
        return held.isEmpty() ? say("answer_empty") : say("answer_holding", list(held));
    }

    private String list(List<String> ids) {
        return phrases.list(ids, scene, language, false);
    }

    private String say(String key, String... blanks) {
        return phrases.say(key, language, blanks);
    }
}
