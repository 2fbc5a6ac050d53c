package express.polaris.console.people;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountState;
import express.polaris.accounts.NewDriver;
import express.polaris.accounts.PersonDirectory;
import express.polaris.accounts.SignedInAccount;
import express.polaris.console.ConsolePages;
import express.polaris.documents.Texts;
import express.polaris.messages.notifications.Invitations;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.settings.Settings;
import express.polaris.sessions.statistics.LastSessions;
import express.polaris.stations.cards.CardService;
import express.polaris.web.AfterForm;
import express.polaris.web.FieldFaults;
import express.polaris.web.Shell.Tone;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Accounts: the list, one account, and the form that creates one. */
@Controller
class DriverController {

    static final String DRIVER = "console/drivers/driver.jte";
    static final String NAVIGATION = "nav.console.drivers";
    private static final int ROWS = 50;

    /** Outcomes that {@code ?done=} may name, with their tones. */
    static final Map<String, Tone> DONE = done();

    private final PersonDirectory people;
    private final CardService cards;
    private final LastSessions lastSessions;
    private final Invitations invitations;
    private final DriverPageBuilder views;
    private final Settings settings;
    private final ConsolePages pages;

    DriverController(
            PersonDirectory people,
            CardService cards,
            LastSessions lastSessions,
            Invitations invitations,
            DriverPageBuilder views,
            Settings settings,
            ConsolePages pages) {
        this.people = people;
        this.cards = cards;
        this.lastSessions = lastSessions;
        this.invitations = invitations;
        this.views = views;
        this.settings = settings;
        this.pages = pages;
    }

    @GetMapping("/operator/drivers")
    ResponseEntity<byte[]> list(
            @RequestParam(defaultValue = "") String search,
            @RequestParam(defaultValue = "") String state,
            @RequestParam Optional<String> cursor,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var filter = new DriverListPage.Filter(search.strip(), AccountState.parse(state));
        var page = people.page(
                new PersonDirectory.Filter(filter.search(), filter.state(), Optional.empty()), cursor, ROWS);
        var ids = page.items().stream().map(person -> person.account().id()).toList();
        var counts = cards.openCounts(ids);
        var last = lastSessions.startsOf(ids);
        var rows = page.items().stream()
                .map(person -> {
                    var id = person.account().id();
                    return new DriverListPage.Row(
                            person, counts.getOrDefault(id, 0), Optional.ofNullable(last.get(id)));
                })
                .toList();
        var shell = pages.shell(operator, csrf, NAVIGATION);
        return pages.render(
                "console/drivers/list.jte",
                new DriverListPage(shell, filter, rows, page.next().map(filter::hrefAfter)));
    }

    @GetMapping("/operator/drivers/{id}")
    ResponseEntity<byte[]> driver(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String done,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var person = views.person(id);
        var notice = AfterForm.notice(
                done,
                "people.done.",
                DONE,
                Texts.of(operator.locale()),
                person.account().name());
        var shell = pages.shell(operator, csrf, NAVIGATION, notice);
        return pages.render(DRIVER, views.page(shell, person, operator));
    }

    @GetMapping("/operator/drivers/new")
    ResponseEntity<byte[]> newDriver(@SignedInAccount Account operator, CsrfToken csrf) {
        var choices = LocaleForm.of(operator.locale(), settings.timeZone());
        var shell = pages.shell(operator, csrf, NAVIGATION);
        return pages.render(
                "console/drivers/new.jte",
                new NewDriverPage(shell, "", "", choices, invitations.isPossible(), FieldFaults.NONE));
    }

    @PostMapping("/operator/drivers/new")
    ResponseEntity<byte[]> create(
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String locale,
            @RequestParam(defaultValue = "") String timeZone,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var given = Optional.of(password).filter(text -> !text.isEmpty());
        var driver = new NewDriver(email, name, given, Optional.of(locale), Optional.of(timeZone));
        try {
            var created = invitations.createDriver(operator.id(), driver);
            return AfterForm.seeOther(
                    "/operator/drivers/" + created.id() + "?done=" + (given.isPresent() ? "created" : "invited"));
        } catch (InvalidInput | Conflict refused) {
            var faults = pages.refusals(operator).faults(refused, "email");
            var choices = LocaleForm.of(language(locale), zone(timeZone));
            var notice = AfterForm.refusal(Texts.of(operator.locale()).get("account.fault"));
            var shell = pages.shell(operator, csrf, NAVIGATION, Optional.of(notice));
            return pages.render(
                    HttpStatusCode.valueOf(refused.status()),
                    "console/drivers/new.jte",
                    new NewDriverPage(shell, email, name, choices, invitations.isPossible(), faults));
        }
    }

    private static Locale language(String tag) {
        var locale = Locale.forLanguageTag(tag);
        return locale.getLanguage().isEmpty() ? Locale.ENGLISH : locale;
    }

    private ZoneId zone(String name) {
        return ZoneId.getAvailableZoneIds().contains(name) ? ZoneId.of(name) : settings.timeZone();
    }

    private static Map<String, Tone> done() {
        var done = new HashMap<String, Tone>();
        for (var what : new String[] {
            "created",
            "invited",
            "profile",
            "billingAddress",
            "disabled",
            "blocked",
            "enabled",
            "role",
            "reset",
            "password",
            "linked",
            "unlinked"
        }) {
            done.put(what, Tone.SUCCESS);
        }
        done.put("viewing-ended", Tone.INFO);
        done.put("viewing-over", Tone.INFO);
        done.put("partly", Tone.WARNING);
        return Map.copyOf(done);
    }
}
