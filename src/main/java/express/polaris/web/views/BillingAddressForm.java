package express.polaris.web.views;

import express.polaris.billing.parties.BillingAddress;
import express.polaris.billing.parties.WantedAddress;
import express.polaris.billing.parties.WantedBillingAddress;
import express.polaris.documents.LocaleChoices;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Form for a billing address.
 *
 * @param wanted what its fields show
 * @param isSaved whether there is an address that can be removed
 */
public record BillingAddressForm(WantedBillingAddress wanted, boolean isSaved, List<LocaleChoices.Country> countries) {

    /** The form with the saved address; without one, with the account's name. */
    public static BillingAddressForm of(Optional<BillingAddress> saved, String accountName, Locale reader) {
        var wanted = saved.map(address -> new WantedBillingAddress(
                        address.kind().name().toLowerCase(Locale.ROOT),
                        address.name(),
                        WantedAddress.of(address.address()),
                        address.vatId().orElse(""),
                        address.orderReference().orElse("")))
                .orElseGet(() -> new WantedBillingAddress("person", accountName, WantedAddress.NONE, "", ""));
        return new BillingAddressForm(wanted, saved.isPresent(), LocaleChoices.countries(reader));
    }

    /** What was typed, after a refusal. */
    public static BillingAddressForm of(Map<String, String> typed, boolean isSaved, Locale reader) {
        return new BillingAddressForm(wanted(typed), isSaved, LocaleChoices.countries(reader));
    }

    /** Reads the fields of the form; a button that removes the address empties them. */
    public static WantedBillingAddress wanted(Map<String, String> typed) {
        return typed.containsKey("remove")
                ? new WantedBillingAddress("", "", WantedAddress.NONE, "", "")
                : new WantedBillingAddress(
                        typed.getOrDefault("kind", ""),
                        typed.getOrDefault("name", ""),
                        WantedAddress.of(typed),
                        typed.getOrDefault("vatId", ""),
                        typed.getOrDefault("orderReference", ""));
    }
}
