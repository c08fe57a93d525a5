package org.openkaiwu.physics;

import java.util.Arrays;
import org.openkaiwu.body.Machine;
import org.openkaiwu.collision.ContactBuffer;
import org.openkaiwu.math.Flat;

/**
 * Contact sensors: those contacts that match the sensor's objects, the first, the nearest or the
 * strongest of them, or their sum. A slot holds what the sensor's bits ask for, in the order number
 * of matches, force, torque, distance, position, normal, tangent.
 */
final class SensorContact {
    private static final int FOUND = 1;
    private static final int FORCE = 2;
    private static final int TORQUE = 4;
    private static final int DIST = 8;
    private static final int POS = 16;
    private static final int NORMAL = 32;
    private static final int TANGENT = 64;

    private static final int MINDIST = 1;
    private static final int MAXFORCE = 2;
    private static final int NETFORCE = 3;

    private final World w;
    private final double[] s = new double[32];
    private int[] match = new int[16];
    private boolean[] flip = new boolean[16];
    private double[] key = new double[16];
    private int count;

    SensorContact(World world) {
        w = world;
    }

    void compute(int i, double[] out, int o) {
        Machine m = w.machine;
        int spec = m.sensorIntprm[3 * i];
        int reduce = m.sensorIntprm[3 * i + 1];
        int dim = m.sensorDim[i];
        int size = size(spec);
        Arrays.fill(out, o, o + dim, 0);
        collect(i, reduce);
        if (reduce == NETFORCE) {
            net(spec, out, o);
            return;
        }
        int slots = Math.min(dim / size, count);
        for (int k = 0; k < slots; k++) {
            if (reduce == MINDIST || reduce == MAXFORCE) {
                bringSmallest(k);
            }
            fill(spec, match[k], flip[k], out, o + k * size);
        }
    }

    private static int size(int spec) {
        int vectors = FORCE | TORQUE | POS | NORMAL | TANGENT;
        return 3 * Integer.bitCount(spec & vectors) + Integer.bitCount(spec & (FOUND | DIST));
    }

    private void collect(int i, int reduce) {
        ContactBuffer con = w.contacts;
        count = 0;
        for (int c = 0; c < con.count; c++) {
            int direction = matches(i, c);
            if (direction == 0) {
                continue;
            }
            if (count == match.length) {
                match = Arrays.copyOf(match, 2 * count);
                flip = Arrays.copyOf(flip, 2 * count);
                key = Arrays.copyOf(key, 2 * count);
            }
            match[count] = c;
            flip[count] = direction < 0;
            if (reduce == MINDIST) {
                key[count] = con.dist[c];
            } else if (reduce == MAXFORCE) {
                ContactForce.of(w, c, s, 0);
                key[count] = -Flat.dot3(s, 0, s, 0);
            }
            count++;
        }
    }

    /** Puts the smallest key of places k and on to place k, the earlier contact of equal ones. */
    private void bringSmallest(int k) {
        int best = k;
        for (int j = k + 1; j < count; j++) {
            if (key[j] < key[best] || key[j] == key[best] && match[j] < match[best]) {
                best = j;
            }
        }
        int c = match[best];
        boolean f = flip[best];
        double x = key[best];
        match[best] = match[k];
        flip[best] = flip[k];
        key[best] = key[k];
        match[k] = c;
        flip[k] = f;
        key[k] = x;
    }

    /** 0: contact c is not meant; 1: it is; -1: it is, with its normal reversed. */
    private int matches(int i, int c) {
        Machine m = w.machine;
        ContactBuffer con = w.contacts;
        int type1 = m.sensorObjtype[i];
        int type2 = m.sensorReftype[i];
        int id1 = m.sensorObjid[i];
        int id2 = m.sensorRefid[i];
        if (type1 == SensorFrame.UNKNOWN && type2 == SensorFrame.UNKNOWN) {
            return 1;
        }
        if (type1 == SensorFrame.SITE && !SensorPosition.insideSite(w, id1, con.pos, 3 * c, s)) {
            return 0;
        }
        int g1 = con.geom1[c];
        int g2 = con.geom2[c];
        boolean first1 = is(g1, type1, id1);
        boolean first2 = is(g2, type1, id1);
        boolean second1 = is(g1, type2, id2);
        boolean second2 = is(g2, type2, id2);
        if (!first1 && !first2 || !second1 && !second2) {
            return 0;
        }
        if (type1 == SensorFrame.UNKNOWN) {
            return second2 ? 1 : -1;
        }
        if (type2 == SensorFrame.UNKNOWN) {
            return first1 ? 1 : -1;
        }
        if (first1 && second2) {
            return 1;
        }
        return first2 && second1 ? -1 : 0;
    }

    private boolean is(int geom, int type, int id) {
        Machine m = w.machine;
        int body = m.geomBodyid[geom];
        switch (type) {
            case SensorFrame.GEOM -> {
                return id == geom;
            }
            case SensorFrame.BODY -> {
                return id == body;
            }
            case SensorFrame.XBODY -> {
                while (body > id) {
                    body = m.bodyParentid[body];
                }
                return body == id;
            }
            default -> {
                return type == SensorFrame.UNKNOWN || type == SensorFrame.SITE;
            }
        }
    }

    /** One contact's numbers; reversed means turned half about the second tangent. */
    private void fill(int spec, int c, boolean reversed, double[] out, int o) {
        ContactBuffer con = w.contacts;
        double sign = reversed ? -1 : 1;
        int at = o;
        if ((spec & FOUND) != 0) {
            out[at++] = count;
        }
        ContactForce.of(w, c, s, 0);
        if ((spec & FORCE) != 0) {
            Flat.set3(out, at, s[0], s[1], sign * s[2]);
            at += 3;
        }
        if ((spec & TORQUE) != 0) {
            Flat.set3(out, at, s[3], s[4], sign * s[5]);
            at += 3;
        }
        if ((spec & DIST) != 0) {
            out[at++] = con.dist[c];
        }
        if ((spec & POS) != 0) {
            at = put(out, at, con.pos, 3 * c, 1);
        }
        if ((spec & NORMAL) != 0) {
            at = put(out, at, con.frame, 9 * c, sign);
        }
        if ((spec & TANGENT) != 0) {
            put(out, at, con.frame, 9 * c + 3, sign);
        }
    }

    private static int put(double[] out, int at, double[] v, int vo, double sign) {
        Flat.set3(out, at, sign * v[vo], sign * v[vo + 1], sign * v[vo + 2]);
        return at + 3;
    }

    /** Sum of all matches, in world axes about the mean position weighted by force. */
    private void net(int spec, double[] out, int o) {
        ContactBuffer con = w.contacts;
        // 0: a force and torque, 6: point, 9: force, 12: torque, 15, 18: scratch
        Arrays.fill(s, 6, 15, 0);
        double total = 0;
        for (int k = 0; k < count; k++) {
            ContactForce.of(w, match[k], s, 0);
            double weight = Flat.norm3(s, 0);
            for (int j = 0; j < 3; j++) {
                s[6 + j] += weight * con.pos[3 * match[k] + j];
            }
            total += weight;
        }
        double scale = 1 / Math.max(total, 1e-15);
        Flat.set3(s, 6, s[6] * scale, s[7] * scale, s[8] * scale);
        for (int k = 0; k < count; k++) {
            int c = match[k];
            double sign = flip[k] ? -1 : 1;
            ContactForce.of(w, c, s, 0);
            Flat.mulMatTVec3(s, 0, con.frame, 9 * c, s, 0);
            Flat.mulMatTVec3(s, 3, con.frame, 9 * c, s, 3);
            for (int j = 0; j < 3; j++) {
                s[15 + j] = con.pos[3 * c + j] - s[6 + j];
            }
            Flat.cross3(s, 18, s, 15, s, 0);
            for (int j = 0; j < 3; j++) {
                s[9 + j] += sign * s[j];
                s[12 + j] += sign * (s[3 + j] + s[18 + j]);
            }
        }
        int at = o;
        if ((spec & FOUND) != 0) {
            out[at++] = count;
        }
        if ((spec & FORCE) != 0) {
            at = put(out, at, s, 9, 1);
        }
        if ((spec & TORQUE) != 0) {
            at = put(out, at, s, 12, 1);
        }
        if ((spec & DIST) != 0) {
            out[at++] = 0;
        }
        if ((spec & POS) != 0) {
            at = put(out, at, s, 6, 1);
        }
        if ((spec & NORMAL) != 0) {
            out[at] = 1;
            at += 3;
        }
        if ((spec & TANGENT) != 0) {
            out[at + 1] = 1;
        }
    }
}
