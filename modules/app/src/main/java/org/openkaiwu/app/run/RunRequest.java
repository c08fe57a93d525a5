package org.openkaiwu.app.run;

/**
 * What to run.
 *
 * @param body name of a body
 * @param scene name of a scene
 * @param instruction sentence, Chinese or English
 * @param seed everything random follows from it
 */
public record RunRequest(String body, String scene, String instruction, long seed) {}
