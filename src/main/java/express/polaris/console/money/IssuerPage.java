package express.polaris.console.money;

import express.polaris.billing.parties.IssuerVersion;
import express.polaris.billing.parties.Logo;
import express.polaris.billing.parties.VatNote;
import express.polaris.billing.parties.WantedIssuer;
import express.polaris.documents.LocaleChoices;
import express.polaris.web.FieldFaults;
import express.polaris.web.Shell;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Page {@code /operator/issuer}.
 *
 * @param form what its fields show
 * @param versions all, latest first
 */
public record IssuerPage(
        Shell shell,
        WantedIssuer form,
        List<Version> versions,
        List<LocaleChoices.Country> countries,
        FieldFaults faults) {

    private static final List<String> FIELDS = List.of(
            "legalName",
            "address.street",
            "address.extra",
            "address.postcode",
            "address.city",
            "address.country",
            "taxNumber",
            "vatId",
            "register",
            "contact",
            "email",
            "phone",
            "bank.holder",
            "bank.iban",
            "bank.bic",
            "logo",
            "footer",
            "daysToPay",
            "numberFormat",
            "vatNote",
            "reminderAfterDays");

    /**
     * @param savedBy name of the operator
     */
    public record Version(IssuerVersion saved, String savedBy) {

        /** Postcode and city. */
        public String place() {
            var address = saved.issuer().address();
            return address.postcode() + " " + address.city() + ", " + address.country();
        }

        /** The logo as a {@code data:} address. */
        public Optional<String> logoSource() {
            return saved.issuer().logo().map(Version::source);
        }

        /** IBAN in groups of four. */
        public Optional<String> iban() {
            return saved.issuer().bank().map(bank -> bank.iban().replaceAll("(.{4})(?=.)", "$1 "));
        }

        /** What identifies the issuer at a tax office or court, in one line. */
        public String registers() {
            var issuer = saved.issuer();
            return Stream.of(issuer.taxNumber(), issuer.vatId(), issuer.register())
                    .flatMap(Optional::stream)
                    .collect(Collectors.joining(" · "));
        }

        private static String source(Logo logo) {
            return "data:" + logo.mediaType() + ";base64," + Base64.getEncoder().encodeToString(logo.content());
        }
    }

    public Optional<Version> current() {
        return versions.stream().findFirst();
    }

    public int nextVersion() {
        return versions.size() + 1;
    }

    public static List<String> vatNotes() {
        return Stream.of(VatNote.values())
                .map(note -> note.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** Messages about fields that the form does not have. */
    public List<String> otherFaults() {
        return faults.beside(FIELDS);
    }
}
