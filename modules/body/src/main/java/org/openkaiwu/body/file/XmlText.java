package org.openkaiwu.body.file;

import java.util.Arrays;

/** Writes indented XML; numbers read back to the same double. */
final class XmlText {
    private final StringBuilder out = new StringBuilder();
    private int depth;
    private boolean tagOpen;

    XmlText open(String name) {
        closeTag();
        out.append("  ".repeat(depth)).append('<').append(name);
        depth++;
        tagOpen = true;
        return this;
    }

    XmlText close(String name) {
        depth--;
        if (tagOpen) {
            out.append("/>\n");
            tagOpen = false;
        } else {
            out.append("  ".repeat(depth)).append("</").append(name).append(">\n");
        }
        return this;
    }

    private void closeTag() {
        if (tagOpen) {
            out.append(">\n");
            tagOpen = false;
        }
    }

    XmlText text(String key, String value) {
        if (value != null && !value.isEmpty()) {
            out.append(' ').append(key).append("=\"").append(escaped(value)).append('"');
        }
        return this;
    }

    XmlText number(String key, double value) {
        out.append(' ').append(key).append("=\"").append(plain(value)).append('"');
        return this;
    }

    XmlText number(String key, double value, double otherwise) {
        return value == otherwise || Double.isNaN(value) ? this : number(key, value);
    }

    XmlText numbers(String key, double... values) {
        out.append(' ').append(key).append("=\"");
        for (int i = 0; i < values.length; i++) {
            out.append(i == 0 ? "" : " ").append(plain(values[i]));
        }
        out.append('"');
        return this;
    }

    /** Left out when equal to what holds without it. */
    XmlText changed(String key, double[] values, double... otherwise) {
        return values == null || Arrays.equals(values, otherwise) ? this : numbers(key, values);
    }

    XmlText colour(String key, float[] values) {
        if (values == null) {
            return this;
        }
        double[] rounded = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            rounded[i] = Double.parseDouble(Float.toString(values[i]));
        }
        return numbers(key, rounded);
    }

    private static String plain(double v) {
        if (v == Math.rint(v) && Math.abs(v) < 1e9) {
            return Long.toString((long) v);
        }
        return Double.toString(v);
    }

    private static String escaped(String s) {
        return s.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace("\"", "&quot;")
                .replace("\n", "&#10;");
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
