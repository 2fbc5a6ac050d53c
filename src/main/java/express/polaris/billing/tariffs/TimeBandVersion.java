package express.polaris.billing.tariffs;

import express.polaris.billing.pricing.TimeBand;
import java.time.Instant;

/**
 * Saved version of a time band.
 *
 * @param version from 1
 * @param since instant from which it holds; the first version also holds before
 */
public record TimeBandVersion(String code, int version, String name, TimeBand band, Instant since) {}
