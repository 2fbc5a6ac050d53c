package express.polaris.billing.tariffs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import express.polaris.billing.pricing.PriceSeries.Price;
import express.polaris.billing.tariffs.StoredSeries.Unit;
import express.polaris.platform.refusals.Fault;
import express.polaris.platform.refusals.FaultCollector;
import express.polaris.platform.refusals.InvalidInput;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class PriceReaderTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static List<Price> read(String csv) {
        var faults = new FaultCollector();
        var prices = PriceReader.read(PriceTable.read(csv), BERLIN, Unit.KWH, faults);
        faults.throwIfAny();
        return prices;
    }

    private static List<Fault> faults(String csv) {
        var faults = new FaultCollector();
        PriceReader.read(PriceTable.read(csv), BERLIN, Unit.KWH, faults);
        return faults.list();
    }

    private static Price price(String from, String to, String perKwh) {
        return new Price(Instant.parse(from), Instant.parse(to), new BigDecimal(perKwh));
    }

    @Test
    void instantsAndLocalTimesAreReadWithEitherSeparatorAndDecimalMark() {
        assertThat(read("""
            \uFEFFPrice;From;To;Note
            -12,5;2026-12-01 00:00;2026-12-01 01:00;windy

            0.2;2026-12-01T01:00:00+01:00;2026-12-01T00:15:00Z;
            """))
                .containsExactly(
                        price("2026-11-30T23:00:00Z", "2026-12-01T00:00:00Z", "-12.5"),
                        price("2026-12-01T00:00:00Z", "2026-12-01T00:15:00Z", "0.2"));
        assertThat(read("from,to,price\n2026-12-01T00:00,2026-12-01T00:15,\"0,2\"\n"))
                .containsExactly(price("2026-11-30T23:00:00Z", "2026-11-30T23:15:00Z", "0.2"));
    }

    @Test
    void aPricePerMegawattHourIsStoredPerKilowattHour() {
        var drafts = List.of(new PriceDraft("prices[0]", "2026-12-01T00:00:00Z", "2026-12-01T01:00:00Z", "83.21"));

        assertThat(PriceReader.read(drafts, BERLIN, Unit.MWH, new FaultCollector()))
                .containsExactly(price("2026-12-01T00:00:00Z", "2026-12-01T01:00:00Z", "0.08321")); // 83.21 ÷ 1000
    }

    @Test
    void moreDecimalsThanAreStoredAreRoundedHalfUp() {
        var drafts = List.of(
                new PriceDraft("prices[0]", "2026-12-01T00:00:00Z", "2026-12-01T01:00:00Z", "93.92000000000002"));

        assertThat(PriceReader.read(drafts, BERLIN, Unit.MWH, new FaultCollector()))
                .extracting(Price::perKwh)
                .containsExactly(new BigDecimal("0.0939200000000")); // 93.92 ÷ 1000
        assertThat(read("""
            from,to,price
            2026-12-01 00:00,2026-12-01 01:00,0.12345678901235
            2026-12-01 01:00,2026-12-01 02:00,-0.12345678901235
            2026-12-01 02:00,2026-12-01 03:00,0.12345678901234999
            2026-12-01 03:00,2026-12-01 04:00,0.00000000000000005551115123125783
            """))
                .extracting(Price::perKwh)
                .extracting(BigDecimal::toPlainString)
                .containsExactly("0.1234567890124", "-0.1234567890124", "0.1234567890123", "0.0000000000000");
        assertThat(faults("from,to,price\n2026-12-01 00:00,2026-12-01 01:00,0." + "1".repeat(41) + "\n"))
                .extracting(Fault::field)
                .containsExactly("lines[2].price");
    }

    /** Fails if times with and without an offset have different bounds; the database ends long before year 9999. */
    @Test
    void timesFarFromTodayAreRefused() {
        var faults = faults("""
            from,to,price
            0000-01-01 00:00,0000-01-01 01:00,1
            0206-12-01 00:00,2026-12-01 01:00,1
            9999-12-31 23:30,9999-12-31 23:45,1
            1999-12-31T23:45:00Z,2000-01-01T00:00:00Z,1
            2200-01-01 00:30,2200-01-01 01:15,1
            """);

        assertThat(faults)
                .extracting(Fault::field)
                .containsExactly(
                        "lines[2].from",
                        "lines[2].to",
                        "lines[3].from",
                        "lines[4].from",
                        "lines[4].to",
                        "lines[5].from",
                        "lines[6].to");
        assertThat(faults.get(2).message()).isEqualTo("Must be in the years 2000 to 2199, not \"0206-12-01 00:00\".");
        assertThat(read("from,to,price\n2200-01-01 00:30,2200-01-01 01:00,1\n"))
                .containsExactly(price("2199-12-31T23:30:00Z", "2200-01-01T00:00:00Z", "1"));
    }

    @Test
    void anHourThatTheClockRepeatsIsReadTwice() {
        var prices = read("""
            from,to,price
            2026-10-25 01:00,2026-10-25 02:00,1
            2026-10-25 02:00,2026-10-25 03:00,2
            2026-10-25 02:00,2026-10-25 03:00,3
            2026-10-25 03:00,2026-10-25 04:00,4
            """);

        assertThat(prices)
                .containsExactly(
                        price("2026-10-24T23:00:00Z", "2026-10-25T00:00:00Z", "1"),
                        price("2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z", "2"),
                        price("2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z", "3"),
                        price("2026-10-25T02:00:00Z", "2026-10-25T03:00:00Z", "4"));
    }

    @Test
    void quarterHoursOfBothClockChangesLeaveNoGap() {
        var spring = new StringBuilder("from;to;price\n");
        var autumn = new StringBuilder("from;to;price\n");
        for (var of : List.of(spring, autumn)) {
            var at = Instant.parse(of == spring ? "2026-03-28T23:00:00Z" : "2026-10-24T22:00:00Z");
            for (int quarter = 0; quarter < (of == spring ? 92 : 100); quarter++) {
                var end = at.plus(Duration.ofMinutes(15));
                of.append(at.atZone(BERLIN).toLocalDateTime()).append(';');
                of.append(end.atZone(BERLIN).toLocalDateTime()).append(";0,1\n");
                at = end;
            }
        }

        for (var of : List.of(spring, autumn)) {
            var prices = read(of.toString());
            assertThat(prices).hasSize(of == spring ? 92 : 100); // 24 × 4 ∓ 4
            for (int place = 1; place < prices.size(); place++) {
                assertThat(prices.get(place).from())
                        .isEqualTo(prices.get(place - 1).to());
            }
        }
    }

    @Test
    void allFaultsAreReportedAtOnceWithTheirLine() {
        assertThat(faults("""
            from,to,price
            2026-12-01 00:00,2026-12-01 01:00,cheap
            2026-12-01 25:00,tomorrow,1
            2026-12-01 02:00,2026-12-01 02:00,1
            2026-12-01 03:00,2026-12-03 03:00,1
            2026-12-01 04:00,2026-12-01 05:00,1
            2026-12-01 04:45,2026-12-01 05:45,1
            2026-03-29 02:30,2026-03-29 03:30,1.234,56
            """))
                .extracting(Fault::field)
                .containsExactly(
                        "lines[2].price",
                        "lines[3].from",
                        "lines[3].to",
                        "lines[4].to",
                        "lines[5].to",
                        "lines[7]",
                        "lines[8].from");
        assertThat(faults("from,to,price\n2026-03-29 02:30,2026-03-29 03:30,1\n")
                        .getFirst()
                        .message())
                .isEqualTo("Does not exist in Europe/Berlin: the clock skips 2026-03-29 02:30.");
        assertThat(faults("from,to,price\n")).extracting(Fault::field).containsExactly("prices");
    }

    @Test
    void aTableWithoutTheColumnsIsRefused() {
        assertThatThrownBy(() -> read("start;end;price\n1;2;3\n"))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refused -> assertThat(refused.faults().getFirst().message())
                                .endsWith("this one has: start, end, price."));
        assertThatThrownBy(() -> read("")).isInstanceOf(InvalidInput.class);
    }
}
