package org.openkaiwu.body.infer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openkaiwu.body.Machine;

/** Bodies that stand for cameras in files that have no camera elements. */
final class Cameras {
    private static final List<String> WORDS =
            List.of(
                    "camera",
                    "realsense",
                    "d435",
                    "d405",
                    "kinect",
                    "zed",
                    "astra",
                    "_cam",
                    "cam_");

    private Cameras() {}

    /** One body a camera: those called so whose ancestors are not. */
    static List<Integer> bodies(Machine m) {
        List<Integer> found = new ArrayList<>();
        boolean[] inside = new boolean[m.nbody];
        for (int b = 1; b < m.nbody; b++) {
            String name = m.bodyName[b].toLowerCase(Locale.ROOT);
            boolean called = WORDS.stream().anyMatch(name::contains) || name.equals("cam");
            inside[b] = called || inside[m.bodyParentid[b]];
            if (called && !inside[m.bodyParentid[b]]) {
                found.add(b);
            }
        }
        return found;
    }
}
