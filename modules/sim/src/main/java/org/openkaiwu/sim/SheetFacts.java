package org.openkaiwu.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.body.infer.Infer;
import org.openkaiwu.math.InputException;
import org.openkaiwu.math.Vec3;

/** The facts that a body's sheet states about limbs, effectors and wheels. */
final class SheetFacts {
    private SheetFacts() {}

    static BodyFacts of(Machine m, BodySheet sheet) {
        List<BodyFacts.Limb> limbs = new ArrayList<>();
        double reach = 0;
        for (BodySheet.LimbData l :
                sheet.limbs() == null ? List.<BodySheet.LimbData>of() : sheet.limbs()) {
            l.joints().forEach(j -> known(m.jntName, j, l.name()));
            known(m.bodyName, l.tip(), l.name());
            limbs.add(
                    new BodyFacts.Limb(
                            l.name(),
                            List.copyOf(l.joints()),
                            l.tip(),
                            word(BodyFacts.Side.class, l.side(), l.name()),
                            word(BodyFacts.LimbKind.class, l.kind(), l.name()),
                            l.reach(),
                            l.payload()));
            reach = Math.max(reach, l.reach());
        }
        List<BodyFacts.Effector> effectors = new ArrayList<>();
        Map<String, BodySheet.EffectorData> given =
                sheet.effectors() == null ? Map.of() : new TreeMap<>(sheet.effectors());
        given.forEach((name, e) -> effectors.add(effector(m, name, e)));
        bare(m, limbs, effectors);
        List<BodyFacts.Wheel> wheels = new ArrayList<>();
        if (sheet.drive() != null) {
            for (BodySheet.WheelData w : sheet.drive().wheels()) {
                known(m.jntName, w.joint(), "drive");
                wheels.add(
                        new BodyFacts.Wheel(
                                w.joint(),
                                w.steer() == null ? "" : w.steer(),
                                w.radius(),
                                new Vec3(w.at()[0], w.at()[1], w.radius()),
                                true));
            }
        }
        return new BodyFacts(
                sheet.drive() == null ? BodyFacts.Base.FIXED : BodyFacts.Base.WHEELED,
                List.copyOf(limbs),
                List.copyOf(effectors),
                List.of(),
                List.copyOf(wheels),
                List.of(m.camName),
                abilities(m, sheet, limbs, effectors),
                reach);
    }

    /** Arms for which the sheet names no hand end in what the machine's shape says. */
    private static void bare(
            Machine m, List<BodyFacts.Limb> limbs, List<BodyFacts.Effector> effectors) {
        for (BodyFacts.Limb l : limbs) {
            boolean without =
                    l.kind() == BodyFacts.LimbKind.ARM
                            && effectors.stream().noneMatch(e -> e.limb().equals(l.name()));
            if (!without) {
                continue;
            }
            for (BodyFacts.Effector e : Infer.facts(m).effectors()) {
                if (e.kind() == BodyFacts.EffectorKind.BARE && e.body().equals(l.tip())) {
                    effectors.add(
                            new BodyFacts.Effector(
                                    l.name() + " tip",
                                    l.name(),
                                    e.kind(),
                                    e.body(),
                                    e.joints(),
                                    e.aperture(),
                                    e.graspPoint(),
                                    e.approach(),
                                    e.closing(),
                                    e.openPosition(),
                                    e.closedPosition()));
                }
            }
        }
    }

    private static BodyFacts.Effector effector(Machine m, String name, BodySheet.EffectorData e) {
        known(m.bodyName, e.palm(), name);
        known(m.actuatorName, e.actuator(), name);
        e.joints().forEach(j -> known(m.jntName, j, name));
        return new BodyFacts.Effector(
                name,
                e.limb(),
                word(BodyFacts.EffectorKind.class, e.kind(), name),
                e.palm(),
                List.copyOf(e.joints()),
                e.aperture(),
                Vec3.of(e.grasp(), 0),
                Vec3.of(e.approach(), 0),
                Vec3.of(e.closing(), 0),
                e.open(),
                e.closed());
    }

    private static Set<BodyFacts.Ability> abilities(
            Machine m,
            BodySheet sheet,
            List<BodyFacts.Limb> limbs,
            List<BodyFacts.Effector> effectors) {
        Set<BodyFacts.Ability> set = EnumSet.noneOf(BodyFacts.Ability.class);
        boolean arm = limbs.stream().anyMatch(l -> l.kind() == BodyFacts.LimbKind.ARM);
        if (arm) {
            set.add(BodyFacts.Ability.REACH);
            set.add(BodyFacts.Ability.PUSH);
        }
        if (effectors.stream().anyMatch(e -> e.kind() != BodyFacts.EffectorKind.BARE)) {
            set.add(BodyFacts.Ability.GRASP);
        }
        if (limbs.stream().anyMatch(l -> l.kind() == BodyFacts.LimbKind.LIFT)) {
            set.add(BodyFacts.Ability.LIFT_COLUMN);
        }
        if (sheet.drive() != null) {
            set.add(BodyFacts.Ability.DRIVE);
        }
        if (m.ncam > 0) {
            set.add(BodyFacts.Ability.LOOK);
        }
        return set;
    }

    private static <E extends Enum<E>> E word(Class<E> kinds, String word, String where) {
        for (E e : kinds.getEnumConstants()) {
            if (e.name().toLowerCase(Locale.ROOT).equals(word)) {
                return e;
            }
        }
        String all = Arrays.toString(kinds.getEnumConstants()).toLowerCase(Locale.ROOT);
        throw new InputException("body.yaml", where + ": '" + word + "' is none of " + all);
    }

    private static void known(String[] names, String name, String where) {
        if (Machine.indexOf(names, name) < 0) {
            throw new InputException("body.yaml", where + ": the machine has no '" + name + "'");
        }
    }
}
