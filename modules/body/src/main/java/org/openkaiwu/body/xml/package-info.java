/** XML files as small trees that know their lines, read within fixed limits. */
package org.openkaiwu.body.xml;
