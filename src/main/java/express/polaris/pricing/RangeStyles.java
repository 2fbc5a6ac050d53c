package express.polaris.pricing;

/**
 * How the ranges of one plan may follow each other: adjacent (0–10, 10–20) or by the next whole unit (0–10, 11–20). Both
 * price alike.
 */
enum RangeStyles {

    /** One style throughout: what a plan is held to, since a mix is most likely a mistake. */
    ONE,

    /** Either style at each bound. */
    MIXED
}
