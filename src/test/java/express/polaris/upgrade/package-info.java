/**
 * Upgrade tests: the schema and data of earlier versions, migrated and read by today's application.
 *
 * <p>{@link express.polaris.upgrade.WriteUpgradeFixture} makes a fixture: a dump of a database that a version has filled
 * itself, and the numbers that this version shows for it. {@link express.polaris.upgrade.UpgradeTest} starts today's
 * application on each dump and compares the numbers.
 */
@NullMarked
package express.polaris.upgrade;

import org.jspecify.annotations.NullMarked;
