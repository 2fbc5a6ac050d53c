package express.polaris.api.live;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/** Metrics of this node's streams. */
@Component
class LiveMetrics implements MeterBinder {

    private final LiveFeed feed;
    private final LiveCounts counts;

    LiveMetrics(LiveFeed feed, LiveCounts counts) {
        this.feed = feed;
        this.counts = counts;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("polaris.live.streams", feed, LiveFeed::openStreams)
                .description("Open server-sent event streams on this node")
                .baseUnit("streams")
                .register(registry);
        count(registry, "polaris.live.opened", "Streams that were opened", LiveCounts::opened);
        count(registry, "polaris.live.refused", "Streams beyond the node's number", LiveCounts::refused);
        count(registry, "polaris.live.cut.off", "Streams whose reader did not keep up", LiveCounts::cutOff);
    }

    private void count(MeterRegistry registry, String name, String description, ToDoubleFunction<LiveCounts> value) {
        FunctionCounter.builder(name, counts, value).description(description).register(registry);
    }
}
