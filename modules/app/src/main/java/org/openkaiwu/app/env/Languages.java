package org.openkaiwu.app.env;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.openkaiwu.math.Text;

/**
 * Which language the user reads: {@code --lang}, else the {@code KAIWU_LANG} variable, else the
 * locale: of the environment, which may name one that is not installed, else of the system.
 */
public final class Languages {
    private Languages() {}

    /** The locale for messages and help. */
    public static Locale localeOf(String[] args) {
        String wanted = System.getenv("KAIWU_LANG");
        for (int i = 0; i < args.length; i++) {
            if (args[i].startsWith("--lang=")) {
                wanted = args[i].substring("--lang=".length());
            } else if (args[i].equals("--lang") && i + 1 < args.length) {
                wanted = args[i + 1];
            }
        }
        if (wanted == null) {
            wanted = ofEnvironment().orElse(null);
        }
        if (wanted == null) {
            return isChinese(Locale.getDefault()) ? Locale.CHINESE : Locale.ENGLISH;
        }
        return wanted.startsWith("zh") ? Locale.CHINESE : Locale.ENGLISH;
    }

    /**
     * As other programs read it: the first that is set; empty when it says nothing of a language.
     */
    private static Optional<String> ofEnvironment() {
        return Stream.of("LC_ALL", "LC_MESSAGES", "LANG")
                .map(System::getenv)
                .filter(l -> l != null && !l.isEmpty())
                .findFirst()
                .filter(l -> !l.equals("C") && !l.startsWith("C.") && !l.equals("POSIX"));
    }

    /** The language of messages to the user of this process. */
    public static Text.Language current() {
        return isChinese(Locale.getDefault()) ? Text.Language.ZH : Text.Language.EN;
    }

    private static boolean isChinese(Locale locale) {
        return locale.getLanguage().equals("zh");
    }
}
