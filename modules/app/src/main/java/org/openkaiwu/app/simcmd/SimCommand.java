package org.openkaiwu.app.simcmd;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The group of commands about the physics engine. */
@Command(
        name = "sim",
        mixinStandardHelpOptions = true,
        description = "The physics engine by itself.",
        subcommands = {
            SimEvalCommand.class,
            SimRolloutCommand.class,
            SimSpeedCommand.class,
            SimPaceCommand.class,
            SimViewCommand.class,
            SimPictureCommand.class,
            BesideCommand.class,
            HashesCommand.class,
            FidelityCommand.class
        })
public final class SimCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
