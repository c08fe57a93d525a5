package org.openkaiwu.app.body;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The group of commands about robot files. */
@Command(
        name = "body",
        mixinStandardHelpOptions = true,
        subcommands = {BodyCheckCommand.class, BodyAddCommand.class})
public final class BodyCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
