package org.openkaiwu.skill;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The skills that the product has, by name. */
public final class SkillLibrary {
    private final Map<String, Skill> skills = new LinkedHashMap<>();

    public SkillLibrary(List<Skill> list) {
        list.forEach(s -> skills.put(s.spec().name(), s));
    }

    /** All of them. */
    public static SkillLibrary standard() {
        Skill pick = new PickSkill();
        Skill place = new PlaceSkill();
        List<Skill> all =
                new ArrayList<>(
                        List.of(
                                pick,
                                place,
                                HandSkills.handOver(place),
                                HandSkills.home(),
                                DriveSkills.goTo(),
                                DriveSkills.approach(),
                                DriveSkills.find(),
                                Inspecting.inspect(),
                                ShiftSkills.shift(pick, place),
                                ShiftSkills.swap(pick, place),
                                PushSkills.push(),
                                PushSkills.pushTo()));
        all.addAll(BodySkills.all());
        all.addAll(BaseMoves.all());
        return new SkillLibrary(all);
    }

    public List<SkillSpec> specs() {
        return skills.values().stream().map(Skill::spec).toList();
    }

    /** A tree for a call. */
    public Node node(SkillCall call) {
        Skill s = skills.get(call.skill());
        if (s == null) {
            throw new IllegalArgumentException("no skill " + call.skill());
        }
        return s.node(call);
    }
}
