package express.polaris.console.money;

import express.polaris.billing.bookkeeping.BankEntry;
import express.polaris.billing.bookkeeping.BankFile;
import express.polaris.billing.bookkeeping.BookkeepingReason;
import express.polaris.platform.refusals.InvalidInput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Currency;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Entries of a bank's file in a form field, from the preview to its confirmation: nothing of a file is stored before.
 * Compressed lines with tabs between the values.
 */
final class CarriedBankFile {

    private static final int LARGEST = 2 * BankFile.LARGEST;
    private static final int VALUES = 6;
    private static final Pattern AMOUNT = Pattern.compile("-?\\d{1,14}(\\.\\d{1,5})?");

    private CarriedBankFile() {}

    static String encode(BankFile.Format format, List<BankEntry> entries) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write((format.name() + "\n").getBytes(StandardCharsets.UTF_8));
            for (var entry : entries) {
                var line = String.join(
                        "\t",
                        entry.key(),
                        entry.bookedOn().toString(),
                        entry.amount().toPlainString(),
                        entry.currency().getCurrencyCode(),
                        entry.state().name(),
                        entry.remittance().replaceAll("[\\t\\n\\r]", " "));
                out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    /**
     * @throws InvalidInput if the text is not from {@link #encode}
     */
    static BankFile decode(String text) {
        try (var in = new GZIPInputStream(
                new ByteArrayInputStream(Base64.getUrlDecoder().decode(text)))) {
            var bytes = in.readNBytes(LARGEST);
            var lines = new String(bytes, StandardCharsets.UTF_8).split("\n");
            return new BankFile(
                    BankFile.Format.valueOf(lines[0]),
                    List.of(lines).subList(1, lines.length).stream()
                            .map(CarriedBankFile::entry)
                            .toList());
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            throw InvalidInput.of("file", BookkeepingReason.PREVIEW.with());
        }
    }

    private static BankEntry entry(String line) {
        var values = line.split("\t", -1);
        if (values.length != VALUES || !AMOUNT.matcher(values[2]).matches()) {
            throw new IllegalArgumentException("A line of " + values.length + " values");
        }
        return new BankEntry(
                values[0],
                LocalDate.parse(values[1]),
                new BigDecimal(values[2]),
                Currency.getInstance(values[3]),
                values[5],
                BankEntry.State.valueOf(values[4]));
    }
}
