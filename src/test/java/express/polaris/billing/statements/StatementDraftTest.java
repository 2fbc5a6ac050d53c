package express.polaris.billing.statements;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.billing.statements.HomeSession.State;
import express.polaris.billing.statements.ReimbursementRate.Kind;
import express.polaris.sessions.SessionId;
import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StatementDraftTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Currency EUR = Currency.getInstance("EUR");
    private static final YearMonth OCTOBER = YearMonth.of(2026, 10);
    private static final YearMonth LATER = YearMonth.of(2026, 12);
    private static final StatedMonths NOTHING = new StatedMonths(Map.of(), Map.of());
    private static final List<ReimbursementRate> CENTS_34 = List.of(rate("2026-01-01", "0.34"));

    @Test
    void aTotalIsTheRateTimesTheExactEnergyAndTheLinesAddUpToIt() {
        for (int seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            var sessions = new ArrayList<HomeSession>();
            for (int id = 1; id <= 1 + random.nextInt(60); id++) {
                sessions.add(session(random, id));
            }
            var drafts = due(sessions, CENTS_34, NOTHING);

            var wattHours = BigDecimal.ZERO;
            for (var line :
                    drafts.stream().flatMap(draft -> draft.lines().stream()).toList()) {
                var meter = line.meterStop()
                        .orElseThrow()
                        .wattHours()
                        .subtract(line.meterStart().wattHours());
                assertThat(line.energy().kilowattHours()).isEqualByComparingTo(meter.movePointLeft(3));
                wattHours = wattHours.add(meter);
            }
            for (var draft : drafts) {
                assertThat(draft.total()).as("seed %d", seed).isEqualByComparingTo(cents(draft.energy(), "0.34"));
            }
            assertThat(wattHours)
                    .isEqualByComparingTo(sessions.stream()
                            .map(session -> session.energy().wattHours())
                            .reduce(BigDecimal.ZERO, BigDecimal::add));
        }
    }

    /** Fails if a correction is rounded apart from what it corrects. */
    @Test
    void aStatementAndItsCorrectionsAddUpToTheMonthsTotal() {
        for (int seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            var sessions = new HashMap<Integer, HomeSession>();
            for (int id = 1; id <= 2 + random.nextInt(20); id++) {
                sessions.put(id, inOctober(id, random.nextInt(90_000)));
            }
            var stated = NOTHING;
            var sum = BigDecimal.ZERO;
            for (int round = 0; round < 4; round++) {
                for (var draft : due(sessions.values(), CENTS_34, stated)) {
                    sum = sum.add(draft.total());
                    stated = with(stated, draft);
                }
                assertThat(due(sessions.values(), CENTS_34, stated)).isEmpty();
                var total = sessions.values().stream().map(HomeSession::energy).reduce(Energy.ZERO, Energy::plus);
                assertThat(sum).as("seed %d round %d", seed, round).isEqualByComparingTo(cents(total, "0.34"));
                sessions.replaceAll(
                        (id, session) -> random.nextBoolean() ? session : inOctober(id, random.nextInt(90_000)));
            }
        }
    }

    @Test
    void aSessionBelongsToTheMonthInWhichItEndedInTheDriversZone() {
        // 2026-10-31 23:30 and 2026-11-01 00:30 in Berlin
        var before = session(1, "2026-10-31T20:00:00Z", "2026-10-31T22:30:00Z", 0, 1_000, State.COUNTS);
        var after = session(2, "2026-10-31T20:00:00Z", "2026-10-31T23:30:00Z", 0, 2_000, State.COUNTS);

        assertThat(due(List.of(before, after), CENTS_34, NOTHING))
                .extracting(draft -> draft.month() + " " + draft.energy().kilowattHours())
                .containsExactly("2026-10 1.000000", "2026-11 2.000000");
        assertThat(StatementDraft.due(List.of(after), CENTS_34, NOTHING, OCTOBER, BERLIN, EUR))
                .isEmpty();
    }

    @Test
    void aNewRateCountsForSessionsThatStartFromItsFirstDayOn() {
        var rates = List.of(
                new ReimbursementRate(
                        LocalDate.parse("2026-10-01"),
                        Optional.of(LocalDate.parse("2026-10-14")),
                        Kind.FIXED,
                        new BigDecimal("0.30")),
                rate("2026-10-15", "0.34"));
        // starts on the 14th, ends on the 15th
        var overMidnight = session(1, "2026-10-14T20:00:00Z", "2026-10-15T04:00:00Z", 0, 10_000, State.COUNTS);
        var later = session(2, "2026-10-15T20:00:00Z", "2026-10-15T21:00:00Z", 0, 10_000, State.COUNTS);
        var tooEarly = session(3, "2026-09-30T20:00:00Z", "2026-10-01T04:00:00Z", 0, 10_000, State.COUNTS);

        assertThat(due(List.of(overMidnight, later, tooEarly), rates, NOTHING)
                        .getFirst()
                        .lines())
                .extracting(line -> line.session() + " " + line.amount())
                .containsExactly("1 3.00", "2 3.40"); // 10×0.30, 10×0.34
    }

    @Test
    void aSessionWithoutItsDecisionIsLeftOutAndThenOnACorrection() {
        var settled = inOctober(1, 5_000);
        var disputed = session(2, "2026-10-05T10:00:00Z", "2026-10-05T12:00:00Z", 0, 7_000, State.WAITS);
        var first = due(List.of(settled, disputed), CENTS_34, NOTHING).getFirst();
        assertThat(first.lines()).extracting(StatementLine::session).containsExactly(new SessionId(1));
        assertThat(first.leftOut()).isEqualTo(1);

        var stated = with(NOTHING, first);
        assertThat(due(List.of(settled, disputed), CENTS_34, stated)).isEmpty();
        var correction =
                due(List.of(settled, inOctober(2, 7_000)), CENTS_34, stated).getFirst();
        assertThat(correction.lines()).extracting(StatementLine::session).containsExactly(new SessionId(2));
        assertThat(correction.total()).isEqualByComparingTo("2.38"); // 7×0.34
        assertThat(correction.leftOut()).isZero();
    }

    @Test
    void aSessionThatIsNoLongerTheDriversIsTakenBackInItsMonth() {
        var stated = with(
                NOTHING, due(List.of(inOctober(1, 5_000)), CENTS_34, NOTHING).getFirst());
        var gone = session(1, "2026-10-01T10:00:00Z", "2026-10-01T12:00:00Z", 0, 5_000, State.GONE);

        var correction = due(List.of(gone), CENTS_34, stated).getFirst();
        assertThat(correction.month()).isEqualTo(OCTOBER);
        assertThat(correction.total()).isEqualByComparingTo("-1.70"); // −5×0.34
        assertThat(correction.lines().getFirst().basis()).isEqualTo(MeterBasis.WITHDRAWN);
        assertThat(due(List.of(gone), CENTS_34, with(stated, correction))).isEmpty();
    }

    @Test
    void aStatedSessionKeepsItsMonthAndItsRateWhenTheRateIsRemoved() {
        var stated = with(
                NOTHING, due(List.of(inOctober(1, 5_000)), CENTS_34, NOTHING).getFirst());
        var movedIntoNovember = session(1, "2026-10-01T10:00:00Z", "2026-11-01T12:00:00Z", 0, 6_000, State.COUNTS);

        assertThat(due(List.of(inOctober(1, 5_000)), List.of(), stated)).isEmpty();
        var correction = due(List.of(movedIntoNovember), List.of(), stated).getFirst();
        assertThat(correction.month()).isEqualTo(OCTOBER);
        assertThat(correction.total()).isEqualByComparingTo("0.34"); // 6×0.34 − 5×0.34
    }

    private static List<StatementDraft> due(
            Collection<HomeSession> sessions, List<ReimbursementRate> rates, StatedMonths stated) {
        return StatementDraft.due(sessions, rates, stated, LATER, BERLIN, EUR);
    }

    private static StatedMonths with(StatedMonths stated, StatementDraft draft) {
        var sessions = new HashMap<>(stated.sessions());
        draft.lines()
                .forEach(line -> sessions.put(line.session(), new StatedMonths.Latest(draft.month(), BERLIN, line)));
        return new StatedMonths(sessions, Map.of());
    }

    private static BigDecimal cents(Energy energy, String rate) {
        return energy.kilowattHours().multiply(new BigDecimal(rate)).setScale(2, RoundingMode.HALF_UP);
    }

    private static ReimbursementRate rate(String from, String amount) {
        return new ReimbursementRate(LocalDate.parse(from), Optional.empty(), Kind.FIXED, new BigDecimal(amount));
    }

    private static HomeSession session(Random random, int id) {
        var start = Instant.parse("2026-08-01T00:00:00Z").plusSeconds(random.nextInt(100 * 86_400));
        int register = random.nextInt(40_000_000);
        return session(
                id,
                start.toString(),
                start.plus(Duration.ofMinutes(random.nextInt(900))).toString(),
                register,
                register + 1 + random.nextInt(80_000),
                State.COUNTS);
    }

    private static HomeSession inOctober(int id, int wattHours) {
        var day = Instant.parse("2026-10-01T10:00:00Z").plus(Duration.ofHours(24L * (id - 1)));
        return session(id, day.toString(), day.plusSeconds(7200).toString(), 0, wattHours, State.COUNTS);
    }

    private static HomeSession session(
            int id, String startedAt, String endedAt, int meterStart, int meterStop, State state) {
        return new HomeSession(
                new SessionId(id),
                "CP1",
                "Garage",
                Instant.parse(startedAt),
                Instant.parse(endedAt),
                Energy.ofWattHours(meterStart),
                Optional.of(Energy.ofWattHours(meterStop)),
                Energy.ofWattHours(meterStop - meterStart),
                MeterBasis.METER,
                state);
    }
}
