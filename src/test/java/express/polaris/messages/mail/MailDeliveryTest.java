package express.polaris.messages.mail;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountService;
import express.polaris.documents.Templates;
import express.polaris.platform.settings.Settings.Smtp;
import express.polaris.platform.time.ClockMoved;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.MailServer;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import express.polaris.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Delivery from its own outbox to reachable and unreachable servers. */
@ApplicationTest
class MailDeliveryTest {

    private static final int NOBODY_LISTENS = 9;

    private final Portal portal;
    private final AccountService accounts;
    private final Templates templates;
    private final MutableClock clock = new MutableClock(Instant.parse("2026-05-01T10:00:00Z"));
    private final JdbcClient jdbc = JdbcClient.create(TestDatabase.freshPool());
    private final Outbox outbox = new Outbox(
            jdbc,
            new StaticListableBeanFactory(Map.of("server", server(NOBODY_LISTENS)))
                    .getBeanProvider(MailTransport.class),
            clock);
    private Account driver;

    MailDeliveryTest(Portal portal, AccountService accounts, Templates templates) {
        this.portal = portal;
        this.accounts = accounts;
        this.templates = templates;
        this.driver = portal.driver();
    }

    @BeforeEach
    void aDriver() {
        driver = portal.driver();
        jdbc.sql("""
            insert into accounts (id, email, name, role, locale, time_zone, created_at) overriding system value
            values (:id, :email, 'Driver', 'DRIVER', 'en', 'UTC', now())
            """)
                .param("id", driver.id().value())
                .param("email", driver.email())
                .update();
    }

    @Test
    void aMailSurvivesAServerOutageAndARestart() {
        queue();
        delivery(NOBODY_LISTENS).deliverTheOthers();
        clock.advance(Duration.ofSeconds(29));
        delivery(MailServer.port()).deliverTheOthers();
        assertThat(MailServer.to(driver.email())).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        delivery(MailServer.port()).deliverTheOthers();
        var mail = MailServer.to(driver.email()).getFirst();
        assertThat(mail.subject()).isEqualTo("Subject Bcc: evil@example.org");
        assertThat(mail.plain()).contains("Hello Driver,", "<b>Lead</b>", "Energy: 6 kWh");
        assertThat(mail.html()).contains("&lt;b&gt;Lead").doesNotContain("<b>Lead");
        assertThat(outbox.failed(9)).isEmpty();
    }

    @Test
    void aMailIsSentAtOnceAlthoughTheClockIsSetBackAfterItWasQueued() {
        queue();
        clock.advance(Duration.ofHours(-1));
        delivery(MailServer.port()).deliverTheOthers();
        assertThat(MailServer.to(driver.email())).isEmpty();
        outbox.on(new ClockMoved(Duration.ofHours(-1)));
        delivery(MailServer.port()).deliverTheOthers();
        assertThat(MailServer.to(driver.email())).hasSize(1);
    }

    @Test
    void retriesGrowRarerUntilTheMailIsGivenUp() {
        queue();
        var pauses = new java.util.ArrayList<Long>();
        while (outbox.failed(1).isEmpty()) {
            delivery(NOBODY_LISTENS).deliverTheOthers();
            nextTry().ifPresent(next -> {
                pauses.add(Duration.between(clock.instant(), next).toSeconds());
                clock.advance(Duration.between(clock.instant(), next));
            });
        }
        // 30 s × 3ⁿ, at most four hours apart, for 24 hours
        assertThat(pauses).startsWith(30L, 90L, 270L, 810L, 2430L, 7290L, 14400L, 14400L);
        var failed = outbox.failed(9).getFirst();
        assertThat(failed.lastError()).isEqualTo("MailSendException");
        assertThat(failed.tries()).isEqualTo(pauses.size() + 1);
        clock.advance(Duration.ofDays(1));
        delivery(MailServer.port()).deliverTheOthers();
        assertThat(MailServer.to(driver.email())).isEmpty();
    }

    @Test
    void twoNodesSendEachMailOnce() throws Exception {
        queue();
        try (var nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var node : nodes.invokeAll(Collections.<Callable<Boolean>>nCopies(6, () -> {
                delivery(MailServer.port()).deliverTheOthers();
                return true;
            }))) {
                assertThat(node.get()).isTrue();
            }
        }
        assertThat(MailServer.to(driver.email())).hasSize(1);
    }

    /** A node died between the server's acceptance and its own commit: the recipient can tell that both are one. */
    @Test
    void aMailThatIsSentTwiceHasTheSameMessageId() {
        queue();
        delivery(MailServer.port()).deliverTheOthers();
        jdbc.sql("update mails set sent_at = null, next_try_at = created_at").update();
        delivery(MailServer.port()).deliverTheOthers();
        queue();
        delivery(MailServer.port()).deliverTheOthers();
        var ids = MailServer.to(driver.email()).stream()
                .map(MailServer.Mail::messageId)
                .toList();
        assertThat(ids).hasSize(3);
        assertThat(ids.get(1)).isEqualTo(ids.get(0));
        assertThat(ids.get(2)).isNotEqualTo(ids.get(0));
    }

    @Test
    void whatSomebodyWaitsForDoesNotWaitForTheOthers() {
        for (int i = 0; i < 1_000; i++) {
            queue();
        }
        outbox.queue(driver.id(), "test", "2", Duration.ofMinutes(15));
        delivery(MailServer.port()).deliverWhatSomebodyWaitsFor();
        assertThat(MailServer.to(driver.email())).hasSize(1);
        assertThat(jdbc.sql("select subject from mails where sent_at is not null")
                        .query(String.class)
                        .list())
                .containsExactly("2");
    }

    private void queue() {
        outbox.queue(driver.id(), "test", "1", Duration.ofHours(24));
    }

    private Optional<Instant> nextTry() {
        return jdbc.sql("select next_try_at from mails where next_try_at is not null")
                .query((row, number) ->
                        row.getObject(1, java.time.OffsetDateTime.class).toInstant())
                .optional();
    }

    /** The delivery of a separate process. */
    private MailDelivery delivery(int port) {
        var beans = new StaticListableBeanFactory(Map.of("writer", new Writer(), "server", server(port)));
        return new MailDelivery(
                outbox,
                accounts,
                beans.getBeanProvider(MailWriter.class),
                beans.getBeanProvider(MailTransport.class),
                templates);
    }

    private static SmtpTransport server(int port) {
        return new SmtpTransport(new Smtp(
                "127.0.0.1", port, Smtp.Security.NONE, Optional.empty(), Optional.empty(), "portal@polaris.example"));
    }

    private static final class Writer implements MailWriter {

        @Override
        public boolean writes(String kind) {
            return kind.equals("test");
        }

        @Override
        public Optional<MailText> write(String kind, String subject, Account recipient) {
            return Optional.of(new MailText(
                    "Subject\r\nBcc: evil@example.org",
                    "<b>Lead</b>",
                    List.of(new MailText.Fact("Energy", "6 kWh")),
                    Optional.empty(),
                    "Small"));
        }
    }
}
