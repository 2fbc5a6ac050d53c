/**
 * Sessions in the JSON of the API, once and as live streams.
 *
 * <p>Owns: the JSON of sessions, readings and costs; streams of server-sent events, their readers, and the state last
 * sent. Does not own: session data (sessions), prices (billing), sign-in (accounts). Invariants: no change is lost
 * between a stream's first event and those that follow; a stream's first event of a session is its state; an event for
 * many readers is computed once; a slow reader does not delay others, and no thread waits for one; a stream outlives the
 * sign-in or token that opened it by at most a heartbeat. Times: instants in the JSON are meter time; heartbeats and
 * durations up to now are server time.
 */
@InnerPackage(mayUse = {})
@NamedInterface
@NullMarked
package express.polaris.api.live;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
