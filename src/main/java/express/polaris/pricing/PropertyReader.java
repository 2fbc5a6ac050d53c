package express.polaris.pricing;

import express.polaris.pricing.ParsedChargeModel.Fault;
import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads values of one JSON object and adds a fault, with the path to it, for each that is not as it must be. */
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

    void fault(String key, String message) {
        faults.add(new Fault(path + "." + key, message));
    }

    boolean has(String key) {
        return values.get(key) != null;
    }

    /** An amount of money: zero or more, in the currency's main unit. */
    Optional<BigDecimal> price(String key) {
        return number(key, MOST_PRICE_DECIMALS);
    }

    /** An amount of energy in kWh: zero or more. */
    Optional<Energy> energy(String key) {
        return number(key, KILOWATT_HOUR_DECIMALS).map(Energy::ofKilowattHours);
    }

    Optional<Energy> positiveEnergy(String key) {
        var energy = energy(key);
        if (energy.filter(Energy::isZero).isPresent()) {
            fault(key, "must be more than 0");
            return Optional.empty();
        }
        return energy;
    }

    /** A list of objects; empty, with a fault, when it is none, has none or has too many. */
    List<PropertyReader> objects(String key, int most) {
        if (!(values.get(key) instanceof List<?> list) || list.isEmpty() || list.size() > most) {
            fault(key, "must be a list of 1 to " + most + " ranges");
            return List.of();
        }
        var readers = new ArrayList<PropertyReader>();
        for (int place = 0; place < list.size(); place++) {
            var element = key + "[" + place + "]";
            if (list.get(place) instanceof Map<?, ?> object) {
                readers.add(new PropertyReader(path + "." + element, object, faults));
            } else {
                fault(element, "must be an object with from_value, to_value, per_unit_amount and flat_amount");
            }
        }
        return readers.size() == list.size() ? readers : List.of();
    }

    /** The paths of properties that say something and are not among these. */
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

    private static String shortened(String text) {
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    }

    private Optional<BigDecimal> number(String key, int mostDecimals) {
        var value = values.get(key);
        if (value == null) {
            fault(key, "is missing: must be a number of 0 or more");
            return Optional.empty();
        }
        var number = decimal(value);
        if (number.isEmpty()) {
            fault(key, "must be a number like \"0.25\", not " + describe(value));
            return number;
        }
        if (number.get().signum() < 0) {
            fault(key, "must not be negative");
            return Optional.empty();
        }
        if (!fits(number.get(), mostDecimals)) {
            fault(
                    key,
                    "must have at most " + MOST_INTEGER_DIGITS + " digits before and " + mostDecimals
                            + " after the decimal point");
            return Optional.empty();
        }
        return number.map(BigDecimal::stripTrailingZeros);
    }

    /** Checks lengths before it parses and parses without expanding an exponent, so hostile numbers cost nothing. */
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

    private static String describe(Object value) {
        return switch (value) {
            case String text -> quoted(text);
            case Boolean flag -> flag.toString();
            case BigDecimal _, BigInteger _ -> "so long a number";
            case Number number -> number.toString();
            case List<?> _ -> "a list";
            default -> "an object";
        };
    }
}
