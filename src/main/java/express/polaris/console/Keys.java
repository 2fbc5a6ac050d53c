package express.polaris.console;

import express.polaris.billing.InvoiceFilter;
import java.util.Locale;

/** Keys of texts for one of several things. */
public final class Keys {

    private Keys() {}

    /** @param interval Lago's name or the constant of it */
    public static String interval(Object interval) {
        return "console.plan.interval." + name(interval);
    }

    /** @param model Lago's name of a charge model, or {@code none} */
    public static String model(String model) {
        return "console.plan.model." + model;
    }

    /** What the charge model does, in a sentence. */
    public static String modelText(String model) {
        return model(model) + ".text";
    }

    /** @param billing Lago's billing time or the constant of it */
    public static String billing(Object billing) {
        return "console.subscription.billing." + name(billing);
    }

    /** What the billing time means, in a sentence. */
    public static String billingText(Object billing) {
        return billing(billing) + ".text";
    }

    /** Where an invoice stands. */
    public static String state(InvoiceFilter.State state) {
        return "console.invoice.state." + state.wireName();
    }

    /** @param type a connector's, as the API names it */
    public static String connector(String type) {
        return "connector." + type.toLowerCase(Locale.ROOT).replace(" ", "");
    }

    private static String name(Object constant) {
        return constant.toString().toLowerCase(Locale.ROOT);
    }
}
