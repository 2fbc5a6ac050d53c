package express.polaris.billing.invoicing;

import express.polaris.sessions.SessionId;
import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Line of an invoice.
 *
 * @param energy empty for a line without energy
 * @param unitPrice per kWh, session or minute, as computed; empty for a line without one, zero for packages: see
 *     {@link #price}
 * @param amount with the currency's fraction digits, without VAT
 */
public record InvoiceLine(
        LineSubject subject, Optional<Energy> energy, Optional<BigDecimal> unitPrice, BigDecimal amount) {

    public Kind kind() {
        return subject.kind();
    }

    public Optional<SessionId> session() {
        return subject.session();
    }

    /** kWh, or number of sessions or minutes; empty for a line that counts nothing. */
    public Optional<BigDecimal> quantity() {
        return subject.usage().map(LineSubject.Usage::quantity).or(() -> energy.map(Energy::kilowattHours));
    }

    /** The price that explains the amount; empty for a line that has no price per unit. */
    public Optional<LinePrice> price() {
        return LinePrice.of(this);
    }

    /** English description, as in the JSON API. */
    public String text() {
        return subject.text();
    }

    /** Kind of an invoice line. */
    public enum Kind {
        FEE(true),
        /** Energy of the period in one band. */
        ENERGY(true),
        /** Sessions or minutes of the period in one band. */
        USAGE(true),
        /** Discount on the energy and usage lines. */
        DISCOUNT(true),
        /** One session's share of the energy and usage lines. */
        SESSION(false),
        /** All sessions that cost nothing. */
        OTHER_SESSIONS(false),
        /** Energy that arrived, or was taken back, after its period was invoiced. */
        ADJUSTMENT(true),
        CREDIT(true),
        /** Difference between the rounded session lines and the energy and usage lines. */
        ROUNDING(false);

        private final boolean counts;

        Kind(boolean counts) {
            this.counts = counts;
        }

        /**
         * Returns whether the line is part of the net amount. The other lines repeat the energy and usage lines by
         * session and have the same sum.
         */
        public boolean counts() {
            return counts;
        }

        /** The name used in the JSON API, e.g. {@code other_sessions}. */
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

    InvoiceLine about(LineSubject itsSubject) {
        return new InvoiceLine(itsSubject, energy, unitPrice, amount);
    }

    /**
     * @param digits number of decimals of the currency
     */
    InvoiceLine withDigits(int digits) {
        return new InvoiceLine(subject, energy, unitPrice, amount.setScale(digits));
    }
}
