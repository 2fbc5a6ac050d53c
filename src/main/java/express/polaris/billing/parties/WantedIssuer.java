package express.polaris.billing.parties;

import java.util.Locale;
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

    /** Format of numbers unless another one is wanted. */
    public static final String USUAL_NUMBERS = "{year}-{number:6}";

    /** The saved issuer as it would be typed. */
    public static WantedIssuer of(IssuerVersion version) {
        var issuer = version.issuer();
        return new WantedIssuer(
                issuer.legalName(),
                WantedAddress.of(issuer.address()),
                issuer.taxNumber().orElse(""),
                issuer.vatId().orElse(""),
                issuer.register().orElse(""),
                issuer.contact(),
                issuer.email(),
                issuer.phone().orElse(""),
                issuer.bank()
                        .map(bank -> new Account(
                                bank.holder(), bank.iban(), bank.bic().orElse("")))
                        .orElse(Account.NONE),
                issuer.logo().map(Logo::content),
                issuer.footer().orElse(""),
                Integer.toString(issuer.daysToPay()),
                issuer.numberFormat(),
                issuer.vatNote().name().toLowerCase(Locale.ROOT),
                version.reminderAfterDays().map(String::valueOf).orElse(""));
    }

    /** Bank account as typed. */
    public record Account(String holder, String iban, String bic) {

        /** Nothing typed. */
        public static final Account NONE = new Account("", "", "");
    }
}
