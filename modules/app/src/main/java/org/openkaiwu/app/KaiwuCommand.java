package org.openkaiwu.app;

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
            WarmUpCommand.class,
            org.openkaiwu.app.understand.UnderstandCommand.class,
            org.openkaiwu.app.simcmd.SimCommand.class
        })
final class KaiwuCommand implements Runnable {
    @Spec private CommandSpec spec;

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
