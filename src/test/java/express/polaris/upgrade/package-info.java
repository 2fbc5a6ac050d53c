/**
 * Upgrade tests: schema and data of earlier versions, migrated and read by the current application.
 *
 * <p>{@link express.polaris.upgrade.WriteUpgradeFixture} creates a fixture: a dump of a database filled by a version,
 * and the numbers that this version shows for it. {@link express.polaris.upgrade.UpgradeTest} starts the current
 * application on each dump and compares the numbers.
 */
@NullMarked
package express.polaris.upgrade;

import org.jspecify.annotations.NullMarked;
