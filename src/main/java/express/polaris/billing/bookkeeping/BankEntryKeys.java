package express.polaris.billing.bookkeeping;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Keys by which a bank's entries are known again: the bank's own references, or else all that an entry says. Equal
 * entries of one file are told apart by their order.
 */
final class BankEntryKeys {

    private static final int KEY_BYTES = 16;

    private BankEntryKeys() {}

    /** Returns the key of an entry with a reference of the bank; empty without one. */
    static Optional<String> referenced(
            String account, String reference, int place, LocalDate bookedOn, BigDecimal amount) {
        return reference.replace("/", "").isBlank()
                ? Optional.empty()
                : Optional.of(hash(
                        account,
                        reference,
                        place,
                        bookedOn,
                        amount.stripTrailingZeros().toPlainString()));
    }

    /** Gives each entry without a key one of its contents, and numbers those that would have the same. */
    static List<BankEntry> complete(List<BankEntry> entries) {
        var seen = new HashMap<String, Integer>();
        var all = new ArrayList<BankEntry>();
        for (var entry : entries) {
            var key = entry.key().isEmpty()
                    ? hash(
                            entry.bookedOn(),
                            entry.amount().stripTrailingZeros().toPlainString(),
                            entry.currency(),
                            entry.remittance().replaceAll("\\s+", " "))
                    : entry.key();
            int before = seen.merge(key, 1, Integer::sum) - 1;
            all.add(new BankEntry(
                    before == 0 ? key : key + "-" + before,
                    entry.bookedOn(),
                    entry.amount(),
                    entry.currency(),
                    entry.remittance(),
                    entry.state()));
        }
        return all;
    }

    static String hash(Object... parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var part : parts) {
                digest.update(part.toString().getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, KEY_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
