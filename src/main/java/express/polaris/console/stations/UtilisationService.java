package express.polaris.console.stations;

import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.sessions.statistics.ChargingStatistics;
import express.polaris.sessions.statistics.ChargingStatistics.Hour;
import express.polaris.stations.chargers.Charger;
import express.polaris.web.AmountChart;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Utilisation of charge boxes: the share of time with a car plugged in, and the share with energy flowing. */
@Component
class UtilisationService {

    static final int DAYS = 30;

    private static final Duration HOUR = Duration.ofHours(1);

    private final ChargingStatistics statistics;
    private final Clock clock;

    UtilisationService(ChargingStatistics statistics, Clock clock) {
        this.statistics = statistics;
        this.clock = clock;
    }

    /** Covers all connectors together, by day and hour in the reader's zone. */
    Utilisation of(Charger charger, Texts texts, Format format) {
        var now = clock.instant();
        var zone = format.zone();
        var from = LocalDate.ofInstant(now, zone)
                .minusDays(DAYS - 1L)
                .atStartOfDay(zone)
                .toInstant();
        var used = statistics.hours(charger.id(), from, now).stream()
                .collect(Collectors.toMap(Hour::from, Function.identity()));
        int connectors = Math.max(1, charger.connectors().size());
        var days = new TreeMap<LocalDate, Part>();
        var hours = new TreeMap<Integer, Part>();
        var all = Part.NONE;
        for (var at = from; at.isBefore(now); at = at.plus(HOUR)) {
            var part = part(used, at, now, connectors);
            days.merge(LocalDate.ofInstant(at, zone), part, Part::plus);
            hours.merge(LocalTime.ofInstant(at, zone).getHour(), part, Part::plus);
            all = all.plus(part);
        }
        return new Utilisation(
                AmountChart.of(
                        days.entrySet().stream()
                                .map(day -> value(
                                        format.dayAndMonth(
                                                day.getKey().atStartOfDay(zone).toInstant()),
                                        format.date(day.getKey()),
                                        day.getValue(),
                                        texts,
                                        format))
                                .toList(),
                        format),
                AmountChart.of(
                        hours.entrySet().stream()
                                .map(hour -> value(
                                        hour.getKey().toString(),
                                        texts.get("console.charger.hour", hour.getKey(), hour.getKey() + 1),
                                        hour.getValue(),
                                        texts,
                                        format))
                                .toList(),
                        format),
                all.occupiedPercent(),
                all.chargingPercent());
    }

    private static Part part(Map<Instant, Hour> used, Instant at, Instant now, int connectors) {
        var end = at.plus(HOUR).isBefore(now) ? at.plus(HOUR) : now;
        var possible = Duration.between(at, end).multipliedBy(connectors);
        return Optional.ofNullable(used.get(at))
                .map(hour -> new Part(hour.occupied(), hour.charging(), possible))
                .orElse(new Part(Duration.ZERO, Duration.ZERO, possible));
    }

    private static AmountChart.Value value(String label, String when, Part part, Texts texts, Format format) {
        var occupied = part.occupiedPercent();
        var charging = part.chargingPercent();
        return new AmountChart.Value(
                label,
                texts.get("console.charger.used", when, format.rate(occupied), format.rate(charging)),
                occupied,
                charging);
    }

    private record Part(Duration occupied, Duration charging, Duration possible) {

        private static final Part NONE = new Part(Duration.ZERO, Duration.ZERO, Duration.ZERO);

        Part plus(Part other) {
            return new Part(
                    occupied.plus(other.occupied), charging.plus(other.charging), possible.plus(other.possible));
        }

        BigDecimal occupiedPercent() {
            return percent(occupied);
        }

        /** Never exceeds the occupied share, although a station's readings may extend beyond its stop. */
        BigDecimal chargingPercent() {
            return percent(charging).min(percent(occupied));
        }

        private BigDecimal percent(Duration time) {
            if (possible.isZero()) {
                return BigDecimal.ZERO;
            }
            return BigDecimal.valueOf(time.toMillis())
                    .multiply(BigDecimal.valueOf(100))
                    .divide(BigDecimal.valueOf(possible.toMillis()), 1, RoundingMode.HALF_UP)
                    .min(BigDecimal.valueOf(100));
        }
    }
}
