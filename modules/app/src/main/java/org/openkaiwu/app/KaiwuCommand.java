package org.openkaiwu.app;

import org.openkaiwu.app.body.BodyCommand;
import org.openkaiwu.app.console.DemoCommand;
import org.openkaiwu.app.console.ReplayCommand;
import org.openkaiwu.app.eval.EvalCommand;
import org.openkaiwu.app.run.RunCommand;
import org.openkaiwu.app.simcmd.SimCommand;
import org.openkaiwu.app.understand.UnderstandCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code kaiwu} command with its subcommands. */
@Command(
        name = "kaiwu",
        mixinStandardHelpOptions = true,
        version = "OpenKaiwu 0.1.0",
        subcommands = {
            DemoCommand.class,
            EvalCommand.class,
            RunCommand.class,
            ReplayCommand.class,
            BodyCommand.class,
            UnderstandCommand.class,
            SimCommand.class,
            WarmUpCommand.class
        })
final class KaiwuCommand implements Runnable {
    @Spec private CommandSpec spec;

    /** Read by {@code Languages} before the commands are parsed, so that help speaks it too. */
    @SuppressWarnings("UnusedVariable")
    @Option(
            names = "--lang",
            paramLabel = "zh|en",
            scope = ScopeType.INHERIT,
            descriptionKey = "option.lang")
    private String language;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
