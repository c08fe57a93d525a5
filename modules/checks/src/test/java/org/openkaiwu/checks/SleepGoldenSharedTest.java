package org.openkaiwu.checks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openkaiwu.checks.golden.GoldenFile;
import org.openkaiwu.physics.Model;
import org.openkaiwu.physics.World;
import tools.jackson.databind.JsonNode;

/** Trees fall asleep in the same records of a rollout as in MuJoCo 3.14. */
class SleepGoldenSharedTest {
    @Test
    void shouldSleepWhenTheReferenceDoes() {
        for (String name : new String[] {"sleep_islands", "mj_engine_sleep_smooth"}) {
            GoldenFile golden = GoldenFile.named(name);
            World world = new World(new Model(golden.compiled()));
            JsonNode rollout = golden.root().path("rollouts").get(0);
            assertThat(rollout.path("ctrl").asString()).isEqualTo("zero");
            world.reset();
            int done = 0;
            for (int record = 0; record < rollout.path("rec_step").size(); record++) {
                for (; done < rollout.path("rec_step").get(record).asInt(); done++) {
                    world.step();
                }
                JsonNode awake = rollout.path("tree_awake").get(record);
                for (int t = 0; t < awake.size(); t++) {
                    assertThat(world.asleep(t))
                            .as("%s, step %d, tree %d", name, done, t)
                            .isEqualTo(awake.get(t).asInt() == 0);
                }
                assertThat(world.contacts.count)
                        .isEqualTo(rollout.path("ncon").get(record).asInt());
            }
        }
    }
}
