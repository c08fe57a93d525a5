package org.openkaiwu.physics;

import java.util.Arrays;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Options.Flag;
import org.openkaiwu.body.Options.Integrator;
import org.openkaiwu.collision.Collider;
import org.openkaiwu.collision.ContactBuffer;
import org.openkaiwu.dynamics.ComPos;
import org.openkaiwu.dynamics.ComVel;
import org.openkaiwu.dynamics.Crb;
import org.openkaiwu.dynamics.FactorM;
import org.openkaiwu.dynamics.Kinematics;
import org.openkaiwu.dynamics.Rne;
import org.openkaiwu.dynamics.TreeData;
import org.openkaiwu.physics.constraint.ConstraintInput;
import org.openkaiwu.physics.constraint.ConstraintStage;
import org.openkaiwu.physics.constraint.LaneStage;

/**
 * The state of one simulated world and everything computed from it, in flat arrays with MuJoCo's
 * names and meanings (SI, radians, world frame unless stated). One thread's. {@link #forward}
 * computes, {@link #step} advances; neither allocates.
 *
 * <pre>{@code
 * Model model = new Model(machine);
 * World world = new World(model);
 * world.ctrl[0] = 1;
 * for (int i = 0; i < 1000; i++) {
 *     world.step();
 * }
 * }</pre>
 */
public final class World {
    /** What went wrong; counted in {@link #warnings}. */
    public enum Warning {
        /** A coordinate is not a number or huge; the world was reset. */
        BAD_QPOS,
        /** A velocity is. */
        BAD_QVEL,
        /** An acceleration is. */
        BAD_QACC,
        /** A control is; all controls counted as zero. */
        BAD_CTRL,
        /** More contacts than {@link ContactBuffer#limit}; the rest was left out. */
        CONTACT_FULL
    }

    /** What a step does with a world whose numbers have run away. */
    public enum Instability {
        /** Back to the start and on, unless the model's {@code autoreset} flag is off. */
        RESET,
        /** Stays as it is; further steps do nothing until the world is reset or restored. */
        STOP
    }

    /** Shared constants. */
    public final Model model;

    /** Shared arrays. */
    public final Machine machine;

    /** Kinematics and inertia. */
    public final TreeData tree;

    // State

    /** Simulated time, s. */
    public double time;

    /** Configuration; the same array as {@code tree.qpos}. Shape nq. */
    public final double[] qpos;

    /** Velocity; the same array as {@code tree.qvel}. Shape nv. */
    public final double[] qvel;

    /** Activations. Shape na. */
    public final double[] act;

    /** Acceleration that the solver starts from. Shape nv. */
    public final double[] qaccWarmstart;

    // Input

    /** Controls. Shape nu. */
    public final double[] ctrl;

    /** Mocap positions; the same array as {@code tree.mocapPos}. Shape nmocap x 3. */
    public final double[] mocapPos;

    /** Mocap orientations; the same array as {@code tree.mocapQuat}. Shape nmocap x 4. */
    public final double[] mocapQuat;

    /** Applied joint forces. Shape nv. */
    public final double[] qfrcApplied;

    /** Applied force and torque at each mass centre, world axes. Shape nbody x 6. */
    public final double[] xfrcApplied;

    /** Equality is switched on. Shape neq. */
    public final boolean[] eqActive;

    // Computed from the configuration

    /** Potential and kinetic energy, J; only with the flag. */
    public final double[] energy = new double[2];

    /** Contacts. */
    public final ContactBuffer contacts = new ContactBuffer();

    /** Constraint rows and their solver. */
    public final ConstraintStage constraints;

    /** Tendon lengths. Shape ntendon. */
    public final double[] tenLength;

    /** Their Jacobians, in the rows of {@link Model#tenJRowadr}. */
    public final double[] tenJ;

    /** First path point of each tendon. Shape ntendon. */
    public final int[] tenWrapadr;

    /** Path points of each tendon. Shape ntendon. */
    public final int[] tenWrapnum;

    /** Object of each path point: geom, -1 site, -2 pulley. */
    public final int[] wrapObj;

    /** Path points. */
    public final double[] wrapXpos;

    /** Body that each path point moves with, -1 for a pulley. */
    final int[] wrapBody;

    /** Divisor of the piece of path that begins at each point. */
    final double[] wrapDivisor;

    /** Spring and damper force of each tendon. Shape ntendon. */
    final double[] tenPassive;

    /** Actuator lengths. Shape nout. */
    public final double[] actuatorLength;

    /** Their Jacobians, in the rows of {@link Model#momentRowadr}. */
    public final double[] actuatorMoment;

    // Computed from the velocity

    /** Shape ntendon. */
    public final double[] tenVelocity;

    /** Shape nout. */
    public final double[] actuatorVelocity;

    /** Spring forces. Shape nv. */
    public final double[] qfrcSpring;

    /** Damper forces. Shape nv. */
    public final double[] qfrcDamper;

    /** Gravity compensation, also that by actuators. Shape nv. */
    public final double[] qfrcGravcomp;

    /** Fluid forces. Shape nv. */
    public final double[] qfrcFluid;

    /** Attraction of adhesive contacts. Shape nv. */
    public final double[] qfrcAdhesion;

    /** Sum of the passive forces. Shape nv. */
    public final double[] qfrcPassive;

    // Computed from controls and applied forces

    /** Rates of the activations. Shape na. */
    public final double[] actDot;

    /** Actuator forces. Shape nout. */
    public final double[] actuatorForce;

    /** Joint forces of the actuators. Shape nv. */
    public final double[] qfrcActuator;

    /** Sum of all forces but the constraints'. Shape nv. */
    public final double[] qfrcSmooth;

    /** Acceleration without constraints. Shape nv. */
    public final double[] qaccSmooth;

    /** Joint forces of the constraints. Shape nv. */
    public final double[] qfrcConstraint;

    /** Acceleration. Shape nv. */
    public final double[] qacc;

    /** Result of {@link #inverse}: force beyond passive and constraint forces. Shape nv. */
    public final double[] qfrcInverse;

    /** Sensor values. Shape nsensordata. */
    public final double[] sensordata;

    /** Warnings so far, by {@link Warning#ordinal}. */
    public final int[] warnings = new int[Warning.values().length];

    /** Index that the last warning of each kind was about: qpos, dof, control or geom. */
    public final int[] warningInfo = new int[Warning.values().length];

    /** Simulated time of the last warning of each kind, s. */
    public final double[] warningTime = new double[Warning.values().length];

    /** What to do with bad numbers; the caller's choice. */
    public Instability onInstability = Instability.RESET;

    /** The world was stopped by bad numbers. */
    public boolean stopped;

    // Scratch of the stages

    final double[] dense;
    final double[] dofScratch;
    final double[] scratch = new double[64];
    final double[] quats = new double[8];
    final double[] matrix66 = new double[36];
    final double[] wrapScratch = new double[Wrapping.SCRATCH];
    final double[] input;
    final History history;
    final Sensors sensors;
    final Sleep sleep;
    int wrapCount;
    private final ConstraintInput constraintInput = new ConstraintInput();
    private final Integrators integrators;
    private final SavedState saved;
    private final Health health;
    private Discrete discrete;
    private boolean treeReady;

    /** A world at the start: {@code qpos0}, at rest. */
    public World(Model model) {
        Machine m = model.machine;
        this.model = model;
        machine = m;
        tree = new TreeData(m, model.tree);
        qpos = tree.qpos;
        qvel = tree.qvel;
        mocapPos = tree.mocapPos;
        mocapQuat = tree.mocapQuat;
        act = new double[m.na];
        qaccWarmstart = new double[m.nv];
        ctrl = new double[m.nu];
        qfrcApplied = new double[m.nv];
        xfrcApplied = new double[6 * m.nbody];
        eqActive = m.eqActive0.clone();
        tenLength = new double[m.ntendon];
        tenJ = new double[model.tenJColind.length];
        tenWrapadr = new int[m.ntendon];
        tenWrapnum = new int[m.ntendon];
        wrapObj = new int[3 * m.nwrap];
        wrapXpos = new double[9 * m.nwrap];
        wrapBody = new int[3 * m.nwrap];
        wrapDivisor = new double[3 * m.nwrap];
        tenPassive = new double[m.ntendon];
        actuatorLength = new double[m.nout];
        actuatorMoment = new double[model.momentColind.length];
        tenVelocity = new double[m.ntendon];
        actuatorVelocity = new double[m.nout];
        qfrcSpring = new double[m.nv];
        qfrcDamper = new double[m.nv];
        qfrcGravcomp = new double[m.nv];
        qfrcFluid = new double[m.nv];
        qfrcAdhesion = new double[m.nv];
        qfrcPassive = new double[m.nv];
        actDot = new double[m.na];
        actuatorForce = new double[m.nout];
        qfrcActuator = new double[m.nv];
        qfrcSmooth = new double[m.nv];
        qaccSmooth = new double[m.nv];
        qfrcConstraint = new double[m.nv];
        qacc = new double[m.nv];
        qfrcInverse = new double[m.nv];
        sensordata = new double[m.nsensordata];
        dense = new double[m.nv];
        dofScratch = new double[m.nv];
        input = new double[m.nu];
        history = new History(this);
        sensors = new Sensors(this);
        sleep = new Sleep(this);
        constraints = new ConstraintStage(model.constraintModel());
        bindConstraints();
        integrators = new Integrators(this);
        saved = new SavedState(this);
        health = new Health(this);
        if (m.option.integrator == Integrator.DISCRETE) {
            discrete();
        }
    }

    /** The discrete integrator's part, made when first asked for. */
    Discrete discrete() {
        if (discrete == null) {
            discrete = new Discrete(this);
        }
        return discrete;
    }

    private void bindConstraints() {
        ConstraintInput in = constraintInput;
        in.data = tree;
        in.contacts = contacts;
        in.eqActive = eqActive;
        in.tenLength = tenLength;
        in.tenJRowadr = model.tenJRowadr;
        in.tenJColind = model.tenJColind;
        in.tenJ = tenJ;
        in.qaccSmooth = qaccSmooth;
        in.qfrcSmooth = qfrcSmooth;
        in.qaccWarmstart = qaccWarmstart;
    }

    /** Back to the start, as after construction; the counts of warnings stay. */
    public void reset() {
        Machine m = machine;
        time = 0;
        stopped = false;
        System.arraycopy(m.qpos0, 0, qpos, 0, m.nq);
        Arrays.fill(qvel, 0);
        Arrays.fill(act, 0);
        Arrays.fill(qaccWarmstart, 0);
        Arrays.fill(ctrl, 0);
        Arrays.fill(qfrcApplied, 0);
        Arrays.fill(xfrcApplied, 0);
        System.arraycopy(m.eqActive0, 0, eqActive, 0, m.neq);
        for (int b = 0; b < m.nbody; b++) {
            int k = m.bodyMocapid[b];
            if (k >= 0) {
                System.arraycopy(m.bodyPos, 3 * b, mocapPos, 3 * k, 3);
                System.arraycopy(m.bodyQuat, 4 * b, mocapQuat, 4 * k, 4);
            }
        }
        Arrays.fill(actDot, 0);
        Arrays.fill(qacc, 0);
        Arrays.fill(sensordata, 0);
        history.reset();
        contacts.clear();
        sleep.reset();
    }

    /** To the state of keyframe k. */
    public void reset(int k) {
        reset();
        Machine m = machine;
        time = m.keyTime[k];
        System.arraycopy(m.keyQpos[k], 0, qpos, 0, m.nq);
        System.arraycopy(m.keyQvel[k], 0, qvel, 0, m.nv);
        System.arraycopy(m.keyAct[k], 0, act, 0, m.na);
        System.arraycopy(m.keyCtrl[k], 0, ctrl, 0, m.nu);
        System.arraycopy(m.keyMpos[k], 0, mocapPos, 0, 3 * m.nmocap);
        System.arraycopy(m.keyMquat[k], 0, mocapQuat, 0, 4 * m.nmocap);
        sleep.reset();
    }

    /** Numbers of a saved state. */
    public int stateSize() {
        return saved.size();
    }

    /**
     * Writes all that the future depends on: time, configuration, velocity, activations, inputs,
     * mocap poses, active equalities, the solver's start, the history of delays and what sleeps.
     *
     * @param out shape {@link #stateSize}
     */
    public void saveState(double[] out) {
        saved.save(out);
    }

    /** The reverse of {@link #saveState}: the same future to the bit. A stopped world goes on. */
    public void restoreState(double[] in) {
        saved.restore(in);
        stopped = false;
    }

    /** Whether a kinematic tree (see {@code Machine.dofTreeid}) has fallen asleep. */
    public boolean asleep(int tree) {
        return sleep.asleep[tree];
    }

    /** Computes everything from the state and the input, without moving on. */
    public void forward() {
        forward(true);
    }

    /** Without sensors and energy if {@code full} is false. */
    void forward(boolean full) {
        smooth(full);
        solve();
        if (full) {
            sensors.run(Sensors.FORCE);
        }
    }

    /** Everything before the constraint forces. */
    private void smooth(boolean full) {
        position();
        if (full) {
            energyOf(true);
        }
        velocity();
        if (full) {
            // after the constraint rows, which the limit sensors read
            sensors.run(Sensors.POSITION);
            energyOf(false);
            sensors.run(Sensors.VELOCITY);
        }
        forces();
    }

    /** Everything that depends on controls and applied forces too. */
    void acceleration() {
        forces();
        solve();
    }

    /** Forces and acceleration without constraints. */
    private void forces() {
        Actuation.run(this);
        Acceleration.run(this);
        boolean plain = machine.option.integrator != Integrator.DISCRETE;
        constraintInput.metric = plain ? null : discrete.metric;
        constraintInput.qfrcSmooth = plain ? qfrcSmooth : discrete.force;
    }

    private void solve() {
        constraints.solve(constraintInput, qacc, qfrcConstraint);
    }

    /** Moves the state by one step of the chosen integrator. */
    void advance() {
        integrators.step();
    }

    private void energyOf(boolean potential) {
        if (!machine.option.enabled(Flag.ENERGY)) {
            energy[0] = 0;
            energy[1] = 0;
        } else if (potential) {
            Energy.potential(this);
        } else {
            Energy.kinetic(this);
        }
    }

    /** Everything that depends on the configuration alone. */
    void position() {
        sleep.wakeTouched();
        kinematics();
        sleep.wakeByTendons();
        if (!treeReady) {
            FactorM.run(machine, tree);
        }
        contacts.clear();
        if (!disabled(Flag.CONTACT) && !disabled(Flag.CONSTRAINT)) {
            Collider collider = model.colliders.take();
            do {
                int[] awake = sleep.count > 0 ? sleep.bodyAwake : null;
                collider.detect(tree.geomXpos, tree.geomXmat, awake, contacts);
            } while (sleep.wakeByContacts(contacts));
            model.colliders.give(collider);
            if (contacts.dropped > 0) {
                warn(Warning.CONTACT_FULL, contacts.geom2[contacts.count - 1]);
            }
        }
        sleep.wakeByEqualities();
        constraintInput.treeAsleep = sleep.count > 0 ? sleep.asleep : null;
        Transmission.run(this);
    }

    /** What depends on the velocity, once more after it has changed. */
    void velocityAgain() {
        velocity();
        sensors.run(Sensors.VELOCITY);
        energyOf(false);
        acceleration();
        sensors.run(Sensors.FORCE);
    }

    /** Frames, tendons and the inertia matrix. */
    void kinematics() {
        if (!treeReady) {
            Kinematics.run(machine, tree);
            ComPos.run(machine, tree);
        }
        Cameras.run(this);
        Tendons.position(this);
        if (!treeReady) {
            Crb.run(machine, tree, model.dofArmature);
        }
        Tendons.armature(this);
    }

    /** Everything that depends on the velocity too. */
    void velocity() {
        Tendons.velocity(this);
        if (disabled(Flag.ACTUATION)) {
            Arrays.fill(actuatorVelocity, 0);
        } else {
            Sparse.mulVec(
                    actuatorVelocity,
                    machine.nout,
                    model.momentRowadr,
                    model.momentColind,
                    actuatorMoment,
                    qvel);
        }
        if (!treeReady) {
            ComVel.run(machine, tree);
            Rne.bias(machine, tree);
        }
        constraints.make(constraintInput);
        Passive.run(this);
        Tendons.bias(this);
    }

    /**
     * The force that makes the acceleration {@link #qacc} at the present configuration and
     * velocity, to {@link #qfrcInverse}; constraint forces go to {@link #qfrcConstraint}. Applied
     * forces and actuators play no part: after {@link #forward} the result equals them.
     */
    public void inverse() {
        position();
        velocity();
        if (machine.option.integrator == Integrator.DISCRETE) {
            Actuation.run(this);
            Acceleration.run(this);
        }
        constraints.inverse(constraintInput, qacc, qfrcConstraint);
        Inverse.run(this, qfrcInverse);
    }

    /** Advances by one time step. */
    public void step() {
        if (beginStep()) {
            smooth(true);
            solve();
            closeStep();
        }
    }

    /** Looks whether a step can be made; resets the world if need be. */
    boolean beginStep() {
        return !stopped && !runaway(qpos, Warning.BAD_QPOS) && !runaway(qvel, Warning.BAD_QVEL);
    }

    /**
     * A step up to its constraint forces.
     *
     * @param ready somebody else has computed what {@link Kinematics}, {@link ComPos}, {@link Crb},
     *     {@link FactorM}, {@link ComVel} and {@link Rne} make of the state
     */
    void openStep(boolean ready) {
        treeReady = ready;
        try {
            smooth(true);
        } finally {
            treeReady = false;
        }
    }

    /** Has the constraint forces of an open step computed together with those of others. */
    void solveIn(LaneStage lanes) {
        lanes.add(machine, constraints, constraintInput, qacc, qfrcConstraint);
    }

    /** A step from its constraint forces on. */
    private void closeStep() {
        if (checkStep()) {
            advance();
        }
    }

    /** What follows on the constraint forces, up to moving the state; false when stopped. */
    boolean checkStep() {
        sensors.run(Sensors.FORCE);
        if (health.check(qacc, Warning.BAD_QACC)) {
            if (stopped) {
                return false;
            }
            reset();
            forward(true);
        }
        return true;
    }

    Integrators integrators() {
        return integrators;
    }

    /** Resets a world with bad numbers; true when it was stopped instead. */
    private boolean runaway(double[] x, Warning kind) {
        if (health.check(x, kind) && !stopped) {
            reset();
        }
        return stopped;
    }

    void warn(Warning kind, int info) {
        warnings[kind.ordinal()]++;
        warningInfo[kind.ordinal()] = info;
        warningTime[kind.ordinal()] = time;
    }

    /** What the last warning of a kind was about, which joint and body, when; for people. */
    public String warningText(Warning kind) {
        return warnings[kind.ordinal()] == 0 ? "" : health.describe(kind);
    }

    static boolean bad(double x) {
        return !(x <= 1e10 && x >= -1e10);
    }

    boolean disabled(Flag flag) {
        return machine.option.disable.contains(flag);
    }

    boolean gravityOn() {
        double[] g = machine.option.gravity;
        return !disabled(Flag.GRAVITY) && (g[0] != 0 || g[1] != 0 || g[2] != 0);
    }

    /** Moves {@code s dense} into the sparse row r and clears it there. */
    void gatherRow(int[] rowadr, int[] colind, int r, double[] a, double s) {
        for (int k = rowadr[r]; k < rowadr[r + 1]; k++) {
            int i = colind[k];
            a[k] = s * dense[i];
            dense[i] = 0;
        }
    }
}
