package org.openkaiwu.app.env;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openkaiwu.math.InputException;
import org.openkaiwu.math.Problem;
import org.openkaiwu.math.Text;

/**
 * What the rooms say about wrong input, in the user's language. The rooms say it in English; {@code
 * errors_zh.txt} holds each message as it stands in the code and its Chinese. Whatever is not there
 * is shown as it is.
 */
public final class Said {
    private static final int DEEPEST = 4;
    private static final Pattern BLANK = Pattern.compile("\\{(\\d*)}");

    /** One message: its English as a pattern with a group per blank, and the Chinese. */
    private record Entry(Pattern english, String chinese, int letters) {}

    /** Read when first needed, since most commands end well. */
    private static final class Table {
        /** Those that say most come first, so that a general one never hides a particular one. */
        static final List<Entry> ENTRIES =
                pairs().entrySet().stream()
                        .map(e -> entry(e.getKey(), e.getValue()))
                        .sorted(Comparator.comparingInt(Entry::letters).reversed())
                        .toList();
    }

    private Said() {}

    /** An error as one line. */
    public static String of(InputException e) {
        return of(e.problem());
    }

    /** Where and what, as one line. */
    public static String of(Problem p) {
        return p.where() + ": " + message(p);
    }

    /** What is wrong, without where. */
    public static String message(Problem p) {
        return in(p.message(), Languages.current());
    }

    /** A problem with its weight in front. */
    public static String line(Problem p) {
        Text weight =
                switch (p.severity()) {
                    case NOTE -> new Text("note", "说明");
                    case WARNING -> new Text("warning", "警告");
                    case ERROR -> new Text("error", "错误");
                };
        return weight.in(Languages.current()) + " " + of(p);
    }

    /** A message of the rooms in a language. */
    public static String in(String message, Text.Language language) {
        return language == Text.Language.EN ? message : chinese(message, 0).orElse(message);
    }

    /** The messages that there is Chinese for: English to Chinese. */
    public static Map<String, String> pairs() {
        Map<String, String> out = new LinkedHashMap<>();
        try (InputStream file =
                Said.class.getResourceAsStream("/org/openkaiwu/app/errors_zh.txt")) {
            String english = null;
            for (String line :
                    new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                if (line.startsWith(" ")) {
                    out.put(english, line.strip());
                } else {
                    english = line.strip();
                }
            }
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Entry entry(String english, String chinese) {
        StringBuilder pattern = new StringBuilder();
        Matcher blank = BLANK.matcher(english);
        int from = 0;
        while (blank.find()) {
            pattern.append(Pattern.quote(english.substring(from, blank.start()))).append("(.*?)");
            from = blank.end();
        }
        pattern.append(Pattern.quote(english.substring(from)));
        int letters =
                (int)
                        BLANK.matcher(english)
                                .replaceAll("")
                                .chars()
                                .filter(Character::isLetter)
                                .count();
        return new Entry(Pattern.compile(pattern.toString(), Pattern.DOTALL), chinese, letters);
    }

    private static Optional<String> chinese(String message, int depth) {
        if (depth > DEEPEST) {
            return Optional.empty();
        }
        for (Entry e : Table.ENTRIES) {
            Matcher m = e.english.matcher(message);
            if (m.matches()) {
                List<String> parts = new ArrayList<>();
                for (int i = 1; i <= m.groupCount(); i++) {
                    String part = m.group(i);
                    parts.add(inner(part, depth + 1));
                }
                return Optional.of(filled(e.chinese, parts));
            }
        }
        return Optional.empty();
    }

    /** What fills a blank may be a message too, perhaps behind where it was found. */
    private static String inner(String part, int depth) {
        Optional<String> whole = chinese(part, depth);
        int colon = part.indexOf(": ");
        if (whole.isPresent() || colon < 0) {
            return whole.orElse(part);
        }
        return part.substring(0, colon + 2)
                + chinese(part.substring(colon + 2), depth).orElse(part.substring(colon + 2));
    }

    private static String filled(String chinese, List<String> parts) {
        StringBuilder out = new StringBuilder();
        Matcher blank = BLANK.matcher(chinese);
        int next = 0;
        while (blank.find()) {
            int which = blank.group(1).isEmpty() ? next : Integer.parseInt(blank.group(1));
            next++;
            blank.appendReplacement(out, Matcher.quoteReplacement(parts.get(which)));
        }
        return blank.appendTail(out).toString();
    }
}
