package express.polaris.accounts;

import express.polaris.problems.Faults;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What an account's values have to look like. */
final class AccountRules {

    static final int SHORTEST_PASSWORD = 10;

    /** bcrypt takes no more. */
    static final int LONGEST_PASSWORD_BYTES = 72;

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_EMAIL = 254;
    private static final Pattern EMAIL = Pattern.compile("[^@\\s\\p{Cntrl}]+@[^@\\s\\p{Cntrl}]+");
    private static final Set<String> LANGUAGES = Set.of("en", "de");

    private AccountRules() {}

    static String email(String given, Faults faults) {
        var email = given.strip();
        faults.require(
                email.length() <= LONGEST_EMAIL && EMAIL.matcher(email).matches(),
                "email",
                "Give an e-mail address of at most " + LONGEST_EMAIL + " characters.");
        return email;
    }

    static String name(String field, String given, Faults faults) {
        var name = given.strip();
        faults.require(
                !name.isEmpty() && name.length() <= LONGEST_NAME && name.chars().noneMatch(Character::isISOControl),
                field,
                "Give a name of 1 to " + LONGEST_NAME + " characters.");
        return name;
    }

    static void password(String field, String given, Faults faults) {
        faults.require(
                given.codePointCount(0, given.length()) >= SHORTEST_PASSWORD
                        && given.getBytes(StandardCharsets.UTF_8).length <= LONGEST_PASSWORD_BYTES
                        && given.indexOf('\0') < 0,
                field,
                "Give a password of at least " + SHORTEST_PASSWORD + " characters and at most " + LONGEST_PASSWORD_BYTES
                        + " bytes.");
    }

    static Locale locale(String given, Faults faults) {
        try {
            var locale = new Locale.Builder().setLanguageTag(given.strip()).build();
            if (LANGUAGES.contains(locale.getLanguage()) && given.length() <= 35) {
                return locale;
            }
        } catch (IllformedLocaleException e) {
            // falls through to the fault below
        }
        faults.add("locale", "Give a language tag such as en, en-GB or de.");
        return Locale.ENGLISH;
    }

    static ZoneId timeZone(String given, ZoneId fallback, Faults faults) {
        try {
            var zone = given.strip();
            if (ZoneId.getAvailableZoneIds().contains(zone)) {
                return ZoneId.of(zone);
            }
        } catch (DateTimeException e) {
            // falls through to the fault below
        }
        faults.add("timeZone", "Give a time zone such as Europe/Berlin.");
        return fallback;
    }
}
