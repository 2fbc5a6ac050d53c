package express.polaris.mail;

/** Model of the HTML mail template. */
public record MailPage(String language, String greeting, MailText text) {}
