package express.polaris.stations.cards;

import express.polaris.platform.refusals.Reason;

/** Reasons for refusing a change to a card. */
public enum CardReason implements Reason {
    ID_TAG("Give an idTag of 1 to {0} characters, without control characters."),
    LABEL("A label must have 1 to {0} characters, without control characters."),
    COLOUR("A colour must be a name such as blue, or a hex code such as #2f6fed."),
    FROM("The start must be between {0} and now ({1}), not {2}."),
    UNTIL("The end must be between {0} and {1}, not {2}."),
    THEIRS_ALREADY("Card {0} already belongs to driver {1}."),
    ENDED("Card {0} already ended at {1}; link the idTag again."),
    BEFORE_ITS_START("Card {0} has belonged to driver {1} only since {2}; it cannot end before that, at {3}."),
    SESSION_AFTER(
            "Card {0} cannot end at {1}: a session of driver {2} started with it at {3}; choose a later instant."),
    TAKEN(
            "idTag {0} belongs to driver {1} (card {2}) from {3}, with no end set; start after that, or unlink or transfer that card first."),
    TAKEN_UNTIL(
            "idTag {0} belongs to driver {1} (card {2}) from {3} until {4}; start after that, or unlink or transfer that card first."),
    TAKEN_BEFORE("idTag {0} belonged to another driver at that time; try again."),
    BLOCK_OWED("SteVe has not yet blocked the idTag of card {0}; try again once it has."),
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
