/** Where the checkout is and which language its user reads. */
package org.openkaiwu.app.env;
