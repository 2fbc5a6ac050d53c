package express.polaris.portal;

import express.polaris.accounts.Account;
import express.polaris.accounts.access.ViewedDriver;
import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.messages.notifications.NotificationService;
import express.polaris.platform.settings.Settings;
import express.polaris.sessions.ChargingSession;
import express.polaris.web.Fragment;
import express.polaris.web.Navigation;
import express.polaris.web.Pages;
import express.polaris.web.RefusalTexts;
import express.polaris.web.Shell;
import express.polaris.web.views.FirstContact;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;

/** Frames and renders the portal's pages. */
@Component
public class PortalPages {

    private final Pages pages;
    private final NotificationService notifications;
    private final Settings settings;
    private final ActiveSessions activeSessions;
    private final ChargerAvailability availability;
    private final StopButton stopButton;
    private final FirstContact contact;

    PortalPages(
            Pages pages,
            NotificationService notifications,
            Settings settings,
            ActiveSessions activeSessions,
            ChargerAvailability availability,
            StopButton stopButton,
            FirstContact contact) {
        this.pages = pages;
        this.notifications = notifications;
        this.settings = settings;
        this.activeSessions = activeSessions;
        this.availability = availability;
        this.stopButton = stopButton;
        this.contact = contact;
    }

    /** Shell of the current page. It shows the outcome of a stop from this page. */
    public Shell shell(Account account, CsrfToken csrf, String active) {
        return shell(account, csrf, active, Optional.empty());
    }

    /**
     * Shell of the current page. Without a notice it shows the outcome of a stop from this page.
     *
     * @param active key of the active navigation item
     */
    public Shell shell(Account account, CsrfToken csrf, String active, Optional<Shell.Notice> notice) {
        var charging = activeSessions.of(account.id()).sessions();
        return framed(account, csrf, active, notice.or(() -> stopOutcome(account)), charging);
    }

    /** Says that no sessions can be there yet, while SteVe was never reached. */
    private Optional<Shell.Notice> unreached(Account account) {
        return contact.missingSince()
                .map(since -> new Shell.Notice(
                        Shell.Tone.INFO,
                        Texts.of(account.locale())
                                .get(
                                        "portal.unreached",
                                        new Format(account.locale(), account.timeZone()).dateTime(since))));
    }

    /**
     * @param charging live sessions for the banner; omits those that the page itself shows at its top
     */
    public Shell shell(Account account, CsrfToken csrf, String active, List<ChargingSession> charging) {
        return framed(account, csrf, active, stopOutcome(account), charging);
    }

    /** Shell of a session's page. */
    public Shell shell(
            ChargingSession session,
            Account account,
            CsrfToken csrf,
            Optional<Shell.Notice> notice,
            List<ChargingSession> charging) {
        var shown = notice.or(() -> stopButton.notice(ReturnPath.stopOutcome(), account, session));
        return framed(account, csrf, "nav.sessions", shown, charging);
    }

    private Optional<Shell.Notice> stopOutcome(Account account) {
        return stopButton.notice(ReturnPath.stopOutcome(), account);
    }

    private Shell framed(
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
                        notice.or(() -> unreached(account)),
                        charging.stream()
                                .map(session -> charging(session, account))
                                .toList(),
                        ReturnPath.here()));
    }

    private Shell.Charging charging(ChargingSession session, Account driver) {
        return new Shell.Charging(
                session.id().value(),
                "/sessions/" + session.id(),
                availability.known().nameOf(session.chargeBoxId()),
                session.meter().power(),
                session.energy(),
                stopButton.isOffered(session, driver.id()));
    }

    /** Shell without a notice for viewers who are not signed in. */
    public Shell signedOutShell(Locale locale, CsrfToken csrf) {
        return signedOutShell(locale, csrf, Optional.empty());
    }

    /** Shell for viewers who are not signed in, in their browser's language. */
    public Shell signedOutShell(Locale locale, CsrfToken csrf, Optional<Shell.Notice> notice) {
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

    /**
     * @param template path under {@code src/main/jte}, such as {@code sessions/session.jte}
     * @param page the template's only parameter
     */
    public ResponseEntity<byte[]> render(String template, Object page) {
        return pages.render(template, page);
    }

    public ResponseEntity<byte[]> render(HttpStatusCode status, String template, Object page) {
        return pages.render(status, template, page);
    }

    /** Renders a page as UTF-8. */
    public byte[] html(String template, Object page) {
        return pages.html(template, page);
    }

    /** Renders a part of a page, to be embedded in the page's record. */
    public Fragment fragment(String template, Object part) {
        return pages.fragment(template, part);
    }

    /** As {@link #fragment}, with a cache. */
    public Fragment kept(String template, Record part) {
        return pages.kept(template, part);
    }

    /** Refusal texts in the reader's language. */
    public static RefusalTexts refusals(Account reader) {
        return new RefusalTexts(reader.locale(), reader.timeZone());
    }
}
