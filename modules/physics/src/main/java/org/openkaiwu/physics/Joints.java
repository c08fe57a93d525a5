package org.openkaiwu.physics;

/** Joint types and their sizes. */
final class Joints {
    static final int FREE = 0;
    static final int BALL = 1;
    static final int SLIDE = 2;
    static final int HINGE = 3;

    private Joints() {}

    static int dofs(int type) {
        return switch (type) {
            case FREE -> 6;
            case BALL -> 3;
            default -> 1;
        };
    }
}
