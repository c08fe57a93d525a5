/** Evaluation: sentences × seeds × bodies × scenes, judged by physics, as one table. */
package org.openkaiwu.app.eval;
