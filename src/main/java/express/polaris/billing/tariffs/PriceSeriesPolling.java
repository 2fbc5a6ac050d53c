package express.polaris.billing.tariffs;

import express.polaris.billing.tariffs.PriceFeed.Answer;
import express.polaris.billing.tariffs.StoredSeries.PollFailure;
import express.polaris.billing.tariffs.StoredSeries.Unit;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.settings.Settings;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Polls the addresses of market prices that the settings name. Safe on several nodes: one of them claims each poll in the
 * database. A failed poll changes no price.
 */
@Component
class PriceSeriesPolling {

    static final Duration EVERY = Duration.ofMinutes(15);

    private static final Logger log = LoggerFactory.getLogger(PriceSeriesPolling.class);

    private final Settings settings;
    private final PriceFeed feed;
    private final PriceSeriesService series;
    private final PriceSeriesRepository repository;
    private final Clock clock;

    PriceSeriesPolling(
            Settings settings,
            PriceFeed feed,
            PriceSeriesService series,
            PriceSeriesRepository repository,
            Clock clock) {
        this.settings = settings;
        this.feed = feed;
        this.series = series;
        this.repository = repository;
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "PT20S", fixedDelayString = "PT1M")
    void run() {
        settings.priceSeries().forEach(this::poll);
    }

    void poll(String code, URI address) {
        try {
            var now = clock.instant();
            repository.create(code, code, settings.currency(), Unit.KWH, now);
            if (repository.claimPoll(code, now.minus(EVERY), now)) {
                var failure = store(code, feed.get(address));
                repository.polled(code, failure, clock.instant());
                failure.ifPresent(why -> log.warn("The poll of price series {} failed: {}", code, why));
            }
        } catch (DataAccessException e) {
            log.warn("Cannot store the prices of series {}; trying again in a minute", code, e);
        }
    }

    private Optional<PollFailure> store(String code, Answer answer) {
        return switch (answer) {
            case Answer.Failed(var failure) -> Optional.of(failure);
            case Answer.Prices(var upload) -> {
                try {
                    series.store(code, upload);
                    yield Optional.empty();
                } catch (InvalidInput refused) {
                    log.warn(
                            "Series {}: {} {}",
                            code,
                            refused.faults().getFirst().field(),
                            refused.faults().getFirst().message());
                    yield Optional.of(PollFailure.INVALID);
                }
            }
        };
    }
}
