package org.openkaiwu.brain.language;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.openkaiwu.brain.language.Resolver.Need;
import org.openkaiwu.brain.language.SceneView.Facets;

/** What "it", "them", "me" mean by what was said before. */
final class Pronouns {
    private final SceneView scene;
    private final Context context;

    Pronouns(SceneView scene, Context context) {
        this.scene = scene;
        this.context = context;
    }

    List<String> meant(String which, Need need) {
        switch (which) {
            case "me", "here" -> {
                List<Facets> people =
                        scene.all().values().stream()
                                .filter(f -> f.person() && !f.props().contains("child"))
                                .toList();
                Optional<Facets> user =
                        people.stream()
                                .filter(f -> f.is("user") || f.id().equals("user"))
                                .findFirst();
                if (user.isPresent()) {
                    return List.of(user.get().id());
                }
                if (people.size() == 1) {
                    return Resolver.ids(people);
                }
                throw new Trouble(Trouble.Kind.MISSING, "whom");
            }
            case "self" -> throw new Trouble(Trouble.Kind.IMPOSSIBLE, "nothing_fits");
            default -> {}
        }
        boolean many = which.equals("them");
        for (List<String> group : context.mentions) {
            if (many && group.size() < 2) {
                continue;
            }
            List<String> fit = group.stream().filter(id -> fits(id, need)).toList();
            if (fit.size() == group.size() && (many || group.size() == 1)) {
                return fit;
            }
        }
        if (many) {
            // things named one after another
            var out = new LinkedHashSet<String>();
            for (String id : context.used) {
                if (fits(id, need)) {
                    out.add(id);
                }
            }
            if (out.size() > 1) {
                return List.copyOf(out);
            }
        }
        for (List<String> group : context.mentions) {
            if (group.stream().allMatch(id -> fits(id, need))) {
                return group;
            }
        }
        if (!context.mentions.isEmpty()) {
            String id = context.mentions.getFirst().getFirst();
            throw new Trouble(Trouble.Kind.IMPOSSIBLE, need.key(), "@" + id);
        }
        throw new Trouble(Trouble.Kind.INCOMPLETE, "nothing_said", "$" + which);
    }

    private boolean fits(String id, Need need) {
        Facets f = scene.get(id);
        return f != null && !need.not().contains(id) && need.fits().test(f);
    }
}
