/**
 * From what a charger sent to what a driver is shown: raw sampled values become readings, readings become events.
 *
 * <p>Owns: which rows of SteVe's answer count, in which unit and series, what a reset, an outlier and noise are, and the
 * closing event. Does not own: storage, sealing, prices, when SteVe is asked. Invariants: pure (the same answer and the
 * same {@code now} give the same events, in whatever order the rows come); each event begins where its predecessor
 * ended, in time and on the meter; with a usable stop value the sum of the deltas is exactly stop value − start value;
 * every row has exactly one outcome. Times are the meter's; {@code now} only decides what lies too far ahead.
 */
@ApplicationModule(allowedDependencies = "units")
@NullMarked
package express.polaris.metering;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
