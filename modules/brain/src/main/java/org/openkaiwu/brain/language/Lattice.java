package org.openkaiwu.brain.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openkaiwu.math.Text;

/**
 * The tokens that words and scene allow in a sentence: every known form at every place, so that no
 * segmenter decides beforehand. Fillers and spaces are bridged: a token may end where the next
 * token begins.
 */
final class Lattice {

    /**
     * A token.
     *
     * @param start first character in the normalised text
     * @param end where the next token begins, fillers passed over
     * @param stop end of the token's own characters
     */
    record Token(int start, int end, int stop, Words.Sense sense, double cost) {}

    private static final double WORD = 0.2;
    private static final double FILLER = 0.06;
    private static final double WEAK_FILLER = 0.6;
    private static final double COMMA = 0.3;
    private static final int UNKNOWN_MAX = 4;

    private final String text;
    private final int[] origin;
    private final List<List<Token>> ending = new ArrayList<>();
    private final boolean[] covered;
    private final double[] startCost;
    private final List<String> unknown = new ArrayList<>();
    private boolean guessed;

    private Lattice(String text, int[] origin) {
        this.text = text;
        this.origin = origin;
        covered = new boolean[text.length()];
        startCost = new double[text.length() + 1];
        for (int i = 0; i <= text.length(); i++) {
            ending.add(new ArrayList<>());
        }
    }

    /** Builds the lattice; with {@code guess} unknown words may be nouns, qualities or acts. */
    static Lattice of(String sentence, Words words, SceneView scene, boolean guess) {
        var origin = new ArrayList<Integer>();
        String text = normalise(sentence, origin, words.spelling());
        var lattice = new Lattice(text, origin.stream().mapToInt(Integer::intValue).toArray());
        lattice.guessed = guess;
        lattice.fill(words, scene, guess);
        return lattice;
    }

    /**
     * Width, case and spaces evened; {@code origin} gets each character's place in the sentence.
     */
    static String normalise(String sentence, List<Integer> origin, Spelling spelling) {
        var out = new StringBuilder();
        for (int i = 0; i < sentence.length(); i++) {
            char c = spelling.simplified(sentence.charAt(i));
            if (c >= 0xFF01 && c <= 0xFF5E) {
                c = (char) (c - 0xFEE0);
            } else if (c == '\u3000' || Character.isWhitespace(c)) {
                c = ' ';
            } else if (c == '\u2019' || c == '\u2018') {
                c = '\'';
            } else if (c == '\u201c'
                    || c == '\u201d'
                    || c == '"'
                    || c == '\u300c'
                    || c == '\u300d') {
                c = ' ';
            }
            c = Character.toString(c).toLowerCase(Locale.ROOT).charAt(0);
            int mark = Numerals.mark(sentence, i);
            if (mark > 0) {
                String said = Character.isDigit(c) ? out.isEmpty() ? "" : ";" : " to ";
                for (char m : said.toCharArray()) {
                    out.append(m);
                    origin.add(i);
                }
                i += mark - 1;
                continue;
            }
            boolean space = c == ' ' || c == '(' || c == ')';
            if (space && (out.isEmpty() || out.charAt(out.length() - 1) == ' ')) {
                continue;
            }
            boolean again =
                    "!?.".indexOf(c) >= 0 && !out.isEmpty() && out.charAt(out.length() - 1) == c;
            if (again) {
                continue;
            }
            out.append(space ? ' ' : c);
            origin.add(i);
        }
        while (!out.isEmpty()
                && " .!?\u3002\u2026,;~\u3001".indexOf(out.charAt(out.length() - 1)) >= 0) {
            out.setLength(out.length() - 1);
        }
        return out.toString();
    }

    /** The language most of the letters belong to. */
    static Text.Language language(String sentence) {
        int han = 0;
        int latin = 0;
        for (int i = 0; i < sentence.length(); i++) {
            char c = sentence.charAt(i);
            if (isHan(c)) {
                han++;
            } else if (Character.isLetter(c)) {
                latin++;
            }
        }
        return han * 3 >= latin && han > 0 ? Text.Language.ZH : Text.Language.EN;
    }

    private static boolean isHan(char c) {
        return Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN;
    }

    private static boolean isLatin(char c) {
        return c < 128 && Character.isLetterOrDigit(c);
    }

    private boolean boundary(int at) {
        return at <= 0
                || at >= text.length()
                || !isLatin(text.charAt(at - 1))
                || !isLatin(text.charAt(at))
                || Character.isDigit(text.charAt(at)) != Character.isDigit(text.charAt(at - 1));
    }

    private void fill(Words words, SceneView scene, boolean guess) {
        int n = text.length();
        int longest = Math.max(words.longest(), scene.longestName());
        var raw = new ArrayList<Token>();
        var fillers = new ArrayList<List<int[]>>();
        for (int i = 0; i < n; i++) {
            fillers.add(new ArrayList<>());
            if (!boundary(i)) {
                continue;
            }
            for (int j = i + 1; j <= Math.min(n, i + longest); j++) {
                if (!boundary(j)) {
                    continue;
                }
                String form = text.substring(i, j);
                List<Words.Sense> named = scene.senses(form);
                for (Words.Sense s : words.senses(form)) {
                    if (!named.isEmpty() && s.value().startsWith("kind:")) {
                        continue; // the scene's own name for something says it better
                    }
                    if (s.category().equals("FILL")) {
                        fillers.get(i).add(new int[] {j, s.value().equals("weak") ? 1 : 0});
                    } else {
                        raw.add(new Token(i, j, j, s, WORD + s.cost()));
                    }
                    mark(i, j);
                }
                for (Words.Sense s : named) {
                    raw.add(new Token(i, j, j, s, WORD + s.cost()));
                    mark(i, j);
                }
            }
            punctuation(i, raw);
            numeral(i, raw);
        }
        wholeNames(words, scene, raw);
        findUnknown(raw, guess);
        bridge(raw, fillers);
    }

    /** A thing that is called "small box" is that thing, not the smallest of the boxes. */
    private void wholeNames(Words words, SceneView scene, List<Token> raw) {
        List<Token> names =
                raw.stream()
                        .filter(t -> t.sense().value().startsWith("name:"))
                        .filter(t -> words.senses(text.substring(t.start(), t.stop())).isEmpty())
                        .toList();
        raw.removeIf(t ->
                t.sense().category().equals("SIZE")
                        && names.stream()
                                .anyMatch(n ->
                                        n.start() <= t.start()
                                                && t.stop() <= n.stop()
                                                && n.stop() - n.start() > t.stop() - t.start()
                                                && scene.named(
                                                        text.substring(n.start(), n.stop()))));
    }

    /** Numbers in digits and in Chinese, beyond those that the words list. */
    private void numeral(int i, List<Token> raw) {
        if (i > 0
                && Numerals.part(text.charAt(i - 1)) == Numerals.part(text.charAt(i))
                && Numerals.part(text.charAt(i)) != 0) {
            return;
        }
        int end = Numerals.end(text, i);
        if (end <= i) {
            return;
        }
        double value = Numerals.value(text.substring(i, end));
        if (Double.isNaN(value)) {
            return;
        }
        boolean whole = value == Math.rint(value);
        if (whole && value <= 10) {
            return;
        }
        String category = whole ? "NUM" : "DEC";
        String number = whole ? Integer.toString((int) value) : Double.toString(value);
        raw.add(new Token(i, end, end, new Words.Sense(category, number, 0, false), WORD));
        mark(i, end);
    }

    private void punctuation(int i, List<Token> raw) {
        char c = text.charAt(i);
        if (",;.!:\u3002".indexOf(c) >= 0) {
            String kind = c == ':' ? "colon" : "sep";
            raw.add(new Token(i, i + 1, i + 1, new Words.Sense("SEQ", kind, 0, false), 0.05));
            if (c == ',') {
                raw.add(new Token(i, i + 1, i + 1, new Words.Sense("AND", "and", 0, false), 0.4));
            }
            mark(i, i + 1);
        } else if (c == '\u3001') {
            raw.add(new Token(i, i + 1, i + 1, new Words.Sense("AND", "and", 0, false), 0.05));
            mark(i, i + 1);
        } else if (c == ' ' || c == '?' || c == '-' || c == '\'') {
            mark(i, i + 1);
        }
    }

    private void mark(int i, int j) {
        for (int k = i; k < j; k++) {
            covered[k] = true;
        }
    }

    private void findUnknown(List<Token> raw, boolean guess) {
        int n = text.length();
        for (int i = 0; i < n; ) {
            if (covered[i]) {
                i++;
                continue;
            }
            int j = i;
            while (j < n && !covered[j]) {
                j++;
            }
            String word = text.substring(i, j).strip();
            if (!word.isEmpty()) {
                unknown.add(word);
                if (guess) {
                    guess(i, j, raw);
                }
            }
            i = j;
        }
    }

    private void guess(int from, int to, List<Token> raw) {
        boolean han = isHan(text.charAt(from));
        int lead = han ? 2 : 0;
        // a Chinese unknown word may contain known characters on either side
        for (int i = Math.max(0, from - lead); i <= from; i++) {
            for (int j = to; j <= Math.min(text.length(), to + lead); j++) {
                if (j - i > Math.max(UNKNOWN_MAX, to - from) || !plain(i, j)) {
                    continue;
                }
                String word = text.substring(i, j);
                double cost = 4 + 0.3 * (j - i - (to - from)) + (han && j - i == 1 ? 0.6 : 0);
                raw.add(new Token(i, j, j, new Words.Sense("N", "?" + word, 0, false), cost));
                raw.add(new Token(i, j, j, new Words.Sense("UNKADJ", word, 0, false), cost + 0.5));
                raw.add(new Token(i, j, j, new Words.Sense("UNKVERB", word, 0, false), cost));
            }
        }
    }

    private boolean plain(int i, int j) {
        for (int k = i; k < j; k++) {
            if (!Character.isLetterOrDigit(text.charAt(k))) {
                return isLatin(text.charAt(i)) && text.charAt(k) == '-';
            }
        }
        return true;
    }

    /** Ends of tokens moved on over spaces and, at a small cost, over fillers. */
    private void bridge(List<Token> raw, List<List<int[]>> fillers) {
        int n = text.length();
        // reach.get(i): pairs (position, cost in fillers) reachable from i over spaces and fillers
        var reach = new ArrayList<List<double[]>>();
        for (int i = 0; i <= n; i++) {
            reach.add(null);
        }
        for (int i = n; i >= 0; i--) {
            var list = new ArrayList<double[]>();
            if (i < n && " ?-".indexOf(text.charAt(i)) >= 0) {
                list.addAll(reach.get(i + 1));
            } else {
                list.add(new double[] {i, 0});
                if (i < n) {
                    for (int[] f : fillers.get(i)) {
                        double cost = f[1] == 1 ? WEAK_FILLER : FILLER;
                        for (double[] r : reach.get(f[0])) {
                            merge(list, (int) r[0], r[1] + cost);
                        }
                    }
                    if (",!:.".indexOf(text.charAt(i)) >= 0) {
                        for (double[] r : reach.get(i + 1)) {
                            merge(list, (int) r[0], r[1] + COMMA);
                        }
                    }
                }
            }
            reach.set(i, list);
        }
        java.util.Arrays.fill(startCost, Double.POSITIVE_INFINITY);
        for (double[] r : reach.get(0)) {
            startCost[(int) r[0]] = r[1];
        }
        for (Token t : raw) {
            for (double[] r : reach.get(t.end())) {
                int end = (int) r[0];
                ending.get(end)
                        .add(new Token(t.start(), end, t.stop(), t.sense(), t.cost() + r[1]));
            }
        }
    }

    private static void merge(List<double[]> list, int at, double cost) {
        for (double[] r : list) {
            if ((int) r[0] == at) {
                r[1] = Math.min(r[1], cost);
                return;
            }
        }
        list.add(new double[] {at, cost});
    }

    String text() {
        return text;
    }

    int length() {
        return text.length();
    }

    /** Tokens that end where a next one may begin. */
    List<Token> ending(int at) {
        return ending.get(at);
    }

    /** Cost of beginning to read at a character; infinite when something lies before it. */
    double startCost(int at) {
        return startCost[at];
    }

    /** Words that neither the language data nor the scene knows. */
    List<String> unknown() {
        return unknown;
    }

    /** Whether a word of a category may be in it. */
    boolean says(String category) {
        return ending.stream()
                .anyMatch(l -> l.stream().anyMatch(t -> t.sense().category().equals(category)));
    }

    /** Whether nothing was said but greetings and the like. */
    boolean onlyFillers() {
        return startCost[text.length()] < Double.POSITIVE_INFINITY;
    }

    /** Whether unknown words were taken for nouns, qualities or acts. */
    boolean guessed() {
        return guessed;
    }

    /** Place in the sentence of a character of the normalised text. */
    int origin(int at) {
        if (origin.length == 0) {
            return 0;
        }
        return at < origin.length ? origin[at] : origin[origin.length - 1] + 1;
    }
}
