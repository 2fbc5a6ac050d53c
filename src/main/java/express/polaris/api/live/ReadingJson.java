package express.polaris.api.live;

import express.polaris.metering.MeterEvent;
import express.polaris.metering.ReadingFlag;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Entry of a session's timeline, as JSON.
 *
 * @param totalKwh the session's energy up to this reading
 * @param cost unrounded, in the currency of the session's cost; null when it could not be priced
 */
@Schema(name = "ApiReading")
public record ReadingJson(
        int position,
        Instant measuredAt,
        BigDecimal kwhDelta,
        BigDecimal totalKwh,
        Optional<BigDecimal> powerKw,
        boolean powerDerived,
        Optional<Integer> soc,
        boolean isFinal,
        List<String> flags,
        Optional<BigDecimal> cost) {

    static ReadingJson of(MeterEvent event, Energy total, Optional<Money> cost) {
        return new ReadingJson(
                event.position(),
                event.measuredAt(),
                event.delta().kilowattHours(),
                total.kilowattHours(),
                event.power().map(SessionJson::kilowatts),
                event.powerDerived(),
                event.soc().map(SessionJson::percent),
                event.isFinal(),
                event.flags().stream().map(ReadingFlag::wireName).sorted().toList(),
                cost.map(money -> CostJson.plain(money.amount())));
    }
}
