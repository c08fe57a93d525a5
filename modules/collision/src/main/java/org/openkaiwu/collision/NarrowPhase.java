package org.openkaiwu.collision;

import org.openkaiwu.body.Options;

/** Chooses the collider of a pair of shapes; the first has the lower type. */
final class NarrowPhase {
    private final PlaneContacts planes = new PlaneContacts();
    private final CapsuleBox capsuleBox = new CapsuleBox();
    private final BoxBox boxBox = new BoxBox();
    private final ConvexContacts convex = new ConvexContacts();
    private final HfieldContacts hfield = new HfieldContacts();

    void configure(Options option) {
        convex.configure(option);
        hfield.configure(option);
    }

    /** Whether a pair, lower type first, is measured by GJK and EPA. */
    static boolean general(Solid a, Solid b) {
        if (a.type < Solid.SPHERE || b.type >= Solid.SDF) {
            return false;
        }
        return switch (a.type) {
            case Solid.SPHERE -> b.type == Solid.ELLIPSOID || b.type == Solid.MESH;
            case Solid.CAPSULE -> b.type != Solid.CAPSULE && b.type != Solid.BOX;
            default -> true;
        };
    }

    /** Appends the contact points of distance at most {@code margin}. */
    void collide(Manifold out, double margin, Solid a, Solid b) {
        if ((a.type == Solid.MESH && a.hull == null) || (b.type == Solid.MESH && b.hull == null)) {
            return;
        }
        switch (a.type) {
            case Solid.PLANE -> plane(out, margin, a, b);
            case Solid.HFIELD -> {
                if (a.hfield != null && b.type > Solid.HFIELD && b.type < Solid.SDF) {
                    hfield.collide(out, margin, a, b);
                }
            }
            case Solid.SPHERE -> sphere(out, margin, a, b);
            case Solid.CAPSULE -> capsule(out, margin, a, b);
            case Solid.BOX -> {
                if (b.type == Solid.BOX) {
                    boxBox.collide(out, margin, a, b);
                } else {
                    general(out, margin, a, b);
                }
            }
            default -> general(out, margin, a, b);
        }
    }

    private void general(Manifold out, double margin, Solid a, Solid b) {
        if (b.type < Solid.SDF) {
            convex.collide(out, margin, a, b);
        }
    }

    private void plane(Manifold out, double margin, Solid a, Solid b) {
        switch (b.type) {
            case Solid.SPHERE -> PlaneContacts.sphere(out, margin, a, b);
            case Solid.CAPSULE -> PlaneContacts.capsule(out, margin, a, b);
            case Solid.ELLIPSOID -> PlaneContacts.ellipsoid(out, margin, a, b);
            case Solid.CYLINDER -> PlaneContacts.cylinder(out, margin, a, b);
            case Solid.BOX -> PlaneContacts.box(out, margin, a, b);
            case Solid.MESH -> planes.mesh(out, margin, a, b);
            default -> {}
        }
    }

    private void sphere(Manifold out, double margin, Solid a, Solid b) {
        switch (b.type) {
            case Solid.SPHERE -> RoundContacts.sphereSphere(out, margin, a, b);
            case Solid.CAPSULE -> RoundContacts.sphereCapsule(out, margin, a, b);
            case Solid.CYLINDER -> RoundContacts.sphereCylinder(out, margin, a, b);
            case Solid.BOX -> RoundContacts.sphereBox(out, margin, a, b);
            default -> general(out, margin, a, b);
        }
    }

    private void capsule(Manifold out, double margin, Solid a, Solid b) {
        switch (b.type) {
            case Solid.CAPSULE -> RoundContacts.capsuleCapsule(out, margin, a, b);
            case Solid.BOX -> capsuleBox.collide(out, margin, a, b);
            default -> general(out, margin, a, b);
        }
    }
}
