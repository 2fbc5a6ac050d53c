package express.polaris.portal;

import express.polaris.notifications.NotificationText;
import express.polaris.web.Shell;
import java.util.List;

/**
 * The page {@code /notifications}, the newest first.
 *
 * @param newest the id of the newest, up to which they can be marked as read; 0 without any
 */
public record NotificationsPage(Shell shell, List<NotificationText> notifications, long newest) {

    public boolean hasUnread() {
        return notifications.stream().anyMatch(text -> text.notification().isUnread());
    }
}
