package org.openkaiwu.checks.peers;

import org.ode4j.math.DQuaternion;
import org.ode4j.ode.DBody;
import org.ode4j.ode.DContact;
import org.ode4j.ode.DContactBuffer;
import org.ode4j.ode.DGeom;
import org.ode4j.ode.DHingeJoint;
import org.ode4j.ode.DJointGroup;
import org.ode4j.ode.DMass;
import org.ode4j.ode.DSliderJoint;
import org.ode4j.ode.DSpace;
import org.ode4j.ode.DWorld;
import org.ode4j.ode.OdeConstants;
import org.ode4j.ode.OdeHelper;
import org.openkaiwu.body.Machine;
import org.openkaiwu.math.Quat;

/**
 * ode4j: rigid bodies in maximal coordinates, joints as constraints, the direct step for few
 * bodies, else the iterative one.
 */
final class Ode4j implements Engine {
    private static final int MOST = 8;

    /** Up to so many bodies the direct solver is used; above, the iterative one. */
    private static final int DIRECT = 50;

    @Override
    public String name() {
        return "ode4j 0.5.3";
    }

    @Override
    public String cannot() {
        return "no reduced coordinates, so joints drift apart; no tendons, no MJCF, contacts as hard or CFM/ERP only";
    }

    @Override
    public Sim open(Machine m, double[][] servos, double dt) {
        OdeHelper.initODE2(0);
        Tree tree = new Tree(m);
        DWorld world = OdeHelper.createWorld();
        world.setGravity(0, 0, -9.81);
        DSpace space = OdeHelper.createHashSpace(null);
        DGeom floor = OdeHelper.createPlane(space, 0, 0, 1, 0);
        DBody[] bodies = new DBody[m.nbody];
        Object[] joints = new Object[m.nv];
        for (Tree.Part p : tree.parts) {
            DBody b = OdeHelper.createBody(world);
            bodies[p.id()] = b;
            DMass mass = OdeHelper.createMass();
            double[] i = p.inertia();
            mass.setParameters(p.mass(), 0, 0, 0, i[0], i[4], i[8], i[1], i[2], i[5]);
            b.setMass(mass);
            b.setPosition(p.com().x(), p.com().y(), p.com().z());
            for (Tree.Shape s : p.shapes()) {
                DGeom g = shape(space, s);
                g.setBody(b);
                g.setOffsetPosition(s.at().x(), s.at().y(), s.at().z());
                Quat q = s.turn();
                g.setOffsetQuaternion(new DQuaternion(q.w(), q.x(), q.y(), q.z()));
            }
            DBody parent = p.parent() == 0 ? null : bodies[p.parent()];
            if (p.joint() == Tree.HINGE) {
                DHingeJoint h = OdeHelper.createHingeJoint(world);
                h.attach(b, parent);
                h.setAnchor(p.anchor().x(), p.anchor().y(), p.anchor().z());
                h.setAxis(p.axis().x(), p.axis().y(), p.axis().z());
                joints[p.dof()] = h;
            } else if (p.joint() == Tree.SLIDE) {
                DSliderJoint s = OdeHelper.createSliderJoint(world);
                s.attach(b, parent);
                s.setAxis(p.axis().x(), p.axis().y(), p.axis().z());
                joints[p.dof()] = s;
            }
        }
        DJointGroup contacts = OdeHelper.createJointGroup();
        double[] target = new double[m.nv];
        DContactBuffer buffer = new DContactBuffer(MOST);
        DGeom.DNearCallback near =
                (data, a, b) -> {
                    DBody one = a.getBody();
                    DBody two = b.getBody();
                    if (one == two
                            || one != null && two != null && OdeHelper.areConnected(one, two)) {
                        return;
                    }
                    int n = OdeHelper.collide(a, b, MOST, buffer.getGeomBuffer());
                    for (int i = 0; i < n; i++) {
                        DContact c = buffer.get(i);
                        c.surface.mode = OdeConstants.dContactApprox1;
                        c.surface.mu = 0.8;
                        OdeHelper.createContactJoint(world, contacts, c).attach(one, two);
                    }
                };
        return new Sim() {
            @Override
            public void target(int dof, double value) {
                target[dof] = value;
            }

            @Override
            public void step() {
                for (int d = 0; d < m.nv; d++) {
                    if (servos[d][0] > 0) {
                        // Both joints measure and push along the axis, first body against second.
                        switch (joints[d]) {
                            case DHingeJoint h ->
                                    h.addTorque(
                                            force(
                                                    servos[d],
                                                    target[d],
                                                    h.getAngle(),
                                                    h.getAngleRate()));
                            case DSliderJoint s ->
                                    s.addForce(
                                            force(
                                                    servos[d],
                                                    target[d],
                                                    s.getPosition(),
                                                    s.getPositionRate()));
                            default -> {}
                        }
                    }
                }
                space.collide(null, near);
                if (tree.parts.size() > DIRECT) {
                    world.quickStep(dt);
                } else {
                    world.step(dt);
                }
                contacts.empty();
            }

            @Override
            public void pose(int body, double[] pose) {
                var at = bodies[body].getPosition();
                var q = bodies[body].getQuaternion();
                for (int k = 0; k < 3; k++) {
                    pose[k] = at.get(k);
                }
                for (int k = 0; k < 4; k++) {
                    pose[3 + k] = q.get(k);
                }
            }

            @Override
            public void close() {
                floor.destroy();
                space.destroy();
                world.destroy();
            }
        };
    }

    private static double force(double[] servo, double target, double q, double v) {
        return servo[0] * (target - q) - servo[1] * v;
    }

    private static DGeom shape(DSpace space, Tree.Shape s) {
        double[] z = s.size();
        return s.type() == Tree.BOX
                ? OdeHelper.createBox(space, 2 * z[0], 2 * z[1], 2 * z[2])
                : OdeHelper.createCapsule(space, z[0], 2 * z[1]);
    }
}
