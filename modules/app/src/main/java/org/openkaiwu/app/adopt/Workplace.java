package org.openkaiwu.app.adopt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.file.BodyFile;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.body.infer.BodyFacts.LimbKind;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Text;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.motion.Obstacle;
import org.openkaiwu.motion.PlanningScene;
import org.openkaiwu.motion.Solid;

/**
 * Where a body works and how it rests there: the reach of its hands is surveyed by inverse
 * kinematics over a grid, on whichever side they work best, and the best ring sector is taken.
 */
public final class Workplace {
    /** Lower shoulders than this stand on tables, m. */
    private static final double TABLE_SHOULDER = 0.45;

    /** Heights of tables that are tried for bodies on the floor, m; the first is preferred. */
    private static final double[] HEIGHTS = {0.74, 0.6, 0.9, 0.45};

    /** Sides of a body on the floor by preference, rad from x. */
    private static final double[] SIDES = {0, -Math.PI / 2, Math.PI / 2, Math.PI};

    /** Part of a sufficient area for which no other side is looked at. */
    private static final double PLENTY = 0.75;

    /** What comes later in preference has to be better by this. */
    private static final double NEARLY = 1.15;

    /** An area with less is too small for all hands together, m^2. */
    private static final double SMALL = 0.08;

    /** How far a base drives along a table to either side, m. */
    private static final double SWEEP = 0.35;

    /** What a base keeps clear of when it drives, beyond its wheels, m. */
    private static final double CLEARANCE = 0.11;

    private final boolean onTable;
    private final Machine m;
    private final List<Arm> arms;
    private final boolean[] still;

    /** The machine before it rests: as its file puts it, its hands open for small things. */
    private final double[] start;

    private final Map<String, Double> home = new LinkedHashMap<>();
    private final Shell shell;
    private final double turnRoom;
    private boolean drives;
    private double height;
    private double edge = 0.3;
    private WorkArea area = new WorkArea(Vec3.ZERO, 0, 0.3, 0.5, 0.8, 0);
    private double[] footprint = new double[4];

    /** Surveys a complete body; tells what it does. */
    public Workplace(BodyFile body, Consumer<Text> progress) {
        m = body.machine();
        shell = new Shell(m);
        start = Shell.handsOpen(m, body.facts().effectors());
        arms = Arm.of(body, start);
        still = still(body);
        turnRoom = turnRoom(body.facts());
        double shoulder = arms.isEmpty() ? 0 : arms.getFirst().shoulder.z();
        boolean fixed = body.facts().base() == BodyFacts.Base.FIXED;
        onTable = fixed && shoulder < TABLE_SHOULDER && !arms.isEmpty();
        lifts(body);
        height = onTable ? 0 : HEIGHTS[0];
        if (arms.isEmpty() || body.facts().base() == BodyFacts.Base.FLOATING) {
            return;
        }
        progress.accept(new Text("surveying what the hands reach …", "正在测算机械手的可达区域……"));
        survey();
        progress.accept(new Text("looking for a rest pose …", "正在寻找休息姿态……"));
        rest();
    }

    /** Bodies that do not move with an arm. */
    private boolean[] still(BodyFile body) {
        boolean[] out = new boolean[m.nbody];
        boolean[] moves = new boolean[m.nbody];
        for (BodyFacts.Limb l : body.facts().limbs()) {
            if (l.kind() == LimbKind.ARM) {
                moves[m.jntBodyid[Machine.indexOf(m.jntName, l.joints().getFirst())]] = true;
            }
        }
        for (int b = 0; b < m.nbody; b++) {
            moves[b] |= b > 0 && moves[m.bodyParentid[b]];
            out[b] = !moves[b];
        }
        return out;
    }

    private void lifts(BodyFile body) {
        for (BodyFacts.Limb l : body.facts().limbs()) {
            if (l.kind() == LimbKind.LIFT && l.joints().size() == 1) {
                int j = Machine.indexOf(m.jntName, l.joints().getFirst());
                home.put(l.joints().getFirst(), (m.jntRange[2 * j] + m.jntRange[2 * j + 1]) / 2);
            }
        }
    }

    /** The configuration at home. */
    double[] qpos() {
        double[] q = start.clone();
        home.forEach((joint, v) -> q[m.jntQposadr[Machine.indexOf(m.jntName, joint)]] = v);
        return q;
    }

    private double reach() {
        return arms.stream().mapToDouble(a -> Math.min(1.4, a.span())).max().orElse(0.5);
    }

    private void survey() {
        double reach = reach();
        double fine = Math.clamp(reach / 15, 0.02, 0.06);
        if (onTable) {
            double[] all = new double[16];
            for (int k = 0; k < all.length; k++) {
                all[k] = 2 * Math.PI * k / all.length;
            }
            accept(choose(0, fine, all), 0);
        } else {
            fromTheFloor(fine);
        }
        edge = footprintTowards(area.heading()) + 0.04;
        if (drives) {
            edge = Math.max(edge, turnRoom);
        }
    }

    /** The table and side with the best reach; usual tables and the front when nearly as good. */
    private void fromTheFloor(double fine) {
        double enough = PLENTY * WorkArea.enough(reach());
        double best = 0;
        double bestHeight = HEIGHTS[0];
        double bestSide = 0;
        for (double side : SIDES) {
            for (double h : HEIGHTS) {
                double rough = choose(h, Math.clamp(reach() / 12, 0.03, 0.08), side).score();
                if (rough > best * NEARLY) {
                    best = rough;
                    bestHeight = h;
                    bestSide = side;
                }
            }
            if (best > enough) {
                break;
            }
        }
        height = bestHeight;
        accept(choose(bestHeight, fine, bestSide), bestHeight);
    }

    private void accept(WorkArea found, double h) {
        if (found.score() > area.score()) {
            area = found;
            height = h;
        }
    }

    private WorkArea choose(double h, double spacing, double... headings) {
        footprint = footprint(h);
        double only = onTable ? Double.NaN : headings[0];
        // where an arm rests is found later: meanwhile it is in no other's way
        List<PlanningScene> scenes =
                arms.stream().map(a -> scene(a, h, only, 0.002, others(a, arms))).toList();
        double[] low = arms.getFirst().least.clone();
        double[] high = arms.getFirst().most.clone();
        for (Arm a : arms) {
            for (int k = 0; k < 2; k++) {
                low[k] = Math.min(low[k], a.least[k]);
                high[k] = Math.max(high[k], a.most[k]);
            }
        }
        Vec3 middle = new Vec3((low[0] + high[0]) / 2, (low[1] + high[1]) / 2, 0);
        double half = Math.max(high[0] - low[0], high[1] - low[1]) / 2 + spacing;
        double c = StrictMath.cos(headings[0]);
        double s = StrictMath.sin(headings[0]);
        double from = onTable ? 0 : footprintTowards(headings[0]) + 0.02;
        ReachMap.Cells cells = (x, y) -> onTable || c * x + s * y > from;
        ReachMap map = new ReachMap(arms, scenes, middle, half, h, spacing, cells);
        List<Vec3> centres = centres(middle);
        WorkArea best = WorkArea.best(map, centres, headings, reach(), -1, this::blocked);
        for (int a = 0; a < arms.size() && arms.size() > 1 && best.score() < SMALL; a++) {
            WorkArea one = WorkArea.best(map, centres, headings, reach(), a, this::blocked);
            best = one.score() > best.score() * 1.2 ? one : best;
        }
        drives = false;
        if (turnRoom > 0 && best.score() < SMALL) {
            WorkArea strip = strip(map, centres, headings[0]);
            drives = strip.score() > best.score();
            best = drives ? strip : best;
        }
        return best;
    }

    /** What the hands reach while the base drives along the table, far enough from it to turn. */
    private WorkArea strip(ReachMap map, List<Vec3> centres, double heading) {
        double c = StrictMath.cos(heading);
        double s = StrictMath.sin(heading);
        if (Math.abs(c) > 0.5) {
            return new WorkArea(Vec3.ZERO, heading, 0, 0, 0, 0);
        }
        List<Vec3> behind = new ArrayList<>(centres);
        for (double d : new double[] {0.2, 0.4}) {
            behind.add(new Vec3(-d * c, -d * s, 0));
            arms.forEach(a -> behind.add(new Vec3(a.shoulder.x(), -d * s, 0)));
        }
        return WorkArea.best(
                map.swept(1, 0, SWEEP),
                behind,
                new double[] {heading},
                reach(),
                -1,
                (x, y) -> blocked(x, y) || c * x + s * y < turnRoom);
    }

    /** From the middle of a driven base to what it must not touch when it turns, m; else 0. */
    private static double turnRoom(BodyFacts facts) {
        double radius = 0;
        for (BodyFacts.Wheel w : facts.wheels()) {
            Vec3 at = w.centre();
            radius = Math.max(radius, Math.hypot(at.x(), at.y()) + w.radius());
        }
        boolean driven = facts.wheels().stream().anyMatch(BodyFacts.Wheel::driven);
        return driven ? radius + CLEARANCE : 0;
    }

    private List<Vec3> centres(Vec3 middle) {
        List<Vec3> out = new ArrayList<>(List.of(Vec3.ZERO));
        arms.forEach(a -> out.add(new Vec3(a.shoulder.x(), a.shoulder.y(), 0)));
        if (arms.size() > 1) {
            out.add(new Vec3(middle.x(), middle.y(), 0));
            for (int k = 0; k < 8; k++) {
                double t = Math.PI * k / 4;
                for (double r : new double[] {0.2, 0.4}) {
                    out.add(
                            new Vec3(
                                    middle.x() + r * StrictMath.cos(t),
                                    middle.y() + r * StrictMath.sin(t),
                                    0));
                }
            }
        }
        return out;
    }

    /** Lowest and highest x and y of what stands still up to a height: {x0, x1, y0, y1}. */
    private double[] footprint(double h) {
        shell.at(qpos());
        double[] f = {0, 0, 0, 0};
        boolean none = true;
        for (Vec3 p : shell.points(still)) {
            if (p.z() < h + 0.2) {
                f[0] = none ? p.x() : Math.min(f[0], p.x());
                f[1] = none ? p.x() : Math.max(f[1], p.x());
                f[2] = none ? p.y() : Math.min(f[2], p.y());
                f[3] = none ? p.y() : Math.max(f[3], p.y());
                none = false;
            }
        }
        return f;
    }

    private boolean blocked(double x, double y) {
        double keep = onTable ? 0.05 : 0.1;
        if (onTable && arms.size() > 1) {
            return arms.stream()
                    .anyMatch(a -> Math.hypot(x - a.shoulder.x(), y - a.shoulder.y()) < 0.12);
        }
        return x > footprint[0] - keep
                && x < footprint[1] + keep
                && y > footprint[2] - keep
                && y < footprint[3] + keep;
    }

    private double footprintTowards(double heading) {
        double most = 0;
        double c = StrictMath.cos(heading);
        double s = StrictMath.sin(heading);
        for (int i = 0; i < 2; i++) {
            for (int k = 2; k < 4; k++) {
                most = Math.max(most, footprint[i] * c + footprint[k] * s);
            }
        }
        return most;
    }

    private static List<Arm> others(Arm arm, List<Arm> of) {
        return of.stream().filter(o -> o != arm).toList();
    }

    /**
     * The machine on a table top, or with one before it in a direction.
     *
     * @param away arms that are taken not to be there
     */
    private PlanningScene scene(Arm arm, double h, double heading, double apart, List<Arm> away) {
        arm.model.posture(qpos());
        PlanningScene scene = new PlanningScene(arm.model, 0.003, apart);
        away.forEach(other -> scene.leaveOut(other.own));
        double half = 0.02;
        double big = 1.5;
        Vec3 size = new Vec3(big, big, half);
        double out = onTable ? 0 : footprintTowards(heading) + 0.04 + big;
        Pose at =
                onTable
                        ? Pose.at(0, 0, h - half)
                        : Pose.planar(0, 0, heading).times(Pose.at(out, 0, h - half));
        scene.obstacles(List.of(new Obstacle("table", new Solid.Box(size), at)));
        // what the first joint turns may stand on the table
        scene.allow(m.bodyName[firstBody(arm)], "table");
        scene.refresh();
        return scene;
    }

    private int firstBody(Arm arm) {
        return m.jntBodyid[Machine.indexOf(m.jntName, arm.model.names().getFirst())];
    }

    /** All arms rest by the area, each on its side, well clear of each other. */
    private void rest() {
        for (Arm arm : arms) {
            keepShared(arm);
            double[] q = null;
            List<Arm> later = arms.subList(arms.indexOf(arm) + 1, arms.size());
            for (double apart : new double[] {0.03, 0.002}) {
                PlanningScene scene = scene(arm, height, area.heading(), apart, later);
                for (int wish = arms.size() > 1 ? 0 : 1; wish < 2 && q == null; wish++) {
                    List<Vec3> spots = wish == 0 ? aside(arm) : over();
                    q = RestPose.find(arm, spots, height, armReach(arm), scene);
                }
            }
            if (q == null) {
                q = RestPose.anywhere(arm, scene(arm, height, area.heading(), 0.002, later));
            }
            for (int i = 0; i < q.length; i++) {
                home.put(arm.model.names().get(i), q[i]);
            }
        }
    }

    private List<Vec3> over() {
        double wide = area.far() - area.near();
        return List.of(
                area.at(area.near() + 0.15 * wide, 0, 0), area.at(area.near() + 0.45 * wide, 0, 0));
    }

    /** Between the area and the arm's own shoulder, so that one arm leaves room to another. */
    private List<Vec3> aside(Arm arm) {
        Vec3 middle = area.at((area.near() + area.far()) / 2, 0, 0);
        List<Vec3> out = new ArrayList<>();
        for (double t : new double[] {0.45, 0.3, 0.6}) {
            out.add(middle.plus(arm.shoulder.minus(middle).times(t)));
        }
        double side = side(arm);
        out.add(area.at(area.near() + 0.15 * (area.far() - area.near()), side, 0));
        return out;
    }

    /** Joints that another arm has put somewhere stay there. */
    private void keepShared(Arm arm) {
        List<String> names = arm.model.names();
        boolean first = arm == arms.getFirst();
        for (int i = 0; i < names.size() && !first; i++) {
            Double v = home.get(names.get(i));
            if (v != null) {
                arm.model.limit(i, v, v);
                arm.seed[i] = v;
            }
        }
    }

    private static double armReach(Arm arm) {
        return Math.min(1, arm.model.reach());
    }

    /** To its own side of the heading, when there are others. */
    private double side(Arm arm) {
        if (arms.size() < 2) {
            return 0;
        }
        double s = StrictMath.sin(area.heading());
        double c = StrictMath.cos(area.heading());
        double left =
                -s * (arm.shoulder.x() - area.centre().x())
                        + c * (arm.shoulder.y() - area.centre().y());
        return Math.abs(left) < 0.02 ? 0 : Math.signum(left) * 0.6 * area.angle();
    }

    /** Whether there is an arm to work with. */
    public boolean hasArms() {
        return !arms.isEmpty();
    }

    /** Body that the first arm's base is, 0 for a fixed machine. */
    int baseBody() {
        return arms.getFirst().model.baseBody();
    }

    /** The machine has been turned so that the heading is x. */
    void turnToFront() {
        Vec3 c = Quat.yaw(-area.heading()).rotate(area.centre());
        area = new WorkArea(c, 0, area.near(), area.far(), area.angle(), area.score());
    }

    /** Stands on a table top; else on the floor. */
    public boolean onTable() {
        return onTable;
    }

    /** Where it works, in the frame of its base or, fixed, of the machine. */
    WorkArea area() {
        return area;
    }

    public Vec3 centre() {
        return area.centre();
    }

    public double near() {
        return area.near();
    }

    public double far() {
        return area.far();
    }

    public double angle() {
        return area.angle();
    }

    public double heading() {
        return area.heading();
    }

    /** Of the surface, over the floor or the mounting face, m. */
    public double height() {
        return height;
    }

    /** Of the table's near edge along the heading, m. */
    public double edge() {
        return onTable ? 0 : Math.max(0.05, edge);
    }

    /** Rest positions by joint. */
    public Map<String, Double> home() {
        return home;
    }
}
