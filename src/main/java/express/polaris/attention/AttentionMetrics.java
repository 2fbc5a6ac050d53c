package express.polaris.attention;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Metrics of the findings that need attention. */
@Component
class AttentionMetrics implements MeterBinder {

    private static final Logger log = LoggerFactory.getLogger(AttentionMetrics.class);

    private final Attention attention;
    private volatile Optional<Map<AttentionKind, Long>> counts = Optional.empty();

    AttentionMetrics(Attention attention) {
        this.attention = attention;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (var kind : AttentionKind.values()) {
            Gauge.builder(
                            "polaris.attention",
                            this,
                            it -> it.counts
                                    .map(known -> (double) known.getOrDefault(kind, 0L))
                                    .orElse(Double.NaN))
                    .description("Findings that need an operator's attention and are not dismissed, by kind")
                    .baseUnit("items")
                    .tag("kind", kind.wireName())
                    .register(registry);
        }
    }

    @Scheduled(initialDelayString = "PT20S", fixedDelayString = "PT1M")
    void count() {
        try {
            var found = new EnumMap<AttentionKind, Long>(AttentionKind.class);
            for (var item : attention.items()) {
                found.merge(item.kind(), item.finding() instanceof Finding.More ? item.count() : 1, Long::sum);
            }
            counts = Optional.of(found);
        } catch (DataAccessException e) {
            log.warn("Cannot count the findings for the metrics; keeping the last values", e);
        }
    }
}
