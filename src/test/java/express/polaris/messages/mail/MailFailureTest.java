package express.polaris.messages.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import express.polaris.platform.settings.Settings.Smtp;
import express.polaris.platform.settings.Settings.Smtp.Security;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.mail.MailException;

/** Which failure a mail server's behaviour is, over real connections. */
class MailFailureTest {

    private static final Envelope MAIL = new Envelope(
            "you@example.org", Optional.empty(), "Subject", "plain", "<p>html</p>", List.of(), Optional.empty());

    private static MailFailure failure(String host, int port, Security security) {
        var smtp = new Smtp(host, port, security, Optional.of("user"), Optional.of("password"), "portal@example.org");
        return MailFailure.of(catchThrowableOfType(MailException.class, () -> new SmtpTransport(smtp).send(MAIL)));
    }

    private static MailFailure failure(Map<String, String> answers) throws IOException {
        return failure(answers, Security.NONE);
    }

    private static MailFailure failure(Map<String, String> answers, Security security) throws IOException {
        try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> serve(server, answers));
            return failure("127.0.0.1", server.getLocalPort(), security);
        }
    }

    /** Answers each command by its first word; without an entry it accepts it. */
    private static void serve(ServerSocket server, Map<String, String> answers) {
        try (Socket client = server.accept()) {
            var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            var out = client.getOutputStream();
            out.write("220 ready\r\n".getBytes(StandardCharsets.US_ASCII));
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                var command = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
                var usual = command.equals("EHLO") ? "250-mail\r\n250 AUTH PLAIN" : "250 ok";
                out.write((answers.getOrDefault(command, usual) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            // the client hung up
        }
    }

    @Test
    void whatTheServerRefusesIsToldApart() throws IOException {
        var in = "235 welcome";
        assertThat(failure(Map.of("AUTH", "535 no"))).isEqualTo(MailFailure.AUTHENTICATION_FAILED);
        assertThat(failure(Map.of("AUTH", in, "MAIL", "530 sign in first")))
                .isEqualTo(MailFailure.AUTHENTICATION_FAILED);
        assertThat(failure(Map.of("AUTH", in, "MAIL", "550 not from there"))).isEqualTo(MailFailure.SENDER_REFUSED);
        assertThat(failure(Map.of("AUTH", in, "RCPT", "550 nobody"))).isEqualTo(MailFailure.RECIPIENT_REFUSED);
        assertThat(failure(Map.of("AUTH", in, "DATA", "554 spam"))).isEqualTo(MailFailure.OTHER);
    }

    @Test
    void aServerWithoutTlsIsATlsFailure() throws IOException {
        assertThat(failure(Map.of(), Security.STARTTLS)).isEqualTo(MailFailure.TLS_FAILED);
        assertThat(failure(Map.of(), Security.TLS)).isEqualTo(MailFailure.TLS_FAILED);
    }

    @Test
    void anUnknownHostIsNotARefusedConnection() throws IOException {
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        assertThat(failure("127.0.0.1", free, Security.NONE)).isEqualTo(MailFailure.CONNECTION_REFUSED);
        assertThat(failure("no-such-host.invalid", 25, Security.NONE)).isEqualTo(MailFailure.UNKNOWN_HOST);
    }
}
