package express.polaris.billing.tariffs;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Market prices to store.
 *
 * @param name empty = as it is; that of a new series is its code
 * @param currency empty = as it is; that of a new series is the installation's
 * @param unit {@code kwh} or {@code mwh}; empty = as it is; that of a new series is {@code kwh}
 * @param zone of times without an offset; empty = the installation's
 */
public record PriceUpload(
        Optional<String> name,
        Optional<String> currency,
        Optional<String> unit,
        Optional<String> zone,
        List<PriceDraft> prices) {

    public PriceUpload {
        prices = List.copyOf(prices);
    }

    /** Zone of the times; empty if it is not valid. */
    Optional<ZoneId> zoneOr(ZoneId usual) {
        return zone.isEmpty()
                ? Optional.of(usual)
                : zone.map(String::strip)
                        .filter(ZoneId.getAvailableZoneIds()::contains)
                        .map(ZoneId::of);
    }
}
