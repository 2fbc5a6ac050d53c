package express.polaris.metering;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * A decimal number as a charger writes it. Large exponents are rejected before any arithmetic, which could exhaust
 * memory and CPU.
 */
sealed interface DecimalText {

    record Decimal(BigDecimal value) implements DecimalText {}

    record Invalid(String reason) implements DecimalText {}

    int MAX_LENGTH = 32;
    int MAX_EXPONENT = 30;

    /** Every quantity here is smaller than this, in Wh or W. */
    BigDecimal LIMIT = BigDecimal.TEN.pow(10);

    Pattern SYNTAX = Pattern.compile("[+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE]([+-]?[0-9]+))?");
    Pattern SMALL_EXPONENT = Pattern.compile("[+-]?0*[0-9]{1,2}");

    static DecimalText parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return new Invalid("longer than " + MAX_LENGTH + " characters");
        }
        var trimmed = text.strip();
        if (trimmed.isEmpty()) {
            return new Invalid("empty");
        }
        var matcher = SYNTAX.matcher(trimmed);
        if (!matcher.matches()) {
            return new Invalid("not a decimal number");
        }
        var exponent = matcher.group(1);
        if (exponent != null && !isSmall(exponent)) {
            return new Invalid("exponent beyond ±" + MAX_EXPONENT);
        }
        return new Decimal(new BigDecimal(trimmed));
    }

    private static boolean isSmall(String exponent) {
        return SMALL_EXPONENT.matcher(exponent).matches() && Math.abs(Integer.parseInt(exponent)) <= MAX_EXPONENT;
    }
}
