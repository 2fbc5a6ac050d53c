/**
 * Threads of scheduled jobs.
 *
 * <p>Owns: the scheduler that runs every {@code @Scheduled} method. Does not own: any job; each belongs to its module.
 * Invariants: a job never waits for another one, and never runs twice at a time on one node. Times: intervals, which no
 * clock can move.
 */
@InnerPackage(mayUse = {})
@NullMarked
package express.polaris.platform.jobs;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
