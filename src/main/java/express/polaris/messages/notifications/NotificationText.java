package express.polaris.messages.notifications;

import express.polaris.messages.mail.MailText.Fact;
import java.util.List;

/**
 * Notification in its reader's language.
 *
 * @param lead one sentence about what has happened
 * @param path page with more details
 */
public record NotificationText(Notification notification, String title, String lead, List<Fact> facts, String path) {}
