package org.openkaiwu.body.mjcf;

import java.util.ArrayList;
import java.util.List;
import org.openkaiwu.body.Attach;
import org.openkaiwu.body.Frames;
import org.openkaiwu.body.Spec;
import org.openkaiwu.body.xml.Element;

/** Reads the tree of bodies with its frames, replicas and attached models. */
final class Tree {
    /** More copies than this of one replicate element are refused. */
    private static final int MAX_COUNT = 100_000;

    /** More parts than this in one model are refused. */
    private static final int MAX_PARTS = 1_000_000;

    private final Context c;
    private final Parts parts;
    private long made;

    Tree(Context c) {
        this.c = c;
        parts = new Parts(c);
    }

    /** Pose of the frames around, in the body, and the frames that have a name. */
    private record Around(
            double[] pos, double[] quat, Defaults.Klass klass, List<Spec.Frame> named) {
        static Around none(Defaults.Klass k) {
            return new Around(new double[3], new double[] {1, 0, 0, 0}, k, List.of());
        }

        void apply(double[] p, double[] q) {
            Frames.intoParent(pos, quat, p, q);
        }

        void hold(Spec.Element part) {
            named.forEach(f -> f.content.add(part));
        }
    }

    void world(Element e) {
        for (String a : e.attributeNames()) {
            throw e.error("the world body has no attributes; remove \"" + a + "\"");
        }
        inside(e, c.spec.world, Around.none(c.defaults.main()));
    }

    private void inside(Element e, Spec.Body body, Around around) {
        for (Element x : c.source.children(e)) {
            count(x);
            Defaults.Klass k = c.defaults.find(x, "class", around.klass);
            boolean world = body == c.spec.world;
            switch (x.name()) {
                case "inertial" -> {
                    notInWorld(world, x);
                    body.inertial = parts.inertial(x);
                }
                case "joint" -> {
                    notInWorld(world, x);
                    addJoint(body, parts.joint(x, k), around);
                }
                case "freejoint" -> {
                    notInWorld(world, x);
                    addJoint(body, parts.freejoint(x), around);
                }
                case "geom" -> {
                    Spec.Geom g = parts.geom(x, k);
                    around.apply(g.pos, g.quat);
                    around.hold(g);
                    body.geoms.add(g);
                }
                case "site" -> {
                    Spec.Site s = parts.site(x, k);
                    around.apply(s.pos, s.quat);
                    around.hold(s);
                    body.sites.add(s);
                }
                case "camera" -> {
                    Spec.Camera m = parts.camera(x, k);
                    around.apply(m.pos, m.quat);
                    around.hold(m);
                    body.cameras.add(m);
                }
                case "body" -> body(x, body, around);
                case "frame" -> frame(x, body, around);
                case "replicate" -> replicate(x, body, around);
                case "attach" -> attach(x, body, around);
                case "light" -> c.spec.lights++;
                default -> throw x.error("is not supported: OpenKaiwu simulates rigid bodies only");
            }
        }
    }

    private void count(Element x) {
        if (++made > MAX_PARTS) {
            throw x.error("the model has more than " + MAX_PARTS + " parts");
        }
    }

    private static void notInWorld(boolean world, Element x) {
        if (world) {
            throw x.error("is not allowed in the world body, which does not move");
        }
    }

    private static void addJoint(Spec.Body body, Spec.Joint j, Around around) {
        if (j.type >= 2) {
            j.axis = Frames.rotate(around.quat, j.axis);
        }
        if (j.type != 0) {
            around.apply(j.pos, new double[] {1, 0, 0, 0});
        }
        around.hold(j);
        body.joints.add(j);
    }

    private void body(Element x, Spec.Body parent, Around around) {
        Defaults.Klass k = c.defaults.find(x, "childclass", around.klass);
        Spec.Body b = new Spec.Body();
        Parts.label(b, x);
        Attr.exact(x, "pos", b.pos);
        Context.Orientation o = new Context.Orientation();
        o.read(x);
        b.quat = c.resolve(o, x);
        b.mocap = Attr.bool(x, "mocap", false);
        b.gravcomp = Attr.number(x, "gravcomp", 0);
        b.sleep = Attr.word(x, "sleep", 0, "auto", "never", "allowed", "init");
        b.simple = Attr.word(x, "simple", 1, "false", "auto") == 1;
        around.apply(b.pos, b.quat);
        around.hold(b);
        parent.bodies.add(b);
        inside(x, b, Around.none(k));
    }

    private void frame(Element x, Spec.Body body, Around around) {
        Defaults.Klass k = c.defaults.find(x, "childclass", around.klass);
        Spec.Frame f = new Spec.Frame();
        Parts.label(f, x);
        Attr.exact(x, "pos", f.pos);
        Context.Orientation o = new Context.Orientation();
        o.read(x);
        f.quat = c.resolve(o, x);
        around.apply(f.pos, f.quat);
        List<Spec.Frame> named = around.named;
        if (!f.name.isEmpty()) {
            named = new ArrayList<>(named);
            named.add(f);
            body.frames.add(f);
        }
        inside(x, body, new Around(f.pos, f.quat, k, named));
    }

    private void replicate(Element x, Spec.Body body, Around around) {
        x.get("count");
        int count = Attr.integer(x, "count", 0);
        if (count < 0 || count > MAX_COUNT) {
            throw x.error("count must be 0 to " + MAX_COUNT + ", it is " + count);
        }
        double[] offset = new double[3];
        double[] euler = new double[3];
        Attr.exact(x, "offset", offset);
        Attr.exact(x, "euler", euler);
        String sep = x.get("sep", "");
        Defaults.Klass k = c.defaults.find(x, "childclass", around.klass);
        Spec.Body template = new Spec.Body();
        body.bodies.add(template);
        long before = made;
        inside(x, template, Around.none(k));
        made += (made - before) * Math.max(0L, count - 1L);
        if (made > MAX_PARTS) {
            throw x.error("the model has more than " + MAX_PARTS + " parts");
        }
        double[] step = turn(euler, 1);
        double[] pos = new double[3];
        int digits = Integer.toString(count).length();
        Attach.Replica replica = Attach.replica(c.spec, template);
        for (int i = 0; i < count; i++) {
            double[] p = pos.clone();
            double[] q = turn(euler, i);
            Frames.accumulate(pos, q.clone(), offset, step);
            around.apply(p, q);
            String number = Integer.toString(i);
            String suffix = sep + "0".repeat(digits - number.length()) + number;
            replica.into(body, p, q, suffix).forEach(around::hold);
        }
        body.bodies.remove(template);
        replica.finish();
    }

    /** Rotation after {@code times} steps; the angles are multiplied to keep their precision. */
    private double[] turn(double[] euler, int times) {
        double[] a = new double[3];
        for (int k = 0; k < 3; k++) {
            a[k] = c.angle(times * euler[k]);
        }
        return Frames.fromEuler(a, c.eulerseq);
    }

    private void attach(Element x, Spec.Body body, Around around) {
        Attr.exclusive(x, "body", "frame");
        String prefix = x.get("prefix");
        boolean self = !x.has("model");
        Spec source = self ? c.spec : c.models.get(x.get("model"));
        if (source == null) {
            throw x.error(
                    "there is no model \""
                            + x.get("model")
                            + "\" among the assets; there is: "
                            + (c.models.isEmpty() ? "none" : String.join(", ", c.models.keySet())));
        }
        if (self && !x.has("body") && !x.has("frame")) {
            throw x.error("needs a model, or a body or frame of this model");
        }
        Attach attach = new Attach(c.spec, body, around.pos, around.quat, prefix);
        List<Spec.Element> roots;
        if (x.has("body")) {
            roots = attach.body(source, x.get("body"));
        } else if (x.has("frame")) {
            roots = attach.frame(source, x.get("frame"));
        } else {
            roots = attach.world(source);
        }
        made += attach.parts();
        count(x);
        roots.forEach(around::hold);
    }
}
