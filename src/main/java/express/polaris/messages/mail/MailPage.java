package express.polaris.messages.mail;

/** Model of the HTML mail template. */
public record MailPage(String language, String greeting, MailText text) {}
