package org.openkaiwu.app;

import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openkaiwu.app.env.Languages;
import org.openkaiwu.app.env.Said;
import org.openkaiwu.math.InputException;
import org.openkaiwu.math.Text;
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
        line.setCaseInsensitiveEnumValuesAllowed(true);
        ResourceBundle words = ResourceBundle.getBundle("org.openkaiwu.app.help", locale);
        line.setResourceBundle(words);
        line.setExecutionExceptionHandler((error, command, parsed) -> {
            if (error instanceof InputException wrong) {
                command.getErr().println(Said.of(wrong));
                return 2;
            }
            if (error instanceof FileSystemException file) {
                command.getErr().println(lost(file));
                return 2;
            }
            throw error;
        });
        line.setParameterExceptionHandler((error, given) -> misused(error));
        return line.execute(args);
    }

    /** A file that could not be read or written, as one line. */
    private static String lost(FileSystemException e) {
        Text why =
                switch (e) {
                    case NoSuchFileException none ->
                            new Text("no such file or folder", "没有这个文件或文件夹");
                    case AccessDeniedException denied -> new Text("access is denied", "没有权限访问");
                    default -> new Text("cannot be read or written", "无法读写");
                };
        return e.getFile() + ": " + why.in(Languages.current());
    }

    /** What is wrong with a command line, what was perhaps meant, and where to read on. */
    private static int misused(CommandLine.ParameterException error) {
        CommandLine command = error.getCommandLine();
        PrintWriter err = command.getErr();
        Text.Language language = Languages.current();
        err.println(Said.in(error.getMessage(), language));
        if (error instanceof CommandLine.UnmatchedArgumentException e
                && !e.getSuggestions().isEmpty()) {
            String meant = String.join(", ", e.getSuggestions());
            err.println(new Text("Perhaps: ", "也许是：").in(language) + meant);
        }
        String help = command.getCommandSpec().qualifiedName() + " --help";
        err.println(new Text(help + " shows how.", help + " 有说明。").in(language));
        return CommandLine.ExitCode.USAGE;
    }
}
