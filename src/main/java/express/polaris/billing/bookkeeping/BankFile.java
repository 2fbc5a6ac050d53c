package express.polaris.billing.bookkeeping;

import java.util.List;

/** Entries of a bank's file, in the order of the file. */
public record BankFile(Format format, List<BankEntry> entries) {

    /** Largest file, in bytes. */
    public static final int LARGEST = 15 * 1024 * 1024;

    static final int MOST_ENTRIES = 50_000;

    public BankFile {
        entries = List.copyOf(entries);
    }

    /** Format of a file. */
    public enum Format {
        CSV("csv"),
        CAMT("camt.053");

        private final String code;

        Format(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }
    }
}
