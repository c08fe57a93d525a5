package org.openkaiwu.app.console;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.openkaiwu.wire.PageServer;
import org.openkaiwu.wire.Viewer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Those who watch, and what a newcomer must be told to see the present as they do. Events of a
 * world carry its slot. Never blocks; any thread.
 */
final class Audience {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Events kept for newcomers; beliefs are replaced, so a story grows by steps and sentences. */
    private static final int MAX_STORY = 400;

    private PageServer server;
    private String hello = "";
    private String hold = "";
    private final Map<Integer, List<String>> stories = new LinkedHashMap<>();
    private final Map<Integer, byte[]> frames = new LinkedHashMap<>();

    synchronized void serve(PageServer by, String greeting) {
        server = by;
        hello = greeting;
    }

    /**
     * What a server calls: newcomers are told the present.
     *
     * @param take gets what a page says
     * @param resource bytes for paths outside the page's own files
     */
    PageServer.Listener listener(
            Consumer<String> take, Function<String, Optional<byte[]>> resource) {
        return new PageServer.Listener() {
            @Override
            public void opened(Viewer viewer) {
                welcome(viewer);
            }

            @Override
            public void received(Viewer viewer, String json) {
                take.accept(json);
            }

            @Override
            public Optional<byte[]> resource(String path) {
                return resource.apply(path);
            }
        };
    }

    static ObjectNode event(String kind) {
        return JSON.createObjectNode().put("kind", kind);
    }

    synchronized void welcome(Viewer viewer) {
        viewer.event(hello);
        viewer.event(stages());
        stories.values().forEach(s -> s.forEach(viewer::event));
        frames.forEach(viewer::frame);
        if (!hold.isEmpty()) {
            viewer.event(hold);
        }
    }

    private String stages() {
        return event("stages").put("count", stories.size()).toString();
    }

    /** From now on there are this many worlds, and nothing is known of them. */
    synchronized void begin(int slots) {
        stories.clear();
        frames.clear();
        for (int i = 0; i < slots; i++) {
            stories.put(i, new ArrayList<>());
        }
        server.event(stages());
    }

    /** An event of one world. */
    synchronized void tell(int slot, String json) {
        String event = "{\"slot\":" + slot + "," + json.substring(1);
        List<String> story = stories.get(slot);
        if (story == null) {
            return;
        }
        if (is(json, "belief") || is(json, "ghost") || is(json, "scene")) {
            String kind = json.substring(0, json.indexOf(','));
            story.removeIf(e -> e.substring(e.indexOf(',') + 1).startsWith(kind.substring(1)));
        }
        if (story.size() >= MAX_STORY) {
            story.remove(1);
        }
        story.add(event);
        server.event(event);
    }

    private static boolean is(String json, String kind) {
        return json.startsWith("{\"kind\":\"" + kind + "\"");
    }

    /** An event that is of no interest afterwards. */
    void passing(int slot, ObjectNode event) {
        server.event(event.put("slot", slot).toString());
    }

    synchronized void frame(int slot, byte[] frame) {
        frames.put(slot, frame);
        server.frame(slot, frame);
    }

    /** Whether everything is held by a stop, and how many acts of a demo wait. */
    synchronized void hold(boolean held, int waiting) {
        hold = event("hold").put("held", held).put("waiting", waiting).toString();
        server.event(hold);
    }
}
