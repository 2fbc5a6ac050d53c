package express.polaris.stations.cards;

import express.polaris.accounts.Account;
import express.polaris.platform.refusals.Refusal;
import java.time.Instant;

/**
 * Line of a link import, with its preview or result.
 *
 * @param line line number in the file, from 1
 * @param idTag as given; a credential at the charger
 */
public record ImportLine(int line, String idTag, String email, Verdict verdict) {

    @Override
    public String toString() {
        return "ImportLine[" + line + ", " + verdict.getClass().getSimpleName() + "]";
    }

    /** Preview or result of a line. */
    public sealed interface Verdict {

        /**
         * Linked, with this number of sessions attached.
         *
         * @param from start of the ownership
         */
        record Linked(Account driver, Instant from, int sessions) implements Verdict {}

        /** The idTag already belongs to that driver; nothing to do. */
        record AlreadyLinked(Account driver, EvCard card) implements Verdict {}

        /** The link is refused, e.g. by the rules of ownership or for an invalid label. */
        record Refused(Refusal refusal) implements Verdict {}

        /** No driver has this e-mail address. */
        record UnknownDriver() implements Verdict {}

        /** An earlier line has the same idTag. */
        record Duplicate(int earlierLine) implements Verdict {}

        /** A cell is invalid: {@code id_tag}, {@code email} or {@code from}. */
        record Unreadable(String column) implements Verdict {}

        /** The number of sessions to attach differs from the dry run; nothing was changed. */
        record Changed(int sessions) implements Verdict {}
    }
}
