package express.polaris.documents;

import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import express.polaris.billing.parties.BankAccount;
import express.polaris.units.Money;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Payment code that banking apps read: a SEPA credit transfer as QR code (EPC069-12, version 002). */
final class PaymentCode {

    private static final int NAME_LENGTH = 70;
    private static final int MOST_BYTES = 331;
    private static final BigDecimal LEAST = new BigDecimal("0.01");
    private static final BigDecimal MOST = new BigDecimal("999999999.99");

    private PaymentCode() {}

    /** Empty for amounts that the standard does not know: other currencies than EUR, nothing to pay, or too much. */
    static Optional<QrCode> of(BankAccount payee, Money amount, String reference) {
        return text(payee, amount, reference).map(text -> QrCode.of(text, ErrorCorrectionLevel.M));
    }

    static Optional<String> text(BankAccount payee, Money amount, String reference) {
        var due = amount.amount();
        if (!"EUR".equals(amount.currency().getCurrencyCode()) || due.compareTo(LEAST) < 0 || due.compareTo(MOST) > 0) {
            return Optional.empty();
        }
        var text = String.join(
                "\n",
                "BCD",
                "002",
                "1", // UTF-8
                "SCT",
                payee.bic().orElse(""),
                shortened(payee.holder()),
                payee.iban(),
                "EUR" + due.toPlainString(),
                "", // purpose
                "", // structured reference
                reference);
        return Optional.of(text).filter(it -> it.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES);
    }

    private static String shortened(String name) {
        var line = name.replaceAll("\\s+", " ").strip();
        return line.codePointCount(0, line.length()) <= NAME_LENGTH
                ? line
                : line.substring(0, line.offsetByCodePoints(0, NAME_LENGTH)).strip();
    }
}
