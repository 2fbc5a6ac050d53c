package express.polaris.steve;

import java.util.Optional;

/**
 * One row of an answer that could not be read; its neighbours are not affected.
 *
 * @param position its place in SteVe's list, from 0
 * @param id the transaction's id or the tag's key, if that much could be read; meter values have none
 * @param reason which field, what it is, what it should be
 */
public record UnreadableRow(int position, Optional<Long> id, String reason) {}
