/**
 * Benchmarks that are started by hand (docs/benchmarks.md); none of them is a test.
 *
 * <p>Absolute times depend on the machine and on what else it does. What counts is the ratio of two numbers that were
 * measured in the same run.
 */
package express.polaris.benchmarks;
