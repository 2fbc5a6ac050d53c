package express.polaris.documents;

import express.polaris.platform.refusals.Reason;

/** Reasons why an invoice has no e-invoice. */
public enum DocumentReason implements Reason {
    NO_ISSUER("Invoice {0} has no e-invoice: it was finalized without the issuer's tax data. Its PDF exists."),
    NO_ADDRESS("Invoice {0} has no e-invoice: its recipient has no postal address. Its PDF exists."),
    NO_VAT_ID("Invoice {0} has no e-invoice: a reverse charge needs the issuer's VAT id. Its PDF exists."),
    NO_AMOUNTS("Invoice {0} has no e-invoice: it bills nothing, and EN 16931 needs a line. Its PDF exists."),
    NOT_IN_CENTS(
            "Invoice {0} has no e-invoice: EN 16931 needs a currency with two decimals and a VAT rate with at most two. Its PDF exists.");

    private final String english;

    DocumentReason(String english) {
        this.english = english;
    }

    @Override
    public String english() {
        return english;
    }
}
