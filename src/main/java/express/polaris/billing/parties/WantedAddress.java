package express.polaris.billing.parties;

/** Postal address as typed; blank = absent. */
public record WantedAddress(String street, String extra, String postcode, String city, String country) {

    /** Nothing typed. */
    public static final WantedAddress NONE = new WantedAddress("", "", "", "", "");
}
