package express.polaris.sync;

/**
 * Progress with the transactions above the mark: all of them in the first import.
 *
 * @param top highest id that was found
 * @param below ids from here up to the top are applied
 * @param found number of transactions found
 * @param left number of them still to be listed
 */
public record CatchUpState(long top, long below, int found, int left) {

    boolean isThere(long id) {
        return id >= below && id <= top;
    }
}
