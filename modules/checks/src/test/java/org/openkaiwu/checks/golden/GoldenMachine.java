package org.openkaiwu.checks.golden;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Locale;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Options;
import tools.jackson.databind.JsonNode;

/**
 * Puts the compiled arrays of a reference file into a {@link Machine}, so that the engine can be
 * tested apart from the readers. What the files leave out (meshes, height fields, cameras, groups,
 * delays) comes from the model file, or is missing if that cannot be read.
 */
final class GoldenMachine {
    private final JsonNode fixed;
    private final JsonNode sizes;
    private final Machine m = Machine.empty();

    /** The same model read and compiled here, for what the file leaves out; null if it differs. */
    private final Machine own;

    private GoldenMachine(GoldenFile file) {
        fixed = file.root().path("static");
        sizes = file.root().path("sizes");
        own = read(file);
    }

    private Machine read(GoldenFile file) {
        try {
            Machine c = file.compiled();
            boolean same =
                    c.nq == sizes.path("nq").asInt()
                            && c.nv == sizes.path("nv").asInt()
                            && c.nbody == sizes.path("nbody").asInt()
                            && c.ngeom == sizes.path("ngeom").asInt()
                            && c.nactuator == sizes.path("nactuator").asInt()
                            && c.nsensor == sizes.path("nsensor").asInt();
            return same ? c : null;
        } catch (RuntimeException e) {
            return null;
        }
    }

    static Machine of(GoldenFile file) {
        GoldenMachine g = new GoldenMachine(file);
        try {
            g.fill();
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
        g.options(file.root().path("options"));
        g.names(file.root().path("names"));
        g.m.name = file.name();
        return g.m;
    }

    private void fill() throws IllegalAccessException {
        for (Field f : Machine.class.getFields()) {
            if (f.getType() == int.class && sizes.has(f.getName())) {
                f.setInt(m, sizes.path(f.getName()).asInt());
            }
        }
        if (!fixed.has("geom_type") && own == null) {
            // files of large models leave the geoms out
            m.ngeom = 0;
        }
        for (Field f : Machine.class.getFields()) {
            String key = underscored(f.getName());
            JsonNode value = fixed.path(key);
            if (value.isMissingNode()) {
                value = fixed.path(key.replaceFirst("_m0$", "_M0"));
            }
            set(f, value);
        }
        if (own == null) {
            derive();
        }
        if (m.actuatorCtrllimited.length != m.nu) {
            // the file has the first input of each actuator only
            m.actuatorCtrllimited = own != null ? own.actuatorCtrllimited : new boolean[m.nu];
        }
    }

    private void set(Field f, JsonNode value) throws IllegalAccessException {
        int n = value.size();
        if (value.isMissingNode() && own != null && !f.getName().equals("option")) {
            if (f.getType() != int.class || !sizes.has(f.getName())) {
                f.set(m, f.get(own));
            }
        } else if (value.isMissingNode()) {
            int want = missingLength(f.getName());
            if (want > 0) {
                f.set(m, java.lang.reflect.Array.newInstance(f.getType().componentType(), want));
            }
        } else if (f.getType() == double[].class) {
            f.set(m, GoldenFile.numbers(value));
        } else if (f.getType() == int[].class) {
            int[] a = new int[n];
            for (int i = 0; i < n; i++) {
                a[i] = value.get(i).asInt();
            }
            f.set(m, a);
        } else if (f.getType() == boolean[].class) {
            boolean[] a = new boolean[n];
            for (int i = 0; i < n; i++) {
                a[i] = value.get(i).asInt() != 0;
            }
            f.set(m, a);
        }
    }

    /** How long an array is that the file leaves out because it is zero everywhere. */
    private int missingLength(String name) {
        return switch (name) {
            case "bodyJntadr",
                    "bodyDofadr",
                    "bodyTreeid",
                    "bodyGeomnum",
                    "bodyGeomadr",
                    "bodySleep",
                    "bodyContype",
                    "bodyConaffinity" ->
                    m.nbody;
            case "bodyGravcomp", "bodyMargin" -> m.nbody;
            case "jntGroup", "jntActfrclimited", "jntActgravcomp" -> m.njnt;
            case "jntStiffnesspoly", "jntActfrcrange" -> 2 * m.njnt;
            case "dofBodyid", "dofMadr", "dofSimplenum", "dofFrictionloss", "dofArmature" -> m.nv;
            case "dofDampingpoly" -> 2 * m.nv;
            case "geomMatid", "geomGroup", "geomAdhesion", "geomContype", "geomConaffinity" ->
                    m.ngeom;
            case "geomPriority", "geomMargin", "geomGap" -> m.ngeom;
            case "geomFluid" -> 12 * m.ngeom;
            case "geomSurfacevel", "geomAabb" -> 6 * m.ngeom;
            case "geomRgba" -> 4 * m.ngeom;
            case "siteGroup" -> m.nsite;
            case "siteRgba" -> 4 * m.nsite;
            case "tendonGroup",
                    "tendonActfrclimited",
                    "tendonWidth",
                    "tendonArmature",
                    "tendonFrictionloss" ->
                    m.ntendon;
            case "tendonStiffnesspoly", "tendonDampingpoly", "tendonActfrcrange" -> 2 * m.ntendon;
            case "pairAdhesion" -> m.npair;
            case "actuatorGroup",
                    "actuatorActearly",
                    "actuatorDelay",
                    "actuatorHistorynum",
                    "actuatorArmature",
                    "actuatorCranklength",
                    "actuatorDamping" ->
                    m.nactuator;
            case "sensorNoise", "sensorDelay", "sensorHistorynum" -> m.nsensor;
            case "sensorInterval" -> 2 * m.nsensor;
            case "sensorIntprm" -> 3 * m.nsensor;
            default -> 0;
        };
    }

    private void derive() {
        Arrays.fill(m.bodyJntadr, -1);
        Arrays.fill(m.bodyDofadr, -1);
        Arrays.fill(m.bodyGeomadr, -1);
        Arrays.fill(m.bodyTreeid, -1);
        int jnt = 0;
        int dof = 0;
        for (int b = 0; b < m.nbody; b++) {
            if (m.bodyJntnum[b] > 0) {
                m.bodyJntadr[b] = jnt;
                m.bodyDofadr[b] = dof;
            }
            jnt += m.bodyJntnum[b];
            for (int k = 0; k < m.bodyDofnum[b]; k++) {
                m.dofBodyid[dof] = b;
                m.dofSimplenum[dof] = m.bodySimple[b] != 0 ? 1 : 0;
                dof++;
            }
            m.bodyTreeid[b] =
                    m.bodyDofnum[b] > 0
                            ? m.dofTreeid[m.bodyDofadr[b]]
                            : b > 0 ? m.bodyTreeid[m.bodyParentid[b]] : -1;
        }
        for (int i = m.nv - 2; i >= 0; i--) {
            if (m.dofSimplenum[i] > 0) {
                m.dofSimplenum[i] = 1 + m.dofSimplenum[i + 1];
            }
        }
        int ancestors = 0;
        for (int i = 0; i < m.nv; i++) {
            m.dofMadr[i] = ancestors;
            for (int j = i; j >= 0; j = m.dofParentid[j]) {
                ancestors++;
            }
        }
        m.nM = ancestors;
        for (int g = m.ngeom - 1; g >= 0 && m.geomBodyid.length > 0; g--) {
            int b = m.geomBodyid[g];
            m.bodyGeomadr[b] = g;
            m.bodyGeomnum[b]++;
            m.bodyContype[b] |= m.geomContype[g];
            m.bodyConaffinity[b] |= m.geomConaffinity[g];
            m.bodyMargin[b] = Math.max(m.bodyMargin[b], m.geomMargin[g] + m.geomGap[g]);
        }
        limitedByRange(m.jntActfrclimited, m.jntActfrcrange);
        limitedByRange(m.tendonActfrclimited, m.tendonActfrcrange);
        exclusions();
        keys();
    }

    private static void limitedByRange(boolean[] limited, double[] range) {
        for (int i = 0; i < limited.length; i++) {
            limited[i] = range[2 * i] < range[2 * i + 1];
        }
    }

    private void exclusions() {
        JsonNode signature = fixed.path("exclude_signature");
        m.excludeBody1 = new int[signature.size()];
        m.excludeBody2 = new int[signature.size()];
        for (int i = 0; i < signature.size(); i++) {
            m.excludeBody1[i] = signature.get(i).asInt() >> 16;
            m.excludeBody2[i] = signature.get(i).asInt() & 0xffff;
        }
    }

    private void keys() {
        m.keyQpos = split("key_qpos", m.nq);
        m.keyQvel = split("key_qvel", m.nv);
        m.keyAct = split("key_act", m.na);
        m.keyCtrl = split("key_ctrl", m.nu);
        m.keyMpos = split("key_mpos", 3 * m.nmocap);
        m.keyMquat = split("key_mquat", 4 * m.nmocap);
    }

    private double[][] split(String field, int n) {
        double[] all = GoldenFile.numbers(fixed.path(field));
        double[][] out = new double[m.nkey][];
        for (int k = 0; k < m.nkey; k++) {
            out[k] = Arrays.copyOfRange(all, k * n, (k + 1) * n);
        }
        return out;
    }

    private void options(JsonNode o) {
        Options p = m.option;
        for (Field f : Options.class.getFields()) {
            JsonNode v = o.path(underscored(f.getName()));
            try {
                if (v.isMissingNode()) {
                    continue;
                }
                if (f.getType() == double.class) {
                    f.setDouble(p, v.asDouble());
                } else if (f.getType() == int.class) {
                    f.setInt(p, v.asInt());
                } else if (f.getType() == double[].class) {
                    f.set(p, GoldenFile.numbers(v));
                }
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
        p.integrator = Options.Integrator.valueOf(upper(o.path("integrator")));
        p.cone = Options.Cone.valueOf(upper(o.path("cone")));
        p.solver = Options.Solver.valueOf(upper(o.path("solver")));
        p.jacobian = Options.JacobianForm.valueOf(upper(o.path("jacobian")));
        for (JsonNode flag : o.path("disable")) {
            p.disable.add(Options.Flag.valueOf(upper(flag)));
        }
        for (JsonNode flag : o.path("enable")) {
            p.enable.add(Options.Flag.valueOf(upper(flag)));
        }
    }

    private void names(JsonNode names) {
        m.bodyName = texts(names.path("bodies"), m.nbody);
        m.jntName = texts(names.path("joints"), m.njnt);
        m.geomName = texts(names.path("geoms"), m.ngeom);
        m.siteName = texts(names.path("sites"), m.nsite);
        m.tendonName = texts(names.path("tendons"), m.ntendon);
        m.actuatorName = texts(names.path("actuators"), m.nactuator);
        m.sensorName = texts(names.path("sensors"), m.nsensor);
        m.eqName = texts(names.path("equalities"), m.neq);
        m.keyName = texts(names.path("keys"), m.nkey);
    }

    private static String[] texts(JsonNode a, int n) {
        String[] out = new String[n];
        for (int i = 0; i < n; i++) {
            out[i] = i < a.size() ? a.get(i).asString() : "";
        }
        return out;
    }

    private static String upper(JsonNode word) {
        return word.asString().toUpperCase(Locale.ROOT);
    }

    /**
     * {@code bodyParentid} becomes {@code body_parentid}, {@code tendonSolrefLim}
     * tendon_solref_lim.
     */
    private static String underscored(String camel) {
        return camel.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
