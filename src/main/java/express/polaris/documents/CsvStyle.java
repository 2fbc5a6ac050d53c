package express.polaris.documents;

import java.util.Locale;
import java.util.Optional;

/** Flavours of CSV files. */
public enum CsvStyle {
    /** {@code ,} between cells, decimal point, ISO 8601 times: for programs. */
    COMMA,
    /** {@code ;} between cells, decimal comma, local times: for spreadsheet programs that expect them. */
    SEMICOLON;

    /** Name in query parameters. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Empty if there is no such flavour. */
    public static Optional<CsvStyle> parse(String wireName) {
        return switch (wireName) {
            case "comma" -> Optional.of(COMMA);
            case "semicolon" -> Optional.of(SEMICOLON);
            default -> Optional.empty();
        };
    }
}
