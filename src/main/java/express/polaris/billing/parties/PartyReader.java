package express.polaris.billing.parties;

import express.polaris.platform.refusals.FaultCollector;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.PlainText;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.iban4j.BicUtil;
import org.iban4j.Iban4jException;
import org.iban4j.IbanUtil;
import org.iban4j.InvalidCheckDigitException;

/** Reads what people typed about issuers and recipients, and collects all faults. */
final class PartyReader {

    private static final int NAME = 200;
    private static final int MOST_DAYS = 365;
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,64}@[^@\\s]{1,180}\\.[^@\\s.]{2,}");
    private static final Pattern PHONE = Pattern.compile("[+(\\d][\\d ()/.-]{2,39}");
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private final FaultCollector faults = new FaultCollector();

    private PartyReader() {}

    /** Issuer without its place among the versions, and when drivers are reminded. */
    record Read(Issuer issuer, Optional<Integer> reminderAfterDays) {}

    /**
     * @throws InvalidInput with all faults
     */
    static Read issuer(WantedIssuer wanted, int version) {
        var reader = new PartyReader();
        var read = reader.read(wanted, version);
        reader.faults.throwIfAny();
        return read;
    }

    /**
     * @throws InvalidInput with all faults
     */
    static BillingAddress billingAddress(WantedBillingAddress wanted) {
        var reader = new PartyReader();
        var kind = wanted.kind().isBlank()
                ? Optional.of(Recipient.Kind.PERSON)
                : constant(Recipient.Kind.values(), wanted.kind());
        reader.faults.require(kind.isPresent(), "kind", PartyReason.KIND.with());
        var read = new BillingAddress(
                kind.orElse(Recipient.Kind.PERSON),
                reader.text("name", wanted.name(), NAME),
                reader.address("address.", wanted.address()),
                reader.vatId(wanted.vatId()),
                reader.optional("orderReference", wanted.orderReference(), 100));
        reader.faults.throwIfAny();
        return read;
    }

    private Read read(WantedIssuer wanted, int version) {
        var taxNumber = optional("taxNumber", wanted.taxNumber(), 40);
        var vatId = vatId(wanted.vatId());
        if (wanted.taxNumber().isBlank() && wanted.vatId().isBlank()) {
            faults.add("taxNumber", PartyReason.TAX.with());
        }
        var note = constant(VatNote.values(), wanted.vatNote());
        faults.require(note.isPresent(), "vatNote", PartyReason.VAT_NOTE.with());
        if (note.equals(Optional.of(VatNote.REVERSE_CHARGE)) && wanted.vatId().isBlank()) {
            faults.add("vatId", PartyReason.VAT_ID_NEEDED.with());
        }
        var format = wanted.numberFormat().strip();
        NumberFormat.fault(format).ifPresent(fault -> faults.add("numberFormat", fault));
        var issuer = new Issuer(
                version,
                text("legalName", wanted.legalName(), NAME),
                address("address.", wanted.address()),
                taxNumber,
                vatId,
                optional("register", wanted.register(), NAME),
                text("contact", wanted.contact(), NAME),
                email(wanted.email()),
                phone(wanted.phone()),
                bank(wanted.bank()),
                wanted.logo().flatMap(this::logo),
                lines("footer", wanted.footer(), 1_000),
                days("daysToPay", wanted.daysToPay(), 0),
                format,
                note.orElse(VatNote.NONE));
        return new Read(
                issuer,
                Optional.of(wanted.reminderAfterDays())
                        .filter(typed -> !typed.isBlank())
                        .map(typed -> days("reminderAfterDays", typed, 1)));
    }

    private PostalAddress address(String prefix, WantedAddress wanted) {
        var country = wanted.country().strip().toUpperCase(Locale.ROOT);
        faults.require(COUNTRIES.contains(country), prefix + "country", PartyReason.COUNTRY.with());
        return new PostalAddress(
                text(prefix + "street", wanted.street(), NAME),
                optional(prefix + "extra", wanted.extra(), NAME),
                text(prefix + "postcode", wanted.postcode(), 20),
                text(prefix + "city", wanted.city(), NAME),
                country);
    }

    private Optional<String> vatId(String typed) {
        var plain = VatIds.plain(typed);
        if (!plain.isEmpty() && !VatIds.isValid(plain)) {
            faults.add("vatId", PartyReason.VAT_ID.with(VatIds.example(plain)));
        }
        return present(plain);
    }

    private String email(String typed) {
        var email = typed.strip();
        faults.require(
                EMAIL.matcher(email).matches() && PlainText.isPrintable(email), "email", PartyReason.EMAIL.with());
        return email;
    }

    private Optional<String> phone(String typed) {
        var phone = present(typed);
        phone.filter(given -> !PHONE.matcher(given).matches())
                .ifPresent(given -> faults.add("phone", PartyReason.PHONE.with()));
        return phone;
    }

    private Optional<BankAccount> bank(WantedIssuer.Account wanted) {
        var holder = optional("bank.holder", wanted.holder(), 70);
        var iban = present(wanted.iban().replaceAll("\\s", "").toUpperCase(Locale.ROOT));
        var bic = present(wanted.bic().replaceAll("\\s", "").toUpperCase(Locale.ROOT));
        if (holder.isEmpty() && iban.isEmpty() && bic.isEmpty()) {
            return Optional.empty();
        }
        faults.require(holder.isPresent(), "bank.holder", PartyReason.ACCOUNT_INCOMPLETE.with());
        faults.require(iban.isPresent(), "bank.iban", PartyReason.ACCOUNT_INCOMPLETE.with());
        iban.ifPresent(this::checkIban);
        bic.filter(given -> !isBic(given)).ifPresent(given -> faults.add("bank.bic", PartyReason.BIC.with()));
        return iban.flatMap(account -> holder.map(owner -> new BankAccount(owner, account, bic)));
    }

    private void checkIban(String iban) {
        try {
            IbanUtil.validate(iban);
        } catch (InvalidCheckDigitException e) {
            faults.add("bank.iban", PartyReason.IBAN_CHECK.with());
        } catch (Iban4jException e) {
            faults.add("bank.iban", PartyReason.IBAN.with());
        }
    }

    private static boolean isBic(String bic) {
        try {
            BicUtil.validate(bic);
            return true;
        } catch (Iban4jException e) {
            return false;
        }
    }

    private Optional<Logo> logo(byte[] content) {
        if (content.length == 0) {
            return Optional.empty();
        }
        return switch (LogoReader.read(content)) {
            case LogoReader.Read.Usable(var logo) -> Optional.of(logo);
            case LogoReader.Read.Refused(var why) -> {
                faults.add("logo", why);
                yield Optional.empty();
            }
        };
    }

    private int days(String field, String typed, int least) {
        var days = typed.strip();
        if (!days.matches("\\d{1,3}") || Integer.parseInt(days) < least || Integer.parseInt(days) > MOST_DAYS) {
            faults.add(field, PartyReason.DAYS.with(least, MOST_DAYS));
            return least;
        }
        return Integer.parseInt(days);
    }

    private String text(String field, String typed, int longest) {
        var text = typed.strip();
        faults.require(!text.isEmpty() && fits(text, longest), field, PartyReason.TEXT.with(longest));
        return text;
    }

    private Optional<String> optional(String field, String typed, int longest) {
        var text = present(typed);
        text.filter(given -> !fits(given, longest))
                .ifPresent(given -> faults.add(field, PartyReason.OPTIONAL_TEXT.with(longest)));
        return text;
    }

    private Optional<String> lines(String field, String typed, int longest) {
        var text = present(typed.replace("\r\n", "\n"));
        text.filter(given -> !fits(given.replace("\n", ""), longest))
                .ifPresent(given -> faults.add(field, PartyReason.OPTIONAL_TEXT.with(longest)));
        return text;
    }

    /** XML, and so the e-invoice, cannot contain control characters. */
    private static boolean fits(String text, int longest) {
        return PlainText.isPrintable(text) && PlainText.length(text) <= longest;
    }

    private static Optional<String> present(String typed) {
        return Optional.of(typed.strip()).filter(text -> !text.isEmpty());
    }

    private static <E extends Enum<E>> Optional<E> constant(E[] constants, String typed) {
        return Arrays.stream(constants)
                .filter(constant -> constant.name().equalsIgnoreCase(typed.strip()))
                .findFirst();
    }
}
