package org.openkaiwu.body;

import static org.openkaiwu.body.Work.error;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Writes the tree of a {@link Work} into the arrays of a {@link Machine}. */
final class TreeWriter {
    /** Poses nearer than this count as the same. */
    private static final double FRAME_EPS = 1e-6;

    private TreeWriter() {}

    /** One number a part. */
    static <T> int[] ints(List<T> list, ToIntFunction<T> f) {
        return list.stream().mapToInt(f).toArray();
    }

    /** {@code width} numbers a part. */
    static <T> double[] doubles(List<T> list, int width, Function<T, double[]> f) {
        double[] r = new double[list.size() * width];
        for (int i = 0; i < list.size(); i++) {
            double[] v = f.apply(list.get(i));
            System.arraycopy(v, 0, r, i * width, width);
        }
        return r;
    }

    static <T> double[] scalars(List<T> list, java.util.function.ToDoubleFunction<T> f) {
        return list.stream().mapToDouble(f).toArray();
    }

    static <T> boolean[] flags(List<T> list, java.util.function.Predicate<T> f) {
        boolean[] r = new boolean[list.size()];
        for (int i = 0; i < r.length; i++) {
            r[i] = f.test(list.get(i));
        }
        return r;
    }

    static <T> String[] names(List<T> list, Function<T, String> f) {
        return list.stream().map(f).toArray(String[]::new);
    }

    static <T> float[] colours(List<T> list, Function<T, float[]> f) {
        float[] r = new float[list.size() * 4];
        for (int i = 0; i < list.size(); i++) {
            System.arraycopy(f.apply(list.get(i)), 0, r, 4 * i, 4);
        }
        return r;
    }

    static void write(Work w, Machine m) {
        addresses(w, m);
        bodies(w, m);
        joints(w, m);
        dofs(w, m);
        simple(w, m);
        trees(w, m);
        geoms(w, m);
        sites(w, m);
        cameras(w, m);
    }

    private static void addresses(Work w, Machine m) {
        for (Work.J j : w.joints) {
            j.qposadr = m.nq;
            j.dofadr = m.nv;
            m.nq += j.nq();
            m.nv += j.nv();
        }
        for (Work.B b : w.bodies) {
            if (b.spec.mocap) {
                b.mocapid = m.nmocap++;
            }
        }
    }

    private static void bodies(Work w, Machine m) {
        List<Work.B> l = w.bodies;
        m.nbody = l.size();
        m.bodyName = names(l, b -> b.spec.name);
        m.bodyParentid = ints(l, b -> b.parent == null ? 0 : b.parent.id);
        m.bodyRootid = new int[m.nbody];
        for (Work.B b : l) {
            boolean root = b.parent == null || b.parent.parent == null;
            m.bodyRootid[b.id] = root ? b.id : m.bodyRootid[b.parent.id];
        }
        m.bodyWeldid = ints(l, b -> b.weldid);
        m.bodyMocapid = ints(l, b -> b.mocapid);
        m.bodyJntnum = ints(l, b -> b.joints.size());
        m.bodyJntadr = ints(l, b -> b.joints.isEmpty() ? -1 : b.joints.get(0).id);
        m.bodyDofnum = ints(l, b -> b.dofnum);
        m.bodyDofadr = ints(l, b -> b.joints.isEmpty() ? -1 : b.joints.get(0).dofadr);
        m.bodyGeomnum = ints(l, b -> b.geoms.size());
        m.bodyGeomadr = ints(l, b -> b.geoms.isEmpty() ? -1 : b.geoms.get(0).id);
        m.bodyPos = doubles(l, 3, b -> b.pos);
        m.bodyQuat = doubles(l, 4, b -> b.quat);
        m.bodyIpos = doubles(l, 3, b -> b.ipos);
        m.bodyIquat = doubles(l, 4, b -> b.iquat);
        m.bodyMass = scalars(l, b -> b.mass);
        m.bodyInertia = doubles(l, 3, b -> b.inertia);
        m.bodyGravcomp = scalars(l, b -> b.spec.gravcomp);
        m.bodyMargin = scalars(l, b -> b.margin);
        m.bodyContype = ints(l, b -> b.contype);
        m.bodyConaffinity = ints(l, b -> b.conaffinity);
        m.bodySleep = ints(l, b -> b.spec.sleep);
        m.bodySameframe =
                ints(l, b -> zero(b.ipos) && same(b.iquat, ID) ? 1 : same(b.iquat, ID) ? 3 : 0);
    }

    private static final double[] ID = {1, 0, 0, 0};

    private static boolean zero(double[] v) {
        return Math.abs(v[0]) < FRAME_EPS
                && Math.abs(v[1]) < FRAME_EPS
                && Math.abs(v[2]) < FRAME_EPS;
    }

    /** Equal positions, or orientations: there q and -q are the same. */
    private static boolean same(double[] a, double[] b) {
        boolean minus = true;
        boolean plus = a.length == 4;
        for (int i = 0; i < a.length; i++) {
            minus &= Math.abs(a[i] - b[i]) < FRAME_EPS;
            plus &= Math.abs(a[i] + b[i]) < FRAME_EPS;
        }
        return minus || plus;
    }

    private static int sameframe(double[] pos, double[] quat, Work.B b) {
        if (zero(pos) && same(quat, ID)) {
            return 1;
        }
        if (same(quat, ID)) {
            return 3;
        }
        if (same(pos, b.ipos) && same(quat, b.iquat)) {
            return 2;
        }
        return same(quat, b.iquat) ? 4 : 0;
    }

    private static void joints(Work w, Machine m) {
        List<Work.J> l = w.joints;
        m.njnt = l.size();
        m.jntName = names(l, j -> j.spec.name);
        m.jntType = ints(l, j -> j.spec.type);
        m.jntQposadr = ints(l, j -> j.qposadr);
        m.jntDofadr = ints(l, j -> j.dofadr);
        m.jntBodyid = ints(l, j -> j.body.id);
        m.jntGroup = ints(l, j -> j.spec.group);
        m.jntLimited = flags(l, j -> j.limited);
        m.jntActfrclimited = flags(l, j -> j.actfrclimited);
        m.jntActgravcomp = flags(l, j -> j.spec.actuatorgravcomp);
        m.jntPos = doubles(l, 3, j -> j.pos);
        m.jntAxis = doubles(l, 3, j -> j.axis);
        m.jntStiffness = scalars(l, j -> j.spec.stiffness[0]);
        m.jntStiffnesspoly = doubles(l, 2, j -> tail(j.spec.stiffness));
        m.jntRange = doubles(l, 2, j -> j.spec.range);
        m.jntActfrcrange = doubles(l, 2, j -> j.spec.actuatorfrcrange);
        m.jntSolref = doubles(l, 2, j -> j.spec.solreflimit);
        m.jntSolimp = doubles(l, 5, j -> j.spec.solimplimit);
        m.jntMargin = scalars(l, j -> j.spec.margin);
        m.jntSpringdamper = doubles(l, 2, j -> j.spec.springdamper);
        m.qpos0 = new double[m.nq];
        m.qposSpring = new double[m.nq];
        for (Work.J j : l) {
            rest(m, j);
        }
    }

    static double[] tail(double[] v) {
        return Arrays.copyOfRange(v, 1, 3);
    }

    private static void rest(Machine m, Work.J j) {
        int a = j.qposadr;
        switch (j.spec.type) {
            case 0 -> {
                System.arraycopy(j.body.pos, 0, m.qpos0, a, 3);
                System.arraycopy(j.body.quat, 0, m.qpos0, a + 3, 4);
                System.arraycopy(m.qpos0, a, m.qposSpring, a, 7);
            }
            case 1 -> {
                m.qpos0[a] = 1;
                m.qposSpring[a] = 1;
            }
            default -> {
                m.qpos0[a] = j.spec.ref;
                m.qposSpring[a] = j.spec.springref;
            }
        }
    }

    private static void dofs(Work w, Machine m) {
        int nv = m.nv;
        m.dofBodyid = new int[nv];
        m.dofJntid = new int[nv];
        m.dofParentid = new int[nv];
        m.dofTreeid = new int[nv];
        m.dofMadr = new int[nv];
        m.dofSolref = new double[2 * nv];
        m.dofSolimp = new double[5 * nv];
        m.dofFrictionloss = new double[nv];
        m.dofArmature = new double[nv];
        m.dofDamping = new double[nv];
        m.dofDampingpoly = new double[2 * nv];
        int[] last = new int[m.nbody];
        for (Work.B b : w.bodies) {
            last[b.id] = b.parent == null ? -1 : last[b.parent.id];
            for (Work.J j : b.joints) {
                for (int d = j.dofadr; d < j.dofadr + j.nv(); d++) {
                    m.dofBodyid[d] = b.id;
                    m.dofJntid[d] = j.id;
                    m.dofParentid[d] = last[b.id];
                    last[b.id] = d;
                    System.arraycopy(j.spec.solreffriction, 0, m.dofSolref, 2 * d, 2);
                    System.arraycopy(j.spec.solimpfriction, 0, m.dofSolimp, 5 * d, 5);
                    m.dofFrictionloss[d] = j.spec.frictionloss;
                    m.dofArmature[d] = j.spec.armature;
                    m.dofDamping[d] = j.spec.damping[0];
                    m.dofDampingpoly[2 * d] = j.spec.damping[1];
                    m.dofDampingpoly[2 * d + 1] = j.spec.damping[2];
                }
            }
        }
        for (int d = 0; d < nv; d++) {
            if (m.dofParentid[d] == -1) {
                m.ntree++;
            }
            m.dofTreeid[d] = m.ntree - 1;
            m.dofMadr[d] = m.nM;
            for (int p = d; p >= 0; p = m.dofParentid[p]) {
                m.nM++;
            }
        }
    }

    /** Bodies whose part of M is diagonal. */
    private static void simple(Work w, Machine m) {
        m.bodySimple = new int[m.nbody];
        for (Work.B b : w.bodies) {
            int parent = m.bodyParentid[b.id];
            boolean free =
                    m.bodyRootid[b.id] == b.id
                            || m.bodyParentid[parent] == 0 && m.bodyDofnum[parent] == 0;
            boolean simple = m.bodySameframe[b.id] == 1 && free && b.spec.simple;
            m.bodySimple[b.id] = simple ? 1 : 0;
            if (parent > 0) {
                m.bodySimple[parent] = 0;
            }
            boolean rotated = false;
            boolean sliding = true;
            for (Work.J j : b.joints) {
                int used = 0;
                for (double x : j.axis) {
                    used += Math.abs(x) > Frames.EPS ? 1 : 0;
                }
                if (rotated || !zero(j.pos) || j.spec.type >= 2 && used != 1) {
                    m.bodySimple[b.id] = 0;
                }
                rotated |= j.spec.type == 1 || j.spec.type == 3;
                sliding &= j.spec.type == 2;
            }
            if (m.bodySimple[b.id] != 0 && b.dofnum > 0) {
                m.bodySimple[b.id] = sliding ? 2 : 1;
            }
        }
    }

    /** After tendons are known: those with inertia couple the bodies they touch. */
    static void finishSimple(Machine m) {
        for (int i = 0; i < m.ntendon; i++) {
            if (m.tendonArmature[i] == 0) {
                continue;
            }
            for (int k = m.tendonAdr[i]; k < m.tendonAdr[i] + m.tendonNum[i]; k++) {
                int id = m.wrapObjid[k];
                if (m.wrapType[k] == 3) {
                    m.bodySimple[m.siteBodyid[id]] = 0;
                } else if (m.wrapType[k] >= 4) {
                    m.bodySimple[m.geomBodyid[id]] = 0;
                }
            }
        }
        m.dofSimplenum = new int[m.nv];
        int count = 0;
        for (int d = m.nv - 1; d >= 0; d--) {
            count = m.bodySimple[m.dofBodyid[d]] != 0 ? count + 1 : 0;
            m.dofSimplenum[d] = count;
        }
    }

    private static void trees(Work w, Machine m) {
        m.bodyTreeid = new int[m.nbody];
        for (Work.B b : w.bodies) {
            int weld = b.weldid;
            m.bodyTreeid[b.id] = m.bodyDofnum[weld] > 0 ? m.dofTreeid[m.bodyDofadr[weld]] : -1;
            int tree = m.bodyTreeid[b.id];
            if (b.id > 0 && b.spec.sleep != 0 && (tree < 0 || tree == m.bodyTreeid[b.id - 1])) {
                throw error("body", b.spec, "sleep is for the first body of a moving tree");
            }
        }
        m.bodySubtreemass = new double[m.nbody];
        for (int i = m.nbody - 1; i >= 0; i--) {
            m.bodySubtreemass[i] += m.bodyMass[i];
            if (i > 0) {
                m.bodySubtreemass[m.bodyParentid[i]] += m.bodySubtreemass[i];
            }
        }
    }

    private static final float[] GREY = {0.5f, 0.5f, 0.5f, 1};

    private static void geoms(Work w, Machine m) {
        List<Work.G> l = w.geoms;
        m.ngeom = l.size();
        m.geomName = names(l, g -> g.spec.name);
        m.geomType = ints(l, g -> g.type);
        m.geomContype = ints(l, g -> g.spec.contype);
        m.geomConaffinity = ints(l, g -> g.spec.conaffinity);
        m.geomCondim = ints(l, g -> g.spec.condim);
        m.geomBodyid = ints(l, g -> g.body.id);
        m.geomDataid = ints(l, g -> data(w, g));
        m.geomMatid = ints(l, g -> w.materialNames.getOrDefault(g.spec.material, -1));
        m.geomGroup = ints(l, g -> g.spec.group);
        m.geomPriority = ints(l, g -> g.spec.priority);
        m.geomSameframe = ints(l, g -> sameframe(g.pos, g.quat, g.body));
        m.geomSolmix = scalars(l, g -> g.spec.solmix);
        m.geomSolref = doubles(l, 2, g -> g.spec.solref);
        m.geomSolimp = doubles(l, 5, g -> g.spec.solimp);
        m.geomSize = doubles(l, 3, g -> g.size);
        m.geomAabb = doubles(l, 6, g -> g.aabb);
        m.geomRbound =
                scalars(
                        l,
                        g ->
                                Shapes.radius(
                                        g.type, g.size, g.hfield == null ? null : g.hfield.size));
        m.geomPos = doubles(l, 3, g -> g.pos);
        m.geomQuat = doubles(l, 4, g -> g.quat);
        m.geomFriction = doubles(l, 3, g -> g.spec.friction);
        m.geomMargin = scalars(l, g -> g.spec.margin);
        m.geomGap = scalars(l, g -> g.spec.gap);
        m.geomFluid = doubles(l, 12, g -> g.fluid);
        m.geomSurfacevel = doubles(l, 6, g -> g.surfacevel);
        m.geomAdhesion = scalars(l, g -> g.spec.adhesion);
        m.geomRgba = colours(l, g -> colour(w, g.spec.rgba, g.spec.material));
    }

    /** Height field or mesh, also the mesh that a primitive was fitted to. */
    private static int data(Work w, Work.G g) {
        if (g.hfield != null) {
            return w.hfieldNames.get(g.hfield.name);
        }
        return w.meshNames.getOrDefault(g.spec.mesh, -1);
    }

    /** Own colour, else the material's, else grey. */
    private static float[] colour(Work w, float[] own, String material) {
        if (own != null) {
            return own;
        }
        Integer i = w.materialNames.get(material);
        return i == null ? GREY : w.spec.materials.get(i).rgba;
    }

    private static void sites(Work w, Machine m) {
        List<Work.S> l = w.sites;
        m.nsite = l.size();
        m.siteName = names(l, s -> s.spec.name);
        m.siteType = ints(l, s -> s.spec.type);
        m.siteBodyid = ints(l, s -> s.body.id);
        m.siteGroup = ints(l, s -> s.spec.group);
        m.siteSameframe = ints(l, s -> sameframe(s.pos, s.quat, s.body));
        m.siteSize = doubles(l, 3, s -> s.size);
        m.sitePos = doubles(l, 3, s -> s.pos);
        m.siteQuat = doubles(l, 4, s -> s.quat);
        m.siteRgba = colours(l, s -> colour(w, s.spec.rgba, s.spec.material));
    }

    private static void cameras(Work w, Machine m) {
        List<Work.C> l = w.cameras;
        m.ncam = l.size();
        m.camName = names(l, c -> c.spec.name);
        m.camMode = ints(l, c -> c.spec.mode);
        m.camBodyid = ints(l, c -> c.body.id);
        m.camTargetbodyid = ints(l, c -> target(w, c));
        m.camPos = doubles(l, 3, c -> c.pos);
        m.camQuat = doubles(l, 4, c -> c.quat);
        m.camIpd = scalars(l, c -> c.spec.ipd);
        m.camOutput = ints(l, c -> c.spec.output);
        m.camResolution = new int[2 * l.size()];
        m.camFovy = new double[l.size()];
        m.camIntrinsic = new double[4 * l.size()];
        for (Work.C c : l) {
            System.arraycopy(c.spec.resolution, 0, m.camResolution, 2 * c.id, 2);
            lens(m, c);
        }
        m.camSensorsize = doubles(l, 2, c -> c.spec.sensorsize);
        m.camOrthographic = flags(l, c -> c.spec.orthographic);
    }

    private static int target(Work w, Work.C c) {
        if (c.spec.target.isEmpty()) {
            return -1;
        }
        return Work.find(w.bodyNames, "body", c.spec.target, "camera", c.spec).id;
    }

    /** Focal length and principal point in metres; pixels win over lengths. */
    private static void lens(Machine m, Work.C c) {
        Spec.Camera s = c.spec;
        if (s.fovy >= 180 && !s.orthographic) {
            throw error("camera", s, "fovy must be below 180 degrees, it is " + s.fovy);
        }
        boolean sensor = s.sensorsize[0] > 0 && s.sensorsize[1] > 0;
        if (!sensor) {
            for (double[] v : List.of(s.focal, s.focalpixel, s.principal, s.principalpixel)) {
                if (v[0] != 0 || v[1] != 0) {
                    throw error("camera", s, "focal and principal need a sensorsize");
                }
            }
            m.camFovy[c.id] = s.fovy;
            m.camIntrinsic[4 * c.id] = ZNEAR;
            m.camIntrinsic[4 * c.id + 1] = ZNEAR;
            return;
        }
        if (s.resolution[0] <= 0 || s.resolution[1] <= 0) {
            throw error("camera", s, "sensorsize needs a positive resolution");
        }
        // single precision as MuJoCo, so that the angle of view has the same digits
        for (int k = 0; k < 2; k++) {
            float density = (float) s.resolution[k] / (float) s.sensorsize[k];
            m.camIntrinsic[4 * c.id + k] =
                    s.focalpixel[k] != 0 ? (float) s.focalpixel[k] / density : (float) s.focal[k];
            m.camIntrinsic[4 * c.id + 2 + k] =
                    s.principalpixel[k] != 0
                            ? (float) s.principalpixel[k] / density
                            : (float) s.principal[k];
        }
        m.camFovy[c.id] =
                StrictMath.atan2((float) s.sensorsize[1] / 2, m.camIntrinsic[4 * c.id + 1])
                        * 360
                        / Math.PI;
    }

    /** MuJoCo's default near plane, the focal length of a camera that states none. */
    private static final double ZNEAR = 0.01f;
}
