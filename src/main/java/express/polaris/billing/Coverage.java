package express.polaris.billing;

/** How what a session costs is paid. */
public enum Coverage {

    /** Nothing beyond the plan's fee. */
    INCLUDED,

    /** Its amount is on an invoice, or will be. */
    BILLED,

    /** Something in it has no price: there is no amount then. */
    UNKNOWN
}
