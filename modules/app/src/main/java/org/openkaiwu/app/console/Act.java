package org.openkaiwu.app.console;

import java.util.List;
import org.openkaiwu.app.run.RunRequest;

/**
 * Something to show: the same sentence to one or more bodies, side by side.
 *
 * @param requests one a body
 * @param spoken false: the worlds are only shown
 * @param age number of the command that asked for it; a later command ends it
 */
record Act(List<RunRequest> requests, boolean spoken, long age) {}
