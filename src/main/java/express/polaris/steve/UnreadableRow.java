package express.polaris.steve;

import java.util.Optional;

/**
 * Unreadable row of an answer; it does not affect other rows.
 *
 * @param position index in SteVe's list, from 0
 * @param id the transaction's id or the tag's key, if readable; meter values have none
 * @param reason the field, its content and what was expected
 */
public record UnreadableRow(int position, Optional<Long> id, String reason) {}
