package express.polaris.sync;

/**
 * How far sync has come with transactions that lie above the mark: all of them in a first import.
 *
 * @param top the highest id that was found
 * @param below ids from here up to the top are there
 * @param found how many transactions were found
 * @param left how many of them are still to be listed
 */
public record CatchUpState(long top, long below, int found, int left) {

    boolean isThere(long id) {
        return id >= below && id <= top;
    }
}
