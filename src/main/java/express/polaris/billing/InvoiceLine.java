package express.polaris.billing;

import express.polaris.sessions.SessionId;
import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A line of an invoice.
 *
 * @param energy empty where none is meant
 * @param unitPrice per kWh; empty where none is meant
 * @param amount at the currency's own digits, without VAT
 */
public record InvoiceLine(
        LineSubject subject, Optional<Energy> energy, Optional<BigDecimal> unitPrice, BigDecimal amount) {

    public Kind kind() {
        return subject.kind();
    }

    public Optional<SessionId> session() {
        return subject.session();
    }

    /** The English words, as in the JSON API. */
    public String text() {
        return subject.text();
    }

    /** The kinds of lines. */
    public enum Kind {
        FEE(true),
        /** The period's energy in one band. */
        ENERGY(true),
        /** What one session has of the energy lines. */
        SESSION(false),
        /** The sessions that cost nothing. */
        OTHER_SESSIONS(false),
        /** What arrived after its period had been invoiced. */
        ADJUSTMENT(true),
        CREDIT(true),
        /** What the session lines, each rounded, lack to the energy lines. */
        ROUNDING(false);

        private final boolean counts;

        Kind(boolean counts) {
            this.counts = counts;
        }

        /**
         * Whether the line is a part of the net amount. The others tell the energy lines again, by session: they add up
         * to the same.
         */
        public boolean counts() {
            return counts;
        }

        /** As in the JSON API, e.g. {@code other_sessions}. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind ofWireName(String wireName) {
            return Arrays.stream(values())
                    .filter(kind -> kind.wireName().equals(wireName))
                    .findFirst()
                    .orElseThrow();
        }
    }

    static InvoiceLine amount(LineSubject subject, BigDecimal amount) {
        return new InvoiceLine(subject, Optional.empty(), Optional.empty(), amount);
    }

    static InvoiceLine energy(LineSubject subject, Energy energy, BigDecimal amount) {
        return new InvoiceLine(subject, Optional.of(energy), Optional.empty(), amount);
    }

    /** @param digits of the currency */
    InvoiceLine withDigits(int digits) {
        return new InvoiceLine(subject, energy, unitPrice, amount.setScale(digits));
    }
}
