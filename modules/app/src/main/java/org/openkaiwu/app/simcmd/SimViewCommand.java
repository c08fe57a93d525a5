package org.openkaiwu.app.simcmd;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.openkaiwu.app.console.Bench;
import org.openkaiwu.app.console.PageAddress;
import org.openkaiwu.app.env.Home;
import org.openkaiwu.app.env.Languages;
import org.openkaiwu.math.Text;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kaiwu sim view}: any model alive in the browser. */
@Command(name = "view", mixinStandardHelpOptions = true)
final class SimViewCommand implements Callable<Integer> {
    /** Another one than the console's, so that both can be open. */
    private static final int PORT = 8660;

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE", descriptionKey = "view.file")
    private Path file;

    @Mixin private PageAddress address;

    @Override
    public Integer call() throws IOException {
        String title = file.getFileName().toString();
        try (Bench bench =
                new Bench(
                        Home.root(),
                        title,
                        ModelFiles.load(file),
                        address.host(),
                        address.port(PORT))) {
            Text where =
                    new Text(
                            "See it at " + bench.url() + "; end with Ctrl-C.",
                            "打开 " + bench.url() + " 查看，按 Ctrl-C 结束。");
            spec.commandLine().getOut().println(where.in(Languages.current()));
            spec.commandLine().getOut().flush();
            bench.work();
        }
        return 0;
    }
}
