package express.polaris.billing.cost;

/** How the cost of a session is paid. */
public enum Coverage {

    /** Costs nothing beyond the plan's fee. */
    INCLUDED,

    /** The amount is or will be on an invoice. */
    BILLED,

    /** Part of the session has no price, so there is no amount. */
    UNKNOWN
}
