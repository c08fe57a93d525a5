package org.openkaiwu.motion;

import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Vec3;

/** What is asked of a tool frame; positions and directions in the map frame. */
public sealed interface ToolGoal {
    /** Where the tool point is to be, m. */
    Vec3 position();

    /** The whole pose. */
    record Full(Pose pose) implements ToolGoal {
        @Override
        public Vec3 position() {
            return pose.p();
        }
    }

    /**
     * A point, and a direction for one axis of the tool; the spin about it is free.
     *
     * @param position of the tool point, m
     * @param direction that the axis is to have, in the map
     * @param axis the axis in the tool frame (for a gripper: its approach)
     */
    record Approach(Vec3 position, Vec3 direction, Vec3 axis) implements ToolGoal {
        public Approach {
            direction = direction.unit();
            axis = axis.unit();
        }
    }

    /** A point alone. */
    record Point(Vec3 position) implements ToolGoal {}
}
