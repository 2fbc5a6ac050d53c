package express.polaris.billing.bookkeeping;

import express.polaris.platform.refusals.InvalidInput;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The form in which a bank's CSV writes days: one for the whole file, because 02/05/2026 alone can be a day of May or of
 * February.
 */
final class BankDays {

    private static final List<BankDays> CLEAR = Stream.of("uuuu-MM-dd", "d.M.uuuu", "d.M.uu", "uuuu/MM/dd")
            .map(BankDays::new)
            .toList();
    private static final BankDays DAY_FIRST = new BankDays("d/M/uuuu");
    private static final BankDays MONTH_FIRST = new BankDays("M/d/uuuu");

    private final DateTimeFormatter form;

    private BankDays(String pattern) {
        this.form = DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    }

    /**
     * Finds the form that fits all cells, or else the one that fits most of them.
     *
     * @param order decides between days and months with slashes
     * @throws InvalidInput if day and month can be read both ways, and the order is not given
     */
    static BankDays of(List<String> cells, DateOrder order) {
        var forms = Stream.concat(CLEAR.stream(), slashes(order).stream()).toList();
        var best = forms.getFirst();
        for (var form : forms) {
            if (form.fits(cells) > best.fits(cells)) {
                best = form;
            }
        }
        if (best == DAY_FIRST && order == DateOrder.UNKNOWN) {
            refuseTwoReadings(cells);
        }
        return best;
    }

    private static List<BankDays> slashes(DateOrder order) {
        return switch (order) {
            case UNKNOWN -> List.of(DAY_FIRST, MONTH_FIRST);
            case DAY_FIRST -> List.of(DAY_FIRST);
            case MONTH_FIRST -> List.of(MONTH_FIRST);
        };
    }

    private static void refuseTwoReadings(List<String> cells) {
        if (MONTH_FIRST.fits(cells) < DAY_FIRST.fits(cells)) {
            return;
        }
        cells.stream()
                .filter(cell -> DAY_FIRST
                        .read(cell)
                        .filter(day -> MONTH_FIRST
                                .read(cell)
                                .filter(other -> !other.equals(day))
                                .isPresent())
                        .isPresent())
                .findFirst()
                .ifPresent(cell -> {
                    throw InvalidInput.of("dateOrder", BookkeepingReason.DATE_ORDER.with(cell));
                });
    }

    private long fits(List<String> cells) {
        return cells.stream().filter(cell -> read(cell).isPresent()).count();
    }

    /** Reads a day, with or without a time after it; empty if it has another form. */
    Optional<LocalDate> read(String cell) {
        var day = cell.split(" ", 2)[0];
        try {
            return Optional.of(LocalDate.parse(day, form));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
