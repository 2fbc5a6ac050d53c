package express.polaris.cards;

import express.polaris.accounts.Account;
import express.polaris.problems.Refusal;
import java.time.Instant;

/**
 * A line of an import of links, and what would become of it, or did.
 *
 * @param line where it is in the file, from 1
 * @param idTag as it was given; a credential at the charger
 */
public record ImportLine(int line, String idTag, String email, Verdict verdict) {

    @Override
    public String toString() {
        return "ImportLine[" + line + ", " + verdict.getClass().getSimpleName() + "]";
    }

    /** What becomes of a line. */
    public sealed interface Verdict {

        /**
         * Linked, with so many sessions attached.
         *
         * @param from when the link begins
         */
        record Linked(Account driver, Instant from, int sessions) implements Verdict {}

        /** The idTag is that driver's already: nothing is to be done. */
        record AlreadyLinked(Account driver, EvCard card) implements Verdict {}

        /** The rules of ownership are against it. */
        record Refused(Refusal refusal) implements Verdict {}

        /** Nobody has this address. */
        record UnknownDriver() implements Verdict {}

        /** An earlier line has the same idTag. */
        record Duplicate(int earlierLine) implements Verdict {}

        /** A cell cannot be read: {@code id_tag}, {@code email}, {@code label} or {@code from}. */
        record Unreadable(String column) implements Verdict {}

        /** Meanwhile another number of sessions would be attached than the dry run said: nothing was done. */
        record Changed(int sessions) implements Verdict {}
    }
}
