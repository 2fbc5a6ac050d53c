package express.polaris.billing.parties;

/** Why invoices show no VAT. */
public enum VatNote {

    /** Invoices show VAT at the plan's rate. */
    NONE,

    /** Small business: VAT is not charged (in Germany § 19 UStG). */
    SMALL_BUSINESS,

    /** Reverse charge: the recipient owes the VAT (Directive 2006/112/EC, article 196). */
    REVERSE_CHARGE
}
