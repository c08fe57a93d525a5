/** Channels to the outside, recordings. */
module org.openkaiwu.wire {
    requires transitive org.openkaiwu.brain;
    requires transitive tools.jackson.databind;
    requires org.eclipse.jetty.server;
    requires org.eclipse.jetty.websocket.server;

    exports org.openkaiwu.wire;
}
