package org.openkaiwu.checks.peers;

import com.jme3.bullet.MultiBody;
import com.jme3.bullet.MultiBodyLink;
import com.jme3.bullet.MultiBodySpace;
import com.jme3.bullet.PhysicsSpace;
import com.jme3.bullet.collision.shapes.BoxCollisionShape;
import com.jme3.bullet.collision.shapes.CapsuleCollisionShape;
import com.jme3.bullet.collision.shapes.CompoundCollisionShape;
import com.jme3.bullet.collision.shapes.PlaneCollisionShape;
import com.jme3.bullet.objects.MultiBodyCollider;
import com.jme3.bullet.objects.PhysicsRigidBody;
import com.jme3.math.Plane;
import com.jme3.math.Quaternion;
import com.jme3.math.Transform;
import com.jme3.math.Vector3f;
import com.jme3.system.NativeLibraryLoader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.openkaiwu.body.Machine;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Vec3;

/** Bullet through Libbulletjme: Featherstone multibodies, sequential impulses, floats. */
final class Bullet implements Engine {
    private static boolean loaded;

    @Override
    public String name() {
        return "Bullet (Libbulletjme 23.1.0)";
    }

    @Override
    public String cannot() {
        return "native library in floats; multibodies without principal axes other than the link's; no MJCF, no"
                + " soft-contact parameters, no derivatives";
    }

    private static void load() {
        if (loaded) {
            return;
        }
        java.util.logging.Logger.getLogger("com.jme3").setLevel(java.util.logging.Level.OFF);
        try (InputStream lib =
                Bullet.class.getResourceAsStream("/native/linux/x86_64/libbulletjme.so")) {
            File folder = Files.createTempDirectory("bullet").toFile();
            // The loader looks for <platform><build><flavour>_bulletjme.so in the folder.
            Path to = folder.toPath().resolve("Linux64ReleaseSp_libbulletjme.so");
            Files.copy(lib, to, StandardCopyOption.REPLACE_EXISTING);
            folder.deleteOnExit();
            to.toFile().deleteOnExit();
            NativeLibraryLoader.loadLibbulletjme(true, folder, "Release", "Sp");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        loaded = true;
    }

    @Override
    public Sim open(Machine m, double[][] servos, double dt) {
        load();
        Vector3f far = new Vector3f(1000, 1000, 1000);
        MultiBodySpace space =
                new MultiBodySpace(far.negate(), far, PhysicsSpace.BroadphaseType.DBVT);
        space.setGravity(new Vector3f(0, 0, -9.81f));
        space.setAccuracy((float) dt);
        space.setMaxSubSteps(1);
        PhysicsRigidBody floor =
                new PhysicsRigidBody(new PlaneCollisionShape(new Plane(Vector3f.UNIT_Z, 0)), 0);
        floor.setFriction(1);
        space.addCollisionObject(floor);

        Tree tree = new Tree(m);
        PhysicsRigidBody[] free = new PhysicsRigidBody[m.nbody];
        MultiBody[] trees = new MultiBody[m.nbody];
        MultiBodyLink[] links = new MultiBodyLink[m.nbody];
        for (Tree.Part p : tree.parts) {
            int root = tree.root(p.id());
            int below = count(tree, root) - 1;
            if (p.id() == root && below == 0 && p.joint() == Tree.FREE) {
                PhysicsRigidBody b = new PhysicsRigidBody(shape(p), (float) p.mass());
                b.setPhysicsLocation(vec(p.com()));
                b.setFriction(0.8f);
                b.setEnableSleep(false);
                free[p.id()] = b;
                space.addCollisionObject(b);
                continue;
            }
            boolean floating = tree.part(root).joint() == Tree.FREE;
            if (p.id() == root && floating) {
                MultiBody t = new MultiBody(below, (float) p.mass(), inertia(p), false, false);
                t.setBaseLocation(vec(p.com()));
                trees[root] = t;
                MultiBodyCollider collider = t.addBaseCollider(shape(p));
                collider.setFriction(0.8f);
                collider.setPhysicsLocation(vec(p.com()));
                continue;
            }
            if (trees[root] == null) {
                trees[root] = new MultiBody(below + 1, 1, new Vector3f(1, 1, 1), true, false);
            }
            Vec3 parentCom = p.parent() == 0 ? Vec3.ZERO : tree.part(p.parent()).com();
            Vector3f toPivot = vec(p.anchor().minus(parentCom));
            Vector3f toLink = vec(p.com().minus(p.anchor()));
            MultiBody t = trees[root];
            Quaternion straight = new Quaternion();
            MultiBodyLink l =
                    p.joint() == Tree.HINGE
                            ? t.configureRevoluteLink(
                                    (float) p.mass(),
                                    inertia(p),
                                    links[p.parent()],
                                    straight,
                                    vec(p.axis()),
                                    toPivot,
                                    toLink,
                                    false)
                            : t.configurePrismaticLink(
                                    (float) p.mass(),
                                    inertia(p),
                                    links[p.parent()],
                                    straight,
                                    vec(p.axis()),
                                    toPivot,
                                    toLink,
                                    false);
            links[p.id()] = l;
            MultiBodyCollider collider = l.addCollider(shape(p));
            collider.setFriction(0.8f);
            // Until the first step every collider would be at the origin, overlapping the others.
            collider.setPhysicsLocation(vec(p.com()));
        }
        for (MultiBody t : trees) {
            if (t != null) {
                space.add(t);
            }
        }
        double[] target = new double[m.nv];
        return new Sim() {
            @Override
            public void target(int dof, double value) {
                target[dof] = value;
            }

            @Override
            public void step() {
                for (Tree.Part p : tree.parts) {
                    if (links[p.id()] != null && servos[p.dof()][0] > 0) {
                        double[] s = servos[p.dof()];
                        MultiBodyLink l = links[p.id()];
                        double f =
                                s[0] * (target[p.dof()] - l.jointPosition(0))
                                        - s[1] * l.jointVelocity(0);
                        l.addJointTorque(0, (float) f);
                    }
                }
                space.update((float) dt, 0, false, false, false);
            }

            @Override
            public void pose(int body, double[] pose) {
                Transform t = new Transform();
                if (free[body] != null) {
                    free[body].getTransform(t);
                } else if (links[body] != null) {
                    links[body].worldTransform(t);
                } else {
                    trees[body].baseTransform(t);
                }
                Vector3f v = t.getTranslation();
                Quaternion q = t.getRotation();
                double[] all = {v.x, v.y, v.z, q.getW(), q.getX(), q.getY(), q.getZ()};
                System.arraycopy(all, 0, pose, 0, 7);
            }

            @Override
            public void close() {
                space.destroy();
            }
        };
    }

    private static int count(Tree tree, int root) {
        return (int) tree.parts.stream().filter(p -> tree.root(p.id()) == root).count();
    }

    private static CompoundCollisionShape shape(Tree.Part p) {
        CompoundCollisionShape all = new CompoundCollisionShape();
        for (Tree.Shape s : p.shapes()) {
            double[] z = s.size();
            Quat q = s.turn();
            Transform where = new Transform();
            where.setTranslation(vec(s.at()));
            where.setRotation(
                    new Quaternion((float) q.x(), (float) q.y(), (float) q.z(), (float) q.w()));
            var shape =
                    s.type() == Tree.BOX
                            ? new BoxCollisionShape((float) z[0], (float) z[1], (float) z[2])
                            : new CapsuleCollisionShape((float) z[0], (float) (2 * z[1]), 2);
            shape.setMargin(0.001f);
            all.addChildShape(shape, where);
        }
        return all;
    }

    private static Vector3f inertia(Tree.Part p) {
        double[] i = p.inertia();
        return new Vector3f((float) i[0], (float) i[4], (float) i[8]);
    }

    private static Vector3f vec(Vec3 v) {
        return new Vector3f((float) v.x(), (float) v.y(), (float) v.z());
    }
}
