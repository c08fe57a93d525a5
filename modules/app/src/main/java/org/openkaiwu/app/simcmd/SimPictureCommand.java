package org.openkaiwu.app.simcmd;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import org.openkaiwu.app.env.Languages;
import org.openkaiwu.body.Machine;
import org.openkaiwu.math.InputException;
import org.openkaiwu.math.Text;
import org.openkaiwu.physics.Model;
import org.openkaiwu.physics.World;
import org.openkaiwu.physics.render.Picture;
import org.openkaiwu.physics.render.Renderer;
import org.openkaiwu.physics.render.View;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kaiwu sim picture}: what a camera of a model sees, as a PNG file. */
@Command(name = "picture", mixinStandardHelpOptions = true)
final class SimPictureCommand implements Callable<Integer> {
    /** What a picture shows. */
    enum Kind {
        /** Colours. */
        COLOUR,
        /** Millimetres along the optical axis, 16 bits; 0 where nothing is. */
        DEPTH,
        /** A colour for each geom. */
        SEGMENTATION;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final int MOST = 2048;
    private static final int DEEPEST = 65535;

    /** Colours are the mean of so many by so many points a pixel, against jagged outlines. */
    private static final int FINER = 3;

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE", descriptionKey = "view.file")
    private Path file;

    @Option(names = "--camera", paramLabel = "NAME", descriptionKey = "picture.camera")
    private String camera;

    @Option(names = "--kind", paramLabel = "KIND", descriptionKey = "picture.kind")
    private Kind kind = Kind.COLOUR;

    @Option(names = "--size", paramLabel = "WxH", descriptionKey = "picture.size")
    private String size;

    @Option(
            names = "--steps",
            defaultValue = "0",
            paramLabel = "N",
            descriptionKey = "picture.steps")
    private int steps;

    @Option(names = "--out", required = true, paramLabel = "FILE", descriptionKey = "picture.out")
    private Path out;

    @Override
    public Integer call() throws IOException {
        World world = new World(new Model(ModelFiles.load(file)));
        if (world.machine.nkey > 0) {
            world.reset(0);
        }
        for (int i = 0; i < steps; i++) {
            world.step();
        }
        world.forward();
        View view = view(world, kind == Kind.COLOUR ? FINER : 1);
        Picture picture = new Picture(view.width(), view.height());
        new Renderer(world.model).take(world, view, picture);
        BufferedImage image = kind == Kind.COLOUR ? colours(picture) : numbers(picture);
        if (!ImageIO.write(image, "png", out.toFile())) {
            throw new InputException(out.toString(), "cannot be written as PNG");
        }
        Text done =
                new Text(
                        "%d x %d pixels in %s".formatted(image.getWidth(), image.getHeight(), out),
                        "%d x %d 像素，写入 %s".formatted(image.getWidth(), image.getHeight(), out));
        spec.commandLine().getOut().println(done.in(Languages.current()));
        spec.commandLine().getOut().flush();
        return 0;
    }

    private View view(World world, int finer) {
        Machine m = world.machine;
        if (camera == null) {
            int[] wh = pixels(WIDTH, HEIGHT);
            return View.whole(world, finer * wh[0], finer * wh[1]);
        }
        List<String> names = new ArrayList<>();
        for (int c = 0; c < m.ncam; c++) {
            if (camera.equals(m.camName[c]) || camera.equals(Integer.toString(c))) {
                boolean own = m.camResolution[2 * c] > 1;
                int[] wh =
                        own
                                ? pixels(m.camResolution[2 * c], m.camResolution[2 * c + 1])
                                : pixels(WIDTH, HEIGHT);
                return View.of(world, c, finer * wh[0], finer * wh[1]);
            }
            names.add(m.camName[c] == null ? Integer.toString(c) : m.camName[c]);
        }
        throw new InputException(
                "--camera", "no camera " + camera + "; there are: " + String.join(", ", names));
    }

    private int[] pixels(int width, int height) {
        if (size == null) {
            return new int[] {width, height};
        }
        String[] parts = size.toLowerCase(Locale.ROOT).split("x", -1);
        try {
            int w = Integer.parseInt(parts[0]);
            int h = Integer.parseInt(parts[parts.length - 1]);
            if (parts.length == 2 && w > 0 && h > 0 && w <= MOST && h <= MOST) {
                return new int[] {w, h};
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new InputException("--size", "must be WIDTHxHEIGHT, 1 to 2048 pixels each");
    }

    private static BufferedImage colours(Picture p) {
        int width = p.width / FINER;
        int height = p.height / FINER;
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int red = 0;
                int green = 0;
                int blue = 0;
                for (int k = 0; k < FINER * FINER; k++) {
                    int c = p.rgb[(FINER * y + k / FINER) * p.width + FINER * x + k % FINER];
                    red += c >> 16 & 255;
                    green += c >> 8 & 255;
                    blue += c & 255;
                }
                int n = FINER * FINER;
                image.setRGB(x, y, red / n << 16 | green / n << 8 | blue / n);
            }
        }
        return image;
    }

    private BufferedImage numbers(Picture p) {
        boolean deep = kind == Kind.DEPTH;
        int type = deep ? BufferedImage.TYPE_USHORT_GRAY : BufferedImage.TYPE_INT_RGB;
        BufferedImage image = new BufferedImage(p.width, p.height, type);
        int[] row = new int[p.width];
        for (int y = 0; y < p.height; y++) {
            for (int x = 0; x < p.width; x++) {
                int i = y * p.width + x;
                boolean nothing = p.geom[i] < 0;
                if (deep) {
                    row[x] = nothing ? 0 : Math.min(DEEPEST, Math.round(1000 * p.depth[i]));
                } else {
                    row[x] = segment(p.geom[i]);
                }
            }
            if (deep) {
                image.getRaster().setPixels(0, y, p.width, 1, row);
            } else {
                image.setRGB(0, y, p.width, 1, row, 0, p.width);
            }
        }
        return image;
    }

    /** Colours that differ well between neighbouring numbers; black for nothing. */
    private static int segment(int geom) {
        return geom < 0
                ? 0
                : java.awt.Color.HSBtoRGB(geom * 0.618034f, 0.75f, 0.95f - 0.15f * (geom % 3));
    }
}
