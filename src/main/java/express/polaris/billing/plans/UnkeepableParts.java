package express.polaris.billing.plans;

import express.polaris.platform.refusals.Fault;
import express.polaris.platform.refusals.Wording;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds parts of a plan's JSON that cannot be stored; a plan is stored as given. */
final class UnkeepableParts {

    private static final int MOST_DIGITS = 40;
    private static final int DEEPEST = 20;

    private final List<Fault> faults = new ArrayList<>();

    private UnkeepableParts() {}

    /** Returns a fault for each part that cannot be stored: its path and what would be right. */
    static List<Fault> of(Map<String, ? extends @Nullable Object> json) {
        var parts = new UnkeepableParts();
        parts.check("", json, 0);
        return List.copyOf(parts.faults);
    }

    private void check(String path, @Nullable Object value, int depth) {
        if (depth > DEEPEST) {
            faults.add(new Fault(path, BillingReason.TOO_DEEP.with(DEEPEST)));
            return;
        }
        switch (value) {
            case Map<?, ?> map ->
                map.forEach((key, part) -> {
                    var name = String.valueOf(key);
                    require(isText(name), path.isEmpty() ? "plan" : path, BillingReason.BROKEN_NAME.with());
                    check(path.isEmpty() ? name : path + "." + name, part, depth + 1);
                });
            case List<?> list -> {
                for (int place = 0; place < list.size(); place++) {
                    check(path + "[" + place + "]", list.get(place), depth + 1);
                }
            }
            case String text -> require(isText(text), path, BillingReason.BROKEN_TEXT.with());
            case BigDecimal number -> require(isShort(number), path, BillingReason.DIGITS.with(MOST_DIGITS));
            case BigInteger number ->
                require(isShort(new BigDecimal(number)), path, BillingReason.DIGITS.with(MOST_DIGITS));
            case null, default -> {}
        }
    }

    private void require(boolean holds, String path, Wording wording) {
        if (!holds) {
            faults.add(new Fault(path, wording));
        }
    }

    private static boolean isShort(BigDecimal number) {
        return number.precision() <= MOST_DIGITS && Math.abs((long) number.scale()) <= MOST_DIGITS;
    }

    private static boolean isText(String text) {
        return text.indexOf('\0') < 0
                && text.codePoints()
                        .noneMatch(point -> Character.MIN_SURROGATE <= point && point <= Character.MAX_SURROGATE);
    }
}
