package express.polaris.sync;

import express.polaris.platform.notices.NoticeBoard;
import org.springframework.stereotype.Component;

/** Tells this node's sync when a pause begins or ends, on whichever node an operator said so. */
@Component
class SyncNotices {

    private static final String CHANNEL = "sync_pause";

    SyncNotices(NoticeBoard board, SyncEngine engine) {
        board.listen(CHANNEL, empty -> engine.pauseChanged(), engine::pauseChanged);
    }
}
