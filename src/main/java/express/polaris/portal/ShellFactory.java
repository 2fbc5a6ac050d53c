package express.polaris.portal;

import express.polaris.accounts.Account;
import express.polaris.accounts.access.ViewedDriver;
import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.messages.notifications.NotificationService;
import express.polaris.platform.settings.Settings;
import express.polaris.sessions.ChargingSession;
import express.polaris.web.Navigation;
import express.polaris.web.Shell;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;

/** Builds the shell of the portal's pages. */
@Component
public class ShellFactory {

    private final NotificationService notifications;
    private final Settings settings;
    private final ActiveSessions underway;
    private final ChargerAvailability places;
    private final StopButton stopButton;

    ShellFactory(
            NotificationService notifications,
            Settings settings,
            ActiveSessions underway,
            ChargerAvailability places,
            StopButton stopButton) {
        this.notifications = notifications;
        this.settings = settings;
        this.underway = underway;
        this.places = places;
        this.stopButton = stopButton;
    }

    /**
     * Shell of the current page. Without a notice it shows the outcome of a stop from this page.
     *
     * @param active key of the active navigation item
     */
    public Shell of(Account account, CsrfToken csrf, String active, Optional<Shell.Notice> notice) {
        return of(account, csrf, active, notice, underway.of(account.id()).sessions());
    }

    /**
     * @param charging live sessions for the banner; omits those that the page itself shows at its top
     */
    public Shell of(
            Account account,
            CsrfToken csrf,
            String active,
            Optional<Shell.Notice> notice,
            List<ChargingSession> charging) {
        var shown = notice.or(() -> stopButton.notice(ReturnPath.stopOutcome(), account));
        return shell(account, csrf, active, shown, charging);
    }

    /** Shell of a session's page. */
    public Shell of(
            ChargingSession session,
            Account account,
            CsrfToken csrf,
            Optional<Shell.Notice> notice,
            List<ChargingSession> charging) {
        var shown = notice.or(() -> stopButton.notice(ReturnPath.stopOutcome(), account, session));
        return shell(account, csrf, "nav.sessions", shown, charging);
    }

    private Shell shell(
            Account account,
            CsrfToken csrf,
            String active,
            Optional<Shell.Notice> notice,
            List<ChargingSession> charging) {
        return new Shell(
                Texts.of(account.locale()),
                new Format(account.locale(), account.timeZone(), account.consumption()),
                Optional.of(new Shell.Viewer(
                        account.name(), account.email(), account.isOperator(), notifications.unread(account.id()))),
                account.isOperator() ? Navigation.operator(active) : Navigation.portal(active),
                Optional.of(csrf(csrf)),
                new Shell.Banners(
                        settings.demo(),
                        ViewedDriver.ofThisRequest().map(Account::name),
                        notice,
                        charging.stream()
                                .map(session -> charging(session, account))
                                .toList(),
                        ReturnPath.here()));
    }

    private Shell.Charging charging(ChargingSession session, Account driver) {
        return new Shell.Charging(
                session.id().value(),
                "/sessions/" + session.id(),
                places.known().nameOf(session.chargeBoxId()),
                session.meter().power(),
                session.energy(),
                stopButton.isOffered(session, driver.id()));
    }

    /** Shell for viewers who are not signed in, in their browser's language. */
    public Shell signedOut(Locale locale, CsrfToken csrf, Optional<Shell.Notice> notice) {
        return new Shell(
                Texts.of(locale),
                new Format(locale, settings.timeZone()),
                Optional.empty(),
                Navigation.none(),
                Optional.of(csrf(csrf)),
                new Shell.Banners(settings.demo(), Optional.empty(), notice));
    }

    private static Shell.Csrf csrf(CsrfToken token) {
        return new Shell.Csrf(token.getParameterName(), token.getHeaderName(), token.getToken());
    }
}
