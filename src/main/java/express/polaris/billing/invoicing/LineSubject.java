package express.polaris.billing.invoicing;

import express.polaris.billing.invoicing.InvoiceLine.Kind;
import express.polaris.billing.pricing.BillableMetric;
import express.polaris.sessions.SessionId;
import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.time.Instant;
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

    /** What it says about its session; empty unless it is about one. */
    default Optional<SessionFacts> facts() {
        return Optional.empty();
    }

    /** The sessions or minutes that it counts; empty unless it is about them. */
    default Optional<Usage> usage() {
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

    /**
     * The period's energy above the lower bound, up to and including the upper one; an absent bound is infinite.
     *
     * @param name name of the time band, place or price series that the energy belongs to; empty for energy at any time
     *     and place
     */
    record EnergyBand(Optional<Energy> above, Optional<Energy> upTo, Optional<String> name) implements LineSubject {
        @Override
        public Kind kind() {
            return Kind.ENERGY;
        }

        @Override
        public String text() {
            var band = above.map(EnergyBand::plain).orElse("−∞")
                    + "–"
                    + upTo.map(EnergyBand::plain).orElse("∞")
                    + " kWh";
            return name.map(given -> given + ", " + band).orElse(band);
        }

        private static String plain(Energy bound) {
            return bound.kilowattHours().stripTrailingZeros().toPlainString();
        }
    }

    /**
     * What an invoice says about a session besides its number; copied when the invoice is drawn up.
     *
     * @param charger name of the charger, or its charge box id
     * @param place where the charger is
     * @param card label of the card
     */
    record SessionFacts(
            Instant startedAt,
            Optional<Instant> endedAt,
            Optional<String> charger,
            Optional<String> place,
            Optional<String> card) {}

    /**
     * One session's share of the energy and usage lines.
     *
     * @param facts empty on invoices that were drawn up without them
     */
    record OneSession(SessionId id, Optional<SessionFacts> facts) implements LineSubject {
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
     * @param facts empty on invoices that were drawn up without them
     */
    record LateEnergy(SessionId id, LocalDate periodFrom, Optional<SessionFacts> facts) implements LineSubject {
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

    /**
     * A fee of a session that was charged, or given back, after its period was invoiced.
     *
     * @param periodFrom first day of that period
     * @param fee what is charged; its quantity is negative if it is given back
     */
    record LateUsage(SessionId id, LocalDate periodFrom, Usage fee, Optional<SessionFacts> facts)
            implements LineSubject {
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
            return "Session #" + id + ", in the period from " + periodFrom + ": " + fee.text();
        }

        @Override
        public Optional<Usage> usage() {
            return Optional.of(fee);
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

    /**
     * The period's sessions or minutes in one band.
     *
     * @param quantity number of sessions, or minutes
     * @param name name of the time band or place; empty at any time and place
     */
    record Usage(BillableMetric metric, BigDecimal quantity, Optional<String> name) implements LineSubject {
        @Override
        public Kind kind() {
            return Kind.USAGE;
        }

        @Override
        public Optional<Usage> usage() {
            return Optional.of(this);
        }

        @Override
        public String text() {
            var counted = quantity.stripTrailingZeros().toPlainString() + " "
                    + switch (metric) {
                        case ENERGY -> "kWh";
                        case SESSIONS -> quantity.compareTo(BigDecimal.ONE) == 0 ? "session" : "sessions";
                        case CONNECTED_MINUTES -> "minutes connected";
                        case CHARGING_MINUTES -> "minutes charging";
                        case IDLE_MINUTES -> "minutes idle";
                    };
            return name.map(given -> given + ", " + counted).orElse(counted);
        }
    }

    /**
     * Discount of a drivers' group on the energy and usage of the period.
     *
     * @param group name of the group
     * @param percent from 0 to 100
     */
    record Discount(String group, BigDecimal percent) implements LineSubject {
        @Override
        public Kind kind() {
            return Kind.DISCOUNT;
        }

        @Override
        public String text() {
            return group + ", " + percent.stripTrailingZeros().toPlainString() + " % discount";
        }
    }

    /** Difference between the rounded session lines and the energy and usage lines. */
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
