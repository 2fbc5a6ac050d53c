package express.polaris.billing.statements;

import express.polaris.platform.refusals.FaultCollector;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.PlainText;
import express.polaris.stations.cards.EvCard;
import express.polaris.stations.cards.EvCardId;
import express.polaris.stations.chargers.ChargeBoxId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Reads wished terms of reimbursement, and collects all faults. */
final class ReimbursementChecks {

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_PLATE = 50;
    private static final int LONGEST_REFERENCE = 100;
    private static final int LONGEST_ADDRESS = 320;
    private static final int MOST = 50;
    private static final int DECIMALS = 6;
    private static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(2999, 12, 31);
    private static final Pattern ADDRESS = Pattern.compile("[^\\s@<>,;\"]+@[^\\s@<>,;\"]+\\.[^\\s@<>,;\".]+");
    private static final Pattern AMOUNT = Pattern.compile("\\d{1,5}(\\.\\d{1,9})?");

    private final Reimbursement before;
    private final Predicate<ChargeBoxId> isAllowed;
    private final StatementReason otherwise;
    private final List<EvCard> cards;
    private final FaultCollector faults = new FaultCollector();

    /**
     * @param before current terms, whose marks stay allowed
     * @param isAllowed whether a charge box can be marked
     * @param otherwise why not
     * @param cards the driver's
     */
    ReimbursementChecks(
            Reimbursement before, Predicate<ChargeBoxId> isAllowed, StatementReason otherwise, List<EvCard> cards) {
        this.before = before;
        this.isAllowed = isAllowed;
        this.otherwise = otherwise;
        this.cards = List.copyOf(cards);
    }

    /** Terms that were read, before it is decided whether the driver agrees to the address. */
    record Read(Reimbursement terms) {

        Reimbursement agreed(boolean agreed) {
            return new Reimbursement(
                    terms.employer(),
                    terms.vehicle(),
                    terms.plate(),
                    terms.reference(),
                    terms.sendTo(),
                    agreed,
                    terms.rates(),
                    terms.home());
        }
    }

    /**
     * @throws InvalidInput with all faults
     */
    Read read(ReimbursementWish wish) {
        var terms = new Reimbursement(
                text(wish.employer(), "employer", LONGEST_NAME),
                text(wish.vehicle(), "vehicle", LONGEST_NAME),
                text(wish.plate(), "plate", LONGEST_PLATE),
                text(wish.reference(), "reference", LONGEST_REFERENCE),
                address(wish.sendTo()),
                false,
                rates(wish.rates()),
                home(wish.home()));
        faults.throwIfAny();
        return new Read(terms);
    }

    private String text(Optional<String> given, String field, int longest) {
        var text = given.map(String::strip).orElse("");
        boolean fits = PlainText.isPrintable(text) && PlainText.length(text) <= longest;
        faults.require(fits, field, StatementReason.TEXT.with(longest));
        return fits ? text : "";
    }

    private Optional<String> address(Optional<String> given) {
        var address = given.map(String::strip).filter(text -> !text.isEmpty());
        boolean fits = address.filter(text -> text.length() > LONGEST_ADDRESS
                        || !PlainText.isPrintable(text)
                        || !ADDRESS.matcher(text).matches())
                .isEmpty();
        faults.require(fits, "sendTo", StatementReason.EMAIL.with());
        return address;
    }

    private List<ReimbursementRate> rates(List<ReimbursementWish.Rate> wishes) {
        faults.require(wishes.size() <= MOST, "rates", StatementReason.TOO_MANY.with(MOST));
        var rates = new ArrayList<ReimbursementRate>();
        for (int index = 0; index < Math.min(wishes.size(), MOST); index++) {
            var field = "rates[" + index + "]";
            var rate = rate(wishes.get(index), field);
            rate.flatMap(one -> rates.stream().filter(one::overlaps).findFirst())
                    .ifPresent(other -> faults.add(field + ".from", StatementReason.OVERLAPS.with(other.from())));
            rate.ifPresent(rates::add);
        }
        rates.sort(Comparator.comparing(ReimbursementRate::from));
        return rates;
    }

    private Optional<ReimbursementRate> rate(ReimbursementWish.Rate wish, String field) {
        var from = wish.from().flatMap(ReimbursementChecks::day);
        faults.require(from.isPresent(), field + ".from", StatementReason.DAY.with());
        var wishedEnd = wish.to().map(String::strip).filter(text -> !text.isEmpty());
        var to = wishedEnd.flatMap(ReimbursementChecks::day);
        faults.require(wishedEnd.isPresent() == to.isPresent(), field + ".to", StatementReason.DAY.with());
        boolean inOrder = from.flatMap(first -> to.filter(first::isAfter)).isEmpty();
        if (!inOrder) {
            faults.add(field + ".to", StatementReason.ENDS_BEFORE.with(from.orElseThrow()));
        }
        var amount = wish.amount()
                .map(String::strip)
                .filter(text -> AMOUNT.matcher(text).matches())
                .map(BigDecimal::new)
                .filter(value ->
                        value.signum() > 0 && value.stripTrailingZeros().scale() <= DECIMALS);
        faults.require(amount.isPresent(), field + ".amount", StatementReason.AMOUNT.with(DECIMALS));
        var kind = kind(wish.kind());
        faults.require(kind.isPresent(), field + ".kind", StatementReason.KIND.with());
        return from.isPresent() && amount.isPresent() && kind.isPresent() && inOrder
                ? Optional.of(new ReimbursementRate(from.get(), to, kind.get(), amount.get()))
                : Optional.empty();
    }

    private static Optional<ReimbursementRate.Kind> kind(Optional<String> wish) {
        return switch (wish.orElse("fixed")) {
            case "fixed" -> Optional.of(ReimbursementRate.Kind.FIXED);
            case "household" -> Optional.of(ReimbursementRate.Kind.HOUSEHOLD);
            default -> Optional.empty();
        };
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text.strip()))
                    .filter(day -> !day.isBefore(FIRST_DAY) && !day.isAfter(LAST_DAY));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private List<HomeMark> home(List<ReimbursementWish.Home> wishes) {
        faults.require(wishes.size() <= MOST, "home", StatementReason.TOO_MANY.with(MOST));
        Set<HomeMark> marks = new LinkedHashSet<>();
        for (int index = 0; index < Math.min(wishes.size(), MOST); index++) {
            mark(wishes.get(index), "home[" + index + "]").ifPresent(marks::add);
        }
        return List.copyOf(marks);
    }

    private Optional<HomeMark> mark(ReimbursementWish.Home wish, String field) {
        if (wish.chargeBoxId().isPresent() == wish.cardId().isPresent()) {
            faults.add(field, StatementReason.HOME.with());
            return Optional.empty();
        }
        if (wish.cardId().isPresent()) {
            var mark = wish.cardId().map(id -> new HomeMark.WithCard(new EvCardId(id)));
            boolean own = mark.filter(wanted -> before.home().contains(wanted)
                            || cards.stream().anyMatch(card -> card.id().equals(wanted.id())))
                    .isPresent();
            faults.require(own, field + ".cardId", StatementReason.CARD.with());
            return mark.map(HomeMark.class::cast);
        }
        var mark = wish.chargeBoxId()
                .flatMap(ChargeBoxId::parse)
                .map(HomeMark.AtChargeBox::new)
                .filter(wanted -> before.home().contains(wanted) || isAllowed.test(wanted.id()));
        faults.require(mark.isPresent(), field + ".chargeBoxId", otherwise.with());
        return mark.map(HomeMark.class::cast);
    }
}
