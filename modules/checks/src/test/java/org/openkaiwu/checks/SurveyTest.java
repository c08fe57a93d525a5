package org.openkaiwu.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openkaiwu.app.adopt.Adoption;
import org.openkaiwu.app.adopt.Workplace;
import org.openkaiwu.app.body.BodyAddCommand;
import org.openkaiwu.sim.Bodies;
import org.openkaiwu.sim.NamedBody;
import picocli.CommandLine;

/** Where a body that is added works, found by what its hands reach. */
class SurveyTest {
    private static final Path SHARED = Path.of(System.getProperty("kaiwu.shared", "../shared"));
    private static final Path ROOT = Path.of(System.getProperty("kaiwu.root", "."));

    @TempDir private Path root;

    @Test
    void shouldFindWhatAnArmReachesOnItsTable() {
        Path file = ROOT.resolve("bodies/panda/panda.xml");
        Workplace place = Adoption.of(file, t -> {}).place();
        assertThat(place.onTable()).isTrue();
        assertThat(place.height()).isZero();
        assertThat(place.far() - place.near()).isGreaterThan(.1);
        assertThat(place.far()).isLessThan(.9);
        assertThat(place.angle()).isGreaterThan(.3);
        assertThat(place.home()).isNotEmpty();
    }

    @Test
    void shouldAddAnArmWithoutAHandWhoseFirstJointIsFreeOfItsFoot() {
        Path file = SHARED.resolve("robots/realman_rm65/urdf/RM65-B.urdf");
        assumeTrue(Files.isRegularFile(file), "no reference files");
        String[] add = {file.toString(), "--name", "x", "--root", root.toString()};
        assertThat(new CommandLine(new BodyAddCommand()).execute(add)).isZero();
        NamedBody body = Bodies.load(root, "x");
        assertThat(body.model().hands()).isEmpty();
        var m = body.model().machine();
        int foot = org.openkaiwu.body.Machine.indexOf(m.bodyName, "base_link");
        int first = org.openkaiwu.body.Machine.indexOf(m.bodyName, "link_1");
        assertThat(m.nexclude).isPositive();
        assertThat(m.excludeBody1[0] + m.excludeBody2[0]).isEqualTo(foot + first);
        assertThat(body.sheet().work().towards()).isCloseTo(0, within(1e-9));
    }
}
