package express.polaris.billing.parties;

/** Who bills whom, as copied into an invoice when it was finalized. */
public record Parties(Issuer issuer, Recipient recipient) {}
