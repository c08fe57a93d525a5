package org.openkaiwu.checks.peers;

import java.util.HashMap;
import java.util.Map;
import org.openkaiwu.body.Machine;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Vec3;
import us.ihmc.euclid.matrix.Matrix3D;
import us.ihmc.euclid.referenceFrame.ReferenceFrame;
import us.ihmc.euclid.referenceFrame.tools.ReferenceFrameTools;
import us.ihmc.euclid.transform.RigidBodyTransform;
import us.ihmc.euclid.tuple3D.Point3D;
import us.ihmc.euclid.tuple3D.Vector3D;
import us.ihmc.euclid.tuple4D.Quaternion;
import us.ihmc.mecano.multiBodySystem.interfaces.OneDoFJointReadOnly;
import us.ihmc.scs2.definition.collision.CollisionShapeDefinition;
import us.ihmc.scs2.definition.controller.ControllerInput;
import us.ihmc.scs2.definition.controller.ControllerOutput;
import us.ihmc.scs2.definition.controller.interfaces.Controller;
import us.ihmc.scs2.definition.geometry.Box3DDefinition;
import us.ihmc.scs2.definition.geometry.Capsule3DDefinition;
import us.ihmc.scs2.definition.geometry.GeometryDefinition;
import us.ihmc.scs2.definition.robot.JointDefinition;
import us.ihmc.scs2.definition.robot.PrismaticJointDefinition;
import us.ihmc.scs2.definition.robot.RevoluteJointDefinition;
import us.ihmc.scs2.definition.robot.RigidBodyDefinition;
import us.ihmc.scs2.definition.robot.RobotDefinition;
import us.ihmc.scs2.definition.robot.SixDoFJointDefinition;
import us.ihmc.scs2.definition.state.SixDoFJointState;
import us.ihmc.scs2.definition.state.interfaces.OneDoFJointStateBasics;
import us.ihmc.scs2.definition.terrain.TerrainObjectDefinition;
import us.ihmc.scs2.simulation.parameters.ContactParameters;
import us.ihmc.scs2.simulation.physicsEngine.impulseBased.ImpulseBasedPhysicsEngine;
import us.ihmc.scs2.simulation.robot.Robot;
import us.ihmc.yoVariables.registry.YoRegistry;

/**
 * SCS2: pure Java, featherstone trees with impulse-based contacts; links of one robot pass through
 * each other here.
 */
final class Scs2 implements Engine {
    private static final long FLOOR = 1L << 62;
    private static int frames;

    @Override
    public String name() {
        return "SCS2 17-0.27.3";
    }

    @Override
    public String cannot() {
        return "no soft contacts, tendons, or MJCF; one contact point a pair and step; slow with many contacts";
    }

    @Override
    public Sim open(Machine m, double[][] servos, double dt) {
        Tree tree = new Tree(m);
        ReferenceFrame world = ReferenceFrameTools.constructARootFrame("world" + frames++);
        ImpulseBasedPhysicsEngine engine =
                new ImpulseBasedPhysicsEngine(world, new YoRegistry("root"));
        ContactParameters contact = ContactParameters.defaultIneslasticContactParameters(true);
        contact.setCoefficientOfFriction(0.8);
        engine.setGlobalContactParameters(contact);
        engine.addTerrainObject(floor());
        double[] target = new double[m.nv];
        Map<Integer, RobotDefinition> robots = new HashMap<>();
        RigidBodyDefinition[] bodies = new RigidBodyDefinition[m.nbody];
        for (Tree.Part p : tree.parts) {
            int root = tree.root(p.id());
            boolean alone = tree.parts.stream().filter(q -> tree.root(q.id()) == root).count() == 1;
            RigidBodyDefinition parent = bodies[p.parent()];
            if (p.parent() == 0) {
                RobotDefinition r = new RobotDefinition("robot" + root);
                parent = new RigidBodyDefinition("ground" + root);
                r.setRootBodyDefinition(parent);
                robots.put(root, r);
            }
            JointDefinition joint = joint(p, tree);
            RigidBodyDefinition body = new RigidBodyDefinition(p.name());
            body.setMass(p.mass());
            double[] i = p.inertia();
            body.setMomentOfInertia(
                    new Matrix3D(i[0], i[1], i[2], i[3], i[4], i[5], i[6], i[7], i[8]));
            Vec3 com = p.com().minus(p.anchor());
            body.setCenterOfMassOffset(com.x(), com.y(), com.z());
            for (Tree.Shape s : p.shapes()) {
                CollisionShapeDefinition c =
                        new CollisionShapeDefinition(pose(s.at().plus(com), s.turn()), geometry(s));
                long group = alone ? 1 : 2L << (root % 60);
                c.setCollisionGroup(group);
                c.setCollisionMask(alone ? -1L : ~group);
                body.addCollisionShapeDefinition(c);
            }
            parent.addChildJoint(joint);
            joint.setSuccessor(body);
            bodies[p.id()] = body;
        }
        Robot[] of = new Robot[m.nbody];
        robots.forEach((root, definition) -> {
            definition.addControllerDefinition(
                    (in, out) -> servo(in, out, tree, root, servos, target));
            of[root] = new Robot(definition, world);
            engine.addRobot(of[root]);
        });
        Vector3D gravity = new Vector3D(0, 0, -9.81);
        engine.initialize(gravity);
        double[] time = new double[1];
        return new Sim() {
            @Override
            public void target(int dof, double value) {
                target[dof] = value;
            }

            @Override
            public void step() {
                engine.simulate(time[0], dt, gravity);
                time[0] += dt;
            }

            @Override
            public void pose(int body, double[] pose) {
                RigidBodyTransform t =
                        of[tree.root(body)]
                                .getRigidBody(m.bodyName[body])
                                .getBodyFixedFrame()
                                .getTransformToRoot();
                Quaternion q = new Quaternion(t.getRotation());
                double[] all = {
                    t.getTranslationX(),
                    t.getTranslationY(),
                    t.getTranslationZ(),
                    q.getS(),
                    q.getX(),
                    q.getY(),
                    q.getZ()
                };
                System.arraycopy(all, 0, pose, 0, 7);
            }
        };
    }

    private static Controller servo(
            ControllerInput in,
            ControllerOutput out,
            Tree tree,
            int root,
            double[][] servos,
            double[] target) {
        return () -> {
            for (var j : in.getInput().getAllJoints()) {
                if (j instanceof OneDoFJointReadOnly one) {
                    Tree.Part p =
                            tree.parts.stream()
                                    .filter(q -> (q.name() + "_joint").equals(j.getName()))
                                    .findFirst()
                                    .orElseThrow();
                    double[] s = servos[p.dof()];
                    double effort = s[0] * (target[p.dof()] - one.getQ()) - s[1] * one.getQd();
                    ((OneDoFJointStateBasics) out.getJointOutput(j.getName())).setEffort(effort);
                }
            }
        };
    }

    private static JointDefinition joint(Tree.Part p, Tree tree) {
        String name = p.name() + "_joint";
        Vec3 parent = p.parent() == 0 ? Vec3.ZERO : tree.part(p.parent()).anchor();
        Vec3 o = p.anchor().minus(parent);
        Vector3D axis = new Vector3D(p.axis().x(), p.axis().y(), p.axis().z());
        Vector3D offset = new Vector3D(o.x(), o.y(), o.z());
        if (p.joint() == Tree.FREE) {
            SixDoFJointDefinition free = new SixDoFJointDefinition(name);
            free.setInitialJointState(
                    new SixDoFJointState(
                            new Quaternion(),
                            new Point3D(p.anchor().x(), p.anchor().y(), p.anchor().z())));
            return free;
        }
        return p.joint() == Tree.HINGE
                ? new RevoluteJointDefinition(name, offset, axis)
                : new PrismaticJointDefinition(name, offset, axis);
    }

    private static TerrainObjectDefinition floor() {
        CollisionShapeDefinition c =
                new CollisionShapeDefinition(
                        pose(new Vec3(0, 0, -0.5), Quat.IDENTITY),
                        new Box3DDefinition(200, 200, 1));
        c.setCollisionGroup(FLOOR);
        c.setCollisionMask(-1L);
        return new TerrainObjectDefinition(null, c);
    }

    private static GeometryDefinition geometry(Tree.Shape s) {
        double[] z = s.size();
        return s.type() == Tree.BOX
                ? new Box3DDefinition(2 * z[0], 2 * z[1], 2 * z[2])
                : new Capsule3DDefinition(2 * z[1], z[0]);
    }

    private static RigidBodyTransform pose(Vec3 at, Quat q) {
        return new RigidBodyTransform(
                new Quaternion(q.x(), q.y(), q.z(), q.w()), new Vector3D(at.x(), at.y(), at.z()));
    }
}
