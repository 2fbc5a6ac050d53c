package express.polaris.accounts;

import express.polaris.platform.refusals.FaultCollector;
import express.polaris.units.Consumption;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Validation rules for the fields of an account. */
final class AccountRules {

    static final int SHORTEST_PASSWORD = 10;

    /** bcrypt's limit. */
    static final int LONGEST_PASSWORD_BYTES = 72;

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_EMAIL = 254;
    private static final Pattern EMAIL = Pattern.compile("[^@\\s\\p{Cntrl}]+@[^@\\s\\p{Cntrl}]+");
    private static final Pattern CONSUMPTION = Pattern.compile("\\d{1,3}(\\.\\d{1,2})?");
    private static final Set<String> LANGUAGES = Set.of("en", "de");

    private AccountRules() {}

    static String email(String given, FaultCollector faults) {
        var email = given.strip();
        faults.require(
                email.length() <= LONGEST_EMAIL && EMAIL.matcher(email).matches(),
                "email",
                AccountReason.EMAIL.with(LONGEST_EMAIL));
        return email;
    }

    static String name(String field, String given, FaultCollector faults) {
        var name = given.strip();
        faults.require(
                !name.isEmpty() && name.length() <= LONGEST_NAME && name.chars().noneMatch(Character::isISOControl),
                field,
                AccountReason.NAME.with(LONGEST_NAME));
        return name;
    }

    static void password(String field, String given, FaultCollector faults) {
        faults.require(
                given.codePointCount(0, given.length()) >= SHORTEST_PASSWORD
                        && given.getBytes(StandardCharsets.UTF_8).length <= LONGEST_PASSWORD_BYTES
                        && given.indexOf('\0') < 0,
                field,
                AccountReason.PASSWORD.with(SHORTEST_PASSWORD, LONGEST_PASSWORD_BYTES));
    }

    static Locale locale(String given, FaultCollector faults) {
        try {
            var locale = new Locale.Builder().setLanguageTag(given.strip()).build();
            if (LANGUAGES.contains(locale.getLanguage()) && given.length() <= 35) {
                return locale;
            }
        } catch (IllformedLocaleException e) {
            // falls through to the fault below
        }
        faults.add("locale", AccountReason.LOCALE.with());
        return Locale.ENGLISH;
    }

    static ZoneId timeZone(String given, ZoneId fallback, FaultCollector faults) {
        try {
            var zone = given.strip();
            if (ZoneId.getAvailableZoneIds().contains(zone)) {
                return ZoneId.of(zone);
            }
        } catch (DateTimeException e) {
            // falls through to the fault below
        }
        faults.add("timeZone", AccountReason.TIME_ZONE.with());
        return fallback;
    }

    /** Returns empty when no unit is given: no distance is computed. */
    static Optional<Consumption> consumption(String distanceUnit, String given, FaultCollector faults) {
        if (distanceUnit.isEmpty()) {
            return Optional.empty();
        }
        var unit = Arrays.stream(Consumption.Unit.values())
                .filter(known -> known.symbol().equals(distanceUnit))
                .findFirst();
        if (unit.isEmpty()) {
            faults.add("distanceUnit", AccountReason.DISTANCE_UNIT.with());
            return Optional.empty();
        }
        var text = given.strip().replace(',', '.');
        var value = CONSUMPTION.matcher(text).matches() ? new BigDecimal(text) : BigDecimal.ZERO;
        var bounds = switch (unit.get()) {
            case KM -> new Bounds("5", "200", AccountReason.KWH_PER_100_KM);
            case MI -> new Bounds("0.3", "15", AccountReason.MILES_PER_KWH);
        };
        if (!bounds.hold(value)) {
            faults.add("consumption", bounds.otherwise().with(bounds.least(), bounds.most()));
            return Optional.empty();
        }
        return Optional.of(new Consumption(unit.get(), value));
    }

    private record Bounds(BigDecimal least, BigDecimal most, AccountReason otherwise) {

        Bounds(String least, String most, AccountReason otherwise) {
            this(new BigDecimal(least), new BigDecimal(most), otherwise);
        }

        boolean hold(BigDecimal value) {
            return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
        }
    }
}
