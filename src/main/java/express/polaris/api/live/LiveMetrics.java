package express.polaris.api.live;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/** Metric of this node's open streams. */
@Component
class LiveMetrics implements MeterBinder {

    private final LiveFeed feed;

    LiveMetrics(LiveFeed feed) {
        this.feed = feed;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("polaris.live.streams", feed, LiveFeed::openStreams)
                .description("Open server-sent event streams on this node")
                .baseUnit("streams")
                .register(registry);
    }
}
