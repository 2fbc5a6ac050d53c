package express.polaris.billing.pricing;

import express.polaris.platform.refusals.Fault;
import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads values of one JSON object and adds a fault with its path for each invalid one. */
final class PropertyReader {

    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][+-]?\\d{1,9})?");
    private static final int LONGEST_NUMBER = 40;
    private static final int MOST_BITS = 128;
    private static final int MOST_INTEGER_DIGITS = 15;
    private static final int MOST_PRICE_DECIMALS = 15;
    private static final int KILOWATT_HOUR_DECIMALS = 6;
    private static final int LONGEST_QUOTE = 40;

    private final String path;
    private final Map<?, ?> values;
    private final List<Fault> faults;

    PropertyReader(String path, Map<?, ?> values, List<Fault> faults) {
        this.path = path;
        this.values = values;
        this.faults = faults;
    }

    boolean hasFaults() {
        return !faults.isEmpty();
    }

    void fault(String key, PriceReason reason, Object... parts) {
        faults.add(new Fault(path + "." + key, reason.with(parts)));
    }

    boolean has(String key) {
        return values.get(key) != null;
    }

    /** Reads an amount of money: zero or more, in the currency's main unit. */
    Optional<BigDecimal> price(String key) {
        return number(key, MOST_PRICE_DECIMALS);
    }

    /** Reads an amount of money of any sign, in the currency's main unit. */
    Optional<BigDecimal> signedPrice(String key) {
        return signed(key, MOST_PRICE_DECIMALS);
    }

    /** Reads a code: a text that is not blank. */
    Optional<String> code(String key, int longest) {
        if (values.get(key) instanceof String text && !text.isBlank() && text.length() <= longest) {
            return Optional.of(text.strip());
        }
        fault(key, PriceReason.CODE, longest);
        return Optional.empty();
    }

    /** Reads an amount of energy in kWh: zero or more. */
    Optional<Energy> energy(String key) {
        return number(key, KILOWATT_HOUR_DECIMALS).map(Energy::ofKilowattHours);
    }

    Optional<Energy> positiveEnergy(String key) {
        var energy = energy(key);
        if (energy.filter(Energy::isZero).isPresent()) {
            fault(key, PriceReason.ABOVE_ZERO);
            return Optional.empty();
        }
        return energy;
    }

    /**
     * Reads a list of objects. Returns an empty list, with a fault, when the value is not such a list, is empty
     * or is too long.
     */
    List<PropertyReader> objects(String key, int most) {
        if (!(values.get(key) instanceof List<?> list) || list.isEmpty() || list.size() > most) {
            fault(key, PriceReason.RANGES, most);
            return List.of();
        }
        var readers = new ArrayList<PropertyReader>();
        for (int place = 0; place < list.size(); place++) {
            var element = key + "[" + place + "]";
            if (list.get(place) instanceof Map<?, ?> object) {
                readers.add(new PropertyReader(path + "." + element, object, faults));
            } else {
                fault(element, PriceReason.RANGE);
            }
        }
        return readers.size() == list.size() ? readers : List.of();
    }

    /** Returns the paths of properties not in this set, except null and empty lists. */
    List<String> filledExcept(Set<String> known) {
        return values.entrySet().stream()
                .filter(entry -> !known.contains(String.valueOf(entry.getKey())))
                .filter(entry ->
                        entry.getValue() != null && !(entry.getValue() instanceof List<?> list && list.isEmpty()))
                .map(entry -> path + "." + shortened(String.valueOf(entry.getKey())))
                .sorted()
                .toList();
    }

    static String quoted(String text) {
        return "\"" + shortened(text) + "\"";
    }

    static String shortened(String text) {
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    }

    private Optional<BigDecimal> number(String key, int mostDecimals) {
        var number = signed(key, mostDecimals);
        if (number.filter(found -> found.signum() < 0).isPresent()) {
            fault(key, PriceReason.NEGATIVE);
            return Optional.empty();
        }
        return number;
    }

    private Optional<BigDecimal> signed(String key, int mostDecimals) {
        var value = values.get(key);
        if (value == null) {
            fault(key, PriceReason.MISSING);
            return Optional.empty();
        }
        var number = decimal(value);
        if (number.isEmpty()) {
            fault(key, PriceReason.NO_NUMBER, describe(value));
            return number;
        }
        if (!fits(number.get(), mostDecimals)) {
            fault(key, PriceReason.DIGITS, MOST_INTEGER_DIGITS, mostDecimals);
            return Optional.empty();
        }
        return number.map(BigDecimal::stripTrailingZeros);
    }

    /** Checks lengths before parsing and never expands an exponent, so hostile numbers cost nothing. */
    private static Optional<BigDecimal> decimal(Object value) {
        return switch (value) {
            case BigDecimal number ->
                number.unscaledValue().bitLength() <= MOST_BITS ? Optional.of(number) : Optional.empty();
            case BigInteger number ->
                number.bitLength() <= MOST_BITS ? Optional.of(new BigDecimal(number)) : Optional.empty();
            case Number number -> decimalText(number.toString());
            case String text -> decimalText(text);
            default -> Optional.empty();
        };
    }

    private static Optional<BigDecimal> decimalText(String text) {
        return text.length() <= LONGEST_NUMBER && NUMBER.matcher(text).matches()
                ? Optional.of(new BigDecimal(text))
                : Optional.empty();
    }

    private static boolean fits(BigDecimal number, int mostDecimals) {
        if (number.signum() == 0) {
            return true;
        }
        var integerDigits = (long) number.precision() - number.scale();
        return integerDigits <= MOST_INTEGER_DIGITS
                && number.stripTrailingZeros().scale() <= mostDecimals;
    }

    private static Object describe(Object value) {
        return switch (value) {
            case String text -> quoted(text);
            case Boolean flag -> flag.toString();
            case BigDecimal _, BigInteger _ -> PriceReason.SO_LONG_A_NUMBER.with();
            case Number number -> number.toString();
            case List<?> _ -> PriceReason.A_LIST.with();
            default -> PriceReason.AN_OBJECT.with();
        };
    }
}
