/**
 * Benchmarks, run manually (docs/benchmarks.md); none of them is a test.
 *
 * <p>Absolute times depend on the machine and its load. Only the ratio of two numbers measured in the same run is
 * meaningful.
 */
package express.polaris.benchmarks;
