package express.polaris.console.overview;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.AccountService;
import express.polaris.attention.AttentionItem;
import express.polaris.attention.AttentionKind;
import express.polaris.attention.Finding;
import express.polaris.console.overview.OverviewPage.Entry;
import express.polaris.console.overview.OverviewPage.Group;
import express.polaris.console.overview.OverviewPage.Live;
import express.polaris.console.overview.OverviewPage.Month;
import express.polaris.console.overview.OverviewPage.Now;
import express.polaris.console.overview.OverviewPage.Today;
import express.polaris.console.sync.SyncWords;
import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionService;
import express.polaris.sessions.statistics.SessionDays;
import express.polaris.sessions.statistics.SessionDays.Day;
import express.polaris.stations.chargers.ChargeBoxId;
import express.polaris.stations.chargers.Charger;
import express.polaris.stations.chargers.ChargerService;
import express.polaris.steve.SteveHealth;
import express.polaris.sync.SyncConcerns;
import express.polaris.units.Energy;
import express.polaris.units.Interval;
import express.polaris.units.Power;
import express.polaris.web.BarChart;
import express.polaris.web.views.AttentionAddresses;
import express.polaris.web.views.AttentionWords;
import express.polaris.web.views.SessionHead;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Builds the parts of the overview. */
@Component
class OverviewPageBuilder {

    private static final int DAYS = 30;
    private static final int MOST_LIVE = 50;
    private static final int SHOWN_AT_ONCE = 3;

    private final SessionService sessions;
    private final SessionDays days;
    private final SyncConcerns sync;
    private final SteveHealth steve;
    private final AccountService accounts;
    private final ChargerService chargers;
    private final Clock clock;

    OverviewPageBuilder(
            SessionService sessions,
            SessionDays days,
            SyncConcerns sync,
            SteveHealth steve,
            AccountService accounts,
            ChargerService chargers,
            Clock clock) {
        this.sessions = sessions;
        this.days = days;
        this.sync = sync;
        this.steve = steve;
        this.accounts = accounts;
        this.chargers = chargers;
        this.clock = clock;
    }

    List<Group> groups(List<AttentionItem> items, Texts texts, Format format) {
        var words = new AttentionWords(texts, format);
        var kinds = new TreeMap<AttentionKind, List<AttentionItem>>();
        items.forEach(item ->
                kinds.computeIfAbsent(item.kind(), kind -> new ArrayList<>()).add(item));
        return kinds.entrySet().stream()
                .map(kind -> group(kind.getKey(), kind.getValue(), words))
                .toList();
    }

    private static Group group(AttentionKind kind, List<AttentionItem> items, AttentionWords words) {
        var entries = items.stream()
                .map(item -> new Entry(
                        words.message(item),
                        AttentionAddresses.of(item.finding()),
                        item.since(),
                        item.subject(),
                        item.version()))
                .toList();
        // A single hidden entry would take no more room than the line that reveals it.
        int shown = entries.size() <= SHOWN_AT_ONCE + 1 ? entries.size() : SHOWN_AT_ONCE;
        return new Group(
                kind.wireName(),
                kind.weight().name().toLowerCase(Locale.ROOT),
                icon(kind),
                words.title(kind),
                words.advice(kind),
                items.stream()
                        .mapToLong(item -> item.finding() instanceof Finding.More ? item.count() : 1)
                        .sum(),
                entries.subList(0, shown),
                entries.subList(shown, entries.size()));
    }

    private static String icon(AttentionKind kind) {
        return switch (kind) {
            case ACCOUNTING_DIFFERENCE -> "alert";
            case STEVE_NEVER_REACHED -> "link";
            case SYNC_STOPPED -> "pause";
            case SYNC_PAUSED, SYNC_ERROR -> "sync";
            case STUCK_SESSION -> "silent";
            case AWAITING_FINAL_READING, WRONG_CLOCK, FAILED_PRICE_POLL -> "clock";
            case UNLINKED_TAG, LOST_CARD -> "card";
            case IMPLAUSIBLE_ENERGY -> "bolt";
            case PREPARED_INVOICES -> "invoice";
            case UNPRICED_SESSIONS, UNSUPPORTED_PLAN -> "plan";
            case REUSED_ID, VANISHED_TRANSACTION -> "list";
            case DISPUTED_ENERGY -> "gauge";
            case FAILED_MAIL -> "mail";
            case DRIVER_NOTE -> "user";
        };
    }

    Now now(Texts texts, Format format, Month month) {
        var now = clock.instant();
        var found = sessions.live(MOST_LIVE + 1);
        var shown = found.subList(0, Math.min(found.size(), MOST_LIVE));
        var people = accounts.findAll(
                shown.stream().flatMap(session -> session.driver().stream()).collect(Collectors.toSet()));
        var chargers = shown.isEmpty() ? Map.<ChargeBoxId, Charger>of() : chargers();
        var power = found.stream()
                .flatMap(session -> session.meter().power().stream())
                .map(Power::watts)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return new Now(
                texts,
                format,
                now,
                shown.stream()
                        .map(session -> live(session, people, chargers, now))
                        .toList(),
                found.size() > MOST_LIVE,
                Power.ofWatts(power),
                today(format, now),
                month,
                new SyncWords(texts, format).state(steve.state(), sync.lag(now), sync.contact(), now));
    }

    private Map<ChargeBoxId, Charger> chargers() {
        return chargers.list().stream().collect(Collectors.toMap(Charger::id, Function.identity()));
    }

    private static Live live(
            ChargingSession session, Map<AccountId, Account> people, Map<ChargeBoxId, Charger> chargers, Instant now) {
        return new Live(
                session.id().value(),
                session.driver().map(people::get).map(Account::name),
                session.idTag().value(),
                Optional.ofNullable(chargers.get(session.chargeBoxId()))
                        .map(Charger::name)
                        .orElse(session.chargeBoxId().value()),
                session.connectorId(),
                session.meter().power(),
                session.meter().powerDerived(),
                session.energy(),
                session.startedAt(),
                session.duration(now),
                SessionHead.of(session, now));
    }

    private Today today(Format format, Instant now) {
        var midnight = now.atZone(format.zone())
                .toLocalDate()
                .atStartOfDay(format.zone())
                .toInstant();
        return days.of(new Interval(midnight, now.plusSeconds(1)), format.zone()).stream()
                .map(day -> new Today(day.sessions(), day.energy()))
                .reduce(
                        new Today(0, Energy.ZERO),
                        (one, other) -> new Today(
                                one.sessions() + other.sessions(), one.energy().plus(other.energy())));
    }

    /** The last 30 days in the viewer's zone, including today. */
    Month month(Texts texts, Format format) {
        var today = clock.instant().atZone(format.zone()).toLocalDate();
        var first = today.minusDays(DAYS - 1);
        var span = new Interval(
                first.atStartOfDay(format.zone()).toInstant(),
                today.plusDays(1).atStartOfDay(format.zone()).toInstant());
        Map<LocalDate, Day> known =
                days.of(span, format.zone()).stream().collect(Collectors.toMap(Day::date, Function.identity()));
        var values = new ArrayList<BarChart.Value>();
        for (var day = first; !day.isAfter(today); day = day.plusDays(1)) {
            var found = Optional.ofNullable(known.get(day));
            var energy = found.map(Day::energy).orElse(Energy.ZERO);
            values.add(new BarChart.Value(
                    format.dayAndMonth(day.atStartOfDay(format.zone()).toInstant()),
                    texts.get(
                            "overview.day",
                            format.date(day),
                            format.energyShort(energy),
                            texts.count(
                                    "list.sessions", found.map(Day::sessions).orElse(0L))),
                    energy,
                    false,
                    day.equals(today)));
        }
        return new Month(
                known.values().stream().mapToLong(Day::sessions).sum(),
                known.values().stream().map(Day::energy).reduce(Energy.ZERO, Energy::plus),
                known.values().stream().map(Day::disputed).reduce(Energy.ZERO, Energy::plus),
                BarChart.of(values, format));
    }
}
