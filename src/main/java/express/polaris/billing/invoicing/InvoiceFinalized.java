package express.polaris.billing.invoicing;

/**
 * An invoice got its parties and is final. Published once, within the transaction that finalizes it: what a synchronous
 * listener writes is committed together with the invoice, and its failure leaves the invoice prepared.
 *
 * @param number number of the invoice
 */
public record InvoiceFinalized(String number) {}
