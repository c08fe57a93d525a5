package org.openkaiwu.app.run;

import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.openkaiwu.math.Text;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Stops from outside, put in the log with the number of the asking that they answered: a person's
 * hand is the one thing about a run that its request does not tell, and with it the run can be
 * repeated to the byte.
 */
public final class Stops implements RunListener {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String KIND = "stop";

    private final LongFunction<Optional<Text>> source;
    private final Consumer<String> records;
    private long asked;

    private Stops(LongFunction<Optional<Text>> source, Consumer<String> records) {
        this.source = source;
        this.records = records;
    }

    /** Stops as they come. */
    public static Stops logged(Supplier<Optional<Text>> source, Consumer<String> records) {
        return new Stops(n -> source.get(), records);
    }

    /** The stops of a log once more; {@code log} is read from {@link #read}. */
    public static Stops again(TreeMap<Long, Text> log, Consumer<String> records) {
        return new Stops(n -> Optional.ofNullable(log.get(n)), records);
    }

    /** Takes the stop that a log's record tells, if it does. */
    public static void read(JsonNode record, TreeMap<Long, Text> into) {
        if (record.path("kind").asString("").equals(KIND)) {
            JsonNode why = record.path("why");
            into.put(
                    record.path("asked").asLong(0),
                    new Text(why.path("en").asString(""), why.path("zh").asString("")));
        }
    }

    @Override
    public Optional<Text> stop() {
        asked++;
        Optional<Text> why = source.apply(asked);
        why.ifPresent(w -> {
            ObjectNode record = JSON.createObjectNode().put("kind", KIND).put("asked", asked);
            SceneMessage.text(record.putObject("why"), w);
            records.accept(record.toString());
        });
        return why;
    }
}
