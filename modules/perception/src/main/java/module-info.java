/** From sightings to the believed world. */
module org.openkaiwu.perception {
    requires transitive org.openkaiwu.robot;

    exports org.openkaiwu.perception;
}
