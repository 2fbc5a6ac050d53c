package express.polaris.billing.parties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import express.polaris.platform.refusals.Fault;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.testing.TestIssuer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Issuers and billing addresses as people type them. */
class PartyReaderTest {

    @Test
    void allFaultsOfAnIssuerAreNamedAtOnce() {
        var wanted = new WantedIssuer(
                " ",
                new WantedAddress("", "", "", "", "Germany"),
                "",
                "",
                "",
                "",
                "nobody",
                "x",
                new WantedIssuer.Account("", "DE89370400440532013001", "XX"),
                Optional.of(new byte[] {'G', 'I', 'F', '8'}),
                "",
                "-1",
                "{year}-",
                "maybe",
                "0");
        var refused = catchThrowableOfType(InvalidInput.class, () -> PartyReader.issuer(wanted, 1));
        assertThat(refused.faults())
                .extracting(Fault::field)
                .containsExactlyInAnyOrder(
                        "legalName",
                        "address.street",
                        "address.postcode",
                        "address.city",
                        "address.country",
                        "taxNumber",
                        "contact",
                        "email",
                        "phone",
                        "bank.holder",
                        "bank.iban",
                        "bank.bic",
                        "logo",
                        "daysToPay",
                        "numberFormat",
                        "vatNote",
                        "reminderAfterDays");
        assertThat(refused.faults())
                .filteredOn(fault -> fault.field().equals("bank.iban"))
                .extracting(Fault::message)
                .containsExactly("The check digits do not match: compare each digit of the IBAN.");
    }

    /** Examples of ISO 13616's registry. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "DE89 3704 0044 0532 0130 00",
                "AT611904300234573201",
                "ch9300762011623852957",
                "GB29 NWBK 6016 1331 9268 19",
                "NO9386011117947",
                "MT84MALT011000012345MTLCAST001S"
            })
    void anIbanOfTheRegistryIsTaken(String iban) {
        assertThat(bank(iban).map(BankAccount::iban))
                .contains(iban.replace(" ", "").toUpperCase(java.util.Locale.ROOT));
    }

    /** A digit changed, one missing, the length of another country, letters where digits belong. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "DE88370400440532013000",
                "DE8937040044053201300",
                "AT61190430023457320100",
                "DE89ABCD00440532013000",
                "XX89370400440532013000",
                "IBAN"
            })
    void anythingElseIsRefused(String iban) {
        assertThat(catchThrowableOfType(InvalidInput.class, () -> bank(iban)).faults())
                .extracting(Fault::field)
                .containsExactly("bank.iban");
    }

    @ParameterizedTest
    @CsvSource({
        "DE 123 456 789, DE123456789",
        "ATU12345678, ATU12345678",
        "che-123.456.789 MWST, CHE123456789MWST",
        "FR12345678901, FR12345678901",
        "US12345, US12345"
    })
    void aVatIdIsReadWithoutWhatIsBetweenItsDigits(String typed, String vatId) {
        assertThat(address(typed).vatId()).contains(vatId);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DE12345678", "DE1234567890", "AT12345678", "ATU1234567", "123456789", "FR1"})
    void aVatIdThatItsCountryDoesNotKnowIsRefused(String typed) {
        assertThat(catchThrowableOfType(InvalidInput.class, () -> address(typed))
                        .faults())
                .extracting(Fault::field)
                .containsExactly("vatId");
    }

    private static byte[] picture(int width, int height, int type, String format) throws IOException {
        var out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(new BufferedImage(width, height, type), format, out))
                .isTrue();
        return out.toByteArray();
    }

    private static List<String> faultsOf(byte[] logo) {
        return catchThrowableOfType(InvalidInput.class, () -> issuer(logo)).faults().stream()
                .map(Fault::message)
                .toList();
    }

    @Test
    void aLogoIsWhatItsContentSays() throws IOException {
        var png = picture(30, 10, BufferedImage.TYPE_INT_ARGB, "png");
        assertThat(issuer(png).logo()).contains(new Logo("image/png", png));
        var jpeg = picture(30, 10, BufferedImage.TYPE_INT_RGB, "jpeg");
        assertThat(issuer(jpeg).logo()).contains(new Logo("image/jpeg", jpeg));
        assertThat(issuer(Arrays.copyOf(png, 200 * 1_024)).logo()).isPresent();
        assertThat(faultsOf(Arrays.copyOf(png, 200 * 1_024 + 1))).containsExactly("Must be at most 200 kB.");
        assertThat(faultsOf(Arrays.copyOf(png, 40)))
                .containsExactly("The picture cannot be read. Save it again as PNG or JPEG in RGB.");
        assertThat(faultsOf(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 0}))
                .singleElement()
                .asString()
                .startsWith("The picture cannot be read.");
    }

    /** The second picture has 4000 × 3001 = 12.004 million pixels in few bytes. */
    @Test
    void aLogoOfTooManyPixelsIsRefusedWithoutDecodingIt() throws IOException {
        var tooMany = "Must have at most 4000 pixels on each side, and 12 million in all.";
        assertThat(faultsOf(picture(4001, 1, BufferedImage.TYPE_BYTE_BINARY, "png")))
                .containsExactly(tooMany);
        assertThat(faultsOf(picture(4000, 3001, BufferedImage.TYPE_BYTE_BINARY, "png")))
                .containsExactly(tooMany);
        var head = ByteBuffer.wrap(picture(1, 1, BufferedImage.TYPE_BYTE_BINARY, "png"));
        head.putInt(16, 100_000).putInt(20, 100_000);
        var crc = new CRC32();
        crc.update(head.array(), 12, 17);
        head.putInt(29, (int) crc.getValue());
        assertThat(faultsOf(head.array())).containsExactly(tooMany);
    }

    @Test
    void aLogoInOtherColoursBecomesSrgb() throws IOException {
        var logo = issuer(picture(30, 10, BufferedImage.TYPE_BYTE_GRAY, "jpeg"))
                .logo()
                .orElseThrow();
        assertThat(logo.mediaType()).isEqualTo("image/png");
        var read = ImageIO.read(new ByteArrayInputStream(logo.content()));
        assertThat(read.getWidth()).isEqualTo(30);
        assertThat(read.getColorModel().getColorSpace().isCS_sRGB()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "{year}-{number:6}, 2026-000012, true",
        "{year}-{number}, 2026-12, true",
        "RE{number:2}_{year}, RE12_2026, true",
        "{number:9}, 000000012, false"
    })
    void aNumberFollowsItsFormat(String format, String number, boolean yearly) {
        assertThat(NumberFormat.of(format).number(2026, 12)).isEqualTo(number);
        assertThat(NumberFormat.of(format).isYearly()).isEqualTo(yearly);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{year}",
                "{number}{number}",
                "{year}{year}-{number}",
                "{number:0}",
                "{number:x}",
                "RE/{number}",
                "{month}-{number}",
                "a-very-long-name-of-a-company-as-prefix-{number}"
            })
    void anyOtherFormatIsRefused(String format) {
        assertThat(NumberFormat.fault(format)).isPresent();
    }

    private static Optional<BankAccount> bank(String iban) {
        var good = TestIssuer.wanted();
        return PartyReader.issuer(with(good, new WantedIssuer.Account("Ladewerk", iban, ""), Optional.empty()), 1)
                .issuer()
                .bank();
    }

    private static Issuer issuer(byte[] logo) {
        var good = TestIssuer.wanted();
        return PartyReader.issuer(with(good, good.bank(), Optional.of(logo)), 1).issuer();
    }

    private static WantedIssuer with(WantedIssuer good, WantedIssuer.Account bank, Optional<byte[]> logo) {
        return new WantedIssuer(
                good.legalName(),
                good.address(),
                good.taxNumber(),
                good.vatId(),
                good.register(),
                good.contact(),
                good.email(),
                good.phone(),
                bank,
                logo,
                good.footer(),
                good.daysToPay(),
                good.numberFormat(),
                good.vatNote(),
                good.reminderAfterDays());
    }

    @Test
    void controlCharactersAreRefusedButLineBreaksInTheFooterAreKept() {
        var good = TestIssuer.wanted();
        assertThat(PartyReader.issuer(with(good, "Ladewerk", "One\r\nTwo"), 1)
                        .issuer()
                        .footer())
                .contains("One\nTwo");
        assertThat(catchThrowableOfType(
                                InvalidInput.class,
                                () -> PartyReader.issuer(with(good, "Lade\u0000werk", "One\u0007"), 1))
                        .faults())
                .extracting(Fault::field)
                .containsExactlyInAnyOrder("legalName", "footer");
        assertThat(catchThrowableOfType(
                                InvalidInput.class,
                                () -> PartyReader.billingAddress(new WantedBillingAddress(
                                        "person",
                                        "Anna\nTwo",
                                        new WantedAddress("Weg\t1", "", "50667", "Köln", "de"),
                                        "",
                                        "a\u001bb")))
                        .faults())
                .extracting(Fault::field)
                .containsExactlyInAnyOrder("name", "address.street", "orderReference");
    }

    private static WantedIssuer with(WantedIssuer good, String legalName, String footer) {
        return new WantedIssuer(
                legalName,
                good.address(),
                good.taxNumber(),
                good.vatId(),
                good.register(),
                good.contact(),
                good.email(),
                good.phone(),
                good.bank(),
                good.logo(),
                footer,
                good.daysToPay(),
                good.numberFormat(),
                good.vatNote(),
                good.reminderAfterDays());
    }

    private static BillingAddress address(String vatId) {
        return PartyReader.billingAddress(new WantedBillingAddress(
                "company", "Anna GmbH", new WantedAddress("Weg 1", "", "50667", "Köln", "de"), vatId, ""));
    }
}
