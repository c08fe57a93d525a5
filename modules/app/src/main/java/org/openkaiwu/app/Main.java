package org.openkaiwu.app;

import java.util.Locale;
import java.util.ResourceBundle;
import org.openkaiwu.app.env.Languages;
import org.openkaiwu.math.InputException;
import picocli.CommandLine;

/** Entry of the {@code kaiwu} command. Exit codes: 0 done, 1 not done, 2 wrong use or input. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Runs one command and returns its exit code. */
    static int run(String[] args) {
        Locale locale = Languages.localeOf(args);
        Locale.setDefault(locale);
        CommandLine line = new CommandLine(new KaiwuCommand());
        ResourceBundle words = ResourceBundle.getBundle("org.openkaiwu.app.help", locale);
        line.setResourceBundle(words);
        line.setExecutionExceptionHandler((error, command, parsed) -> {
            if (error instanceof InputException) {
                command.getErr().println(error.getMessage());
                return 2;
            }
            throw error;
        });
        return line.execute(args);
    }
}
