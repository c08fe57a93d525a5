/** The description of a machine, its readers and what can be inferred from it. */
module org.openkaiwu.body {
    requires transitive org.openkaiwu.math;
    requires java.xml;

    exports org.openkaiwu.body;
    exports org.openkaiwu.body.file;
    exports org.openkaiwu.body.infer;
    exports org.openkaiwu.body.mesh;
    exports org.openkaiwu.body.mjcf;
    exports org.openkaiwu.body.urdf;
}
