package express.polaris.messages.mail;

import express.polaris.platform.settings.Settings.Smtp;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.mail.MailPreparationException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;

/** SMTP server of the settings. A server that does not answer blocks for at most 20 seconds per step. */
class SmtpTransport implements MailTransport {

    private static final String SENDER = "Polaris Express";
    private static final String CONNECT_MILLIS = "10000";
    private static final String MILLIS = "20000";

    private final JavaMailSenderImpl sender = new JavaMailSenderImpl();
    private final String from;

    SmtpTransport(Smtp smtp) {
        from = smtp.from();
        sender.setHost(smtp.host());
        sender.setPort(smtp.port());
        sender.setDefaultEncoding(StandardCharsets.UTF_8.name());
        smtp.username().ifPresent(sender::setUsername);
        smtp.password().ifPresent(sender::setPassword);
        var properties = sender.getJavaMailProperties();
        properties.setProperty(
                "mail.smtp.auth", Boolean.toString(smtp.username().isPresent()));
        properties.setProperty("mail.smtp.connectiontimeout", CONNECT_MILLIS);
        properties.setProperty("mail.smtp.timeout", MILLIS);
        properties.setProperty("mail.smtp.writetimeout", MILLIS);
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        switch (smtp.security()) {
            case STARTTLS -> {
                properties.setProperty("mail.smtp.starttls.enable", "true");
                properties.setProperty("mail.smtp.starttls.required", "true");
            }
            case TLS -> properties.setProperty("mail.smtp.ssl.enable", "true");
            case NONE -> {
                // no encryption
            }
        }
    }

    @Override
    public void send(Envelope mail) {
        try {
            var message = sender.createMimeMessage();
            var helper = new MimeMessageHelper(message, true, StandardCharsets.UTF_8.name());
            helper.setFrom(new InternetAddress(from, SENDER, StandardCharsets.UTF_8.name()));
            helper.setTo(mail.to());
            helper.setSubject(mail.subject());
            helper.setText(mail.plain(), mail.html());
            if (mail.replyTo().isPresent()) {
                helper.setReplyTo(mail.replyTo().get());
            }
            for (var file : mail.attachments()) {
                helper.addAttachment(file.name(), new ByteArrayResource(file.content()), file.type());
            }
            message.setHeader("Auto-Submitted", "auto-generated");
            if (mail.messageId().isPresent()) {
                message.setHeader("Message-ID", mail.messageId().get());
            }
            sender.send(message);
        } catch (MessagingException | UnsupportedEncodingException e) {
            throw new MailPreparationException("A mail could not be composed", e);
        }
    }

    @Override
    public void check() throws MessagingException {
        sender.testConnection();
    }
}
