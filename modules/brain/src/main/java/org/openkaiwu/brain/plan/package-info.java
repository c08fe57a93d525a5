/**
 * From a goal to a sequence of skills.
 *
 * <p>{@link org.openkaiwu.brain.plan.Planner} works backwards from each literal of the goal
 * (means-ends analysis, Newell and Simon 1961) over the skills' own conditions and costs; {@link
 * org.openkaiwu.brain.plan.PlanState} is the little world in which it checks what a skill changes.
 */
package org.openkaiwu.brain.plan;
