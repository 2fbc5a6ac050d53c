package express.polaris.billing.parties;

import java.util.Optional;

/**
 * Bank account to pay to.
 *
 * @param iban without spaces, with a valid check number (ISO 13616)
 * @param bic ISO 9362; empty if not needed
 */
public record BankAccount(String holder, String iban, Optional<String> bic) {}
