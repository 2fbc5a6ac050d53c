package express.polaris.billing.parties;

import java.util.Optional;

/**
 * One version of who issues invoices; immutable.
 *
 * @param version from 1, in the order in which it was saved
 * @param taxNumber tax number of the country; at least one of it and the VAT id is there
 * @param vatId VAT identification number with its country prefix
 * @param register entry in a commercial register, e.g. "Amtsgericht Köln, HRB 4711"
 * @param contact name of a person or department
 * @param footer additional text at the foot of invoices
 * @param daysToPay from the day of issue to the due date
 * @param numberFormat pattern of invoice numbers, e.g. {@code {year}-{number:6}}
 */
public record Issuer(
        int version,
        String legalName,
        PostalAddress address,
        Optional<String> taxNumber,
        Optional<String> vatId,
        Optional<String> register,
        String contact,
        String email,
        Optional<String> phone,
        Optional<BankAccount> bank,
        Optional<Logo> logo,
        Optional<String> footer,
        int daysToPay,
        String numberFormat,
        VatNote vatNote) {}
