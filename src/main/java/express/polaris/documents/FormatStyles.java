package express.polaris.documents;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Currency;
import java.util.Locale;

/** Number and time formats of a locale. They are expensive to create and therefore cached. */
final class FormatStyles {

    /** Limits the cache, because browsers may send any locale. */
    private static final int KEPT = 100;

    private static final LoadingCache<Locale, FormatStyles> BY_LOCALE =
            Caffeine.newBuilder().maximumSize(KEPT).build(FormatStyles::new);

    private final NumberFormat number;
    private final NumberFormat currency;
    private final DateTimeFormatter time;
    private final DateTimeFormatter timeWithSeconds;
    private final DateTimeFormatter timeAndOffset;
    private final DateTimeFormatter date;
    private final DateTimeFormatter dayAndMonth;

    private FormatStyles(Locale locale) {
        number = NumberFormat.getNumberInstance(locale);
        currency = NumberFormat.getCurrencyInstance(locale);
        time = DateTimeFormatter.ofPattern("HH:mm", locale);
        timeWithSeconds = DateTimeFormatter.ofPattern("HH:mm:ss", locale);
        timeAndOffset = DateTimeFormatter.ofPattern("HH:mm:ss xxx", locale);
        date = DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(locale);
        dayAndMonth = DateTimeFormatter.ofLocalizedPattern("MMMd").withLocale(locale);
    }

    static FormatStyles of(Locale locale) {
        return BY_LOCALE.get(locale);
    }

    String number(BigDecimal value, int minimumDecimals, int maximumDecimals) {
        return written((NumberFormat) number.clone(), value, minimumDecimals, maximumDecimals);
    }

    String amount(BigDecimal value, Currency in, int minimumDecimals, int maximumDecimals) {
        var format = (NumberFormat) currency.clone();
        format.setCurrency(in);
        return written(format, value, minimumDecimals, maximumDecimals);
    }

    DateTimeFormatter time() {
        return time;
    }

    DateTimeFormatter timeWithSeconds() {
        return timeWithSeconds;
    }

    DateTimeFormatter timeAndOffset() {
        return timeAndOffset;
    }

    DateTimeFormatter date() {
        return date;
    }

    DateTimeFormatter dayAndMonth() {
        return dayAndMonth;
    }

    /**
     * @param own an instance that no other thread uses: {@link NumberFormat} is not thread-safe
     */
    private static String written(NumberFormat own, BigDecimal value, int minimumDecimals, int maximumDecimals) {
        own.setRoundingMode(RoundingMode.HALF_UP);
        own.setMinimumFractionDigits(minimumDecimals);
        own.setMaximumFractionDigits(maximumDecimals);
        return own.format(value);
    }
}
