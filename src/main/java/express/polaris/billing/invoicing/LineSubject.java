package express.polaris.billing.invoicing;

import express.polaris.billing.invoicing.InvoiceLine.Kind;
import express.polaris.sessions.SessionId;
import express.polaris.units.Energy;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Subject of an invoice line: its kind and the details of that kind. Names and reasons are kept as people typed
 * them.
 */
public sealed interface LineSubject {

    Kind kind();

    /** English description, as in the JSON API. */
    String text();

    default Optional<SessionId> session() {
        return Optional.empty();
    }

    /** Plan fee for these days. */
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

    /** Unused days of a fee that was paid in advance. */
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

    /** The period's energy above the lower bound, up to and including the upper one; an absent bound is infinite. */
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

    /** One session's share of the energy lines. */
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

    /** Sessions at no cost. */
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
     * Energy of a session that arrived after its period was invoiced.
     *
     * @param periodFrom first day of that period
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

    /** Credit with the operator's reason. */
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

    /** Difference between the rounded session lines and the energy lines. */
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

    /** Text of a line that was written without columns and matches none of the other subjects. */
    record Words(Kind kind, Optional<SessionId> session, String text) implements LineSubject {}
}
