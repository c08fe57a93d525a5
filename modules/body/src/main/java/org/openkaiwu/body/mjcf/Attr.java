package org.openkaiwu.body.mjcf;

import java.util.Arrays;
import java.util.List;
import org.openkaiwu.body.Spec;
import org.openkaiwu.body.xml.Element;

/** Reads typed attributes; what is not there leaves the present value. */
final class Attr {
    /** More numbers in one attribute are refused. */
    private static final int MAX_NUMBERS = 10_000_000;

    private Attr() {}

    private static String[] words(Element e, String key) {
        String text = e.get(key).strip();
        return text.isEmpty() ? new String[0] : text.split("\\s+");
    }

    /** All numbers of an attribute; null when it is not there. */
    static double[] list(Element e, String key) {
        if (!e.has(key)) {
            return null;
        }
        String[] w = words(e, key);
        if (w.length > MAX_NUMBERS) {
            throw e.error("attribute \"" + key + "\" has more than " + MAX_NUMBERS + " numbers");
        }
        double[] v = new double[w.length];
        for (int i = 0; i < v.length; i++) {
            v[i] = number(e, key, w[i]);
        }
        return v;
    }

    private static double number(Element e, String key, String word) {
        double v;
        try {
            v = Double.parseDouble(word);
        } catch (NumberFormatException bad) {
            throw e.error("attribute \"" + key + "\": \"" + brief(word) + "\" is no number");
        }
        if (!Double.isFinite(v)) {
            throw e.error("attribute \"" + key + "\": \"" + brief(word) + "\" is not finite");
        }
        return v;
    }

    private static String brief(String s) {
        return s.length() <= 40 ? s : s.substring(0, 40) + "...";
    }

    /** Exactly as many numbers as {@code into} has; true when the attribute is there. */
    static boolean exact(Element e, String key, double[] into) {
        return read(e, key, into, true);
    }

    /** At most as many numbers as {@code into} has; the rest stays. */
    static boolean some(Element e, String key, double[] into) {
        return read(e, key, into, false);
    }

    private static boolean read(Element e, String key, double[] into, boolean exact) {
        double[] v = list(e, key);
        if (v == null) {
            return false;
        }
        if (v.length > into.length || exact && v.length < into.length) {
            throw e.error(
                    "attribute \""
                            + key
                            + "\" needs "
                            + (exact ? "" : "at most ")
                            + into.length
                            + (into.length == 1 ? " number" : " numbers")
                            + ", has "
                            + v.length);
        }
        System.arraycopy(v, 0, into, 0, v.length);
        return true;
    }

    static double number(Element e, String key, double present) {
        double[] v = {present};
        exact(e, key, v);
        return v[0];
    }

    static int integer(Element e, String key, int present) {
        if (!e.has(key)) {
            return present;
        }
        double v = number(e, key, 0);
        if (v != Math.rint(v) || Math.abs(v) > Integer.MAX_VALUE) {
            throw e.error("attribute \"" + key + "\" needs a whole number, has " + e.get(key));
        }
        return (int) v;
    }

    static boolean integers(Element e, String key, int[] into) {
        double[] v = new double[into.length];
        if (!exact(e, key, v)) {
            return false;
        }
        for (int i = 0; i < v.length; i++) {
            if (v[i] != Math.rint(v[i])) {
                throw e.error("attribute \"" + key + "\" needs whole numbers, has " + e.get(key));
            }
            into[i] = (int) v[i];
        }
        return true;
    }

    static float[] colour(Element e, String key, float[] present) {
        double[] v = new double[4];
        if (!exact(e, key, v)) {
            return present;
        }
        return new float[] {(float) v[0], (float) v[1], (float) v[2], (float) v[3]};
    }

    static String text(Element e, String key, String present) {
        return e.get(key, present);
    }

    /** Position of the value among the words allowed. */
    static int word(Element e, String key, int present, String... allowed) {
        if (!e.has(key)) {
            return present;
        }
        int i = Arrays.asList(allowed).indexOf(e.get(key));
        if (i < 0) {
            throw e.error(
                    "attribute \""
                            + key
                            + "\" is \""
                            + brief(e.get(key))
                            + "\"; allowed: "
                            + String.join(", ", allowed));
        }
        return i;
    }

    static boolean bool(Element e, String key, boolean present) {
        return word(e, key, present ? 1 : 0, "false", "true") == 1;
    }

    static Spec.Auto auto(Element e, String key, Spec.Auto present) {
        return Spec.Auto.values()[word(e, key, present.ordinal(), "false", "true", "auto")];
    }

    /** Sum of the bits of several words, each at most once and in order. */
    static int bits(Element e, String key, int present, List<String> allowed, int first) {
        if (!e.has(key)) {
            return present;
        }
        int bits = 0;
        int last = -1;
        for (String w : words(e, key)) {
            int i = allowed.indexOf(w);
            if (i <= last) {
                throw e.error(
                        "attribute \""
                                + key
                                + "\" is \""
                                + brief(e.get(key))
                                + "\"; allowed, in this order: "
                                + String.join(" ", allowed));
            }
            last = i;
            bits |= first << i;
        }
        return bits;
    }

    /** Only one of these attributes may be there. */
    static void exclusive(Element e, String... keys) {
        String found = null;
        for (String k : keys) {
            if (e.has(k)) {
                if (found != null) {
                    throw e.error("has both \"" + found + "\" and \"" + k + "\"; give one of them");
                }
                found = k;
            }
        }
    }
}
