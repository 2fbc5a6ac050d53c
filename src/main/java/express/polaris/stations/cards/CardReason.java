package express.polaris.stations.cards;

import express.polaris.platform.refusals.Reason;

/** Why a change to a card is refused. */
public enum CardReason implements Reason {
    ID_TAG("Give an idTag of 1 to {0} characters, none of them a control character."),
    LABEL("A label has 1 to {0} characters, none of them a control character."),
    COLOUR("A colour is a name such as blue, or six hex digits such as #2f6fed."),
    FROM("The start must lie between {0} and now ({1}), not at {2}."),
    UNTIL("The end must lie between {0} and {1}, not at {2}."),
    THEIRS_ALREADY("Card {0} belongs to driver {1} already."),
    ENDED("Card {0} ended already at {1}; link the idTag again."),
    BEFORE_ITS_START("Card {0} belongs to driver {1} only since {2}; it cannot end before that, at {3}."),
    SESSION_AFTER(
            "Card {0} cannot end at {1}: a session of driver {2} started with it at {3}; choose a later instant."),
    TAKEN(
            "idTag {0} belongs to driver {1} (card {2}) from {3}, with no end set; start after that, or unlink or transfer that card first."),
    TAKEN_UNTIL(
            "idTag {0} belongs to driver {1} (card {2}) from {3} until {4}; start after that, or unlink or transfer that card first."),
    TAKEN_BEFORE("idTag {0} belonged to somebody else at that time; try again."),
    BLOCK_OWED("SteVe has still to block the idTag of card {0}; try again when it has."),
    LOST("Card {0} was reported lost at {1}."),
    CANNOT_END("Card {0} cannot be unlinked now.");

    private final String english;

    CardReason(String english) {
        this.english = english;
    }

    @Override
    public String english() {
        return english;
    }
}
