package org.openkaiwu.body;

/** Physics options of a model, MuJoCo's {@code mjOption} with its names and defaults. */
public final class Options {
    /** How a state is advanced. */
    public enum Integrator {
        EULER,
        RK4,
        IMPLICIT,
        IMPLICITFAST,
        DISCRETE
    }

    /** Shape of the friction cones. */
    public enum Cone {
        PYRAMIDAL,
        ELLIPTIC
    }

    /** Constraint solver. */
    public enum Solver {
        PGS,
        CG,
        NEWTON
    }

    /** Storage of the constraint Jacobian. */
    public enum JacobianForm {
        DENSE,
        SPARSE,
        AUTO
    }

    /** Flags that switch a part off or on; each is off in {@link #disable} and {@link #enable}. */
    public enum Flag {
        // in disable
        CONSTRAINT,
        EQUALITY,
        FRICTIONLOSS,
        LIMIT,
        CONTACT,
        SPRING,
        DAMPER,
        GRAVITY,
        CLAMPCTRL,
        WARMSTART,
        FILTERPARENT,
        ACTUATION,
        REFSAFE,
        SENSOR,
        MIDPHASE,
        EULERDAMP,
        AUTORESET,
        NATIVECCD,
        ISLAND,
        MULTICCD,
        // in enable
        OVERRIDE,
        ENERGY,
        FWDINV,
        INVDISCRETE,
        SLEEP,
        DIAGEXACT,
        IPC
    }

    public double timestep = 0.002;
    public double impratio = 1;
    public double tolerance = 1e-8;
    public double lsTolerance = 0.01;
    public double noslipTolerance = 1e-6;
    public double ccdTolerance = 1e-6;
    public double sleepTolerance = 1e-3;
    public double[] gravity = {0, 0, -9.81};
    public double[] wind = {0, 0, 0};
    public double[] magnetic = {0, -0.5, 0};
    public double density;
    public double viscosity;
    public double oMargin;
    public double[] oSolref = {0.02, 1};
    public double[] oSolimp = {0.9, 0.95, 0.001, 0.5, 2};
    public double[] oFriction = {1, 1, 0.005, 0.0001, 0.0001};
    public Integrator integrator = Integrator.EULER;
    public Cone cone = Cone.PYRAMIDAL;
    public Solver solver = Solver.NEWTON;
    public JacobianForm jacobian = JacobianForm.AUTO;
    public int iterations = 100;
    public int lsIterations = 50;
    public int noslipIterations;
    public int ccdIterations = 35;
    public int disableactuator;

    /** Flags of the first kind that the file switches off. */
    public final java.util.EnumSet<Flag> disable = java.util.EnumSet.noneOf(Flag.class);

    /** Flags of the second kind that the file switches on. */
    public final java.util.EnumSet<Flag> enable = java.util.EnumSet.noneOf(Flag.class);

    public boolean disabled(Flag flag) {
        return disable.contains(flag);
    }

    public boolean enabled(Flag flag) {
        return enable.contains(flag);
    }

    /** A copy that shares nothing. */
    public Options copy() {
        Options o = new Options();
        o.timestep = timestep;
        o.impratio = impratio;
        o.tolerance = tolerance;
        o.lsTolerance = lsTolerance;
        o.noslipTolerance = noslipTolerance;
        o.ccdTolerance = ccdTolerance;
        o.sleepTolerance = sleepTolerance;
        o.gravity = gravity.clone();
        o.wind = wind.clone();
        o.magnetic = magnetic.clone();
        o.density = density;
        o.viscosity = viscosity;
        o.oMargin = oMargin;
        o.oSolref = oSolref.clone();
        o.oSolimp = oSolimp.clone();
        o.oFriction = oFriction.clone();
        o.integrator = integrator;
        o.cone = cone;
        o.solver = solver;
        o.jacobian = jacobian;
        o.iterations = iterations;
        o.lsIterations = lsIterations;
        o.noslipIterations = noslipIterations;
        o.ccdIterations = ccdIterations;
        o.disableactuator = disableactuator;
        o.disable.addAll(disable);
        o.enable.addAll(enable);
        return o;
    }
}
