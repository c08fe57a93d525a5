package org.openkaiwu.app.console;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.openkaiwu.app.run.SceneMessage;
import org.openkaiwu.body.Machine;
import org.openkaiwu.dynamics.Kinematics;
import org.openkaiwu.dynamics.TreeData;
import org.openkaiwu.math.InputException;
import org.openkaiwu.robot.RobotModel;
import org.openkaiwu.sim.NamedBody;
import org.openkaiwu.sim.Scenario;
import org.openkaiwu.sim.SceneBuilder;
import org.openkaiwu.sim.SceneData;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a page draws on the cards of bodies and scenes: shapes with their poses, made when asked.
 */
final class Portraits {
    private final Offer offer;
    private final Map<String, Optional<byte[]>> made = new ConcurrentHashMap<>();

    Portraits(Offer offer) {
        this.offer = offer;
    }

    /** The portrait at {@code /portrait/body/NAME} or {@code /portrait/scene/NAME}. */
    Optional<byte[]> of(String path) {
        return offer.bodies().stream()
                .filter(b -> path.equals("/portrait/body/" + b.name()))
                .findFirst()
                .map(b -> made.computeIfAbsent(path, p -> Optional.of(body(b))))
                .orElseGet(() ->
                        offer.scenes().stream()
                                .filter(s -> path.equals("/portrait/scene/" + s.name()))
                                .findFirst()
                                .flatMap(s -> made.computeIfAbsent(path, p -> scene(s))));
    }

    private static byte[] body(NamedBody body) {
        RobotModel model = body.model();
        Machine m = model.machine();
        TreeData d = new TreeData(m);
        System.arraycopy(m.qpos0, 0, d.qpos, 0, m.nq);
        for (int i = 0; i < model.joints().size(); i++) {
            int j = Machine.indexOf(m.jntName, model.joints().get(i).name());
            d.qpos[m.jntQposadr[j]] = model.home()[i];
        }
        Kinematics.run(m, d);
        ObjectNode out = Audience.event("portrait");
        SceneMessage.machine(out, m);
        return finish(out, m, d);
    }

    /** The scene as it stands about the first body that fits it, without the body. */
    private Optional<byte[]> scene(SceneData scene) {
        for (NamedBody b : offer.bodies()) {
            try {
                Scenario s = SceneBuilder.build(scene, b, 1);
                Machine robot = b.model().machine();
                Machine m = s.world().machine;
                ObjectNode out = Audience.event("portrait");
                SceneMessage.machine(out, m);
                out.withArray("geoms")
                        .removeIf(g ->
                                Machine.indexOf(robot.bodyName, m.bodyName[g.path("b").asInt(0)])
                                        > 0);
                return Optional.of(finish(out, m, s.world().tree));
            } catch (InputException e) {
                continue;
            }
        }
        return Optional.empty();
    }

    private static byte[] finish(ObjectNode out, Machine m, TreeData d) {
        ArrayNode x = out.putArray("x");
        for (int b = 0; b < m.nbody; b++) {
            SceneMessage.numbers(x, d.xpos, 3 * b, 3);
            SceneMessage.numbers(x, d.xquat, 4 * b, 4);
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }
}
