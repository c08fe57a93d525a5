package org.openkaiwu.checks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rules of ARCHITECTURE.md that the compiler cannot hold by itself. */
class ArchitectureTest {
    private static final String ROOT = "org.openkaiwu.";

    /** Each room and the rooms that it may read. */
    private static final Map<String, Set<String>> ARROWS = new LinkedHashMap<>();

    static {
        ARROWS.put("math", Set.of());
        ARROWS.put("body", Set.of("math"));
        ARROWS.put("dynamics", Set.of("math", "body"));
        ARROWS.put("collision", Set.of("math", "body"));
        ARROWS.put("physics", Set.of("math", "body", "dynamics", "collision"));
        ARROWS.put("motion", Set.of("math", "body", "dynamics", "collision"));
        ARROWS.put("robot", Set.of("math", "body"));
        ARROWS.put("perception", Set.of("math", "body", "robot"));
        ARROWS.put("sim", Set.of("math", "body", "dynamics", "collision", "physics", "robot"));
        ARROWS.put("skill", Set.of("math", "body", "motion", "robot", "perception"));
        ARROWS.put("brain", Set.of("math", "body", "robot", "perception", "skill"));
        ARROWS.put("wire", Set.of("math", "body", "robot", "perception", "skill", "brain"));
    }

    private static final Set<String> CORE =
            Set.of("math", "body", "dynamics", "collision", "physics", "motion");

    private static JavaClasses classes;

    @BeforeAll
    static void importClasses() {
        classes =
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("org.openkaiwu");
        Map<String, Integer> seen = new LinkedHashMap<>();
        classes.forEach(c -> seen.merge(roomOf(c), 1, Integer::sum));
        System.out.println("architecture rules saw " + classes.size() + " classes: " + seen);
    }

    private static String roomOf(JavaClass c) {
        String rest = c.getPackageName().substring(ROOT.length());
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }

    @Test
    void everyRoomIsSeen() {
        for (String room : ARROWS.keySet()) {
            assertThat(classes).as(room).anyMatch(c -> roomOf(c).equals(room));
        }
    }

    @Test
    void arrowsPointOnlyWhereTheHouseSays() {
        ARROWS.forEach((room, allowed) -> {
            String[] forbidden =
                    ARROWS.keySet().stream()
                            .filter(r -> !r.equals(room) && !allowed.contains(r))
                            .map(r -> ROOT + r + "..")
                            .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + room + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(forbidden)
                    .orShould()
                    .dependOnClassesThat()
                    .resideInAPackage(ROOT + "app..")
                    .allowEmptyShould(true)
                    .check(classes);
        });
    }

    @Test
    void packagesFormNoCycles() {
        slices().matching("org.openkaiwu.(**)").should().beFreeOfCycles().check(classes);
    }

    @Test
    void coreRoomsUseTheJdkAlone() {
        for (String room : CORE) {
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + room + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideOutsideOfPackages("org.openkaiwu..", "java..", "javax.xml..", "jdk..")
                    .allowEmptyShould(true)
                    .check(classes);
        }
    }

    @Test
    void nothingButWireAndAppReadsAClockSleepsOrDrawsUnseededNumbers() {
        DescribedPredicate<JavaAccess<?>> unsteady =
                new DescribedPredicate<>("read a clock, sleep or draw unseeded numbers") {
                    @Override
                    public boolean test(JavaAccess<?> a) {
                        String owner = a.getTargetOwner().getName();
                        String name = a.getTarget().getName();
                        return switch (owner) {
                            case "java.lang.System" ->
                                    Set.of("currentTimeMillis", "nanoTime").contains(name);
                            case "java.lang.Thread" -> name.equals("sleep");
                            case "java.lang.Math" -> name.equals("random");
                            case "java.util.UUID" -> name.equals("randomUUID");
                            case "java.util.concurrent.ThreadLocalRandom",
                                    "java.util.Random",
                                    "java.security.SecureRandom" ->
                                    true;
                            default -> owner.startsWith("java.time.") && name.equals("now");
                        };
                    }
                };
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "wire..", ROOT + "app..")
                .should(access(unsteady))
                .check(classes);
    }

    @Test
    void nothingThatRunsDependsOnHashOrderOrOnPlatformMathematics() {
        List<String> hashed =
                List.of("java.util.HashMap", "java.util.HashSet", "java.util.IdentityHashMap");
        Set<String> platformMath =
                Set.of(
                        "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "exp", "log", "log10",
                        "pow", "sinh", "cosh", "tanh", "hypot", "cbrt", "expm1", "log1p");
        DescribedPredicate<JavaAccess<?>> unordered =
                new DescribedPredicate<>("use hash order or platform mathematics") {
                    @Override
                    public boolean test(JavaAccess<?> a) {
                        String owner = a.getTargetOwner().getName();
                        String name = a.getTarget().getName();
                        return hashed.contains(owner) && name.equals("<init>")
                                || owner.equals("java.lang.Math") && platformMath.contains(name)
                                || owner.equals("java.util.stream.Collectors")
                                        && Set.of("toSet", "toMap", "groupingBy").contains(name)
                                        && a.getTarget().getFullName().split(",").length < 3;
                    }
                };
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "wire..", ROOT + "app..")
                .should(access(unordered))
                .check(classes);
    }

    @Test
    void onlyTheGuardCommandsARobot() {
        DescribedPredicate<JavaAccess<?>> command =
                new DescribedPredicate<>("command a robot without its guard") {
                    @Override
                    public boolean test(JavaAccess<?> a) {
                        return a.getTargetOwner().getName().equals(ROOT + "robot.Robot")
                                && a.getTarget().getName().equals("command");
                    }
                };
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "robot..")
                .should(access(command))
                .check(classes);
    }

    private static ArchCondition<JavaClass> access(DescribedPredicate<JavaAccess<?>> bad) {
        return new ArchCondition<>(bad.getDescription()) {
            @Override
            public void check(JavaClass c, ConditionEvents events) {
                c.getAccessesFromSelf().stream()
                        .filter(bad)
                        .forEach(a ->
                                events.add(SimpleConditionEvent.satisfied(a, a.getDescription())));
            }
        };
    }
}
