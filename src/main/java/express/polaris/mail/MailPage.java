package express.polaris.mail;

/** A mail with markup, as its template takes it. */
public record MailPage(String language, String greeting, MailText text) {}
