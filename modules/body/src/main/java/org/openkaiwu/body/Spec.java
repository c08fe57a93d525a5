package org.openkaiwu.body;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openkaiwu.math.Problem;

/**
 * A machine or scene as it is written down, before compiling: a tree of elements that a reader or a
 * program fills and that can be edited, attached to another and compiled.
 *
 * <p>Readers have resolved includes, default classes, frames, angle units (radians here) and every
 * notation of orientation (quaternion w x y z here). A field that the author left open is {@code
 * NaN}, {@code null} or empty; the {@link Compiler} then applies MuJoCo's rule for it.
 */
public final class Spec {
    /** Three-valued switch: by range, or as said. */
    public enum Auto {
        FALSE,
        TRUE,
        AUTO
    }

    /** What all named parts share. */
    public abstract static sealed class Element implements Cloneable {
        public String name = "";

        /** File and line it was read from, for messages; empty when made by a program. */
        public String where = "";

        /** A copy that still shares arrays and lists with this. */
        final Element shallow() {
            try {
                return (Element) clone();
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }
    }

    public String name = "";
    public final Options option = new Options();
    public final CompilerOptions compiler = new CompilerOptions();
    public final Statistic stat = new Statistic();

    /** The world body: it has no joints, and its geoms do not move. */
    public final Body world = new Body();

    /** Lights; they have no effect here. */
    public int lights;

    public final List<Mesh> meshes = new ArrayList<>();
    public final List<Hfield> hfields = new ArrayList<>();
    public final List<Material> materials = new ArrayList<>();
    public final List<Pair> pairs = new ArrayList<>();
    public final List<Exclude> excludes = new ArrayList<>();
    public final List<Equality> equalities = new ArrayList<>();
    public final List<Tendon> tendons = new ArrayList<>();
    public final List<Actuator> actuators = new ArrayList<>();
    public final List<Sensor> sensors = new ArrayList<>();
    public final List<Key> keys = new ArrayList<>();

    /** Assumptions made and flaws survived while reading. */
    public final List<Problem> problems = new ArrayList<>();

    public Spec() {
        world.name = "world";
    }

    /** What the {@code compiler} element says and the {@link Compiler} still needs. */
    public static final class CompilerOptions {
        public double boundmass;
        public double boundinertia;
        public double settotalmass = -1;
        public boolean balanceinertia;

        /** Inertia from geoms: AUTO only where a body has no inertial element. */
        public Auto inertiafromgeom = Auto.AUTO;

        public int[] inertiagrouprange = {0, 5};
        public boolean fusestatic;
        public boolean discardvisual;
        public boolean autolimits = true;
        public boolean alignfree;

        /** Fit primitives to a mesh's bounding box rather than to its inertia box. */
        public boolean fitaabb;

        /** Survive flawed inertias and massless bodies by a stated assumption (URDF). */
        public boolean lenient;
    }

    /** A rigid body with what is attached to it. */
    public static final class Body extends Element {
        public double[] pos = {0, 0, 0};
        public double[] quat = {1, 0, 0, 0};
        public boolean mocap;
        public double gravcomp;

        /** Sleep policy 0 auto, 1 never, 2 allowed, 3 init. */
        public int sleep;

        /**
         * Compiler options for this body and its descendants; null: the parent's. Set where a
         * description with other options was attached.
         */
        public CompilerOptions compiler;

        /** Keep the diagonal-inertia shortcut where it applies. */
        public boolean simple = true;

        /** Explicit inertia; null: from geoms. */
        public Inertial inertial;

        /** Named frames inside this body, already applied to what they hold. */
        public final List<Frame> frames = new ArrayList<>();

        public final List<Joint> joints = new ArrayList<>();
        public final List<Geom> geoms = new ArrayList<>();
        public final List<Site> sites = new ArrayList<>();
        public final List<Camera> cameras = new ArrayList<>();
        public final List<Body> bodies = new ArrayList<>();

        /** Adds a child body and returns it. */
        public Body add(String childName) {
            Body b = new Body();
            b.name = childName;
            bodies.add(b);
            return b;
        }
    }

    /**
     * A named frame of a body. The poses of what it holds already include it; it is kept so that
     * another description can be attached at it, or taken from it.
     */
    public static final class Frame extends Element {
        public double[] pos = {0, 0, 0};
        public double[] quat = {1, 0, 0, 0};

        /** Joints, geoms, sites, cameras and bodies inside, nested frames included. */
        public final List<Element> content = new ArrayList<>();
    }

    /** Explicit mass properties. */
    public static final class Inertial {
        public double mass;
        public double[] pos = {0, 0, 0};
        public double[] quat = {1, 0, 0, 0};

        /**
         * Principal moments about the mass centre in this frame; null when {@link #full} is given.
         */
        public double[] diag;

        /** ixx iyy izz ixy ixz iyz about the mass centre in this frame; null when {@link #diag}. */
        public double[] full;
    }

    /** A joint between a body and its parent. */
    public static final class Joint extends Element {
        /** 0 free, 1 ball, 2 slide, 3 hinge. */
        public int type = 3;

        public int group;
        public double[] pos = {0, 0, 0};
        public double[] axis = {0, 0, 1};
        public double[] stiffness = {0, 0, 0};
        public double[] damping = {0, 0, 0};
        public double[] springdamper = {0, 0};
        public double springref;
        public double ref;
        public Auto limited = Auto.AUTO;
        public double[] range = {0, 0};
        public Auto actuatorfrclimited = Auto.AUTO;
        public double[] actuatorfrcrange = {0, 0};
        public boolean actuatorgravcomp;
        public double margin;
        public double armature;
        public double frictionloss;
        public double[] solreflimit = {0.02, 1};
        public double[] solimplimit = {0.9, 0.95, 0.001, 0.5, 2};
        public double[] solreffriction = {0.02, 1};
        public double[] solimpfriction = {0.9, 0.95, 0.001, 0.5, 2};

        /** Free joint aligned with the inertial frame; AUTO: as the compiler option says. */
        public Auto align = Auto.AUTO;

        /** URDF effort limit, N or N m; NaN when not given. */
        public double effort = Double.NaN;

        /** URDF velocity limit, rad/s or m/s; NaN when not given. */
        public double velocity = Double.NaN;
    }

    /** A shape fixed to a body. */
    public static final class Geom extends Element {
        /**
         * 0 plane, 1 hfield, 2 sphere, 3 capsule, 4 ellipsoid, 5 cylinder, 6 box, 7 mesh, 8 sdf.
         */
        public int type = 2;

        public int contype = 1;
        public int conaffinity = 1;
        public int condim = 3;
        public int group;
        public int priority;
        public double[] size = {0, 0, 0};
        public double[] fromto;
        public double[] pos = {0, 0, 0};
        public double[] quat = {1, 0, 0, 0};
        public double[] friction = {1, 0.005, 0.0001};
        public double solmix = 1;
        public double[] solref = {0.02, 1};
        public double[] solimp = {0.9, 0.95, 0.001, 0.5, 2};
        public double margin;
        public double gap;
        public double mass = Double.NaN;
        public double density = 1000;
        public boolean shellinertia;
        public boolean fluidEllipsoid;
        public double[] fluidcoef = {0.5, 0.25, 1.5, 1, 1};
        public double[] surfacevel = {0, 0, 0, 0, 0, 0};
        public double adhesion;

        /** Mesh that the geom is, or that a primitive is fitted to. */
        public String mesh = "";

        public String hfield = "";
        public String material = "";

        /** Colour; null: the material's, or MuJoCo's grey. */
        public float[] rgba;

        /** Scale of a mesh fitted by a primitive. */
        public double fitscale = 1;

        /** Only for pictures; a URDF visual. */
        public boolean visualOnly;
    }

    /** A named frame, with a shape for pictures and sensors. */
    public static final class Site extends Element {
        public int type = 2;
        public int group;
        public double[] size = {0.005, 0.005, 0.005};
        public double[] fromto;
        public double[] pos = {0, 0, 0};
        public double[] quat = {1, 0, 0, 0};
        public String material = "";

        /** Colour; null: the material's, or grey. */
        public float[] rgba;
    }

    /** A camera; looks along its -z, y up. */
    public static final class Camera extends Element {
        /** 0 fixed, 1 track, 2 trackcom, 3 targetbody, 4 targetbodycom. */
        public int mode;

        public String target = "";
        public double[] pos = {0, 0, 0};
        public double[] quat = {1, 0, 0, 0};

        /** Vertical field of view, degrees. */
        public double fovy = 45;

        public double ipd = 0.068;
        public int[] resolution = {1, 1};

        /** Picture kinds: bits rgb 1, depth 2, distance 4, normal 8, segmentation 16. */
        public int output = 1;

        public double[] sensorsize = {0, 0};
        public double[] focal = {0, 0};
        public double[] focalpixel = {0, 0};
        public double[] principal = {0, 0};
        public double[] principalpixel = {0, 0};
        public boolean orthographic;
    }

    /**
     * A mesh asset: vertices as the file has them; scale and reference frame are still to be
     * applied.
     */
    public static final class Mesh extends Element {
        /** Where it was read from, for messages. */
        public String file = "";

        public double[] vertices = new double[0];
        public int[] triangles = new int[0];
        public double[] scale = {1, 1, 1};
        public double[] refpos = {0, 0, 0};
        public double[] refquat = {1, 0, 0, 0};

        /** MuJoCo's mesh inertia: convex, exact, legacy or shell. */
        public String inertia = "legacy";

        public int maxhullvert = -1;
    }

    /** A height field asset. */
    public static final class Hfield extends Element {
        public int nrow;
        public int ncol;
        public double[] size = {0, 0, 0, 0};
        public float[] data = new float[0];
    }

    /** A named colour. */
    public static final class Material extends Element {
        public float[] rgba = {1, 1, 1, 1};
    }

    /** An explicit contact pair; NaN entries follow from the two geoms. */
    public static final class Pair extends Element {
        public String geom1 = "";
        public String geom2 = "";
        public int condim = -1;
        public double[] friction;
        public double[] solref;

        /** Null: as solref. */
        public double[] solreffriction;

        public double[] solimp;
        public double margin = Double.NaN;
        public double gap = Double.NaN;
        public double adhesion;
    }

    /** Two bodies that do not collide. */
    public static final class Exclude extends Element {
        public String body1 = "";
        public String body2 = "";
    }

    /** An equality constraint. */
    public static final class Equality extends Element {
        /** 0 connect, 1 weld, 2 joint, 3 tendon. */
        public int type;

        public boolean active = true;

        /** Objects are sites (connect and weld), else bodies, joints or tendons by type. */
        public boolean sites;

        public String obj1 = "";
        public String obj2 = "";
        public double[] solref = {0.02, 1};
        public double[] solimp = {0.9, 0.95, 0.001, 0.5, 2};

        /** Anchor of connect and weld, m; null: not given. */
        public double[] anchor;

        /** Relative pose of weld, position then quaternion; quaternion 0: from qpos0. */
        public double[] relpose = {0, 1, 0, 0, 0, 0, 0};

        public double torquescale = 1;
        public double[] polycoef = {0, 1, 0, 0, 0};
    }

    /** A tendon and its path. */
    public static final class Tendon extends Element {
        public boolean spatial;
        public int group;
        public Auto limited = Auto.AUTO;
        public double[] range = {0, 0};
        public Auto actuatorfrclimited = Auto.AUTO;
        public double[] actuatorfrcrange = {0, 0};
        public double[] solreflimit = {0.02, 1};
        public double[] solimplimit = {0.9, 0.95, 0.001, 0.5, 2};
        public double[] solreffriction = {0.02, 1};
        public double[] solimpfriction = {0.9, 0.95, 0.001, 0.5, 2};
        public double margin;
        public double frictionloss;
        public double[] springlength = {-1, -1};
        public double width = 0.003;
        public double[] stiffness = {0, 0, 0};
        public double[] damping = {0, 0, 0};
        public double armature;
        public String material = "";

        /** Colour; null: the material's, or grey. */
        public float[] rgba;

        public final List<Wrap> path = new ArrayList<>();
    }

    /** One element of a tendon's path. */
    public static final class Wrap {
        /** 1 joint, 2 pulley, 3 site, 4 geom (sphere or cylinder). */
        public int kind;

        public String object = "";

        /** Coefficient of a joint, divisor of a pulley. */
        public double value;

        public String sidesite = "";
    }

    /** An actuator; shortcuts (position, motor, ...) are already expanded to the general form. */
    public static final class Actuator extends Element {
        public int group;

        /** 0 joint, 1 jointinparent, 2 slidercrank, 3 tendon, 4 site, 5 body. */
        public int trntype;

        public String target = "";
        public String refsite = "";
        public String slidersite = "";
        public double cranklength;
        public int dyntype;
        public int gaintype;
        public int biastype;
        public double[] dynprm = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        public double[] gainprm = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        public double[] biasprm = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        public Auto ctrllimited = Auto.AUTO;
        public Auto forcelimited = Auto.AUTO;
        public Auto actlimited = Auto.AUTO;
        public double[] ctrlrange = {0, 0};
        public double[] forcerange = {0, 0};
        public double[] actrange = {0, 0};
        public double[] lengthrange = {0, 0};
        public double[] gear = {1, 0, 0, 0, 0, 0};
        public double[] damping = {0, 0, 0};
        public double armature;
        public boolean actearly;
        public int actdim = -1;

        /**
         * Input signature: 0 by the kind of actuator; so3: 1 exponential map, 2 quaternion; pid and
         * dcmotor: sum of 1 position, 2 velocity, 4 feed-forward, 8 voltage, or 16 for none.
         */
        public int ctrlspec;

        /** Velocity-setpoint limits of pid. */
        public double[] velrange = {0, 0};

        /** Feed-forward limits of pid. */
        public double[] ffrange = {0, 0};

        public double inheritrange;
        public double delay;

        /** Samples kept (MJCF nsample). */
        public int historynum;

        /** Interpolation between samples: 0 hold, 1 linear, 2 cubic. */
        public int interp;
    }

    /** A sensor. */
    public static final class Sensor extends Element {
        /** Element name as in MJCF (accelerometer, jointpos, ...). */
        public String type = "";

        /** Object kind (site, body, xbody, geom, camera, joint, tendon, actuator, ...) or empty. */
        public String objtype = "";

        public String obj = "";
        public String reftype = "";
        public String ref = "";
        public double cutoff;
        public double noise;
        public double delay;
        public double[] interval = {0, 0};
        public int historynum;

        /** Interpolation between samples: 0 hold, 1 linear, 2 cubic. */
        public int interp;

        /** Parameters of many-number sensors (contact, ...) as MuJoCo's sensor_intprm. */
        public int[] intprm = {0, 0, 0};

        public int dim = -1;

        /** 0 real, 1 positive, 2 axis, 3 quaternion; only for user sensors. */
        public int datatype;

        /** 0 none, 1 position, 2 velocity, 3 acceleration; only for user sensors. */
        public int needstage = 3;
    }

    /** A keyframe; null fields are at rest. */
    public static final class Key extends Element {
        public double time;
        public double[] qpos;
        public double[] qvel;
        public double[] act;
        public double[] ctrl;
        public double[] mpos;
        public double[] mquat;

        /**
         * Values by part, for a key that came with an attached description: a joint's qpos then
         * qvel, an actuator's act then ctrl, a mocap body's position then quaternion. Parts not
         * listed, and NaN, are at rest. Used only where the flat field is null.
         */
        public final Map<Element, double[]> parts = new LinkedHashMap<>();

        /** Came with an attached description or was repeated; it is not repeated again. */
        boolean settled;
    }
}
