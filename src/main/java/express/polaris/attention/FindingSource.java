package express.polaris.attention;

import java.time.Instant;
import java.util.List;

/** Finds what needs attention in the data of one module, whether or not it is marked as seen. */
interface FindingSource {

    /** Items that are listed of a kind; one more item summarises the others. */
    int MOST_OF_A_KIND = 50;

    /**
     * Search limit for kinds that can be marked as seen. Exceeds {@link #MOST_OF_A_KIND}, so that seen items do not
     * crowd out unseen ones.
     */
    int MOST_SEEN = 1000;

    /** All items of a kind come from one source, in the order in which they are listed. */
    List<AttentionItem> find(Instant now);
}
