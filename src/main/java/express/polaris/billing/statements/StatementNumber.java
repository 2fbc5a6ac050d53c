package express.polaris.billing.statements;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers of statements, such as {@code S2026-000012}. */
public final class StatementNumber {

    private static final Pattern NUMBER = Pattern.compile("S[0-9]{4}-[0-9]{1,12}");

    private StatementNumber() {}

    /** Empty if the text does not have the format of a statement's number. */
    public static Optional<String> parse(String text) {
        return Optional.of(text).filter(number -> NUMBER.matcher(number).matches());
    }

    static String of(int year, int number) {
        return String.format(Locale.ROOT, "S%d-%06d", year, number);
    }
}
