package org.openkaiwu.app;

import java.util.Locale;
import java.util.ResourceBundle;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openkaiwu.app.env.Languages;
import org.openkaiwu.math.InputException;
import picocli.CommandLine;

/** Entry of the {@code kaiwu} command. Exit codes: 0 done, 1 not done, 2 wrong use or input. */
public final class Main {
    /** Held here, since loggers that nobody holds forget their level. */
    private static final Logger SERVER_LOG = Logger.getLogger("org.eclipse.jetty");

    private Main() {}

    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Runs one command and returns its exit code. */
    static int run(String[] args) {
        // Of the web server's own log only what went wrong is for a user's eyes.
        SERVER_LOG.setLevel(Level.WARNING);
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
