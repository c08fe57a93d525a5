package org.openkaiwu.app.console;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openkaiwu.body.infer.BodyFacts.Ability;
import org.openkaiwu.math.InputException;
import org.openkaiwu.math.Text;
import org.openkaiwu.sim.Bodies;
import org.openkaiwu.sim.NamedBody;
import org.openkaiwu.sim.SceneData;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Bodies and scenes that the page can choose from.
 *
 * @param bodies those that can be read
 * @param scenes those that can be read
 */
record Offer(List<NamedBody> bodies, List<SceneData> scenes) {
    private static final System.Logger LOG = System.getLogger(Offer.class.getName());

    static Offer of(Path root) {
        List<NamedBody> bodies = new ArrayList<>();
        for (String name : Bodies.names(root)) {
            try {
                bodies.add(Bodies.load(root, name));
            } catch (InputException e) {
                LOG.log(System.Logger.Level.WARNING, "body left out: " + e.getMessage());
            }
        }
        List<SceneData> scenes = new ArrayList<>();
        for (String name : SceneData.names(root)) {
            try {
                scenes.add(SceneData.load(root, name));
            } catch (InputException e) {
                LOG.log(System.Logger.Level.WARNING, "scene left out: " + e.getMessage());
            }
        }
        return new Offer(bodies, scenes);
    }

    boolean hasBody(String name) {
        return bodies.stream().anyMatch(b -> b.name().equals(name));
    }

    boolean hasScene(String name) {
        return scenes.stream().anyMatch(s -> s.name().equals(name));
    }

    String toJson() {
        ObjectNode out = JsonMapper.builder().build().createObjectNode().put("kind", "hello");
        ArrayNode b = out.putArray("bodies");
        for (NamedBody body : bodies) {
            ObjectNode n = b.addObject().put("name", body.name());
            title(n, body.model().title());
            ArrayNode abilities = n.putArray("abilities");
            for (Ability a : body.model().facts().abilities()) {
                abilities.add(a.name().toLowerCase(java.util.Locale.ROOT));
            }
        }
        ArrayNode s = out.putArray("scenes");
        for (SceneData scene : scenes) {
            ObjectNode n = s.addObject().put("name", scene.name());
            title(n, scene.title());
            ObjectNode examples = n.putObject("examples");
            ArrayNode zh = examples.putArray("zh");
            ArrayNode en = examples.putArray("en");
            for (SceneData.Expectation e : scene.expect()) {
                boolean chinese = e.say().codePoints().anyMatch(c -> c >= 0x4e00 && c <= 0x9fff);
                (chinese ? zh : en).add(e.say());
            }
        }
        return out.toString();
    }

    private static void title(ObjectNode n, Text title) {
        n.putObject("title").put("en", title.en()).put("zh", title.zh());
    }
}
