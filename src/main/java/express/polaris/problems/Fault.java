package express.polaris.problems;

import java.io.Serializable;

/**
 * One thing that is wrong with what was sent.
 *
 * @param field the field as the sender calls it, e.g. {@code email} or {@code charges[0].properties}
 * @param message a sentence that says what would be right
 */
public record Fault(String field, String message) implements Serializable {}
