package express.polaris.security;

import java.time.Instant;

/**
 * A browser in which somebody is signed in.
 *
 * @param id names it to its owner; says nothing about the secret in its cookie
 * @param lastUsedAt to the minute
 * @param current whether it is the one that asks
 */
public record Device(String id, DeviceName name, Instant signedInAt, Instant lastUsedAt, boolean current) {}
