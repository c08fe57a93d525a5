package org.openkaiwu.body;

import static org.openkaiwu.body.Work.error;

import java.util.List;

/** Sensors: what they watch and how many numbers they give. */
final class SensorWriter {
    /** Names in the order of MuJoCo's codes. */
    static final List<String> TYPES =
            List.of(
                    ("touch accelerometer velocimeter gyro force torque magnetometer rangefinder"
                                    + " camprojection jointpos jointvel tendonpos tendonvel"
                                    + " actuatorpos actuatorvel actuatorfrc jointactuatorfrc"
                                    + " tendonactuatorfrc ballquat ballangvel jointlimitpos"
                                    + " jointlimitvel jointlimitfrc tendonlimitpos tendonlimitvel"
                                    + " tendonlimitfrc framepos framequat framexaxis frameyaxis"
                                    + " framezaxis framelinvel frameangvel framelinacc frameangacc"
                                    + " subtreecom subtreelinvel subtreeangmom insidesite distance"
                                    + " normal fromto contact e_potential e_kinetic clock tactile"
                                    + " plugin user")
                            .split(" "));

    private static final List<String> OBJECTS =
            List.of(
                    ("unknown body xbody joint dof geom site camera light flex mesh skin hfield"
                                    + " texture material pair exclude equality tendon actuator"
                                    + " sensor")
                            .split(" "));

    private static final int[] CONTACT_SIZE = {1, 3, 3, 1, 3, 3, 3};
    private static final int[] RAY_SIZE = {1, 3, 3, 3, 3, 1};
    private static final int MAX_SAMPLES = 1 << 24;
    private static final int MAX_DATA = 1 << 26;

    private SensorWriter() {}

    static void write(Work w, Machine m) {
        List<Spec.Sensor> l = w.spec.sensors;
        int n = l.size();
        m.nsensor = n;
        m.sensorName = TreeWriter.names(l, s -> s.name);
        m.sensorType = TreeWriter.ints(l, SensorWriter::type);
        m.sensorDatatype = TreeWriter.ints(l, SensorWriter::datatype);
        m.sensorNeedstage = TreeWriter.ints(l, SensorWriter::stage);
        m.sensorObjtype = TreeWriter.ints(l, s -> kind(s, s.objtype));
        m.sensorReftype = TreeWriter.ints(l, s -> kind(s, s.reftype));
        m.sensorObjid = TreeWriter.ints(l, s -> object(w, s, s.objtype, s.obj));
        m.sensorRefid = TreeWriter.ints(l, s -> object(w, s, s.reftype, s.ref));
        m.sensorIntprm = new int[3 * n];
        m.sensorDim = new int[n];
        m.sensorAdr = new int[n];
        long total = 0;
        for (int i = 0; i < n; i++) {
            Spec.Sensor s = l.get(i);
            check(m, i, s);
            System.arraycopy(s.intprm, 0, m.sensorIntprm, 3 * i, 3);
            long dim = dim(m, i, s);
            m.sensorDim[i] = (int) dim;
            m.sensorAdr[i] = (int) total;
            total += dim;
            if (total > MAX_DATA) {
                throw error("sensor", s, "the sensors give more than " + MAX_DATA + " numbers");
            }
        }
        m.nsensordata = (int) total;
        m.sensorCutoff = TreeWriter.scalars(l, s -> s.cutoff);
        m.sensorNoise = TreeWriter.scalars(l, s -> s.noise);
        m.sensorDelay = TreeWriter.scalars(l, s -> s.delay);
        m.sensorInterval = TreeWriter.doubles(l, 2, s -> s.interval);
        m.sensorHistorynum = TreeWriter.ints(l, s -> s.historynum);
        m.sensorInterp = TreeWriter.ints(l, s -> s.interp);
    }

    private static int type(Spec.Sensor s) {
        int t = TYPES.indexOf(s.type);
        if (t < 0 || s.type.equals("plugin")) {
            throw error("sensor", s, "there is no sensor of type '" + s.type + "'");
        }
        return t;
    }

    private static int datatype(Spec.Sensor s) {
        return switch (s.type) {
            case "touch", "insidesite" -> 1;
            case "framexaxis", "frameyaxis", "framezaxis", "normal" -> 2;
            case "ballquat", "framequat" -> 3;
            case "user" -> s.datatype;
            default -> 0;
        };
    }

    private static int stage(Spec.Sensor s) {
        return switch (s.type) {
            case "touch",
                    "accelerometer",
                    "force",
                    "torque",
                    "actuatorfrc",
                    "jointactuatorfrc",
                    "tendonactuatorfrc",
                    "jointlimitfrc",
                    "tendonlimitfrc",
                    "framelinacc",
                    "frameangacc",
                    "contact",
                    "tactile" ->
                    3;
            case "velocimeter",
                    "gyro",
                    "jointvel",
                    "tendonvel",
                    "actuatorvel",
                    "ballangvel",
                    "jointlimitvel",
                    "tendonlimitvel",
                    "framelinvel",
                    "frameangvel",
                    "subtreelinvel",
                    "subtreeangmom" ->
                    2;
            case "user" -> s.needstage;
            default -> 1;
        };
    }

    private static int kind(Spec.Sensor s, String objtype) {
        if (objtype.isEmpty()) {
            return 0;
        }
        int k = OBJECTS.indexOf(objtype);
        if (k < 0) {
            throw error("sensor", s, "there is no object type '" + objtype + "'");
        }
        return k;
    }

    private static int object(Work w, Spec.Sensor s, String objtype, String name) {
        return switch (objtype) {
            case "" -> -1;
            case "body", "xbody" -> Work.find(w.bodyNames, "body", name, "sensor", s).id;
            case "joint" -> Work.find(w.jointNames, "joint", name, "sensor", s).id;
            case "geom" -> Work.find(w.geomNames, "geom", name, "sensor", s).id;
            case "site" -> Work.find(w.siteNames, "site", name, "sensor", s).id;
            case "camera" -> Work.find(w.cameraNames, "camera", name, "sensor", s).id;
            case "tendon" -> Work.find(w.tendonNames, "tendon", name, "sensor", s);
            case "actuator" -> Work.find(w.actuatorNames, "actuator", name, "sensor", s);
            case "mesh" -> Work.find(w.meshNames, "mesh", name, "sensor", s);
            default -> throw error("sensor", s, "cannot watch an object of type '" + objtype + "'");
        };
    }

    private static void check(Machine m, int i, Spec.Sensor s) {
        if (s.noise < 0 || s.cutoff < 0 || s.interval[0] < 0 || s.interval[1] > 0) {
            throw error(
                    "sensor", s, "noise, cutoff, period must not be negative, phase not positive");
        }
        if (s.interval[0] > 0 && s.interval[1] <= -s.interval[0]) {
            throw error("sensor", s, "the phase must be greater than minus the period");
        }
        if (s.delay > 0 && s.historynum <= 0 || s.historynum > MAX_SAMPLES) {
            throw error("sensor", s, "delay needs nsample, at most " + MAX_SAMPLES);
        }
        int id = m.sensorObjid[i];
        String needs =
                switch (s.type) {
                    case "jointpos", "jointvel", "jointactuatorfrc" ->
                            m.jntType[id] >= 2 ? null : "a hinge or slide joint";
                    case "ballquat", "ballangvel" -> m.jntType[id] == 1 ? null : "a ball joint";
                    case "jointlimitpos", "jointlimitvel", "jointlimitfrc" ->
                            m.jntLimited[id] ? null : "a joint with limits";
                    case "tendonlimitpos", "tendonlimitvel", "tendonlimitfrc" ->
                            m.tendonLimited[id] ? null : "a tendon with limits";
                    case "contact" ->
                            s.intprm[0] > 0 && s.intprm[2] > 0 ? null : "data and num > 0";
                    case "rangefinder" -> s.intprm[0] > 0 ? null : "some data";
                    case "distance", "normal", "fromto" -> distanceNeeds(m, i, s);
                    default -> null;
                };
        if (needs != null) {
            throw error("sensor", s, s.type + " needs " + needs);
        }
        int data = datatype(s);
        if (s.cutoff > 0 && (data == 3 || data == 2 && !s.type.equals("normal"))) {
            throw error("sensor", s, "cutoff does not go with an axis or quaternion");
        }
    }

    private static String distanceNeeds(Machine m, int i, Spec.Sensor s) {
        if (m.sensorObjtype[i] == m.sensorReftype[i] && m.sensorObjid[i] == m.sensorRefid[i]) {
            return "two different geoms or bodies";
        }
        boolean field =
                s.objtype.equals("geom") && m.geomType[m.sensorObjid[i]] == Shapes.HFIELD
                        || s.reftype.equals("geom")
                                && m.geomType[m.sensorRefid[i]] == Shapes.HFIELD;
        return field ? "geoms that are no height fields" : null;
    }

    private static long dim(Machine m, int i, Spec.Sensor s) {
        return switch (s.type) {
            case "camprojection" -> 2;
            case "accelerometer",
                    "velocimeter",
                    "gyro",
                    "force",
                    "torque",
                    "magnetometer",
                    "ballangvel",
                    "framepos",
                    "framexaxis",
                    "frameyaxis",
                    "framezaxis",
                    "framelinvel",
                    "frameangvel",
                    "framelinacc",
                    "frameangacc",
                    "subtreecom",
                    "subtreelinvel",
                    "subtreeangmom",
                    "normal" ->
                    3;
            case "fromto" -> 6;
            case "ballquat", "framequat" -> 4;
            case "contact" -> (long) s.intprm[2] * size(CONTACT_SIZE, s.intprm[0]);
            case "rangefinder" -> {
                long rays = 1;
                if (s.objtype.equals("camera")) {
                    int c = m.sensorObjid[i];
                    rays = (long) m.camResolution[2 * c] * m.camResolution[2 * c + 1];
                }
                yield rays * size(RAY_SIZE, s.intprm[0]);
            }
            case "actuatorpos", "actuatorvel", "actuatorfrc" -> m.actuatorOutnum[m.sensorObjid[i]];
            case "tactile" -> m.meshes[m.sensorObjid[i]].vertices().length;
            case "user" -> Math.max(0, s.dim);
            default -> 1;
        };
    }

    private static long size(int[] sizes, int bits) {
        long n = 0;
        for (int k = 0; k < sizes.length; k++) {
            if ((bits >> k & 1) != 0) {
                n += sizes[k];
            }
        }
        return n;
    }
}
