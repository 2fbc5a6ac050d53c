package express.polaris.web.views;

import express.polaris.accounts.AccountId;
import express.polaris.billing.statements.HomeMark;
import express.polaris.billing.statements.Reimbursement;
import express.polaris.billing.statements.ReimbursementRate;
import express.polaris.billing.statements.ReimbursementWish;
import express.polaris.documents.Format;
import express.polaris.platform.settings.Settings;
import express.polaris.sessions.SessionService;
import express.polaris.stations.cards.CardService;
import express.polaris.stations.cards.EvCard;
import express.polaris.stations.cards.EvCardId;
import express.polaris.stations.chargers.ChargeBoxId;
import express.polaris.stations.chargers.Charger;
import express.polaris.stations.chargers.ChargerService;
import express.polaris.web.FieldFaults;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Builds the form with a driver's terms of reimbursement. */
@Component
public class ReimbursementFormBuilder {

    private static final int DECIMALS = 6;

    private final SessionService sessions;
    private final CardService cards;
    private final ChargerService chargers;
    private final Settings settings;
    private final Clock clock;

    ReimbursementFormBuilder(
            SessionService sessions, CardService cards, ChargerService chargers, Settings settings, Clock clock) {
        this.sessions = sessions;
        this.cards = cards;
        this.chargers = chargers;
        this.settings = settings;
        this.clock = clock;
    }

    /** The stored terms; suggests a rate from this month on if there is none. */
    public ReimbursementForm of(AccountId driver, Reimbursement terms, Format format) {
        var rates = new ArrayList<ReimbursementForm.Rate>();
        terms.rates().forEach(rate -> rates.add(rate(rate, format)));
        rates.add(terms.rates().isEmpty() ? suggestion(format) : ReimbursementForm.Rate.EMPTY);
        return new ReimbursementForm(
                terms.employer(),
                terms.vehicle(),
                terms.plate(),
                terms.reference(),
                terms.sendTo().orElse(""),
                rates,
                home(driver, terms.home(), Set.copyOf(terms.home())),
                settings.currency(),
                ReimbursementRate.SUGGESTED,
                FieldFaults.NONE);
    }

    /** The terms as typed, with faults. */
    public ReimbursementForm of(AccountId driver, Reimbursement terms, ReimbursementWish wish, FieldFaults faults) {
        var rates = new ArrayList<ReimbursementForm.Rate>();
        wish.rates()
                .forEach(rate -> rates.add(new ReimbursementForm.Rate(
                        rate.from().orElse(""),
                        rate.to().orElse(""),
                        rate.amount().orElse(""),
                        rate.kind().orElse(""))));
        rates.add(ReimbursementForm.Rate.EMPTY);
        return new ReimbursementForm(
                wish.employer().orElse(""),
                wish.vehicle().orElse(""),
                wish.plate().orElse(""),
                wish.reference().orElse(""),
                wish.sendTo().orElse(""),
                rates,
                home(driver, terms.home(), marks(wish)),
                settings.currency(),
                ReimbursementRate.SUGGESTED,
                faults);
    }

    private static Set<HomeMark> marks(ReimbursementWish wish) {
        return wish.home().stream()
                .flatMap(home -> home
                        .cardId()
                        .<HomeMark>map(id -> new HomeMark.WithCard(new EvCardId(id)))
                        .or(() -> home.chargeBoxId().flatMap(ChargeBoxId::parse).map(HomeMark.AtChargeBox::new))
                        .stream())
                .collect(Collectors.toSet());
    }

    private ReimbursementForm.Rate suggestion(Format format) {
        var today = LocalDate.ofInstant(clock.instant(), format.zone());
        return new ReimbursementForm.Rate(
                today.withDayOfMonth(1).toString(),
                "",
                format.number(ReimbursementRate.SUGGESTED, 2, DECIMALS),
                ReimbursementRate.Kind.FIXED.wireName());
    }

    private static ReimbursementForm.Rate rate(ReimbursementRate rate, Format format) {
        return new ReimbursementForm.Rate(
                rate.from().toString(),
                rate.to().map(LocalDate::toString).orElse(""),
                format.number(rate.amount(), 2, DECIMALS),
                rate.kind().wireName());
    }

    /** Charge boxes and cards that the driver uses, and those that are marked. */
    private List<ReimbursementForm.Home> home(AccountId driver, List<HomeMark> stored, Set<HomeMark> marked) {
        var boxes = new LinkedHashSet<>(sessions.chargeBoxesOf(driver));
        stored.stream()
                .flatMap(mark -> mark instanceof HomeMark.AtChargeBox at ? Stream.of(at.id()) : Stream.empty())
                .forEach(boxes::add);
        var home = new ArrayList<ReimbursementForm.Home>();
        boxes.forEach(box -> home.add(new ReimbursementForm.Home(
                "box", box.value(), nameOf(box), box.value(), marked.contains(new HomeMark.AtChargeBox(box)))));
        var now = clock.instant();
        for (var card : cards.ofDriver(driver)) {
            var mark = new HomeMark.WithCard(card.id());
            if (card.isOpenAt(now) || stored.contains(mark)) {
                home.add(card(card, marked.contains(mark)));
            }
        }
        return home;
    }

    private static ReimbursementForm.Home card(EvCard card, boolean marked) {
        return new ReimbursementForm.Home(
                "card",
                Long.toString(card.id().value()),
                card.label(),
                card.idTag().masked(),
                marked);
    }

    private String nameOf(ChargeBoxId box) {
        return chargers.find(box).map(Charger::name).orElse(box.value());
    }
}
