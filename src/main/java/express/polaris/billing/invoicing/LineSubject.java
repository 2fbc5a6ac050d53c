package express.polaris.billing.invoicing;

import express.polaris.billing.invoicing.InvoiceLine.Kind;
import express.polaris.sessions.SessionId;
import express.polaris.units.Energy;
import java.time.LocalDate;
import java.util.Optional;

/** The subject of an invoice line: its kind, and what is known of that. Names and reasons are people's own words. */
public sealed interface LineSubject {

    Kind kind();

    /** The English words, as in the JSON API. */
    String text();

    default Optional<SessionId> session() {
        return Optional.empty();
    }

    /** A plan's fee for these days. */
    record PlanFee(String plan, LocalDate first, LocalDate last) implements LineSubject {
        @Override
        public Kind kind() {
            return Kind.FEE;
        }

        @Override
        public String text() {
            return plan + ", " + first + " to " + last;
        }
    }

    /** The days for which a fee was paid in advance and which were not used. */
    record UnusedDays() implements LineSubject {

        static final String TEXT = "Plan fee, days not used";

        @Override
        public Kind kind() {
            return Kind.FEE;
        }

        @Override
        public String text() {
            return TEXT;
        }
    }

    /** The period's energy above one bound, up to and including another; an absent bound is infinite. */
    record EnergyBand(Optional<Energy> above, Optional<Energy> upTo) implements LineSubject {
        @Override
        public Kind kind() {
            return Kind.ENERGY;
        }

        @Override
        public String text() {
            return above.map(EnergyBand::plain).orElse("−∞")
                    + "–"
                    + upTo.map(EnergyBand::plain).orElse("∞")
                    + " kWh";
        }

        private static String plain(Energy bound) {
            return bound.kilowattHours().stripTrailingZeros().toPlainString();
        }
    }

    /** The share of one session in the energy lines. */
    record OneSession(SessionId id) implements LineSubject {
        @Override
        public Kind kind() {
            return Kind.SESSION;
        }

        @Override
        public Optional<SessionId> session() {
            return Optional.of(id);
        }

        @Override
        public String text() {
            return "Session #" + id;
        }
    }

    /** Sessions without a charge. */
    record OtherSessions(int count) implements LineSubject {
        @Override
        public Kind kind() {
            return Kind.OTHER_SESSIONS;
        }

        @Override
        public String text() {
            return count == 1 ? "1 session without a charge" : count + " sessions without a charge";
        }
    }

    /**
     * A session's energy that arrived after its period had been invoiced.
     *
     * @param periodFrom the first day of that period
     */
    record LateEnergy(SessionId id, LocalDate periodFrom) implements LineSubject {
        @Override
        public Kind kind() {
            return Kind.ADJUSTMENT;
        }

        @Override
        public Optional<SessionId> session() {
            return Optional.of(id);
        }

        @Override
        public String text() {
            return "Session #" + id + ", in the period from " + periodFrom;
        }
    }

    /** A credit with an operator's reason. */
    record GrantedCredit(Optional<SessionId> session, String reason) implements LineSubject {
        @Override
        public Kind kind() {
            return Kind.CREDIT;
        }

        @Override
        public String text() {
            return reason;
        }
    }

    /** The difference of the session lines, each rounded, to the energy lines. */
    record Rounding() implements LineSubject {
        @Override
        public Kind kind() {
            return Kind.ROUNDING;
        }

        @Override
        public String text() {
            return "Rounding";
        }
    }

    /** The words of a line that was written without columns and says something else than these subjects. */
    record Words(Kind kind, Optional<SessionId> session, String text) implements LineSubject {}
}
