package org.openkaiwu.brain.language;

/** Numbers written in digits or in Chinese numerals. */
final class Numerals {
    private static final String DIGITS =
            "\u96f6\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d";
    private static final char TWO = '\u4e24';
    private static final char TEN = '\u5341';
    private static final char HUNDRED = '\u767e';
    private static final char HALF = '\u534a';
    private static final char ARROW = '\u2192';
    private static final int LONGEST = 6;

    private Numerals() {}

    /** Length of an arrow, or of a number that begins an item of a list, at a place; else 0. */
    static int mark(String s, int i) {
        char c = s.charAt(i);
        char next = i + 1 < s.length() ? s.charAt(i + 1) : ' ';
        if (c == ARROW) {
            return 1;
        }
        if ((c == '-' || c == '=') && next == '>') {
            return 2;
        }
        boolean begins = i == 0 || " ,;.\uff0c\uff1b\u3002".indexOf(s.charAt(i - 1)) >= 0;
        boolean closes = next == ')' || next == '\uff09' || next == '\u3001';
        return begins && c >= '1' && c <= '9' && closes ? 2 : 0;
    }

    /** 1 for a digit, 2 for a Chinese numeral, 0 for anything else. */
    static int part(char c) {
        if (c >= '0' && c <= '9') {
            return 1;
        }
        return DIGITS.indexOf(c) >= 0 || c == TWO || c == TEN || c == HUNDRED || c == HALF ? 2 : 0;
    }

    /** Where the number that begins at {@code from} ends; {@code from} when there is none. */
    static int end(String text, int from) {
        int kind = part(text.charAt(from));
        if (kind == 0) {
            return from;
        }
        int i = from;
        boolean point = false;
        while (i < text.length() && i - from < LONGEST) {
            char c = text.charAt(i);
            boolean decimal =
                    kind == 1
                            && !point
                            && c == '.'
                            && i + 1 < text.length()
                            && part(text.charAt(i + 1)) == 1;
            if (part(c) != kind && !decimal) {
                break;
            }
            point |= decimal;
            i++;
        }
        return i;
    }

    /** Its value, or NaN when it is no number. */
    static double value(String s) {
        if (part(s.charAt(0)) == 1) {
            return Double.parseDouble(s);
        }
        if (s.equals(String.valueOf(HALF))) {
            return 0.5;
        }
        int total = 0;
        int digit = -1;
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            if (c == TEN || c == HUNDRED) {
                total += (digit < 0 ? 1 : digit) * (c == TEN ? 10 : 100);
                digit = -1;
            } else if (c == HALF || digit > 0) {
                return Double.NaN;
            } else {
                digit = c == TWO ? 2 : DIGITS.indexOf(c);
            }
        }
        return total + Math.max(0, digit);
    }
}
