/** Command line, server, wiring. */
module org.openkaiwu.app {
    requires java.desktop;
    requires java.management;
    requires org.openkaiwu.sim;
    requires org.openkaiwu.wire;
    requires info.picocli;
    requires java.logging;
    requires tools.jackson.databind;
    requires tools.jackson.dataformat.yaml;

    opens org.openkaiwu.app to
            info.picocli;
    opens org.openkaiwu.app.body to
            info.picocli;
    opens org.openkaiwu.app.understand to
            info.picocli;
    opens org.openkaiwu.app.simcmd to
            info.picocli;
    opens org.openkaiwu.app.eval to
            info.picocli;
    opens org.openkaiwu.app.measure to
            info.picocli;
    opens org.openkaiwu.app.console to
            info.picocli;
    opens org.openkaiwu.app.run to
            info.picocli,
            tools.jackson.databind;
}
