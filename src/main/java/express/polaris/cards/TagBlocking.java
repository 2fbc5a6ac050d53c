package express.polaris.cards;

import express.polaris.steve.SteveUnavailable;

/** Has the central system refuse an idTag, or take it again. */
interface TagBlocking {

    /**
     * Nothing starts with the idTag afterwards. Doing it again changes nothing.
     *
     * @throws SteveUnavailable when it has to be tried again
     */
    void block(IdTag idTag);

    /** @throws SteveUnavailable when nothing was changed, as far as is known */
    void unblock(IdTag idTag);
}
