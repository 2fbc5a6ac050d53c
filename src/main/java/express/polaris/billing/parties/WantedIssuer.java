package express.polaris.billing.parties;

import java.util.Optional;

/**
 * Issuer as typed; blank = absent. Faults name the fields as the JSON API does, e.g. {@code bank.iban}.
 *
 * @param logo content of a picture
 * @param daysToPay a whole number
 * @param vatNote {@code none}, {@code small_business} or {@code reverse_charge}
 * @param reminderAfterDays a whole number; blank = no reminders
 */
public record WantedIssuer(
        String legalName,
        WantedAddress address,
        String taxNumber,
        String vatId,
        String register,
        String contact,
        String email,
        String phone,
        Account bank,
        Optional<byte[]> logo,
        String footer,
        String daysToPay,
        String numberFormat,
        String vatNote,
        String reminderAfterDays) {

    /** Bank account as typed. */
    public record Account(String holder, String iban, String bic) {

        /** Nothing typed. */
        public static final Account NONE = new Account("", "", "");
    }
}
