package express.polaris.billing.parties;

import java.util.Optional;

/**
 * Who an invoice is for.
 *
 * @param name the person, or the company's name
 * @param email where the driver gets mail
 * @param address empty until the driver or an operator enters it
 * @param vatId VAT identification number with its country prefix
 * @param orderReference the recipient's own reference for the order, EN 16931 BT-13
 */
public record Recipient(
        Kind kind,
        String name,
        String email,
        Optional<PostalAddress> address,
        Optional<String> vatId,
        Optional<String> orderReference) {

    /** Kind of recipient. */
    public enum Kind {
        PERSON,
        COMPANY
    }
}
