/** Commands about robot files: {@code kaiwu body check} and {@code kaiwu body add}. */
package org.openkaiwu.app.body;
