/**
 * Cost of sessions and usage of billing periods.
 *
 * <p>Owns: {@code session_price}, a cache that can be rebuilt; the place of each event in its billing period. Does not
 * own: the events (sessions), sealed prices (invoicing). Invariants: a cost is computed from events, never stored as
 * truth; energy without a price is unknown, never zero. Times: events are placed by the meter's {@code measured_at}.
 */
@InnerPackage(mayUse = {"plans", "pricing", "tariffs"})
@NamedInterface
@NullMarked
package express.polaris.billing.cost;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
