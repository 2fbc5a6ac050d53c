package express.polaris.accounts.access;

import java.time.Instant;

/**
 * Browser with an active sign-in.
 *
 * @param id identifies it to its owner; reveals nothing about the secret in its cookie
 * @param lastUsedAt to the minute
 * @param current whether it is the browser of this request
 */
public record Device(String id, DeviceName name, Instant signedInAt, Instant lastUsedAt, boolean current) {}
