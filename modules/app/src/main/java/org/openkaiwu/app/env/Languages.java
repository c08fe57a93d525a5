package org.openkaiwu.app.env;

import java.util.Locale;
import org.openkaiwu.math.Text;

/**
 * Which language the user reads: {@code --lang}, else the {@code KAIWU_LANG} variable, else the
 * locale.
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
            return isChinese(Locale.getDefault()) ? Locale.CHINESE : Locale.ENGLISH;
        }
        return wanted.startsWith("zh") ? Locale.CHINESE : Locale.ENGLISH;
    }

    /** The language of messages to the user of this process. */
    public static Text.Language current() {
        return isChinese(Locale.getDefault()) ? Text.Language.ZH : Text.Language.EN;
    }

    private static boolean isChinese(Locale locale) {
        return locale.getLanguage().equals("zh");
    }
}
