/** Command line, server, wiring. */
package org.openkaiwu.app;
