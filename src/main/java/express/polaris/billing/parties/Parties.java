package express.polaris.billing.parties;

/** Who bills whom, as copied into an invoice when it was finalized. */
public record Parties(Issuer issuer, Recipient recipient) {

    /** Why the issuer charges this recipient no VAT. A reverse charge is for companies with a VAT id in another country. */
    public VatNote vatNote() {
        return switch (issuer.vatNote()) {
            case NONE -> VatNote.NONE;
            case SMALL_BUSINESS -> VatNote.SMALL_BUSINESS;
            case REVERSE_CHARGE -> isToCompanyAbroad() ? VatNote.REVERSE_CHARGE : VatNote.NONE;
        };
    }

    private boolean isToCompanyAbroad() {
        var home = issuer.address().country();
        return recipient.kind() == Recipient.Kind.COMPANY
                && recipient.vatId().isPresent()
                && recipient
                        .address()
                        .filter(address -> !address.country().equals(home))
                        .isPresent();
    }
}
