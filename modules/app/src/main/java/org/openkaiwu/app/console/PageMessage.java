package org.openkaiwu.app.console;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.openkaiwu.app.run.RunRequest;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a page asks for.
 *
 * @param kind {@code say}, {@code stop}, {@code go}, {@code look} or {@code reset}; anything else
 *     asks for nothing
 * @param requests one a body that is known, each once, all in a scene that is known
 * @param text the sentence, cut at {@link #MAX_TEXT} characters
 */
public record PageMessage(String kind, List<RunRequest> requests, String text) {
    public static final int MAX_BODIES = 6;
    public static final int MAX_TEXT = 400;

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final PageMessage NOTHING = new PageMessage("", List.of(), "");

    /**
     * Reads what a page sent; whatever it is, a message comes out, if only one that asks for
     * nothing.
     *
     * @param body whether there is a body of that name
     * @param scene whether there is a scene of that name
     */
    public static PageMessage read(String json, Predicate<String> body, Predicate<String> scene) {
        JsonNode m;
        try {
            m = JSON.readTree(json);
        } catch (JacksonException e) {
            return NOTHING;
        }
        String text = m.path("text").asString("");
        String said = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
        String in = m.path("scene").asString("");
        JsonNode seed = m.path("seed");
        List<RunRequest> out = new ArrayList<>();
        for (JsonNode b : m.path("bodies")) {
            String name = b.asString("");
            if (out.size() < MAX_BODIES
                    && body.test(name)
                    && scene.test(in)
                    && out.stream().noneMatch(r -> r.body().equals(name))) {
                out.add(
                        new RunRequest(
                                name, in, said, seed.isIntegralNumber() ? seed.asLong(1) : 1));
            }
        }
        return new PageMessage(m.path("kind").asString(""), List.copyOf(out), said);
    }
}
