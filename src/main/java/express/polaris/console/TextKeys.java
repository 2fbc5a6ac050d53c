package express.polaris.console;

import express.polaris.billing.invoicing.InvoiceFilter;
import java.util.Locale;

/** Text keys of enumerated values. */
public final class TextKeys {

    private TextKeys() {}

    /**
     * @param interval Lago's name or the enum constant
     */
    public static String interval(Object interval) {
        return "console.plan.interval." + name(interval);
    }

    /** @param model Lago's name of a charge model, or {@code none} */
    public static String model(String model) {
        return "console.plan.model." + model;
    }

    /** Describes the charge model in a sentence. */
    public static String modelText(String model) {
        return model(model) + ".text";
    }

    /** @param metric Lago's code of a billable metric */
    public static String metric(String metric) {
        return "console.plan.metric." + metric;
    }

    /**
     * @param billing Lago's billing time or the enum constant
     */
    public static String billing(Object billing) {
        return "console.subscription.billing." + name(billing);
    }

    /** Describes the billing time in a sentence. */
    public static String billingText(Object billing) {
        return billing(billing) + ".text";
    }

    /** State of an invoice. */
    public static String state(InvoiceFilter.State state) {
        return "console.invoice.state." + state.wireName();
    }

    /**
     * @param note name in the form or the enum constant
     */
    public static String vatNote(Object note) {
        return "issuer.vatNote." + name(note);
    }

    /** Describes the note in a sentence. */
    public static String vatNoteText(Object note) {
        return vatNote(note) + ".text";
    }

    private static String name(Object constant) {
        return constant.toString().toLowerCase(Locale.ROOT);
    }
}
