package org.openkaiwu.body;

import java.util.List;
import org.openkaiwu.math.Problem;

/**
 * A compiled machine, or a whole scene of machines and things: flat arrays in MuJoCo's order and
 * meaning, shared by every algorithm.
 *
 * <p>Names are those of MuJoCo's {@code mjModel} in camel case ({@code body_parentid} is {@code
 * bodyParentid}), so that its documentation serves here too. All quantities are SI and radians;
 * quaternions are w x y z; matrices are row-major. Body 0 is the world. A {@link Compiler} fills
 * the arrays once; afterwards nothing writes to them.
 *
 * <p>What needs kinematics at {@code qpos0} ({@code dofInvweight0}, {@code tendonLength0}, ...) is
 * in {@code physics.Model}.
 */
public final class Machine {
    /** Name of the model, as the file says. */
    public String name = "";

    /** Solver and integrator options. */
    public Options option = new Options();

    /** Typical sizes that the file states; NaN where it does not. */
    public Statistic stat = new Statistic();

    /** What was noticed while reading and compiling; no ERROR among them. */
    public List<Problem> problems = List.of();

    // Sizes

    /** Generalized coordinates. */
    public int nq;

    /** Degrees of freedom. */
    public int nv;

    /** Control inputs. */
    public int nu;

    /** Activation states. */
    public int na;

    /** Actuators. */
    public int nactuator;

    /** Actuator outputs (forces). */
    public int nout;

    /** Bodies, world included. */
    public int nbody;

    /** Joints. */
    public int njnt;

    /** Geoms. */
    public int ngeom;

    /** Sites. */
    public int nsite;

    /** Cameras. */
    public int ncam;

    /** Lights. */
    public int nlight;

    /** Meshes. */
    public int nmesh;

    /** Height fields. */
    public int nhfield;

    /** Explicit contact pairs. */
    public int npair;

    /** Excluded body pairs. */
    public int nexclude;

    /** Equality constraints. */
    public int neq;

    /** Tendons. */
    public int ntendon;

    /** Tendon path elements. */
    public int nwrap;

    /** Sensors. */
    public int nsensor;

    /** Sensor numbers. */
    public int nsensordata;

    /** Keyframes. */
    public int nkey;

    /** Mocap bodies. */
    public int nmocap;

    /** Kinematic trees. */
    public int ntree;

    /** Non-zeros of the lower triangle of M. */
    public int nM;

    // Default configuration

    /** Configuration at the model's rest. Shape nq. */
    public double[] qpos0 = new double[0];

    /** Where joint springs are at rest. Shape nq. */
    public double[] qposSpring = new double[0];

    // Bodies

    /** Parent body. Shape nbody. */
    public int[] bodyParentid = new int[0];

    /** Ancestor that is a child of the world. Shape nbody. */
    public int[] bodyRootid = new int[0];

    /** Body that this one is welded to. Shape nbody. */
    public int[] bodyWeldid = new int[0];

    /** Mocap index or -1. Shape nbody. */
    public int[] bodyMocapid = new int[0];

    /** Joints. Shape nbody. */
    public int[] bodyJntnum = new int[0];

    /** First joint or -1. Shape nbody. */
    public int[] bodyJntadr = new int[0];

    /** Degrees of freedom. Shape nbody. */
    public int[] bodyDofnum = new int[0];

    /** First dof or -1. Shape nbody. */
    public int[] bodyDofadr = new int[0];

    /** Kinematic tree or -1. Shape nbody. */
    public int[] bodyTreeid = new int[0];

    /** Geoms. Shape nbody. */
    public int[] bodyGeomnum = new int[0];

    /** First geom or -1. Shape nbody. */
    public int[] bodyGeomadr = new int[0];

    /** 1: M is diagonal for it; 2: sliders only. Shape nbody. */
    public int[] bodySimple = new int[0];

    /**
     * Whose frame the inertial frame equals (to 1e-6): 0 none, 1 the body's, 3 the body's in
     * orientation only. Shape nbody.
     */
    public int[] bodySameframe = new int[0];

    /** Position in the parent's frame. Shape nbody x 3. */
    public double[] bodyPos = new double[0];

    /** Orientation in the parent's frame. Shape nbody x 4. */
    public double[] bodyQuat = new double[0];

    /** Mass centre in the body frame. Shape nbody x 3. */
    public double[] bodyIpos = new double[0];

    /** Principal axes in the body frame. Shape nbody x 4. */
    public double[] bodyIquat = new double[0];

    /** Kg. Shape nbody. */
    public double[] bodyMass = new double[0];

    /** Mass of body and descendants, kg. Shape nbody. */
    public double[] bodySubtreemass = new double[0];

    /** Principal moments, kg m^2. Shape nbody x 3. */
    public double[] bodyInertia = new double[0];

    /** Gravity compensation, 1 = whole weight. Shape nbody. */
    public double[] bodyGravcomp = new double[0];

    /** Largest margin + gap of its geoms. Shape nbody. */
    public double[] bodyMargin = new double[0];

    /** Or of its geoms' contype. Shape nbody. */
    public int[] bodyContype = new int[0];

    /** Or of its geoms' conaffinity. Shape nbody. */
    public int[] bodyConaffinity = new int[0];

    /** Sleep policy as in the file (0 auto, 1 never, 2 allowed, 3 init). Shape nbody. */
    public int[] bodySleep = new int[0];

    // Joints

    /** 0 free, 1 ball, 2 slide, 3 hinge. Shape njnt. */
    public int[] jntType = new int[0];

    /** First number in qpos. Shape njnt. */
    public int[] jntQposadr = new int[0];

    /** First number in qvel. Shape njnt. */
    public int[] jntDofadr = new int[0];

    /** Body that it moves. Shape njnt. */
    public int[] jntBodyid = new int[0];

    /** Group. Shape njnt. */
    public int[] jntGroup = new int[0];

    /** Has a range. Shape njnt. */
    public boolean[] jntLimited = new boolean[0];

    /** Actuator force limited. Shape njnt. */
    public boolean[] jntActfrclimited = new boolean[0];

    /** Gravity compensation counts as actuation. Shape njnt. */
    public boolean[] jntActgravcomp = new boolean[0];

    /** Anchor in the body frame. Shape njnt x 3. */
    public double[] jntPos = new double[0];

    /** Axis in the body frame. Shape njnt x 3. */
    public double[] jntAxis = new double[0];

    /** Spring k0. Shape njnt. */
    public double[] jntStiffness = new double[0];

    /** Higher spring coefficients k1, k2. Shape njnt x 2. */
    public double[] jntStiffnesspoly = new double[0];

    /** Limits, rad or m. Shape njnt x 2. */
    public double[] jntRange = new double[0];

    /** Actuator force limits. Shape njnt x 2. */
    public double[] jntActfrcrange = new double[0];

    /** Limit solver reference. Shape njnt x 2. */
    public double[] jntSolref = new double[0];

    /** Limit solver impedance. Shape njnt x 5. */
    public double[] jntSolimp = new double[0];

    /** Limit margin. Shape njnt. */
    public double[] jntMargin = new double[0];

    /**
     * Time constant and damping ratio from which physics.Model sets stiffness and damping; 0 0: not
     * used. Shape njnt x 2.
     */
    public double[] jntSpringdamper = new double[0];

    // Degrees of freedom

    /** Body. Shape nv. */
    public int[] dofBodyid = new int[0];

    /** Joint. Shape nv. */
    public int[] dofJntid = new int[0];

    /** Parent dof or -1. Shape nv. */
    public int[] dofParentid = new int[0];

    /** Kinematic tree. Shape nv. */
    public int[] dofTreeid = new int[0];

    /** Address of its diagonal in M's ancestor layout. Shape nv. */
    public int[] dofMadr = new int[0];

    /** Number of consecutive simple dofs. Shape nv. */
    public int[] dofSimplenum = new int[0];

    /** Friction-loss solver reference. Shape nv x 2. */
    public double[] dofSolref = new double[0];

    /** Friction-loss solver impedance. Shape nv x 5. */
    public double[] dofSolimp = new double[0];

    /** Friction loss. Shape nv. */
    public double[] dofFrictionloss = new double[0];

    /** Added inertia. Shape nv. */
    public double[] dofArmature = new double[0];

    /** Damping b0. Shape nv. */
    public double[] dofDamping = new double[0];

    /** Higher damping coefficients b1, b2. Shape nv x 2. */
    public double[] dofDampingpoly = new double[0];

    // Geoms

    /**
     * 0 plane, 1 hfield, 2 sphere, 3 capsule, 4 ellipsoid, 5 cylinder, 6 box, 7 mesh, 8 sdf. Shape
     * ngeom.
     */
    public int[] geomType = new int[0];

    /** Contact type bits. Shape ngeom. */
    public int[] geomContype = new int[0];

    /** Contact affinity bits. Shape ngeom. */
    public int[] geomConaffinity = new int[0];

    /** Contact dimension 1, 3, 4, 6. Shape ngeom. */
    public int[] geomCondim = new int[0];

    /** Body. Shape ngeom. */
    public int[] geomBodyid = new int[0];

    /** Mesh or hfield, or -1. Shape ngeom. */
    public int[] geomDataid = new int[0];

    /** Material or -1. Shape ngeom. */
    public int[] geomMatid = new int[0];

    /** Group. Shape ngeom. */
    public int[] geomGroup = new int[0];

    /** Contact priority. Shape ngeom. */
    public int[] geomPriority = new int[0];

    /**
     * Whose frame the geom's equals: 0 none, 1 the body's, 2 the inertial one, 3 and 4 the same in
     * orientation only. Shape ngeom.
     */
    public int[] geomSameframe = new int[0];

    /** Mixing weight. Shape ngeom. */
    public double[] geomSolmix = new double[0];

    /** Contact solver reference. Shape ngeom x 2. */
    public double[] geomSolref = new double[0];

    /** Contact solver impedance. Shape ngeom x 5. */
    public double[] geomSolimp = new double[0];

    /** Sizes by type (half sizes, radius). Shape ngeom x 3. */
    public double[] geomSize = new double[0];

    /** Centre and half sizes in the geom frame. Shape ngeom x 6. */
    public double[] geomAabb = new double[0];

    /** Bounding radius, 0 for planes. Shape ngeom. */
    public double[] geomRbound = new double[0];

    /** Position in the body frame. Shape ngeom x 3. */
    public double[] geomPos = new double[0];

    /** Orientation in the body frame. Shape ngeom x 4. */
    public double[] geomQuat = new double[0];

    /** Sliding, torsional, rolling. Shape ngeom x 3. */
    public double[] geomFriction = new double[0];

    /** Contact margin. Shape ngeom. */
    public double[] geomMargin = new double[0];

    /** Contact gap. Shape ngeom. */
    public double[] geomGap = new double[0];

    /** Fluid interaction. Shape ngeom x 12. */
    public double[] geomFluid = new double[0];

    /** Surface velocity as in the file. Shape ngeom x 6. */
    public double[] geomSurfacevel = new double[0];

    /** Adhesion force, N. Shape ngeom. */
    public double[] geomAdhesion = new double[0];

    /** Colour. Shape ngeom x 4. */
    public float[] geomRgba = new float[0];

    // Sites

    /** As geom_sameframe. Shape nsite. */
    public int[] siteSameframe = new int[0];

    /** Shape, as geom_type. Shape nsite. */
    public int[] siteType = new int[0];

    /** Body. Shape nsite. */
    public int[] siteBodyid = new int[0];

    /** Group. Shape nsite. */
    public int[] siteGroup = new int[0];

    /** Sizes. Shape nsite x 3. */
    public double[] siteSize = new double[0];

    /** Position in the body frame. Shape nsite x 3. */
    public double[] sitePos = new double[0];

    /** Orientation in the body frame. Shape nsite x 4. */
    public double[] siteQuat = new double[0];

    /** Colour. Shape nsite x 4. */
    public float[] siteRgba = new float[0];

    // Cameras

    /** 0 fixed, 1 track, 2 trackcom, 3 targetbody, 4 targetbodycom. Shape ncam. */
    public int[] camMode = new int[0];

    /** Body. Shape ncam. */
    public int[] camBodyid = new int[0];

    /** Target or -1. Shape ncam. */
    public int[] camTargetbodyid = new int[0];

    /** Position in the body frame. Shape ncam x 3. */
    public double[] camPos = new double[0];

    /** Orientation; looks along -z, y up. Shape ncam x 4. */
    public double[] camQuat = new double[0];

    /** Vertical field of view, degrees. Shape ncam. */
    public double[] camFovy = new double[0];

    /** Picture kinds: bits rgb 1, depth 2, distance 4, normal 8, segmentation 16. Shape ncam. */
    public int[] camOutput = new int[0];

    /** Eye distance. Shape ncam. */
    public double[] camIpd = new double[0];

    /** Pixels. Shape ncam x 2. */
    public int[] camResolution = new int[0];

    /** M; 0: use fovy. Shape ncam x 2. */
    public double[] camSensorsize = new double[0];

    /** Focal length x, y, principal point x, y, m. Shape ncam x 4. */
    public double[] camIntrinsic = new double[0];

    /** Orthographic projection. Shape ncam. */
    public boolean[] camOrthographic = new boolean[0];

    // Materials

    /** Colour. Shape nmat x 4. */
    public float[] matRgba = new float[0];

    // Meshes

    /**
     * Triangles and hull, in the frame that the compiler chose (origin at the mass centre,
     * principal axes). Shape nmesh.
     */
    public MeshAsset[] meshes = new MeshAsset[0];

    // Height fields

    /** Shape nhfield. */
    public HfieldAsset[] hfields = new HfieldAsset[0];

    // Contact pairs

    /** Condim. Shape npair. */
    public int[] pairDim = new int[0];

    /** Geom. Shape npair. */
    public int[] pairGeom1 = new int[0];

    /** Geom. Shape npair. */
    public int[] pairGeom2 = new int[0];

    /** Normal direction. Shape npair x 2. */
    public double[] pairSolref = new double[0];

    /** Friction directions. Shape npair x 2. */
    public double[] pairSolreffriction = new double[0];

    /** Impedance. Shape npair x 5. */
    public double[] pairSolimp = new double[0];

    /** Margin. Shape npair. */
    public double[] pairMargin = new double[0];

    /** Gap. Shape npair. */
    public double[] pairGap = new double[0];

    /** Tangent 1, 2, spin, roll 1, 2. Shape npair x 5. */
    public double[] pairFriction = new double[0];

    /** Adhesion force, N. Shape npair. */
    public double[] pairAdhesion = new double[0];

    /** Body. Shape nexclude. */
    public int[] excludeBody1 = new int[0];

    /** Body. Shape nexclude. */
    public int[] excludeBody2 = new int[0];

    // Equalities

    /** 0 connect, 1 weld, 2 joint, 3 tendon. Shape neq. */
    public int[] eqType = new int[0];

    /** Body, site, joint or tendon. Shape neq. */
    public int[] eqObj1id = new int[0];

    /** Same kind, or -1. Shape neq. */
    public int[] eqObj2id = new int[0];

    /** Connect and weld: 1 body, 6 site; else 0, see eqType. Shape neq. */
    public int[] eqObjtype = new int[0];

    /** Active at start. Shape neq. */
    public boolean[] eqActive0 = new boolean[0];

    /** Solver reference. Shape neq x 2. */
    public double[] eqSolref = new double[0];

    /** Solver impedance. Shape neq x 5. */
    public double[] eqSolimp = new double[0];

    /** Anchors, relative pose, torque scale; or polynomial. Shape neq x 11. */
    public double[] eqData = new double[0];

    // Tendons

    /** First path element. Shape ntendon. */
    public int[] tendonAdr = new int[0];

    /** Path elements. Shape ntendon. */
    public int[] tendonNum = new int[0];

    /** Group. Shape ntendon. */
    public int[] tendonGroup = new int[0];

    /** Has a range. Shape ntendon. */
    public boolean[] tendonLimited = new boolean[0];

    /** Actuator force limited. Shape ntendon. */
    public boolean[] tendonActfrclimited = new boolean[0];

    /** For pictures. Shape ntendon. */
    public double[] tendonWidth = new double[0];

    /** Limit. Shape ntendon x 2. */
    public double[] tendonSolrefLim = new double[0];

    /** Limit. Shape ntendon x 5. */
    public double[] tendonSolimpLim = new double[0];

    /** Friction. Shape ntendon x 2. */
    public double[] tendonSolrefFri = new double[0];

    /** Friction. Shape ntendon x 5. */
    public double[] tendonSolimpFri = new double[0];

    /** Limits. Shape ntendon x 2. */
    public double[] tendonRange = new double[0];

    /** Actuator force limits. Shape ntendon x 2. */
    public double[] tendonActfrcrange = new double[0];

    /** Limit margin. Shape ntendon. */
    public double[] tendonMargin = new double[0];

    /** K0. Shape ntendon. */
    public double[] tendonStiffness = new double[0];

    /** K1, k2. Shape ntendon x 2. */
    public double[] tendonStiffnesspoly = new double[0];

    /** B0. Shape ntendon. */
    public double[] tendonDamping = new double[0];

    /** B1, b2. Shape ntendon x 2. */
    public double[] tendonDampingpoly = new double[0];

    /** Added inertia. Shape ntendon. */
    public double[] tendonArmature = new double[0];

    /** Friction loss. Shape ntendon. */
    public double[] tendonFrictionloss = new double[0];

    /** Dead band; -1: length at qpos0. Shape ntendon x 2. */
    public double[] tendonLengthspring = new double[0];

    /** Colour. Shape ntendon x 4. */
    public float[] tendonRgba = new float[0];

    /** 1 joint, 2 pulley, 3 site, 4 sphere, 5 cylinder. Shape nwrap. */
    public int[] wrapType = new int[0];

    /** Joint, site or geom. Shape nwrap. */
    public int[] wrapObjid = new int[0];

    /** Coefficient, divisor or side site (-1: none). Shape nwrap. */
    public double[] wrapPrm = new double[0];

    // Actuators

    /**
     * 0 joint, 1 jointinparent, 2 slidercrank, 3 tendon, 4 site, 5 body, 6 so3 (a ball joint, or a
     * site when its second target, the reference site, is not -1). Shape nactuator.
     */
    public int[] actuatorTrntype = new int[0];

    /**
     * 0 none, 1 integrator, 2 filter, 3 filterexact, 4 muscle, 5 dcmotor, 6 pid, 7 user. Shape
     * nactuator.
     */
    public int[] actuatorDyntype = new int[0];

    /** 0 fixed, 1 affine, 2 muscle, 3 dcmotor, 4 so3, 5 pid, 6 user. Shape nactuator. */
    public int[] actuatorGaintype = new int[0];

    /** 0 none, 1 affine, 2 muscle, 3 dcmotor, 4 so3, 5 user. Shape nactuator. */
    public int[] actuatorBiastype = new int[0];

    /** Target, second target or -1. Shape nactuator x 2. */
    public int[] actuatorTrnid = new int[0];

    /** First activation or -1. Shape nactuator. */
    public int[] actuatorActadr = new int[0];

    /** Activations. Shape nactuator. */
    public int[] actuatorActnum = new int[0];

    /** First control. Shape nactuator. */
    public int[] actuatorCtrladr = new int[0];

    /** Controls. Shape nactuator. */
    public int[] actuatorCtrlnum = new int[0];

    /**
     * Input signature of many-input actuators: so3 1 exponential map, 2 quaternion; pid and dcmotor
     * a sum of 1 position, 2 velocity, 4 feed-forward, 8 voltage, or 16 for none; else 0. Shape
     * nactuator.
     */
    public int[] actuatorCtrlspec = new int[0];

    /** First output. Shape nactuator. */
    public int[] actuatorOutadr = new int[0];

    /** Outputs. Shape nactuator. */
    public int[] actuatorOutnum = new int[0];

    /** Group. Shape nactuator. */
    public int[] actuatorGroup = new int[0];

    /** Control clamped. Shape nu. */
    public boolean[] actuatorCtrllimited = new boolean[0];

    /** Force clamped. Shape nactuator. */
    public boolean[] actuatorForcelimited = new boolean[0];

    /** Activation clamped. Shape nactuator. */
    public boolean[] actuatorActlimited = new boolean[0];

    /** Activation advanced before the force. Shape nactuator. */
    public boolean[] actuatorActearly = new boolean[0];

    /** Shape nactuator x 10. */
    public double[] actuatorDynprm = new double[0];

    /** Shape nactuator x 10. */
    public double[] actuatorGainprm = new double[0];

    /** Kv of a dampratio still as the file says; see physics.Model. Shape nactuator x 10. */
    public double[] actuatorBiasprm = new double[0];

    /** Control limits. Shape nu x 2. */
    public double[] actuatorCtrlrange = new double[0];

    /** Force limits. Shape nactuator x 2. */
    public double[] actuatorForcerange = new double[0];

    /** Activation limits. Shape nactuator x 2. */
    public double[] actuatorActrange = new double[0];

    /** Transmission ratio. Shape nout x 6. */
    public double[] actuatorGear = new double[0];

    /** Slider-crank rod. Shape nactuator. */
    public double[] actuatorCranklength = new double[0];

    /** Feasible lengths; 0 0: to be computed. Shape nout x 2. */
    public double[] actuatorLengthrange = new double[0];

    /** Added to joint or tendon with gear^2. Shape nactuator. */
    public double[] actuatorDamping = new double[0];

    /** Higher damping coefficients b1, b2. Shape nactuator x 2. */
    public double[] actuatorDampingpoly = new double[0];

    /** Added to joint or tendon with gear^2. Shape nactuator. */
    public double[] actuatorArmature = new double[0];

    /** S. Shape nactuator. */
    public double[] actuatorDelay = new double[0];

    /** Samples kept. Shape nactuator. */
    public int[] actuatorHistorynum = new int[0];

    /** Interpolation between samples: 0 hold, 1 linear, 2 cubic. Shape nactuator. */
    public int[] actuatorInterp = new int[0];

    // Sensors

    /** MjtSensor code. Shape nsensor. */
    public int[] sensorType = new int[0];

    /** 0 real, 1 positive, 2 axis, 3 quaternion. Shape nsensor. */
    public int[] sensorDatatype = new int[0];

    /** 1 position, 2 velocity, 3 acceleration. Shape nsensor. */
    public int[] sensorNeedstage = new int[0];

    /** MjtObj code. Shape nsensor. */
    public int[] sensorObjtype = new int[0];

    /** Object or -1. Shape nsensor. */
    public int[] sensorObjid = new int[0];

    /** MjtObj code. Shape nsensor. */
    public int[] sensorReftype = new int[0];

    /** Object or -1. Shape nsensor. */
    public int[] sensorRefid = new int[0];

    /** Shape nsensor x 3. */
    public int[] sensorIntprm = new int[0];

    /** Numbers. Shape nsensor. */
    public int[] sensorDim = new int[0];

    /** First number. Shape nsensor. */
    public int[] sensorAdr = new int[0];

    /** 0: none. Shape nsensor. */
    public double[] sensorCutoff = new double[0];

    /** Information only. Shape nsensor. */
    public double[] sensorNoise = new double[0];

    /** S. Shape nsensor. */
    public double[] sensorDelay = new double[0];

    /** Period and phase, s. Shape nsensor x 2. */
    public double[] sensorInterval = new double[0];

    /** Samples kept. Shape nsensor. */
    public int[] sensorHistorynum = new int[0];

    /** Interpolation between samples: 0 hold, 1 linear, 2 cubic. Shape nsensor. */
    public int[] sensorInterp = new int[0];

    // Keyframes

    /** S. Shape nkey. */
    public double[] keyTime = new double[0];

    /** Shape nkey x nq. */
    public double[][] keyQpos = new double[0][];

    /** Shape nkey x nv. */
    public double[][] keyQvel = new double[0][];

    /** Shape nkey x na. */
    public double[][] keyAct = new double[0][];

    /** Shape nkey x nu. */
    public double[][] keyCtrl = new double[0][];

    /** Shape nkey x 3 nmocap. */
    public double[][] keyMpos = new double[0][];

    /** Shape nkey x 4 nmocap. */
    public double[][] keyMquat = new double[0][];

    // Names (empty string: unnamed)

    public String[] bodyName = new String[0];

    public String[] jntName = new String[0];

    public String[] geomName = new String[0];

    public String[] siteName = new String[0];

    public String[] camName = new String[0];

    public String[] meshName = new String[0];

    public String[] hfieldName = new String[0];

    public String[] tendonName = new String[0];

    public String[] actuatorName = new String[0];

    public String[] sensorName = new String[0];

    public String[] eqName = new String[0];

    public String[] keyName = new String[0];

    Machine() {}

    /** A machine without any element, to be filled before use by who builds one from arrays. */
    public static Machine empty() {
        return new Machine();
    }

    /** Index of {@code name} in a name array, or -1. */
    public static int indexOf(String[] names, String name) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** Total mass, kg. */
    public double mass() {
        double sum = 0;
        for (double m : bodyMass) {
            sum += m;
        }
        return sum;
    }
}
