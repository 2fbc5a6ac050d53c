package express.polaris.billing.tariffs;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Metric of failing polls of market prices. */
@Component
class TariffMetrics implements MeterBinder {

    private static final Logger log = LoggerFactory.getLogger(TariffMetrics.class);

    private final PriceSeriesRepository series;
    private volatile long failing;

    TariffMetrics(PriceSeriesRepository series) {
        this.series = series;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("polaris.price.series.failing", () -> failing)
                .description("Series of market prices whose last poll failed")
                .register(registry);
    }

    @Scheduled(initialDelayString = "PT7S", fixedDelayString = "PT1M")
    void look() {
        try {
            failing = series.failing();
        } catch (DataAccessException e) {
            log.warn("Cannot count the failing price series for the metrics; keeping the last value", e);
        }
    }
}
