/** The application: command line, server, wiring, run reports. The only room that knows all. */
package org.openkaiwu.app;
