package org.openkaiwu.app.adopt;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.openkaiwu.body.Spec;
import org.openkaiwu.body.file.BodyFile;
import org.openkaiwu.body.file.Completion;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Problem;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Text;
import org.openkaiwu.math.Vec3;

/**
 * A robot file made whole.
 *
 * @param body the description with all that was added, compiled
 * @param place where it works and rests
 * @param read what was survived while reading the file
 * @param assumed what was assumed
 */
public record Adoption(BodyFile body, Workplace place, List<Problem> read, List<Problem> assumed) {

    /**
     * Reads a robot file and adds what a running body needs.
     *
     * @param progress told what is being done
     * @throws org.openkaiwu.math.InputException when the file can't be used
     */
    public static Adoption of(Path file, Consumer<Text> progress) {
        progress.accept(
                new Text(
                        "reading " + file.getFileName() + " …",
                        "正在读取 " + file.getFileName() + "……"));
        BodyFile read = BodyFile.read(file);
        List<Problem> notes = new ArrayList<>(Completion.complete(read));
        Spec spec = read.spec();
        BodyFile body = BodyFile.of(spec);
        Overlaps.exclude(spec, body.machine(), body.facts(), null).ifPresent(notes::add);
        body = BodyFile.of(spec);
        Workplace place = new Workplace(body, progress);
        if (!place.hasArms()) {
            return new Adoption(body, place, read.problems(), List.copyOf(notes));
        }
        boolean fixed = body.facts().base() == BodyFacts.Base.FIXED;
        if (fixed && Math.abs(place.heading()) > 1e-6) {
            turn(spec.world, Pose.planar(0, 0, -place.heading()));
            notes.add(
                    new Problem(
                            Problem.Severity.NOTE,
                            "front",
                            Math.round(Math.toDegrees(place.heading()))
                                    + " degrees from x is where it works best; this is taken for"
                                    + " its front"));
            place.turnToFront();
            body = BodyFile.of(spec);
        }
        progress.accept(new Text("looking for a view of the work area …", "正在寻找能看到工作区的视角……"));
        new CameraStand(body, place).look(spec).ifPresent(notes::add);
        return new Adoption(BodyFile.of(spec), place, read.problems(), List.copyOf(notes));
    }

    private static void turn(Spec.Body world, Pose by) {
        world.bodies.forEach(b -> move(by, b.pos, b.quat));
        world.geoms.forEach(g -> move(by, g.pos, g.quat));
        world.cameras.forEach(c -> move(by, c.pos, c.quat));
        world.sites.forEach(s -> move(by, s.pos, s.quat));
    }

    private static void move(Pose by, double[] pos, double[] quat) {
        Pose moved = by.times(new Pose(Vec3.of(pos, 0), Quat.of(quat, 0)));
        System.arraycopy(moved.p().toArray(), 0, pos, 0, 3);
        System.arraycopy(moved.q().toArray(), 0, quat, 0, 4);
    }
}
