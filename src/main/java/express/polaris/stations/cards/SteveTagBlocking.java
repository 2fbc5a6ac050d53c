package express.polaris.stations.cards;

import express.polaris.steve.SteveClient;
import express.polaris.steve.SteveOcppTag;
import java.time.Clock;
import org.springframework.stereotype.Component;

/**
 * Blocks idTags in SteVe. Leaves alone a tag that is unknown, blocked or expired there, because it cannot start
 * anything.
 */
@Component
class SteveTagBlocking implements TagBlocking {

    private final SteveClient steve;
    private final Clock clock;

    SteveTagBlocking(SteveClient steve, Clock clock) {
        this.steve = steve;
        this.clock = clock;
    }

    @Override
    public void block(IdTag idTag) {
        var now = clock.instant();
        steve.tag(idTag.value())
                .filter(tag -> !tag.blocked())
                .filter(tag -> tag.expiryDate().map(now::isBefore).orElse(true))
                .ifPresent(steve::block);
    }

    @Override
    public void unblock(IdTag idTag) {
        steve.tag(idTag.value()).filter(SteveOcppTag::blocked).ifPresent(steve::unblock);
    }
}
