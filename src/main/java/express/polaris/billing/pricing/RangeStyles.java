package express.polaris.billing.pricing;

/**
 * Allowed boundary styles of a plan's ranges: adjacent (0–10, 10–20) or next whole unit (0–10, 11–20). Both
 * give the same price.
 */
enum RangeStyles {

    /** One style throughout. Required of plans, because a mix is most likely a mistake. */
    ONE,

    /** Either style at each bound. */
    MIXED
}
