/**
 * Upgrade tests: schema and data of earlier versions, migrated and read by the current application.
 *
 * <p>{@link express.polaris.upgrade.WriteUpgradeFixture} creates a fixture: a dump of a database filled by a version,
 * and the numbers that this version shows for it. A subclass of {@link express.polaris.upgrade.UpgradeFrom}
 * migrates its dump version by version, starts the current application on it and compares the numbers.
 */
@NullMarked
package express.polaris.upgrade;

import org.jspecify.annotations.NullMarked;
