package org.openkaiwu.app;

import picocli.CommandLine.Command;

/** Runs what most commands need once, so that the launcher's ahead-of-time cache holds it. */
@Command(name = "warm-up", hidden = true)
final class WarmUpCommand implements Runnable {
    @Override
    public void run() {
        Main.run(new String[] {"--help"});
    }
}
