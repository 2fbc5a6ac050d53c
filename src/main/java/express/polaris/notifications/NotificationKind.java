package express.polaris.notifications;

import java.util.Locale;

/** What people are told about. */
public enum NotificationKind {
    SESSION_ENDED("check"),
    SESSION_INTERRUPTED("alert"),
    /** Plugged in, charged, and taking no power any more. */
    CAR_FULL("pause"),
    INVOICE_READY("invoice");

    private final String icon;

    NotificationKind(String icon) {
        this.icon = icon;
    }

    public String icon() {
        return icon;
    }

    /** As in the database, in forms and in the keys of texts. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The text that names it where it is chosen. */
    public String choiceKey() {
        return "account.notifications." + wireName();
    }

    static NotificationKind of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
