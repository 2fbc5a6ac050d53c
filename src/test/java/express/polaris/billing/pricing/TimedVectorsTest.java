package express.polaris.billing.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.billing.pricing.ParsedCharge.Supported;
import express.polaris.billing.pricing.TimeBand.Day;
import express.polaris.billing.pricing.TimedPrices.Bucket;
import express.polaris.units.Energy;
import express.polaris.units.Interval;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Cases of prices by time and place and of fees in {@code pricing/timed.json}, each with its sum. All in Europe/Berlin. */
class TimedVectorsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JsonNode FILE = file();
    private static final Interval TIME =
            new Interval(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2027-01-01T00:00:00Z"));

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void costsWhatItsCommentAddsUpTo(String name, JsonNode vector) {
        var charges = charges(vector.path("charges").asString());
        var charger = vector.path("charger").asString("CP1");
        var amount = vector.has("events")
                ? energy(charges, charger, vector.path("events"))
                : Optional.of(fees(charges, charger, vector.path("session")));
        var expected = vector.path("expected_amount");
        if (expected.isNull()) {
            assertThat(amount).as(name).isEmpty();
        } else {
            assertThat(amount.orElseThrow()).as(name).isEqualByComparingTo(expected.asString());
        }
    }

    private static Optional<BigDecimal> energy(List<PlanCharge> charges, String charger, JsonNode events) {
        var prices = new TimedPrices(charges, conditions(), charger, TIME);
        var totals = new HashMap<Bucket, Energy>();
        var sum = BigDecimal.ZERO;
        boolean complete = true;
        for (var event : events) {
            var priced = prices.of(
                    at(event.path(0)),
                    at(event.path(1)),
                    Energy.ofKilowattHours(event.path(2).asString()),
                    totals);
            priced.energy().forEach((bucket, energy) -> totals.merge(bucket, energy, Energy::plus));
            sum = sum.add(priced.amount());
            complete &= priced.isComplete();
        }
        return complete ? Optional.of(sum) : Optional.empty();
    }

    private static BigDecimal fees(List<PlanCharge> charges, String charger, JsonNode session) {
        var charging = session.path("charging")
                .valueStream()
                .map(span -> new Interval(at(span.path(0)), at(span.path(1))))
                .toList();
        var times = new SessionTimes(
                at(session.path("start")), at(session.path("end")), at(session.path("energyEnd")), charging);
        var sum = BigDecimal.ZERO;
        for (var charge : charges) {
            for (var counted : times.counted(charge, conditions(), charger).entrySet()) {
                var price = (ChargePrice.ByModel) charge.price(counted.getKey());
                sum = sum.add(price.model().amountFor(Energy.ofKilowattHours(counted.getValue())));
            }
        }
        return sum;
    }

    private static PriceConditions conditions() {
        var versions = new HashMap<String, Map<Instant, TimeBand>>();
        FILE.path("bands").propertyStream().forEach(band -> {
            var given = band.getValue();
            var hours = new TimeBand.Hours(
                    days(given.path("days").asString()),
                    LocalTime.parse(given.path("from").asString()),
                    LocalTime.parse(given.path("to").asString()));
            versions.put(band.getKey(), Map.of(Instant.EPOCH, new TimeBand(List.of(hours))));
        });
        var holidays = FILE.path("holidays")
                .valueStream()
                .map(day -> LocalDate.parse(day.asString()))
                .collect(Collectors.toSet());
        var members = new HashMap<String, List<ChargerGroups.Membership>>();
        FILE.path("groups")
                .propertyStream()
                .forEach(group -> group.getValue()
                        .forEach(charger -> members.computeIfAbsent(
                                        charger.asString().toLowerCase(Locale.ROOT), key -> new ArrayList<>())
                                .add(new ChargerGroups.Membership(
                                        group.getKey(), Optional.empty(), Optional.empty()))));
        var series = new HashMap<String, PriceSeries>();
        FILE.path("series")
                .propertyStream()
                .forEach(one -> series.put(
                        one.getKey(),
                        new PriceSeries(one.getValue()
                                .valueStream()
                                .map(price -> new PriceSeries.Price(
                                        at(price.path(0)),
                                        at(price.path(1)),
                                        new BigDecimal(price.path(2).asString())))
                                .toList())));
        return new PriceConditions(
                ZoneId.of("Europe/Berlin"),
                new TimeBands(versions, Map.of(), holidays),
                new ChargerGroups(members, Map.of()),
                series);
    }

    private static Set<Day> days(String names) {
        return names.equals("every")
                ? EnumSet.allOf(Day.class)
                : new HashSet<>(Arrays.stream(names.toUpperCase(Locale.ROOT).split(" "))
                        .map(Day::valueOf)
                        .toList());
    }

    private static List<PlanCharge> charges(String name) {
        return FILE.path("charges")
                .required(name)
                .valueStream()
                .map(charge -> ChargeParser.parse(
                        BillableMetric.of(charge.path("metric").asString()).orElseThrow(),
                        charge.path("model").asString(),
                        JSON.convertValue(charge.path("properties"), new TypeReference<Map<String, Object>>() {}),
                        JSON.convertValue(charge.path("filters"), Object.class)))
                .map(parsed -> ((Supported) parsed).charge())
                .toList();
    }

    private static Instant at(JsonNode text) {
        return Instant.parse(text.asString());
    }

    static Stream<Arguments> cases() {
        return FILE.path("cases")
                .valueStream()
                .map(vector -> Arguments.of(vector.path("name").asString(), vector));
    }

    private static JsonNode file() {
        try (var file = TimedVectorsTest.class.getResourceAsStream("/pricing/timed.json")) {
            return JSON.readTree(Objects.requireNonNull(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
