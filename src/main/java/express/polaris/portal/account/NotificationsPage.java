package express.polaris.portal.account;

import express.polaris.messages.notifications.NotificationText;
import express.polaris.web.Shell;
import java.util.List;

/**
 * Page {@code /notifications}, newest first.
 *
 * @param newest id of the newest notification, up to which all can be marked as read; 0 without notifications
 */
public record NotificationsPage(Shell shell, List<NotificationText> notifications, long newest) {

    public boolean hasUnread() {
        return notifications.stream().anyMatch(text -> text.notification().isUnread());
    }
}
