/**
 * Interpretation of meter values: sampled values become readings, readings become events.
 *
 * <p>Owns: which rows of SteVe's answer count, in which unit and series; resets, outliers and noise; the closing
 * event. Does not own: storage, sealing, prices, when SteVe is asked. Invariants: pure (the same transaction, answer
 * and {@code now} give the same events, in any order of the rows); each event begins where its predecessor ended, in
 * time and on the register; with a usable stop value the events add up exactly to stop value − start value, unless an
 * operator decided the energy; every row has exactly one outcome. Times: the meter's, corrected where the station
 * clock is wrong; {@code now} decides what is ahead of time and bounds the correction.
 */
@ApplicationModule(allowedDependencies = "units")
@NullMarked
package express.polaris.metering;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
