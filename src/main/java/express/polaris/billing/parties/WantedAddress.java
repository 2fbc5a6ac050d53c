package express.polaris.billing.parties;

import java.util.Map;

/** Postal address as typed; blank = absent. */
public record WantedAddress(String street, String extra, String postcode, String city, String country) {

    /** Nothing typed. */
    public static final WantedAddress NONE = new WantedAddress("", "", "", "", "");

    public static WantedAddress of(PostalAddress address) {
        return new WantedAddress(
                address.street(), address.extra().orElse(""), address.postcode(), address.city(), address.country());
    }

    /** Reads the fields {@code address.street} and so on of a form. */
    public static WantedAddress of(Map<String, String> typed) {
        return new WantedAddress(
                typed.getOrDefault("address.street", ""),
                typed.getOrDefault("address.extra", ""),
                typed.getOrDefault("address.postcode", ""),
                typed.getOrDefault("address.city", ""),
                typed.getOrDefault("address.country", ""));
    }
}
