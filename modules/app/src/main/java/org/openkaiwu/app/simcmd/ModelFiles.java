package org.openkaiwu.app.simcmd;

import java.nio.file.Path;
import org.openkaiwu.body.Compiler;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.mjcf.MjcfReader;
import org.openkaiwu.body.urdf.UrdfReader;

/** Model files to machines, as MuJoCo would load them. */
final class ModelFiles {
    private ModelFiles() {}

    /**
     * Reads an MJCF file, or a URDF file when the name ends in {@code .urdf}.
     *
     * @throws org.openkaiwu.math.InputException when the file can't be read or compiled
     */
    static Machine load(Path file) {
        boolean urdf = file.getFileName().toString().endsWith(".urdf");
        return Compiler.compile(
                urdf ? UrdfReader.read(file, UrdfReader.Dialect.MUJOCO) : MjcfReader.read(file));
    }
}
