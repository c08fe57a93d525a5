package org.openkaiwu.checks.peers;

import org.openkaiwu.body.Machine;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Vec3;
import physx.PxTopLevelFunctions;
import physx.common.PxDefaultAllocator;
import physx.common.PxDefaultErrorCallback;
import physx.common.PxFoundation;
import physx.common.PxQuat;
import physx.common.PxTolerancesScale;
import physx.common.PxTransform;
import physx.common.PxVec3;
import physx.geometry.PxBoxGeometry;
import physx.geometry.PxCapsuleGeometry;
import physx.geometry.PxGeometry;
import physx.geometry.PxPlaneGeometry;
import physx.physics.PxArticulationAxisEnum;
import physx.physics.PxArticulationDrive;
import physx.physics.PxArticulationDriveTypeEnum;
import physx.physics.PxArticulationFlagEnum;
import physx.physics.PxArticulationJointReducedCoordinate;
import physx.physics.PxArticulationJointTypeEnum;
import physx.physics.PxArticulationLink;
import physx.physics.PxArticulationMotionEnum;
import physx.physics.PxArticulationReducedCoordinate;
import physx.physics.PxFilterData;
import physx.physics.PxMaterial;
import physx.physics.PxPhysics;
import physx.physics.PxRigidActor;
import physx.physics.PxRigidBody;
import physx.physics.PxRigidDynamic;
import physx.physics.PxRigidStatic;
import physx.physics.PxScene;
import physx.physics.PxSceneDesc;
import physx.physics.PxShape;
import physx.physics.PxShapeFlagEnum;
import physx.physics.PxShapeFlags;
import physx.physics.PxSolverTypeEnum;

/**
 * PhysX through physx-jni: reduced-coordinate articulations, the TGS solver, one thread, floats.
 */
final class Physx implements Engine {
    private static PxFoundation foundation;
    private static PxPhysics physics;

    @Override
    public String name() {
        return "PhysX 5 (physx-jni 2.4.1)";
    }

    @Override
    public String cannot() {
        return "native library in floats, results differ by platform; no MJCF, no soft-contact parameters as MuJoCo's,"
                + " no inverse dynamics of contacts";
    }

    private static PxPhysics physics() {
        if (physics == null) {
            int version = PxTopLevelFunctions.getPHYSICS_VERSION();
            foundation =
                    PxTopLevelFunctions.CreateFoundation(
                            version, new PxDefaultAllocator(), new PxDefaultErrorCallback());
            physics =
                    PxTopLevelFunctions.CreatePhysics(version, foundation, new PxTolerancesScale());
        }
        return physics;
    }

    @Override
    public Sim open(Machine m, double[][] servos, double dt) {
        PxPhysics px = physics();
        PxSceneDesc desc = new PxSceneDesc(new PxTolerancesScale());
        desc.setGravity(new PxVec3(0, 0, -9.81f));
        desc.setCpuDispatcher(PxTopLevelFunctions.DefaultCpuDispatcherCreate(0));
        desc.setFilterShader(PxTopLevelFunctions.DefaultFilterShader());
        desc.setSolverType(PxSolverTypeEnum.eTGS);
        PxScene scene = px.createScene(desc);
        PxMaterial material = px.createMaterial(0.8f, 0.8f, 0);
        floor(px, scene, material);

        Tree tree = new Tree(m);
        PxRigidBody[] bodies = new PxRigidBody[m.nbody];
        PxArticulationJointReducedCoordinate[] joints =
                new PxArticulationJointReducedCoordinate[m.nv];
        PxArticulationReducedCoordinate[] articulations =
                new PxArticulationReducedCoordinate[m.nbody];
        for (Tree.Part p : tree.parts) {
            int root = tree.root(p.id());
            boolean alone = p.id() == root && !hasChild(m, root) && p.joint() == Tree.FREE;
            if (alone) {
                PxRigidDynamic d = px.createRigidDynamic(at(p.com()));
                bodies[p.id()] = d;
                d.setSleepThreshold(0);
                dress(px, d, p, material);
                scene.addActor(d);
                continue;
            }
            PxArticulationReducedCoordinate a = articulations[root];
            if (a == null) {
                a = px.createArticulationReducedCoordinate();
                a.setArticulationFlag(
                        PxArticulationFlagEnum.eFIX_BASE, tree.part(root).joint() != Tree.FREE);
                a.setArticulationFlag(PxArticulationFlagEnum.eDISABLE_SELF_COLLISION, false);
                a.setSleepThreshold(0);
                articulations[root] = a;
            }
            PxArticulationLink parent = (PxArticulationLink) bodies[p.parent()];
            Vec3 parentCom = p.parent() == 0 ? Vec3.ZERO : tree.part(p.parent()).com();
            if (p.parent() == 0 && p.joint() != Tree.FREE) {
                parent = a.createLink(null, at(Vec3.ZERO)); // what the first joint turns against
            }
            PxArticulationLink link = a.createLink(parent, at(p.com()));
            bodies[p.id()] = link;
            dress(px, link, p, material);
            if (p.joint() == Tree.HINGE || p.joint() == Tree.SLIDE) {
                joints[p.dof()] = joint(link, p, parentCom, servos[p.dof()]);
            }
        }
        for (PxArticulationReducedCoordinate a : articulations) {
            if (a != null) {
                scene.addArticulation(a);
            }
        }
        return new Sim() {
            @Override
            public void target(int dof, double value) {
                PxArticulationAxisEnum axis =
                        m.jntType[m.dofJntid[dof]] == Tree.HINGE
                                ? PxArticulationAxisEnum.eTWIST
                                : PxArticulationAxisEnum.eX;
                joints[dof].setDriveTarget(axis, (float) value);
            }

            @Override
            public void step() {
                scene.simulate((float) dt);
                scene.fetchResults(true);
            }

            @Override
            public void pose(int body, double[] pose) {
                PxTransform t = bodies[body].getGlobalPose();
                PxVec3 p = t.getP();
                PxQuat q = t.getQ();
                double[] all = {
                    p.getX(), p.getY(), p.getZ(), q.getW(), q.getX(), q.getY(), q.getZ()
                };
                System.arraycopy(all, 0, pose, 0, 7);
            }

            @Override
            public void close() {
                scene.release();
            }
        };
    }

    private static boolean hasChild(Machine m, int body) {
        for (int b = 1; b < m.nbody; b++) {
            if (m.bodyParentid[b] == body) {
                return true;
            }
        }
        return false;
    }

    /** A joint whose x is the axis, as this engine's twist and first slide want it. */
    private static PxArticulationJointReducedCoordinate joint(
            PxArticulationLink link, Tree.Part p, Vec3 parentCom, double[] servo) {
        boolean hinge = p.joint() == Tree.HINGE;
        Quat turn = toX(p.axis());
        PxArticulationJointReducedCoordinate j = link.getInboundJoint();
        j.setJointType(
                hinge
                        ? PxArticulationJointTypeEnum.eREVOLUTE
                        : PxArticulationJointTypeEnum.ePRISMATIC);
        j.setParentPose(new PxTransform(vec(p.anchor().minus(parentCom)), quat(turn)));
        j.setChildPose(new PxTransform(vec(p.anchor().minus(p.com())), quat(turn)));
        PxArticulationAxisEnum axis =
                hinge ? PxArticulationAxisEnum.eTWIST : PxArticulationAxisEnum.eX;
        j.setMotion(axis, PxArticulationMotionEnum.eFREE);
        j.setFrictionCoefficient(0);
        j.setDriveParams(
                axis,
                new PxArticulationDrive(
                        (float) servo[0],
                        (float) servo[1],
                        Float.MAX_VALUE,
                        PxArticulationDriveTypeEnum.eFORCE));
        return j;
    }

    private static void floor(PxPhysics px, PxScene scene, PxMaterial material) {
        Quat up = toX(Vec3.Z);
        PxRigidStatic s = px.createRigidStatic(new PxTransform(vec(Vec3.ZERO), quat(up)));
        attach(px, s, new PxPlaneGeometry(), material, null);
        scene.addActor(s);
    }

    private static void dress(PxPhysics px, PxRigidBody body, Tree.Part p, PxMaterial material) {
        for (Tree.Shape s : p.shapes()) {
            double[] z = s.size();
            boolean box = s.type() == Tree.BOX;
            PxGeometry g =
                    box
                            ? new PxBoxGeometry((float) z[0], (float) z[1], (float) z[2])
                            : new PxCapsuleGeometry((float) z[0], (float) z[1]);
            Quat turn = box ? s.turn() : s.turn().times(toX(Vec3.Z));
            attach(px, body, g, material, new PxTransform(vec(s.at()), quat(turn)));
        }
        body.setMass((float) p.mass());
        double[] i = p.inertia();
        body.setMassSpaceInertiaTensor(new PxVec3((float) i[0], (float) i[4], (float) i[8]));
        body.setCMassLocalPose(at(Vec3.ZERO));
    }

    private static void attach(
            PxPhysics px,
            PxRigidActor actor,
            PxGeometry g,
            PxMaterial material,
            PxTransform where) {
        PxShapeFlags flags = new PxShapeFlags((byte) PxShapeFlagEnum.eSIMULATION_SHAPE.value);
        PxShape shape = px.createShape(g, material, true, flags);
        if (where != null) {
            shape.setLocalPose(where);
        }
        shape.setContactOffset(0.005f);
        shape.setRestOffset(0);
        shape.setSimulationFilterData(new PxFilterData(1, 1, 0, 0));
        actor.attachShape(shape);
    }

    /** The turn that takes x to an axis. */
    private static Quat toX(Vec3 axis) {
        Vec3 a = axis.unit();
        double c = a.x();
        if (c < -1 + 1e-9) {
            return Quat.about(Vec3.Z, Math.PI);
        }
        Vec3 n = Vec3.X.cross(a);
        return new Quat(1 + c, n.x(), n.y(), n.z()).unit();
    }

    private static PxTransform at(Vec3 v) {
        return new PxTransform(vec(v), quat(Quat.IDENTITY));
    }

    private static PxVec3 vec(Vec3 v) {
        return new PxVec3((float) v.x(), (float) v.y(), (float) v.z());
    }

    private static PxQuat quat(Quat q) {
        return new PxQuat((float) q.x(), (float) q.y(), (float) q.z(), (float) q.w());
    }
}
