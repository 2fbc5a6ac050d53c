package express.polaris.billing.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import express.polaris.billing.invoicing.Invoice;
import express.polaris.billing.invoicing.InvoiceLine;
import express.polaris.billing.plans.PlanService;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.sessions.SessionFilter;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionService;
import express.polaris.stations.cards.CardLinkService;
import express.polaris.stations.cards.CardService;
import express.polaris.testing.TestPlan;
import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Cases that other billing engines and charging portals got wrong, rebuilt from public bug reports. Fails if one of
 * those bugs exists here.
 */
class BillingCasesTest {

    @Test
    void aSubscriptionFromJanuary31HasPeriodsFromTheLastDayOfEachMonth() {
        try (var world = new BillingCase("b01")) {
            world.chargeAll();
            var invoices = world.invoices("b01", "2026-11-05T12:00:00Z");

            assertThat(invoices)
                    .extracting(invoice -> invoice.period().from().toString().substring(0, 10))
                    .containsExactly(
                            "2026-01-30",
                            "2026-02-27",
                            "2026-03-30",
                            "2026-04-29",
                            "2026-05-30",
                            "2026-06-29",
                            "2026-07-30",
                            "2026-08-30",
                            "2026-09-29");
            assertThat(invoices)
                    .extracting(invoice -> invoice.net().toPlainString()) // (n + 1) × 0.30
                    .containsExactly("0.30", "0.60", "0.90", "1.20", "1.50", "1.80", "2.10", "2.40", "2.70");
        }
    }

    @Test
    void aQuarterIsProratedByDaysOnBothSidesOfAChangeOfPlan() {
        try (var world = new BillingCase("b02")) {
            world.plan(TestPlan.standard("b02b", "0.20")
                    .every("quarterly")
                    .fee(9_200)
                    .json());
            world.changePlan("b02", "b02b", "2026-08-14T22:00:00Z", "Europe/Berlin");
            var session = world.chargeAll().getFirst();

            assertThat(world.amount(session)).isEqualByComparingTo("2.40"); // 6 × 0.30 + 3 × 0.20
            var fees = world.invoices("b02", "2026-10-01T12:00:00Z").stream()
                    .flatMap(invoice -> invoice.lines().stream())
                    .filter(line -> line.kind() == InvoiceLine.Kind.FEE)
                    .map(line -> line.amount().toPlainString());
            assertThat(fees).containsExactlyInAnyOrder("42.00", "44.51", "47.00"); // 42/91 and 45/92 of 91, 47/92 of 92
        }
    }

    @Test
    void aTerminatedSubscriptionPricesOnlyEnergyMeasuredUpToItsEnd() {
        try (var world = new BillingCase("b03")) {
            world.terminate("b03", "2026-10-15T13:00:00Z");
            var sessions = world.chargeAll();

            assertThat(world.amount(sessions.getFirst())).isEqualByComparingTo("1.20"); // 4 × 0.30
            var across = world.cost(sessions.getLast());
            assertThat(across.coverage()).isEqualTo(Coverage.UNKNOWN);
            assertThat(across.lines().stream().map(CostLine::energy).reduce(Energy.ZERO, Energy::plus))
                    .isEqualTo(Energy.ofKilowattHours("2"));
            assertThat(world.nets("b03", "2026-11-02T12:00:00Z")).containsExactly("1.80"); // 6 × 0.30
        }
    }

    @Test
    void aPeriodInLosAngelesBeginsAnHourEarlierInSummer() {
        try (var world = new BillingCase("b04")) {
            var sessions = world.chargeAll();

            assertThat(world.cost(sessions.getLast()).lines())
                    .extracting(line ->
                            line.period().from() + " to " + line.period().to() + ": "
                                    + line.energy().kilowattHours().stripTrailingZeros())
                    .containsExactly(
                            "2026-03-08T07:30:00Z to 2026-04-07T07:00:00Z: 3",
                            "2026-04-07T07:00:00Z to 2026-05-07T07:00:00Z: 4");
        }
    }

    @Test
    void aReadingAtMidnightInNewYorkClosesTheOldMonth() {
        try (var world = new BillingCase("b05")) {
            var sessions = world.chargeAll();

            assertThat(world.lines(sessions.getFirst())).containsExactly("2026-03-01T05:00 3", "2026-04-01T04:00 4");
            assertThat(world.lines(sessions.getLast())).containsExactly("2026-01-15T05:00 1", "2026-02-01T05:00 3");
        }
    }

    @Test
    void energyBetweenTwoTierBoundsFallsIntoTheNextTier() {
        try (var world = new BillingCase("b06")) {
            var sessions = world.chargeAll();

            assertThat(world.amount(sessions.getFirst())).isEqualByComparingTo("4.40"); // 5.5 × 0.80
            assertThat(world.cost(sessions.get(1)).coverage()).isEqualTo(Coverage.INCLUDED);
            assertThat(world.amount(sessions.get(1))).isEqualByComparingTo("0.00");
            assertThat(world.amount(sessions.getLast())).isEqualByComparingTo("0.01"); // 0.5 × 0.02
        }
    }

    @Test
    void aDayWithoutMidnightHasItsEnergyAndSessions() {
        try (var world = new BillingCase("b07")) {
            var sessions = world.chargeAll();
            world.at("2026-04-25T12:00:00Z");

            assertThat(world.days("b07", PeriodUsage.Span.CURRENT))
                    .isEqualTo(Map.of("2026-04-23", new BigDecimal("3"), "2026-04-24", new BigDecimal("4.5")));
            assertThat(started(world, "2026-04-24")).containsExactly(sessions.getLast());
            assertThat(started(world, "2026-04-23")).containsExactly(sessions.getFirst());
        }
    }

    private static List<SessionId> started(BillingCase world, String day) {
        var zone = ZoneId.of("Africa/Cairo");
        var date = LocalDate.parse(day);
        return world.billing
                .get(SessionService.class)
                .ids(
                        SessionFilter.of(world.driver("b07"))
                                .withStart(
                                        Optional.of(date.atStartOfDay(zone).toInstant()),
                                        Optional.of(date.plusDays(1)
                                                .atStartOfDay(zone)
                                                .toInstant())),
                        10);
    }

    @Test
    void aDayOf25HoursHasTheEnergyOfAll25Hours() {
        try (var world = new BillingCase("b08")) {
            world.chargeAll();
            world.at("2026-10-27T12:00:00Z");

            assertThat(world.days("b08", PeriodUsage.Span.CURRENT))
                    .isEqualTo(Map.of(
                            "2026-10-24", new BigDecimal("1"),
                            "2026-10-25", new BigDecimal("14.9"),
                            "2026-10-26", new BigDecimal("4.1")));
        }
    }

    @Test
    void amountsBelowTheSmallestUnitAreAddedUpBeforeRounding() {
        try (var world = new BillingCase("b09")) {
            world.chargeAll();
            var yen = world.invoices("b09", "2026-10-02T12:00:00Z").getFirst();
            var euro = world.invoices("b09e", "2026-10-02T12:00:00Z").getFirst();

            assertThat(List.of(yen.net(), yen.vat(), yen.total()))
                    .containsExactly(new BigDecimal("111"), new BigDecimal("11"), new BigDecimal("122"));
            assertThat(List.of(euro.net(), euro.vat(), euro.total())) // 7 × 0.333 × 0.01 = 0.02331
                    .containsExactly(new BigDecimal("0.02"), new BigDecimal("0.00"), new BigDecimal("0.02"));
            assertThat(bySession(yen)).isEqualByComparingTo("111");
            assertThat(bySession(euro)).isEqualByComparingTo("0.02");
        }
    }

    private static BigDecimal bySession(Invoice invoice) {
        return invoice.lines().stream()
                .filter(line -> List.of(
                                InvoiceLine.Kind.SESSION, InvoiceLine.Kind.OTHER_SESSIONS, InvoiceLine.Kind.ROUNDING)
                        .contains(line.kind()))
                .map(InvoiceLine::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Test
    void aMinuteOfZeroReadingsMovesNoOtherSessionIntoAnotherTier() {
        try (var world = new BillingCase("b10")) {
            var sessions = world.chargeAll();

            assertThat(world.amount(sessions.getLast())).isEqualByComparingTo("2.00"); // 10 × 0.20
            assertThat(world.amount(sessions.getFirst())).isEqualByComparingTo("0.70"); // 3.5 × 0.20
            assertThat(world.nets("b10", "2026-10-02T12:00:00Z")).containsExactly("2.70");
        }
    }

    @Test
    void aZeroStartValueOnALifetimeRegisterIsNotInvoicedBeforeADecision() {
        try (var world = new BillingCase("b11")) {
            var session = world.chargeAll().getFirst();

            assertThat(world.cost(session).coverage()).isEqualTo(Coverage.UNKNOWN);
            assertThat(world.invoices("b11", "2026-10-02T12:00:00Z")).isEmpty();
        }
    }

    @Test
    void aSessionThatArrivesAfterItsInvoiceIsPricedBehindTheInvoicedEnergy() {
        try (var world = new BillingCase("b14")) {
            world.charge(0, "2026-09-10T18:00:00Z");
            world.invoices("b14", "2026-10-02T12:00:00Z");
            world.charge(1, "2026-10-20T09:00:00Z");
            var late = world.charge(2, "2026-10-21T09:00:00Z");

            assertThat(world.amount(late)).isEqualByComparingTo("1.90"); // 2 × 0.20 + 3 × 0.50, after 98 kWh
            var invoices = world.invoices("b14", "2026-11-02T12:00:00Z");
            assertThat(invoices.getFirst().net()).isEqualByComparingTo("19.60"); // 98 × 0.20
            assertThat(invoices.getLast().lines())
                    .extracting(line -> line.kind() + " " + line.amount())
                    .containsExactly("ENERGY 0.20", "SESSION 0.20", "ADJUSTMENT 1.90");
        }
    }

    @Test
    void aZeroReadingAtTheEndOfAMonthMovesNoEnergyIntoTheNextMonth() {
        try (var world = new BillingCase("b15")) {
            var session = world.chargeAll().getFirst();

            assertThat(world.lines(session)).containsExactly("2026-10-01T00:00 2", "2026-11-01T00:00 1.5");
            assertThat(world.amount(session)).isEqualByComparingTo("1.05"); // 3.5 × 0.30
        }
    }

    @Test
    void eachMonthsAdvanceFeeIsInvoicedOnceEvenAcrossAShortFebruary() {
        try (var world = new BillingCase("b19")) {
            assertThat(world.nets("b19", "2026-11-05T12:00:00Z")).hasSize(10).containsOnly("10.00");
        }
    }

    @Test
    void aCurrencyWithThreeDigitsHasItsFeeInThousandths() {
        try (var world = new BillingCase("b21")) {
            world.chargeAll();
            var invoice = world.invoices("b21", "2026-11-02T12:00:00Z").getFirst();

            assertThat(List.of(invoice.net(), invoice.total())) // 1.500 + 3 × 0.0335 = 1.6005
                    .containsExactly(new BigDecimal("1.601"), new BigDecimal("1.601"));
        }
    }

    @Test
    void aPriceOfFifteenDigitsIsMultipliedExactlyAndANegativePriceIsHandled() {
        try (var world = new BillingCase("b22")) {
            var session = world.chargeAll().getFirst();

            assertThat(world.amount(session)).isEqualByComparingTo("0.411481477778145885");
            assertThatThrownBy(() -> world.billing
                            .get(PlanService.class)
                            .save(TestPlan.standard("negative", "-0.30").json()))
                    .isInstanceOf(InvalidInput.class);
        }
    }

    @Test
    void aSessionBelongsToTheOwnerOfTheCardAtItsStartDespiteATransfer() {
        try (var world = new BillingCase("b23")) {
            var card = world.sync
                    .bean(CardService.class)
                    .ofDriver(world.driver("b23"))
                    .getFirst()
                    .id();
            world.at("2026-11-26T12:00:00Z");
            world.sync.bean(CardLinkService.class).transfer(card, world.driver("b23to"), Optional.empty());
            var session = world.charge(0, "2026-11-29T12:00:00Z");

            assertThat(world.sync.session(session.value()).driver()).contains(world.driver("b23"));
            assertThat(world.amount(session)).isEqualByComparingTo("1.50"); // 5 × 0.30
        }
    }

    @Test
    void twoCurrenciesAreNeverAddedUp() {
        try (var world = new BillingCase("b24")) {
            var francs = new HashMap<String, Object>(
                    TestPlan.standard("b24b", "0.20").fee(0).json());
            francs.put("amount_currency", "CHF");
            world.plan(francs);
            world.changePlan("b24", "b24b", "2026-10-01T00:00:00Z", "UTC");
            var sessions = world.chargeAll();

            assertThat(sessions.stream()
                            .map(session -> world.cost(session).amount().orElseThrow())
                            .map(money -> money.amount().stripTrailingZeros() + " " + money.currency())
                            .collect(Collectors.toList()))
                    .containsExactly("3 EUR", "2 CHF");
            assertThat(world.invoices("b24", "2026-11-02T12:00:00Z"))
                    .extracting(invoice -> invoice.net() + " " + invoice.currency())
                    .containsExactly("3.00 EUR", "2.00 CHF");
            assertThat(world.billing
                            .get(UsageService.class)
                            .of(world.driver("b24"), PeriodUsage.Span.YEAR, ZoneId.of("UTC"))
                            .amount())
                    .isEmpty();
        }
    }
}
