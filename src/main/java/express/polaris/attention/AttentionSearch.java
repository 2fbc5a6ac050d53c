package express.polaris.attention;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.AccountService;
import express.polaris.accounts.OperatorNotes.Note;
import express.polaris.attention.Finding.Person;
import express.polaris.billing.BillingConcerns.Uncovered;
import express.polaris.messages.mail.OperatorMails.Unsent;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionFilter;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionTrait;
import express.polaris.sessions.StuckCause;
import express.polaris.sessions.statistics.SessionConcerns;
import express.polaris.stations.chargers.Charger;
import express.polaris.stations.chargers.ChargerService;
import express.polaris.units.Energy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Finds everything that needs attention, dismissed or not. */
@Component
class AttentionSearch {

    /** Items of a kind that are listed; one more item summarises the others. */
    static final int MOST_OF_A_KIND = 50;

    /**
     * Search limit for kinds that can be dismissed. Exceeds {@link #MOST_OF_A_KIND}, so that dismissed items do not
     * crowd out the others.
     */
    private static final int MOST_SEEN = 1000;

    private static final Duration RECENT = Duration.ofDays(30);
    private static final Duration NEWS = Duration.ofDays(90);
    private static final Duration ERRORS = Duration.ofDays(1);
    private static final Duration UNTIL_CLOSED = Duration.ofMinutes(10);
    private static final int MOST_TAGS = 500;

    private final AttentionSources sources;
    private final AccountService accounts;
    private final ChargerService chargers;

    AttentionSearch(AttentionSources sources, AccountService accounts, ChargerService chargers) {
        this.sources = sources;
        this.accounts = accounts;
        this.chargers = chargers;
    }

    /** Most severe kind first; within a kind in the order of its module. */
    List<AttentionItem> all(Instant now) {
        var items = new ArrayList<AttentionItem>();
        accounting(items);
        boolean steveIsAway = sync(now, items);
        sessions(now, steveIsAway, items);
        energy(items);
        billing(now, items);
        news(now, items);
        return items;
    }

    private void accounting(List<AttentionItem> items) {
        sources.accounting()
                .known()
                .ifPresent(statement -> statement
                        .different()
                        .forEach(session -> items.add(item(
                                session,
                                Optional.of(statement.drawnUpAt()),
                                new Finding.AccountingDifference(session),
                                Optional.empty()))));
    }

    /**
     * @return whether SteVe is unreachable
     */
    private boolean sync(Instant now, List<AttentionItem> items) {
        var lag = sources.sync().lag(now);
        lag.ownPause()
                .ifPresent(fault -> items.add(
                        new AttentionItem("", 1, Optional.empty(), new Finding.SyncPaused(fault), Optional.empty())));
        lag.stopped()
                .ifPresent(stop -> items.add(new AttentionItem(
                        "", 1, Optional.of(stop.since()), new Finding.SyncStopped(stop.why()), Optional.empty())));
        boolean steveIsAway = false;
        for (var error : sources.sync().failing(now.minus(ERRORS), MOST_SEEN)) {
            if (error.outage()) {
                steveIsAway = true;
                items.add(new AttentionItem(
                        "steve-away",
                        error.times(),
                        Optional.of(error.first()),
                        new Finding.SteveAway(error.waiting(), error.fault(), error.run()),
                        Optional.of(error.version())));
                continue;
            }
            items.add(new AttentionItem(
                    error.transaction()
                            .map(String::valueOf)
                            .orElseGet(() -> "sync-"
                                    + Integer.toHexString(
                                            error.fault().english().hashCode())),
                    error.times(),
                    Optional.of(error.first()),
                    new Finding.SyncError(error.transaction(), error.fault(), error.run()),
                    Optional.of(error.version())));
        }
        return steveIsAway;
    }

    /** While SteVe is unreachable, a silent session or a missing closing reading tells nothing about the session. */
    private void sessions(Instant now, boolean steveIsAway, List<AttentionItem> items) {
        if (!steveIsAway) {
            stuckAndUnclosed(now, items);
        }
        unlinkedTags(now, items);
    }

    private void stuckAndUnclosed(Instant now, List<AttentionItem> items) {
        var stuck = sources.sessions()
                .list(SessionFilter.all().withStuck(Optional.of(true)), Optional.empty(), MOST_OF_A_KIND + 1)
                .sessions();
        var causes = stuck.isEmpty()
                ? Map.<SessionId, StuckCause>of()
                : sources.sessions()
                        .stuck(stuck.stream().map(ChargingSession::id).toList());
        for (var session : stuck) {
            Optional.ofNullable(causes.get(session.id()))
                    .ifPresent(cause -> items.add(item(
                            session.id(),
                            session.meter().lastReadingAt().or(() -> Optional.of(session.startedAt())),
                            new Finding.StuckSession(session.id(), charger(session), cause),
                            Optional.empty())));
        }
        for (var unclosed : sources.concerns().unclosed(now.minus(UNTIL_CLOSED), MOST_OF_A_KIND + 1)) {
            items.add(item(
                    unclosed.session(),
                    Optional.of(unclosed.closedAt()),
                    new Finding.AwaitingFinalReading(unclosed.session(), unclosed.fault()),
                    Optional.empty()));
        }
    }

    private void unlinkedTags(Instant now, List<AttentionItem> items) {
        var tags = sources.concerns().unlinkedTags(now.minus(RECENT), MOST_TAGS);
        var owned = sources.ownedTags()
                .among(tags.stream().map(SessionConcerns.UnlinkedTag::idTag).toList());
        for (var tag : tags) {
            if (!owned.contains(tag.idTag())) {
                items.add(new AttentionItem(
                        tag.idTag().value(),
                        tag.sessions(),
                        Optional.of(tag.since()),
                        new Finding.UnlinkedTag(tag.idTag(), tag.sessions(), tag.energy(), tag.charging()),
                        Optional.empty()));
            }
        }
    }

    /** Energy that an operator has to decide. */
    private void energy(List<AttentionItem> items) {
        var disputed = sources.sessions()
                .list(
                        SessionFilter.all().withTrait(Optional.of(SessionTrait.DISPUTED)),
                        Optional.empty(),
                        MOST_OF_A_KIND + 1)
                .sessions();
        var prices = sources.disputePrices().of(disputed);
        for (var session : disputed) {
            var difference = session.steveEnergy()
                    .orElse(Energy.ZERO)
                    .minus(session.energies().measured().orElse(Energy.ZERO));
            items.add(item(
                    session.id(),
                    session.endedAt(),
                    new Finding.DisputedEnergy(
                            session.id(),
                            session.isHeldForDecision(),
                            difference.isNegative() ? difference.negated() : difference,
                            Optional.ofNullable(prices.get(session.id()))),
                    Optional.empty()));
        }
        for (var jump : sources.concerns().jumps(MOST_OF_A_KIND + 1)) {
            items.add(item(
                    jump.session(),
                    Optional.of(jump.since()),
                    new Finding.ImplausibleEnergy(jump.session(), jump.rise()),
                    Optional.empty()));
        }
    }

    private String charger(ChargingSession session) {
        return chargers.find(session.chargeBoxId())
                .map(Charger::name)
                .orElseGet(() -> session.chargeBoxId().value());
    }

    private void billing(Instant now, List<AttentionItem> items) {
        unpriced(sources.billing().uncovered(now.minus(RECENT), MOST_SEEN), items);
        sources.priceFailures()
                .recent()
                .forEach(failure -> items.add(item(
                        failure.session(),
                        Optional.of(failure.at()),
                        new Finding.PriceFailed(failure.session()),
                        Optional.empty())));
        for (var found : sources.billing().unsupportedPlans(now)) {
            var plan = found.plan();
            items.add(new AttentionItem(
                    plan.code() + " " + plan.version(),
                    Math.max(1, found.subscriptions()),
                    Optional.of(found.since()),
                    new Finding.UnsupportedPlan(
                            plan.code(), plan.name(), plan.version(), plan.unsupported(), found.subscriptions()),
                    Optional.empty()));
        }
    }

    /** Without any plan, one finding replaces the finding of each driver. */
    private void unpriced(List<Uncovered> uncovered, List<AttentionItem> items) {
        if (uncovered.isEmpty()) {
            return;
        }
        if (!sources.billing().hasPlans()) {
            long count = uncovered.stream().mapToLong(Uncovered::sessions).sum();
            var energy = uncovered.stream().map(Uncovered::energy).reduce(Energy.ZERO, Energy::plus);
            var since = uncovered.stream().map(Uncovered::since).min(Instant::compareTo);
            items.add(new AttentionItem("", count, since, new Finding.NoPlan(count, energy), Optional.empty()));
            return;
        }
        var people = people(uncovered.stream().map(Uncovered::driver).toList());
        for (var driver : uncovered) {
            items.add(new AttentionItem(
                    driver.driver().toString(),
                    driver.sessions(),
                    Optional.of(driver.since()),
                    new Finding.NoSubscription(person(driver.driver(), people), driver.sessions(), driver.energy()),
                    Optional.empty()));
        }
    }

    /**
     * Findings that cannot be resolved. They stay until an operator dismisses them or they are older than 90 days;
     * a reused id has no such limit.
     */
    private void news(Instant now, List<AttentionItem> items) {
        var since = now.minus(NEWS);
        for (var reused : sources.sync().reusedIds(MOST_SEEN)) {
            items.add(item(
                    reused.session(),
                    Optional.empty(),
                    new Finding.ReusedId(reused.session(), reused.fault()),
                    Optional.of(Integer.toHexString(reused.fault().english().hashCode()))));
        }
        for (var vanished : sources.concerns().vanished(since, MOST_SEEN)) {
            items.add(item(
                    vanished.session(),
                    Optional.of(vanished.at()),
                    new Finding.VanishedTransaction(vanished.session(), vanished.energy()),
                    Optional.of(vanished.at().toString())));
        }
        for (var wrong : sources.concerns().wrongClocks(since, MOST_SEEN)) {
            items.add(item(
                    wrong.session(),
                    Optional.of(wrong.firstSeenAt()),
                    new Finding.WrongClock(wrong.session(), wrong.startedAt(), wrong.steveStartedAt()),
                    Optional.of("1")));
        }
        var mails = sources.mails().failed(since, MOST_SEEN);
        var notes = sources.notes().page(Optional.empty(), MOST_SEEN).stream()
                .filter(note -> !note.at().isBefore(since))
                .toList();
        var people = people(Stream.concat(
                        mails.stream().map(Unsent::account), notes.stream().map(Note::driver))
                .toList());
        for (var mail : mails) {
            var failedAt = mail.failedAt().orElse(mail.createdAt());
            items.add(new AttentionItem(
                    Long.toString(mail.id()),
                    mail.tries(),
                    Optional.of(failedAt),
                    new Finding.FailedMail(mail.id(), person(mail.account(), people), mail.kind(), mail.lastError()),
                    Optional.of(failedAt.toString())));
        }
        notes.forEach(note -> items.add(new AttentionItem(
                Long.toString(note.id()), 1, Optional.of(note.at()), finding(note, people), Optional.of("1"))));
    }

    private static Finding finding(Note note, Map<AccountId, Account> people) {
        var driver = person(note.driver(), people);
        return note.session()
                .<Finding>map(session -> new Finding.DriverNote(driver, new SessionId(session), note.text()))
                .orElseGet(() -> new Finding.LostCard(driver, note.card().orElseThrow()));
    }

    private static AttentionItem item(
            SessionId session, Optional<Instant> since, Finding finding, Optional<String> version) {
        return new AttentionItem(session.toString(), 1, since, finding, version);
    }

    private Map<AccountId, Account> people(Collection<AccountId> ids) {
        return ids.isEmpty() ? Map.of() : accounts.findAll(ids);
    }

    private static Person person(AccountId id, Map<AccountId, Account> people) {
        return new Person(
                id, Optional.ofNullable(people.get(id)).map(Account::name).orElse(id.toString()));
    }
}
