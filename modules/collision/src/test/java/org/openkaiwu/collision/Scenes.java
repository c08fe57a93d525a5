package org.openkaiwu.collision;

import java.nio.file.Path;
import org.openkaiwu.body.Compiler;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.mjcf.MjcfReader;
import org.openkaiwu.math.Flat;
import org.openkaiwu.math.RandomStream;

/** Small models for tests. */
final class Scenes {
    private static final String ASSETS =
            """
            <asset>
              <hfield name="hill" nrow="3" ncol="3" size="1 1 0.4 0.1"
                  elevation="0 0 0 0 1 0 0 0 0"/>
              <mesh name="wedge" vertex="0 0 0  .4 0 0  0 .4 0  .4 .4 0  0 0 .3  0 .4 .3"/>
              <mesh name="gem" vertex=".3 0 0 -.3 0 0 0 .3 0 0 -.3 0 0 0 .3 0 0 -.3
                  .2 .2 0 -.2 .2 0 .2 -.2 0 -.2 -.2 0 0 .2 .2 0 -.2 .2"/>
              <mesh name="brick" vertex="-.1 -.2 -.3  .1 -.2 -.3  -.1 .2 -.3  .1 .2 -.3
                  -.1 -.2 .3  .1 -.2 .3  -.1 .2 .3  .1 .2 .3"/>
            </asset>
            """;

    /** A plane, a height field and two free bodies of every other kind. */
    static final String ONE_OF_EACH;

    /** A box and the same as a mesh, the second in group 3. */
    static final String BOX_TWICE =
            "<mujoco>"
                    + ASSETS
                    + """
                    <worldbody>
                      <body><freejoint/><geom type="box" size=".1 .2 .3"/></body>
                      <body><freejoint/><geom type="mesh" mesh="brick" group="3"/></body>
                    </worldbody></mujoco>\
                    """;

    static {
        String[] geoms = {
            "type='sphere' size='.2'",
            "type='capsule' size='.1 .2'",
            "type='ellipsoid' size='.1 .2 .3'",
            "type='cylinder' size='.2 .1'",
            "type='box' size='.1 .2 .3'",
            "type='mesh' mesh='wedge'",
            "type='mesh' mesh='gem'"
        };
        StringBuilder s = new StringBuilder("<mujoco>" + ASSETS + "<worldbody>");
        s.append("<geom type='plane' size='5 5 .1'/><geom type='hfield' hfield='hill'/>");
        for (int copy = 0; copy < 2; copy++) {
            for (String g : geoms) {
                s.append("<body><freejoint/><geom ").append(g).append(" mass='1'/></body>");
            }
        }
        ONE_OF_EACH = s.append("</worldbody></mujoco>").toString();
    }

    private Scenes() {}

    /** A pile of many free boxes and spheres, some in pairs on one body. */
    static String pile(int bodies) {
        StringBuilder s = new StringBuilder("<mujoco><worldbody><geom type='plane' size='9 9 1'/>");
        for (int i = 0; i < bodies; i++) {
            s.append("<body><freejoint/><geom type='box' size='.1 .1 .1'/>");
            s.append(i % 3 == 0 ? "<geom size='.1' pos='.1 0 .1'/></body>" : "</body>");
        }
        return s.append("</worldbody></mujoco>").toString();
    }

    static Machine read(String xml) {
        return Compiler.compile(MjcfReader.read(xml, Path.of(".")));
    }

    /** Random poses of all geoms; planes and height fields keep theirs. */
    static void poses(Machine m, RandomStream r, double reach, double[] xpos, double[] xmat) {
        for (int g = 0; g < m.ngeom; g++) {
            Poses p = Poses.random(r, reach);
            if (m.geomType[g] <= Solid.HFIELD) {
                System.arraycopy(m.geomPos, 3 * g, xpos, 3 * g, 3);
                Flat.quatToMat(xmat, 9 * g, m.geomQuat, 4 * g);
            } else {
                System.arraycopy(p.pos, 0, xpos, 3 * g, 3);
                System.arraycopy(p.mat, 0, xmat, 9 * g, 9);
            }
        }
    }
}
