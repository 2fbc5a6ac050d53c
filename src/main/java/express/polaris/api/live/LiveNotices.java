package express.polaris.api.live;

import express.polaris.accounts.AccessChecks;
import express.polaris.accounts.AccountId;
import express.polaris.platform.notices.NoticeBoard;
import express.polaris.sessions.DriverChange;
import org.springframework.stereotype.Component;

/** Passes other nodes' notices on to this node's streams. */
@Component
class LiveNotices {

    LiveNotices(NoticeBoard board, LiveFeed feed, AccessChecks access) {
        board.listen(DriverChange.CHANNEL, notice -> feed.on(DriverChange.parse(notice)), feed::lookNow);
        board.listen(
                AccessChecks.ENDED,
                notice -> Thread.ofVirtual()
                        .start(() -> feed.endIfOver(new AccountId(Long.parseLong(notice)), access::holds)),
                // The next heartbeat checks all sign-ins.
                () -> {});
    }
}
