package org.openkaiwu.physics;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.openkaiwu.body.Machine;
import org.openkaiwu.collision.Collider;
import org.openkaiwu.dynamics.Tree;
import org.openkaiwu.math.Pool;
import org.openkaiwu.physics.constraint.ConstraintModel;
import org.openkaiwu.physics.constraint.Solvers;

/**
 * A {@link Machine} made ready for simulation: its index arrays, and the constants that need
 * kinematics or dynamics at {@code qpos0}. Immutable, shared by all {@link World}s.
 *
 * <p>Names are MuJoCo's in camel case; units SI and radians.
 */
public final class Model {
    /** The compiled arrays. */
    public final Machine machine;

    /** Index arrays of the kinematic tree. */
    public final Tree tree;

    // Added by actuators to what joints and tendons have themselves

    /** Armature of each dof, actuators' included. Shape nv. */
    public final double[] dofArmature;

    /** Linear damping of each dof, actuators' included. Shape nv. */
    public final double[] dofDamping;

    /** Armature of each tendon, actuators' included. Shape ntendon. */
    public final double[] tendonArmature;

    /** Linear damping of each tendon, actuators' included. Shape ntendon. */
    public final double[] tendonDamping;

    /** Linear stiffness of each joint's spring, {@code springdamper} included. Shape njnt. */
    public final double[] jntStiffness;

    // Sparse rows of the tendon Jacobians

    /** Where row t of the tendon Jacobian begins. Shape ntendon + 1. */
    public final int[] tenJRowadr;

    /** Dofs of the tendon Jacobians, ascending within a row. */
    public final int[] tenJColind;

    // Sparse rows of the actuator moments

    /** Where row o of the actuator moments begins. Shape nout + 1. */
    public final int[] momentRowadr;

    /** Dofs of the actuator moments, ascending within a row. */
    public final int[] momentColind;

    // Short lists, so that a step passes over what does nothing

    /** Joints with a spring. */
    final int[] springJoints;

    /** Dofs with damping. */
    final int[] dampedDofs;

    /** Bodies with gravity compensation that some dof moves. */
    final int[] gravcompBodies;

    /** Body has a single free joint and no children. */
    final boolean[] freeBody;

    /** Such bodies. */
    final int[] freeBodies;

    /** Some geom or pair is adhesive. */
    final boolean adhesive;

    /** Camera position from its body at qpos0, world axes. Shape ncam x 3. */
    final double[] camPos0;

    /** Camera position from the mass centre it follows at qpos0. Shape ncam x 3. */
    final double[] camPoscom0;

    /** Camera axes at qpos0. Shape ncam x 9. */
    final double[] camMat0;

    // Constants at qpos0

    /** Diagonal of M. Shape nv. */
    public final double[] dofM0;

    /** Inverse inertia seen by each dof, averaged over a joint's dofs of one kind. Shape nv. */
    public final double[] dofInvweight0;

    /** Mean translational and rotational inverse inertia of each body. Shape nbody x 2. */
    public final double[] bodyInvweight0;

    /** Tendon length, m or rad. Shape ntendon. */
    public final double[] tendonLength0;

    /** {@code J M^-1 J'} of each tendon. Shape ntendon. */
    public final double[] tendonInvweight0;

    /** Dead band of the tendon springs, the length at rest filled in. Shape ntendon x 2. */
    public final double[] tendonLengthspring;

    /** Actuator length. Shape nout. */
    public final double[] actuatorLength0;

    /** Acceleration per unit of actuator force: norm of {@code M^-1 moment'}. Shape nout. */
    public final double[] actuatorAcc0;

    /** Feasible lengths. Shape nout x 2. */
    public final double[] actuatorLengthrange;

    /** Bias parameters, damping ratios turned into damping. Shape nactuator x 10. */
    public final double[] actuatorBiasprm;

    /** Mean of the diagonal of M, kg or kg m^2. */
    public double meaninertia;

    /** Size of the model, m. */
    public double extent;

    /** Which trees may fall asleep. */
    final SleepPolicy sleepPolicy;

    /** Scratch of collision detection; worlds that are stepped in turn use one in turn. */
    final Pool<Collider> colliders;

    private final Solvers solvers;

    public Model(Machine machine) {
        Machine m = machine;
        this.machine = m;
        colliders = new Pool<>(() -> new Collider(m));
        colliders.give(new Collider(m));
        solvers = new Solvers(m);
        tree = new Tree(m);
        dofArmature = m.dofArmature.clone();
        dofDamping = m.dofDamping.clone();
        tendonArmature = m.tendonArmature.clone();
        tendonDamping = m.tendonDamping.clone();
        ActuatorShare.add(m, dofArmature, dofDamping, tendonArmature, tendonDamping);
        boolean[][] tendons = Patterns.tendons(m, tree);
        tenJRowadr = Patterns.rowadr(tendons);
        tenJColind = Patterns.colind(tendons);
        boolean[][] moments = Patterns.moments(m, tree, tendons);
        momentRowadr = Patterns.rowadr(moments);
        momentColind = Patterns.colind(moments);
        camPos0 = new double[3 * m.ncam];
        camPoscom0 = new double[3 * m.ncam];
        camMat0 = new double[9 * m.ncam];
        dofM0 = new double[m.nv];
        dofInvweight0 = new double[m.nv];
        bodyInvweight0 = new double[2 * m.nbody];
        tendonLength0 = new double[m.ntendon];
        tendonInvweight0 = new double[m.ntendon];
        tendonLengthspring = m.tendonLengthspring.clone();
        actuatorLength0 = new double[m.nout];
        actuatorAcc0 = new double[m.nout];
        actuatorLengthrange = Arrays.copyOf(m.actuatorLengthrange, 2 * m.nout);
        actuatorBiasprm = m.actuatorBiasprm.clone();
        jntStiffness = m.jntStiffness.clone();
        Constants.compute(this);
        springJoints =
                IntStream.range(0, m.njnt)
                        .filter(j ->
                                jntStiffness[j] != 0 || !Polynomial.zero(m.jntStiffnesspoly, 2 * j))
                        .toArray();
        dampedDofs =
                IntStream.range(0, m.nv)
                        .filter(i ->
                                dofDamping[i] != 0 || !Polynomial.zero(m.dofDampingpoly, 2 * i))
                        .toArray();
        gravcompBodies =
                IntStream.range(1, m.nbody)
                        .filter(b -> m.bodyGravcomp[b] != 0 && tree.bodyLastDof[b] >= 0)
                        .toArray();
        freeBody = new boolean[m.nbody];
        for (int b = 1; b < m.nbody; b++) {
            freeBody[b] =
                    m.bodyJntnum[b] == 1
                            && m.jntType[m.bodyJntadr[b]] == Joints.FREE
                            && m.bodySubtreemass[b] == m.bodyMass[b]
                            && lastOfTree(m, b);
        }
        freeBodies = IntStream.range(1, m.nbody).filter(b -> freeBody[b]).toArray();
        adhesive =
                DoubleStream.concat(Arrays.stream(m.geomAdhesion), Arrays.stream(m.pairAdhesion))
                        .anyMatch(a -> a != 0);
        LengthRange.compute(this);
        sleepPolicy = new SleepPolicy(m, tenJRowadr, tenJColind);
    }

    /** No dof after those of the body belongs to its tree. */
    private static boolean lastOfTree(Machine m, int b) {
        int next = m.bodyDofadr[b] + 6;
        return next == m.nv || m.dofParentid[next] < 0;
    }

    /** No tendon adds to the inertia matrix. */
    boolean tendonsWeighNothing() {
        for (double armature : tendonArmature) {
            if (armature != 0) {
                return false;
            }
        }
        return true;
    }

    /** What the constraint stage reads. */
    ConstraintModel constraintModel() {
        return new ConstraintModel(
                machine,
                tree,
                bodyInvweight0,
                dofInvweight0,
                tendonInvweight0,
                tendonLength0,
                meaninertia,
                solvers);
    }
}
