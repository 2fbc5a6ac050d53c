package express.polaris.billing.groups;

import express.polaris.platform.refusals.Reason;

/** Reasons to refuse a change to a drivers' group. */
public enum GroupReason implements Reason {
    CODE("Must be 1 to {0} letters, digits, hyphens or underscores, beginning with a letter or digit."),
    TAKEN("Group {0} already exists; choose another code."),
    NAME("Must be a text of 1 to {0} characters."),
    PERCENT("Must be a percentage from 0 to 100 with at most two decimals, e.g. \"12.5\"."),
    NO_PLAN("Must be the code of an existing plan, or nothing."),
    NO_GROUP_PLAN("Group {0} has no plan; choose one first."),
    INSTANT("Must be an instant like 2026-05-01T00:00:00Z."),
    OUT_OF_TIME("Must be between {0} and {1}."),
    UNTIL("Must be after {0}, when the membership begins."),
    MEMBER_UNTIL("Driver {0} is in group {1} from {2} until {3}; end that membership first, or choose other times."),
    MEMBER("Driver {0} is in group {1} from {2}, with no end set; end that membership first."),
    MEMBER_BEFORE("Driver {0} was in another group at that time; try again."),
    NOBODY("Group {0} has no member at {1}."),
    DRIVER("Driver {0}: {1}");

    private final String english;

    GroupReason(String english) {
        this.english = english;
    }

    @Override
    public String english() {
        return english;
    }
}
