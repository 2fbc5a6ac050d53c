package express.polaris.notifications;

import express.polaris.mail.MailText.Fact;
import java.util.List;

/**
 * A notification in its reader's language.
 *
 * @param lead a sentence on what has happened
 * @param path of the page that shows more
 */
public record NotificationText(Notification notification, String title, String lead, List<Fact> facts, String path) {}
