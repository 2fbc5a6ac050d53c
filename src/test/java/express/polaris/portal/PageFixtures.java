package express.polaris.portal;

import express.polaris.documents.Format;
import express.polaris.documents.Templates;
import express.polaris.documents.Texts;
import express.polaris.portal.invoices.InvoiceFixtures;
import express.polaris.portal.sessions.SessionFixtures;
import express.polaris.portal.sessions.SessionListPage;
import express.polaris.portal.sessions.SessionPage;
import express.polaris.portal.signin.SignInPage;
import express.polaris.units.Money;
import express.polaris.units.Power;
import express.polaris.web.ErrorPage;
import express.polaris.web.Navigation;
import express.polaris.web.Pages;
import express.polaris.web.Shell;
import express.polaris.web.Shell.Banners;
import express.polaris.web.Shell.Csrf;
import express.polaris.web.Shell.Notice;
import express.polaris.web.Shell.Tone;
import express.polaris.web.Shell.Viewer;
import express.polaris.web.views.SessionHead.Status;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Sample pages by name, ordinary and extreme. */
public final class PageFixtures {

    public static final Instant START = Instant.parse("2026-10-05T15:02:11Z");
    private static final Currency EUR = Currency.getInstance("EUR");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    public static final ChargerView GARAGE = new ChargerView(
            "CP5",
            Optional.of("Garage left"),
            Optional.of("K7QX"),
            1,
            Optional.of("type2"),
            Optional.of(Power.ofWatts(11_000)));
    public static final ChargerView ENDLESS = new ChargerView(
            "DE*POL*E00000000000000000000000000000000000000000001234567890",
            Optional.of("Tiefgarage Untergeschoss 3 neben der Donaudampfschifffahrtsgesellschaftskapitänskajüte"),
            Optional.of("PARKHAUS-NORD-000417"),
            12,
            Optional.of("ccs2"),
            Optional.of(Power.ofWatts(350_000)));
    public static final Pages PAGES = new Pages(new Templates());
    public static final CardView FOB = new CardView("Blue fob", "blue");

    /** A page model and its template. */
    public record Sample(String template, Object page) {}

    private PageFixtures() {}

    static Map<String, Sample> all() {
        var samples = new LinkedHashMap<String, Sample>();
        samples.put("sign-in", new Sample("signin/signin.jte", signIn(Locale.ENGLISH, Optional.empty(), List.of())));
        samples.put(
                "sign-in-refused-demo",
                new Sample(
                        "signin/signin.jte",
                        signIn(
                                Locale.GERMAN,
                                Optional.of(new Notice(Tone.DANGER, "E-Mail oder Passwort stimmt nicht.")),
                                List.of(
                                        new SignInPage.DemoAccount("Dana Fahrer", false, "driver@demo.example", "demo"),
                                        new SignInPage.DemoAccount(
                                                "Otto Betreiber", true, "operator@demo.example", "demo")))));
        for (var kind : express.polaris.web.ErrorPage.Kind.values()) {
            samples.put(
                    "error-" + kind.name().toLowerCase(Locale.ROOT),
                    new Sample(
                            "error/error.jte",
                            new ErrorPage(
                                    Texts.of(Locale.ENGLISH),
                                    kind,
                                    Optional.empty(),
                                    kind == ErrorPage.Kind.UNAVAILABLE)));
        }
        session(samples, "session-charging", SessionFixtures.charging(driver(Locale.ENGLISH)));
        session(samples, "session-charging-de", SessionFixtures.charging(driver(Locale.GERMANY)));
        session(samples, "session-idle", SessionFixtures.idle());
        session(samples, "session-silent", SessionFixtures.silent());
        session(samples, "session-just-started", SessionFixtures.justStarted());
        session(samples, "session-awaiting-final", SessionFixtures.awaitingFinal());
        session(samples, "session-billed", SessionFixtures.billed(driver(Locale.ENGLISH)));
        session(samples, "session-included", SessionFixtures.included());
        session(samples, "session-unknown-cost", SessionFixtures.unknownCost());
        session(samples, "session-zero", SessionFixtures.zero());
        session(samples, "session-huge", SessionFixtures.huge());
        session(samples, "session-corrected", SessionFixtures.corrected());
        session(samples, "session-500-readings", SessionFixtures.manyReadings());
        session(samples, "session-time-of-use", SessionFixtures.timeOfUse(driver(Locale.ENGLISH)));
        session(samples, "session-time-of-use-de", SessionFixtures.timeOfUse(driver(Locale.GERMANY)));
        session(samples, "session-market-prices", SessionFixtures.marketPrices(driver(Locale.ENGLISH)));
        session(samples, "session-operator", SessionFixtures.billed(operator()));
        samples.put(
                "list",
                new Sample(
                        "sessions/list.jte",
                        SessionListFixtures.list(driver(Locale.ENGLISH), SessionListPage.Filter.NONE)));
        samples.put(
                "list-de",
                new Sample(
                        "sessions/list.jte",
                        SessionListFixtures.list(
                                driver(Locale.GERMANY),
                                new SessionListPage.Filter(
                                        Optional.empty(),
                                        Optional.of(LocalDate.of(2026, 9, 1)),
                                        Optional.empty(),
                                        Optional.of("3"),
                                        Optional.empty()))));
        samples.put(
                "list-empty", new Sample("sessions/list.jte", SessionListFixtures.empty(SessionListPage.Filter.NONE)));
        samples.put(
                "list-no-match",
                new Sample(
                        "sessions/list.jte",
                        SessionListFixtures.empty(SessionListPage.Filter.NONE.with(Optional.of(Status.IN_PROGRESS)))));
        InvoiceFixtures.addTo(samples);
        DashboardFixtures.addTo(samples);
        return samples;
    }

    private static void session(Map<String, Sample> samples, String name, SessionPage page) {
        samples.put(name, new Sample("sessions/session.jte", page));
    }

    public static Shell driver(Locale locale) {
        return new Shell(
                Texts.of(locale),
                new Format(locale, BERLIN),
                Optional.of(new Viewer("Dana Lindqvist", "dana@example.org", false)),
                Navigation.portal("nav.sessions"),
                Optional.of(new Csrf("_csrf", "X-CSRF-TOKEN", "token")),
                new Banners(true, Optional.empty(), Optional.empty()));
    }

    private static Shell operator() {
        return new Shell(
                Texts.of(Locale.UK),
                new Format(Locale.UK, ZoneId.of("Europe/London")),
                Optional.of(new Viewer("Bartholomew Featherstonehaugh-Cholmondeley", "b@example.org", true)),
                Navigation.portal("nav.sessions"),
                Optional.of(new Csrf("_csrf", "X-CSRF-TOKEN", "token")),
                new Banners(
                        false,
                        Optional.of("Dana Lindqvist"),
                        Optional.of(new Notice(Tone.SUCCESS, "The charger accepted the stop."))));
    }

    private static SignInPage signIn(Locale locale, Optional<Notice> notice, List<SignInPage.DemoAccount> accounts) {
        var shell = new Shell(
                Texts.of(locale),
                new Format(locale, BERLIN),
                Optional.empty(),
                Navigation.none(),
                Optional.of(new Csrf("_csrf", "X-CSRF-TOKEN", "token")),
                new Banners(!accounts.isEmpty(), Optional.empty(), notice));
        return new SignInPage(
                shell,
                "",
                accounts.isEmpty(),
                Optional.of("https://portal.polaris.example"),
                Optional.empty(),
                accounts);
    }

    public static Money euro(String amount) {
        return new Money(new BigDecimal(amount), EUR);
    }
}
