package express.polaris.stations.chargers;

import express.polaris.platform.refusals.Reason;

/** Reasons for rejecting an operator's input for a charger. */
public enum ChargerReason implements Reason {
    NO_NAME("A name is missing."),
    TEXT("Use at most {0} characters and no control characters."),
    CONNECTORS("There are {0} connectors; at most {1} are allowed."),
    CONNECTOR_RANGE("Connectors are numbered from 1 to {0}, not {1}."),
    CONNECTOR_TWICE("Connector {0} is listed twice."),
    CONNECTOR("Connectors are numbered from 1, not {0}."),
    LIMIT("The limit must be a number of kW above 0 and at most {0}, with at most {1} decimals."),
    PUBLIC_ID_TAKEN("Public id {0} already belongs to charge box {1}; give {2} another one."),
    NO_SUCH_CONNECTOR("Charger {0} has no such connector."),
    CARD_LOST("Card {0} is reported lost; choose another card."),
    CARD_REFUSED("SteVe does not accept card {0}; its idTag is unknown, blocked or expired there."),
    NOT_ACTIVE("Session {0} is no longer active."),
    STEVE_DOWN("The charging system does not answer right now."),
    KNOWN("Charge box {0} already exists; open its page to change it.");

    private final String english;

    ChargerReason(String english) {
        this.english = english;
    }

    @Override
    public String english() {
        return english;
    }
}
