package express.polaris.sync;

import java.util.Arrays;

/** Compact collection of very many transaction ids, highest first. Ids are 32 bits wide, as SteVe's keys are. */
final class TransactionIds {

    private int[] ids = new int[256];
    private int size;
    private boolean inOrder = true;

    /** Adds an id, in any order; SteVe's lists begin with the highest. */
    void add(long id) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, Math.multiplyExact(size, 2));
        }
        // Negated, so that the ascending order of Arrays.sort has the highest first.
        int kept = -Math.toIntExact(id);
        inOrder &= size == 0 || ids[size - 1] <= kept;
        ids[size++] = kept;
    }

    int size() {
        return size;
    }

    /**
     * @param place from 0, which is the highest id
     */
    long at(int place) {
        sort();
        return -ids[place];
    }

    /** Highest id; 0 if empty. */
    long highest() {
        return size == 0 ? 0 : at(0);
    }

    boolean contains(long id) {
        sort();
        return SteveRowReader.isId(id) && Arrays.binarySearch(ids, 0, size, -Math.toIntExact(id)) >= 0;
    }

    private void sort() {
        if (!inOrder) {
            Arrays.sort(ids, 0, size);
            inOrder = true;
        }
    }
}
