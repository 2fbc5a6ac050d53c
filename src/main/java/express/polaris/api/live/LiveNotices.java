package express.polaris.api.live;

import express.polaris.accounts.AccessChecks;
import express.polaris.accounts.AccountId;
import express.polaris.platform.notices.NoticeBoard;
import express.polaris.sessions.DriverChange;
import org.springframework.stereotype.Component;

/** Passes other nodes' notices on to this node's streams. */
@Component
class LiveNotices {

    LiveNotices(NoticeBoard board, LiveFeed feed) {
        board.listen(DriverChange.CHANNEL, notice -> feed.on(DriverChange.parse(notice)), feed::missed);
        // Ends of access that were missed are found at the next heartbeat.
        board.listen(AccessChecks.ENDED, notice -> feed.accessEnded(new AccountId(Long.parseLong(notice))), () -> {});
    }
}
