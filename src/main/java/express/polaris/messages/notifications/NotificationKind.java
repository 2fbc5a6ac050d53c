package express.polaris.messages.notifications;

import java.util.Locale;

/** Kinds of notifications. */
public enum NotificationKind {
    SESSION_ENDED("check"),
    SESSION_INTERRUPTED("alert"),
    /** The car is plugged in and has charged, but takes no more power. */
    CAR_FULL("pause"),
    INVOICE_READY("invoice"),
    STATEMENT_READY("invoice"),
    /** An unpaid invoice is past its due day by the issuer's number of days. */
    INVOICE_REMINDER("clock");

    private final String icon;

    NotificationKind(String icon) {
        this.icon = icon;
    }

    public String icon() {
        return icon;
    }

    /** Name in the database, in forms and in text keys. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Text key of its name in the settings. */
    public String choiceKey() {
        return "account.notifications." + wireName();
    }

    static NotificationKind of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
