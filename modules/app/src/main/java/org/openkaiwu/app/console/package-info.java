/**
 * The console page's side of the program: what is on offer, one run at a time, events and frames to
 * whoever watches. See {@code web/}.
 */
package org.openkaiwu.app.console;
