package express.polaris.billing.tariffs;

import express.polaris.platform.refusals.FaultCollector;
import express.polaris.platform.refusals.PlainText;
import java.util.Optional;
import java.util.regex.Pattern;

/** Codes and names of time bands, charger groups and price series. */
public final class TariffCode {

    static final int LONGEST_NAME = 100;

    private static final Pattern CODE = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

    private TariffCode() {}

    /** Whether plans can refer to something by this code. */
    public static boolean isValid(String code) {
        return CODE.matcher(code).matches();
    }

    static void check(String code, FaultCollector faults) {
        faults.require(isValid(code), "code", TariffReason.CODE.with());
    }

    /** Returns the name as it is stored; adds a fault unless it is a short text. */
    static String name(Optional<String> given, FaultCollector faults) {
        var name = given.map(String::strip).orElse("");
        faults.require(
                !name.isEmpty() && PlainText.length(name) <= LONGEST_NAME && PlainText.isPrintable(name),
                "name",
                TariffReason.NAME.with(LONGEST_NAME));
        return name;
    }
}
