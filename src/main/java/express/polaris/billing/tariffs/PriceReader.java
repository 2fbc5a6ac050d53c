package express.polaris.billing.tariffs;

import express.polaris.billing.pricing.PriceSeries.Price;
import express.polaris.billing.tariffs.StoredSeries.Unit;
import express.polaris.platform.refusals.Fault;
import express.polaris.platform.refusals.FaultCollector;
import express.polaris.platform.refusals.Wording;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads market prices, and collects the faults of all of them. */
final class PriceReader {

    static final int MOST_PRICES = 40_000;

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");
    private static final int MOST_FAULTS = 100;
    private static final int LONGEST_QUOTE = 40;
    private static final Duration LONGEST = Duration.ofDays(1);

    /** Of a stored price per kWh. */
    private static final int DECIMALS = 13;

    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,9}([.,]\\d{1,40})?");
    private static final Pattern LOCAL = Pattern.compile("\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}(:\\d{2})?");

    private final ZoneId zone;
    private final Unit unit;
    private final List<Fault> faults = new ArrayList<>();
    private final Map<Instant, Price> prices = new TreeMap<>();
    private Instant previousEnd = Instant.MIN;

    private PriceReader(ZoneId zone, Unit unit) {
        this.zone = zone;
        this.unit = unit;
    }

    /**
     * Returns the prices, by start; complete only without faults.
     *
     * @param zone of times without an offset
     */
    static List<Price> read(List<PriceDraft> drafts, ZoneId zone, Unit unit, FaultCollector faults) {
        if (drafts.isEmpty() || drafts.size() > MOST_PRICES) {
            faults.add("prices", TariffReason.PRICES.with(MOST_PRICES));
            return List.of();
        }
        var reader = new PriceReader(zone, unit);
        drafts.forEach(reader::read);
        faults.addAll(reader.faults.subList(0, Math.min(MOST_FAULTS, reader.faults.size())));
        faults.require(
                reader.faults.size() <= MOST_FAULTS,
                "prices",
                TariffReason.MORE.with(reader.faults.size() - MOST_FAULTS));
        return List.copyOf(reader.prices.values());
    }

    private void read(PriceDraft draft) {
        int before = faults.size();
        var from = start(draft);
        var to = from.flatMap(start -> end(draft, start));
        if (from.isEmpty()) {
            time(draft.to(), draft.field() + ".to");
        }
        var price = price(draft);
        if (faults.size() == before) {
            add(draft, new Price(from.orElseThrow(), to.orElseThrow(), perKwh(price.orElseThrow())));
        }
    }

    private void add(PriceDraft draft, Price price) {
        var others = (TreeMap<Instant, Price>) prices;
        var before = Optional.ofNullable(others.lowerEntry(price.to())).map(Map.Entry::getValue);
        var overlapped = before.filter(other -> other.to().isAfter(price.from()));
        if (overlapped.isPresent()) {
            fault(
                    draft.field(),
                    TariffReason.OVERLAP.with(
                            overlapped.get().from(), overlapped.get().to()));
        } else {
            prices.put(price.from(), price);
            previousEnd = price.to();
        }
    }

    /** In an hour that the clock repeats, the first one that does not begin before the previous price has ended. */
    private Optional<Instant> start(PriceDraft draft) {
        var field = draft.field() + ".from";
        return time(draft.from(), field).flatMap(time -> {
            var possible = time.instants(zone);
            if (possible.isEmpty()) {
                fault(field, TariffReason.SKIPPED.with(zone.getId(), time.text()));
            }
            return possible.stream()
                    .filter(instant -> !instant.isBefore(previousEnd))
                    .findFirst()
                    .or(() -> possible.stream().findFirst());
        });
    }

    /**
     * The first possible instant after the start. Beside a clock change also the start plus the difference of both local
     * times, so that an hour from 02:00 to 03:00 that the clock repeats is an hour both times.
     */
    private Optional<Instant> end(PriceDraft draft, Instant from) {
        var field = draft.field() + ".to";
        return time(draft.to(), field).flatMap(time -> {
            var possible = Stream.concat(time.instants(zone).stream(), time.besideClockChange(draft.from(), from, zone))
                    .filter(instant -> instant.isAfter(from))
                    .sorted()
                    .findFirst();
            if (possible.isEmpty()) {
                fault(field, TariffReason.BACKWARDS.with());
            } else if (possible.get().isAfter(from.plus(LONGEST))) {
                fault(field, TariffReason.LONG.with());
            }
            return possible;
        });
    }

    private Optional<BigDecimal> price(PriceDraft draft) {
        var text = draft.price().strip();
        if (!NUMBER.matcher(text).matches()) {
            fault(draft.field() + ".price", TariffReason.PRICE.with(shortened(text)));
            return Optional.empty();
        }
        return Optional.of(new BigDecimal(text.replace(',', '.')));
    }

    /** The price as it is stored, so that the same price is known again. */
    private BigDecimal perKwh(BigDecimal price) {
        var exact = unit.perKwh(price);
        return exact.scale() > DECIMALS ? exact.setScale(DECIMALS, RoundingMode.HALF_UP) : exact;
    }

    private Optional<GivenTime> time(String given, String field) {
        var time = GivenTime.parse(given.strip());
        if (time.isEmpty()) {
            fault(field, TariffReason.AT.with(shortened(given.strip())));
        }
        return time.filter(parsed -> {
            var instant = parsed.about(zone);
            boolean near = !instant.isBefore(EARLIEST) && !instant.isAfter(LATEST);
            if (!near) {
                fault(field, TariffReason.YEARS.with(shortened(given.strip())));
            }
            return near;
        });
    }

    private void fault(String field, Wording wording) {
        faults.add(new Fault(field, wording));
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    }

    /**
     * Time as it was given.
     *
     * @param instant of a time with offset; empty for a local one
     */
    private record GivenTime(String text, Optional<Instant> instant, LocalDateTime local) {

        static Optional<GivenTime> parse(String text) {
            try {
                if (LOCAL.matcher(text).matches()) {
                    return Optional.of(
                            new GivenTime(text, Optional.empty(), LocalDateTime.parse(text.replace(' ', 'T'))));
                }
                var time = OffsetDateTime.parse(text);
                var instant = time.toInstant().truncatedTo(ChronoUnit.MICROS);
                return Optional.of(new GivenTime(text, Optional.of(instant), time.toLocalDateTime()));
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        }

        /** The instant; beside a clock change, one of those that a local time may mean, or one near it. */
        Instant about(ZoneId zone) {
            return instant.orElseGet(() -> local.atZone(zone).toInstant());
        }

        List<Instant> instants(ZoneId zone) {
            return instant.map(List::of)
                    .orElseGet(() -> zone.getRules().getValidOffsets(local).stream()
                            .map(local::toInstant)
                            .sorted()
                            .toList());
        }

        Stream<Instant> besideClockChange(String start, Instant from, ZoneId zone) {
            var given = parse(start.strip());
            if (instant.isPresent()
                    || given.filter(time -> time.instant().isEmpty()).isEmpty()) {
                return Stream.empty();
            }
            var startTime = given.orElseThrow().local();
            boolean repeated = zone.getRules().getValidOffsets(startTime).size() > 1;
            boolean skipped = zone.getRules().getValidOffsets(local).isEmpty();
            return repeated || skipped ? Stream.of(from.plus(Duration.between(startTime, local))) : Stream.empty();
        }
    }
}
