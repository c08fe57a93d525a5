package org.openkaiwu.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openkaiwu.math.InputException;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.sim.Layout.Inner;
import org.openkaiwu.sim.Layout.Part;
import org.openkaiwu.sim.Layout.Solid;
import org.openkaiwu.sim.Layout.Top;

/**
 * Solids of the forms that scene data may name.
 *
 * <p>Things have their frame in the middle of the bounding box, furniture on the floor under its
 * middle; z up in both. Containers are made of convex walls, so that what is put in stays in by
 * contact.
 */
final class Forms {
    /** Flat sides of round walls. */
    private static final int SIDES = 10;

    /**
     * A form made solid.
     *
     * @param parts solids
     * @param tops upper faces
     * @param inner inner space of a container
     */
    record Shape(List<Part> parts, List<Top> tops, Optional<Inner> inner) {
        Optional<Top> top() {
            return tops.isEmpty() ? Optional.empty() : Optional.of(tops.getFirst());
        }
    }

    private Forms() {}

    /** The solid of a kind of thing in its colour. */
    static Shape thing(String id, SceneData.Kind k, float[] colour) {
        Vec3 size = Vec3.of(k.size(), 0);
        Vec3 h = size.times(0.5);
        return switch (k.form()) {
            case "box" ->
                    solid(
                            new Part(Solid.BOX, h, Pose.IDENTITY, colour),
                            new Top(new Vec3(0, 0, h.z()), size.x(), size.y()));
            case "ball" -> ball(h, colour);
            case "cylinder" ->
                    solid(
                            new Part(
                                    Solid.CYLINDER,
                                    new Vec3(h.x(), h.z(), 0),
                                    Pose.IDENTITY,
                                    colour),
                            new Top(new Vec3(0, 0, h.z()), size.x() * 0.7, size.y() * 0.7));
            case "bottle" -> bottle(size, k.neck(), colour);
            case "cup" -> roundWalls(size, k.wall(), 1, colour);
            case "bowl" -> roundWalls(size, k.wall(), 0.5, colour);
            case "tray" -> tray(size, k.wall(), -h.z(), colour);
            default ->
                    throw new InputException(
                            id,
                            "unknown form '"
                                    + k.form()
                                    + "' of a thing (box ball cylinder bottle cup bowl tray)");
        };
    }

    /** The solid of a room or a piece of furniture; {@code size} as fitted. */
    static Shape place(SceneData.PlaceData p, Vec3 size, float[] colour) {
        return switch (p.form()) {
            case "room" -> new Shape(walls(p, size, colour), List.of(), Optional.empty());
            case "table" -> table(size, colour);
            case "shelf" -> shelf(size, colour);
            case "block" ->
                    solid(
                            box(0, 0, size.z() / 2, size.x(), size.y(), size.z(), colour),
                            new Top(new Vec3(0, 0, size.z()), size.x(), size.y()));
            case "conveyor" -> conveyor(size, colour);
            case "bin" -> tray(size, p.wall(), 0, colour);
            default ->
                    throw new InputException(
                            p.id(),
                            "unknown form '"
                                    + p.form()
                                    + "' of a place (room table shelf block conveyor bin)");
        };
    }

    private static Shape solid(Part part, Top top) {
        return new Shape(List.of(part), List.of(top), Optional.empty());
    }

    private static Part box(
            double x, double y, double z, double sx, double sy, double sz, float[] colour) {
        return new Part(Solid.BOX, new Vec3(sx / 2, sy / 2, sz / 2), Pose.at(x, y, z), colour);
    }

    private static float[] darker(float[] c, float by) {
        return new float[] {c[0] * by, c[1] * by, c[2] * by, c[3]};
    }

    /** How far a foot stands out under a round solid, m. */
    private static final double FOOT = 0.001;

    /**
     * A square foot that a round solid stands on: four contact points where a curved shape against
     * a flat one has a single one, on which it would wobble.
     *
     * @param half half side of the square
     * @param z0 lowest point
     */
    private static Part foot(double half, double z0, double height, float[] colour) {
        return box(0, 0, z0 + height / 2, 2 * half, 2 * half, height, colour);
    }

    /** A fruit: an ellipsoid with the flat it rests on. */
    private static Shape ball(Vec3 h, float[] colour) {
        Vec3 round = new Vec3(h.x(), h.y(), h.z() - FOOT / 2);
        return new Shape(
                List.of(
                        new Part(Solid.ELLIPSOID, round, Pose.at(0, 0, FOOT / 2), colour),
                        foot(0.2 * h.x(), -h.z(), 0.004, colour)),
                List.of(),
                Optional.empty());
    }

    private static Shape bottle(Vec3 size, double[] neck, float[] colour) {
        double body = size.z() - neck[1] - FOOT;
        Part main =
                new Part(
                        Solid.CYLINDER,
                        new Vec3(size.x() / 2, body / 2, 0),
                        Pose.at(0, 0, (FOOT - neck[1]) / 2),
                        colour);
        Part cap =
                new Part(
                        Solid.CYLINDER,
                        new Vec3(neck[0] / 2, neck[1] / 2, 0),
                        Pose.at(0, 0, size.z() / 2 - neck[1] / 2),
                        new float[] {0.95f, 0.95f, 0.97f, 1});
        Part foot = foot(0.34 * size.x(), -size.z() / 2, 0.004, colour);
        return new Shape(List.of(main, cap, foot), List.of(), Optional.empty());
    }

    /** An open box of four walls and a bottom, its lowest point at {@code z0}. */
    private static Shape tray(Vec3 size, double wall, double z0, float[] colour) {
        double x = size.x();
        double y = size.y();
        double z = size.z();
        float[] bottom = darker(colour, 0.85f);
        List<Part> parts =
                List.of(
                        box(0, 0, z0 + wall / 2, x, y, wall, bottom),
                        box((x - wall) / 2, 0, z0 + (z + wall) / 2, wall, y, z - wall, colour),
                        box(-(x - wall) / 2, 0, z0 + (z + wall) / 2, wall, y, z - wall, colour),
                        box(
                                0,
                                (y - wall) / 2,
                                z0 + (z + wall) / 2,
                                x - 2 * wall,
                                wall,
                                z - wall,
                                colour),
                        box(
                                0,
                                -(y - wall) / 2,
                                z0 + (z + wall) / 2,
                                x - 2 * wall,
                                wall,
                                z - wall,
                                colour));
        Vec3 inner = new Vec3(x - 2 * wall, y - 2 * wall, z - wall);
        return new Shape(
                parts,
                List.of(new Top(new Vec3(0, 0, z0 + wall), inner.x(), inner.y())),
                Optional.of(new Inner(new Vec3(0, 0, z0 + (z + wall) / 2), inner)));
    }

    /**
     * A round wall of flat pieces over a bottom disc.
     *
     * @param foot diameter of the bottom relative to the rim: 1 a cup, less a bowl
     */
    private static Shape roundWalls(Vec3 size, double wall, double foot, float[] colour) {
        double rim = size.x() / 2;
        double base = rim * foot;
        double z = size.z();
        double lean = StrictMath.atan2(rim - base, z - wall);
        double slant = (z - wall) / StrictMath.cos(lean);
        double middle = (rim + base) / 2 - wall / 2 / StrictMath.cos(lean);
        double chord = 2 * (rim + wall) * StrictMath.tan(Math.PI / SIDES);
        List<Part> parts = new ArrayList<>();
        parts.add(
                new Part(
                        Solid.CYLINDER,
                        new Vec3(base, (wall - FOOT) / 2, 0),
                        Pose.at(0, 0, -z / 2 + (wall + FOOT) / 2),
                        darker(colour, 0.85f)));
        parts.add(foot(0.68 * base, -z / 2, wall, darker(colour, 0.85f)));
        for (int i = 0; i < SIDES; i++) {
            double a = 2 * Math.PI * i / SIDES;
            Quat q = Quat.yaw(a).times(Quat.about(Vec3.Y, lean));
            Vec3 p = new Vec3(middle * StrictMath.cos(a), middle * StrictMath.sin(a), wall / 2);
            double width = foot < 1 ? chord * 0.5 * (1 + foot) : chord;
            parts.add(
                    new Part(
                            Solid.BOX,
                            new Vec3(wall / 2, width / 2, slant / 2),
                            new Pose(p, q),
                            colour));
        }
        double clear = 2 * (foot < 1 ? (rim + base) / 2 - wall : rim - wall) * 0.7;
        double floor = -z / 2 + wall;
        return new Shape(
                List.copyOf(parts),
                List.of(new Top(new Vec3(0, 0, floor), clear, clear)),
                Optional.of(
                        new Inner(
                                new Vec3(0, 0, wall / 2),
                                new Vec3(2 * (rim - wall), 2 * (rim - wall), z - wall))));
    }

    private static Shape table(Vec3 s, float[] colour) {
        double top = 0.03;
        double leg = 0.05;
        float[] legs = darker(colour, 0.6f);
        List<Part> parts = new ArrayList<>();
        parts.add(box(0, 0, s.z() - top / 2, s.x(), s.y(), top, colour));
        for (int i = 0; i < 4; i++) {
            double x = (i % 2 == 0 ? 1 : -1) * (s.x() / 2 - leg);
            double y = (i < 2 ? 1 : -1) * (s.y() / 2 - leg);
            parts.add(box(x, y, (s.z() - top) / 2, leg, leg, s.z() - top, legs));
        }
        return new Shape(
                List.copyOf(parts),
                List.of(new Top(new Vec3(0, 0, s.z()), s.x(), s.y())),
                Optional.empty());
    }

    /** Two boards between side walls, with a back; the upper board is free to the top. */
    private static Shape shelf(Vec3 s, float[] colour) {
        double t = 0.03;
        float[] dark = darker(colour, 0.75f);
        List<Part> parts =
                List.of(
                        box(0, 0, s.z() - t / 2, s.x(), s.y(), t, colour),
                        box(0, 0, s.z() * 0.45, s.x(), s.y() - 2 * t, t, colour),
                        box(0, 0, 0.06, s.x(), s.y() - 2 * t, t, colour),
                        box(0, (s.y() - t) / 2, (s.z() - t) / 2, s.x(), t, s.z() - t, dark),
                        box(0, -(s.y() - t) / 2, (s.z() - t) / 2, s.x(), t, s.z() - t, dark));
        return new Shape(
                parts, List.of(new Top(new Vec3(0, 0, s.z()), s.x(), s.y())), Optional.empty());
    }

    private static Shape conveyor(Vec3 s, float[] colour) {
        double belt = 0.04;
        double rail = 0.012;
        float[] frame = new float[] {0.55f, 0.57f, 0.60f, 1};
        List<Part> parts =
                List.of(
                        box(0, 0, s.z() - belt / 2, s.x(), s.y() - 2 * rail, belt, colour),
                        box(
                                0,
                                (s.y() - rail) / 2,
                                s.z() - belt / 2 + 0.003,
                                s.x(),
                                rail,
                                belt + 0.006,
                                frame),
                        box(
                                0,
                                -(s.y() - rail) / 2,
                                s.z() - belt / 2 + 0.003,
                                s.x(),
                                rail,
                                belt + 0.006,
                                frame),
                        box(
                                s.x() * 0.4,
                                0,
                                (s.z() - belt) / 2,
                                0.04,
                                s.y() * 0.8,
                                s.z() - belt,
                                frame),
                        box(
                                -s.x() * 0.4,
                                0,
                                (s.z() - belt) / 2,
                                0.04,
                                s.y() * 0.8,
                                s.z() - belt,
                                frame));
        return new Shape(
                parts,
                List.of(new Top(new Vec3(0, 0, s.z()), s.x(), s.y() - 2 * rail)),
                Optional.empty());
    }

    /** Low walls around a room's floor with openings for doors. */
    private static List<Part> walls(SceneData.PlaceData p, Vec3 s, float[] colour) {
        List<Part> parts = new ArrayList<>();
        double t = p.wall() == null ? 0 : p.wall();
        if (t <= 0) {
            return parts;
        }
        for (String side : List.of("front", "back", "left", "right")) {
            boolean alongY = side.equals("front") || side.equals("back");
            double sign = side.equals("front") || side.equals("left") ? 1 : -1;
            double length = alongY ? s.y() : s.x();
            double from = -length / 2;
            List<SceneData.Door> doors =
                    p.doors() == null
                            ? List.of()
                            : p.doors().stream()
                                    .filter(d -> d.side().equals(side))
                                    .sorted(
                                            java.util.Comparator.comparingDouble(
                                                    SceneData.Door::centre))
                                    .toList();
            for (SceneData.Door d : doors) {
                wall(parts, s, alongY, sign, from, d.centre() - d.width() / 2, t, colour);
                from = d.centre() + d.width() / 2;
            }
            boolean open = doors.stream().anyMatch(d -> d.width() >= length);
            if (!open) {
                wall(parts, s, alongY, sign, from, length / 2, t, colour);
            }
        }
        return List.copyOf(parts);
    }

    private static void wall(
            List<Part> parts,
            Vec3 s,
            boolean alongY,
            double sign,
            double from,
            double to,
            double t,
            float[] colour) {
        double length = to - from;
        if (length <= 0.01) {
            return;
        }
        double middle = (from + to) / 2;
        if (alongY) {
            parts.add(box(sign * (s.x() - t) / 2, middle, s.z() / 2, t, length, s.z(), colour));
        } else {
            parts.add(box(middle, sign * (s.y() - t) / 2, s.z() / 2, length, t, s.z(), colour));
        }
    }

    /** A standing person with an open hand held out to the front; frame on the floor. */
    static List<Part> person(double handHeight, float[] clothes) {
        float[] skin = {0.87f, 0.68f, 0.55f, 1};
        float[] trousers = {0.25f, 0.27f, 0.33f, 1};
        double z = handHeight;
        List<Part> parts = new ArrayList<>();
        parts.add(cylinder(0, 0.09, 0.42, 0.075, 0.84, trousers));
        parts.add(cylinder(0, -0.09, 0.42, 0.075, 0.84, trousers));
        parts.add(
                new Part(
                        Solid.ELLIPSOID, new Vec3(0.13, 0.21, 0.33), Pose.at(0, 0, 1.12), clothes));
        parts.add(new Part(Solid.SPHERE, new Vec3(0.11, 0, 0), Pose.at(0, 0, 1.58), skin));
        parts.add(cylinder(0, 0.25, 1.1, 0.045, 0.6, clothes));
        double reach = HAND_X - HAND_SIZE / 2 - 0.1;
        parts.add(box(0.1 + reach / 2, -0.1, z - 0.03, reach, 0.07, 0.07, clothes));
        parts.add(box(HAND_X, -0.1, z - 0.01, HAND_SIZE, HAND_SIZE, 0.02, skin));
        double rim = 0.014;
        double edge = (HAND_SIZE - rim) / 2;
        parts.add(box(HAND_X + edge, -0.1, z + 0.01, rim, HAND_SIZE, 0.02, skin));
        parts.add(box(HAND_X - edge, -0.1, z + 0.01, rim, HAND_SIZE, 0.02, skin));
        parts.add(box(HAND_X, -0.1 + edge, z + 0.01, HAND_SIZE - 2 * rim, rim, 0.02, skin));
        parts.add(box(HAND_X, -0.1 - edge, z + 0.01, HAND_SIZE - 2 * rim, rim, 0.02, skin));
        return List.copyOf(parts);
    }

    /** How far the hand of a person is in front of the body, m. */
    static final double HAND_X = 0.50;

    /** Side of the cupped hands, m. */
    static final double HAND_SIZE = 0.20;

    /** The space over the open hand, in the person's frame. */
    static Inner hand(double handHeight) {
        return new Inner(
                new Vec3(HAND_X, -0.1, handHeight + 0.10), new Vec3(HAND_SIZE, HAND_SIZE, 0.20));
    }

    private static Part cylinder(
            double x, double y, double z, double radius, double height, float[] colour) {
        return new Part(Solid.CYLINDER, new Vec3(radius, height / 2, 0), Pose.at(x, y, z), colour);
    }
}
