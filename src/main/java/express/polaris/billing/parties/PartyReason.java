package express.polaris.billing.parties;

import express.polaris.platform.refusals.Reason;

/** Reasons to refuse an issuer or a billing address. */
public enum PartyReason implements Reason {
    TEXT("Must be a text of 1 to {0} printable characters."),
    OPTIONAL_TEXT("Must be at most {0} printable characters."),
    COUNTRY("Must be a country code of two letters (ISO 3166-1), e.g. \"DE\"."),
    KIND("Must be person or company."),
    EMAIL("Must be an e-mail address."),
    PHONE("Must be a phone number, e.g. \"+49 221 123456\"."),
    TAX("Give a tax number or a VAT id: an invoice needs at least one."),
    VAT_ID("Must be a VAT id that begins with its country, e.g. \"{0}\"."),
    VAT_ID_NEEDED("Give your VAT id: an invoice with reverse charge needs it."),
    IBAN("Must be an IBAN, e.g. \"DE89 3704 0044 0532 0130 00\"."),
    IBAN_CHECK("The check digits do not match: compare each digit of the IBAN."),
    BIC("Must be a BIC of 8 or 11 characters, e.g. \"COBADEFF\"."),
    ACCOUNT_INCOMPLETE("An account needs both its holder and its IBAN."),
    LOGO_TYPE("Must be a PNG or JPEG picture."),
    LOGO_SIZE("Must be at most {0} kB."),
    LOGO_PIXELS("Must have at most {0} pixels on each side, and {1} million in all."),
    LOGO_BROKEN("The picture cannot be read. Save it again as PNG or JPEG in RGB."),
    LOGO_COLOURS("The picture has other colours than sRGB. Save it as sRGB, with at most {0} kB."),
    DAYS("Must be a whole number of days from {0} to {1}."),
    NUMBER_PLACE("Must contain {0} once, e.g. \"{1}\"."),
    NUMBER_YEAR("May contain {0} once."),
    NUMBER_WIDTH("In {0} the number of digits is from 1 to 9."),
    NUMBER_CHARACTERS("May contain only letters A to Z, digits, - and _ besides {0} and {1}."),
    NUMBER_LENGTH("Numbers must have at most {0} characters."),
    VAT_NOTE("Must be none, small_business or reverse_charge."),
    SAVED_MEANWHILE("Somebody else has just saved the issuer. Read it again, then save.");

    private final String english;

    PartyReason(String english) {
        this.english = english;
    }

    @Override
    public String english() {
        return english;
    }
}
