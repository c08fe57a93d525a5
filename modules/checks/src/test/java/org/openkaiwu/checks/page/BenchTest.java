package org.openkaiwu.checks.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openkaiwu.app.console.Bench;
import org.openkaiwu.body.Compiler;
import org.openkaiwu.body.mjcf.MjcfReader;

/** A model alive on the page, spoken to as a page does. */
class BenchTest {
    private static final String MODEL =
            """
            <mujoco><worldbody><body name="arm" pos="0 0 1"><joint name="turn" axis="0 1 0" damping="1"/>
            <geom type="capsule" fromto="0 0 0 0 0 -.4" size=".04"/></body></worldbody>
            <actuator><position joint="turn" kp="50" ctrlrange="-2 2"/></actuator></mujoco>
            """;

    @TempDir Path folder;
    private final ByteArrayOutputStream whole = new ByteArrayOutputStream();
    private final BlockingQueue<FloatBuffer> frames = new LinkedBlockingQueue<>(10_000);

    private FloatBuffer await(Predicate<FloatBuffer> wanted) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (System.nanoTime() < end) {
            FloatBuffer f = frames.poll(1, TimeUnit.SECONDS);
            if (f != null && wanted.test(f)) {
                return f;
            }
        }
        throw new AssertionError("no such frame");
    }

    /** Position of the only joint: after slot, time, 2 bodies, 1 joint and two poses. */
    private static float angle(FloatBuffer f) {
        return f.get(4 + 14);
    }

    @Test
    void obeysSlidersPullsAndPausesAndSurvivesNonsense() throws Exception {
        Path file = Files.writeString(folder.resolve("arm.xml"), MODEL);
        Path root = Path.of(System.getProperty("kaiwu.root"));
        try (Bench bench =
                new Bench(root, "arm", Compiler.compile(MjcfReader.read(file)), "127.0.0.1", 0)) {
            Thread loop = Thread.ofPlatform().daemon().start(bench::work);
            WebSocket page = connect(bench.url());
            for (String nonsense :
                    new String[] {
                        "",
                        "[]",
                        "null",
                        "{",
                        "{\"kind\":7}",
                        "{\"kind\":\"ctrl\",\"at\":99,\"value\":1}",
                        "{\"kind\":\"ctrl\",\"at\":0,\"value\":\"x\"}",
                        "{\"kind\":\"joint\",\"at\":-1}",
                        "{\"kind\":\"joint\",\"at\":0,\"value\":1e300}",
                        "{\"kind\":\"reset\",\"key\":1e9}",
                        "{\"kind\":\"pull\",\"body\":5,\"point\":[1],\"target\":{}}",
                        "{\"kind\":\"step\",\"n\":-3}",
                        "[".repeat(5000)
                    }) {
                page.sendText(nonsense, true).get(30, TimeUnit.SECONDS);
            }
            page.sendText("{\"kind\":\"pause\",\"on\":false}", true).get(30, TimeUnit.SECONDS);
            page.sendText("{\"kind\":\"ctrl\",\"at\":0,\"value\":0.8}", true)
                    .get(30, TimeUnit.SECONDS);
            assertThat(angle(await(f -> angle(f) > 0.5))).isLessThan(2f);
            page.sendText("{\"kind\":\"ctrl\",\"at\":0,\"value\":0}", true)
                    .get(30, TimeUnit.SECONDS);
            page.sendText(
                            "{\"kind\":\"pull\",\"body\":1,\"point\":[0,0,-0.4],\"target\":[2,0,1]}",
                            true)
                    .get(30, TimeUnit.SECONDS);
            await(f -> angle(f) < -0.2);
            page.sendText("{\"kind\":\"pause\",\"on\":true}", true).get(30, TimeUnit.SECONDS);
            page.sendText("{\"kind\":\"joint\",\"at\":0,\"value\":1.5}", true)
                    .get(30, TimeUnit.SECONDS);
            FloatBuffer held = await(f -> Math.abs(angle(f) - 1.5) < 1e-5);
            float time = held.get(1);
            page.sendText("{\"kind\":\"step\",\"n\":5}", true).get(30, TimeUnit.SECONDS);
            assertThat(await(f -> f.get(1) > time).get(1) - time).isBetween(0.0099f, 0.0101f);
            page.abort();
            loop.interrupt();
        }
    }

    private WebSocket connect(String url) throws Exception {
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(
                        URI.create(url.replace("http", "ws") + "live"),
                        new WebSocket.Listener() {
                            @Override
                            public CompletionStage<?> onBinary(
                                    WebSocket ws, ByteBuffer data, boolean last) {
                                byte[] part = new byte[data.remaining()];
                                data.get(part);
                                whole.writeBytes(part);
                                if (last) {
                                    frames.offer(
                                            ByteBuffer.wrap(whole.toByteArray())
                                                    .order(ByteOrder.LITTLE_ENDIAN)
                                                    .asFloatBuffer());
                                    whole.reset();
                                }
                                ws.request(1);
                                return null;
                            }
                        })
                .get(30, TimeUnit.SECONDS);
    }
}
