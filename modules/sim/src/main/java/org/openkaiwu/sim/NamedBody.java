package org.openkaiwu.sim;

import java.nio.file.Path;
import org.openkaiwu.body.Spec;
import org.openkaiwu.robot.RobotModel;

/**
 * A body that is ready to run, read from {@code bodies/<name>}; a bare robot file is a {@code
 * BodyFile}.
 *
 * @param name folder name
 * @param folder where it was read from
 * @param sheet its body.yaml, complete: what the file left out is filled in
 * @param spec the machine as described, with actuators; a {@link SceneBuilder} reads its own
 * @param model what a brain may know of it
 */
public record NamedBody(String name, Path folder, BodySheet sheet, Spec spec, RobotModel model) {

    /** Whether the base moves on the ground. */
    public boolean mobile() {
        return sheet.drive() != null;
    }
}
