package express.polaris.web.views;

import express.polaris.accounts.AccountId;
import express.polaris.stations.chargers.ChargeBoxId;
import express.polaris.web.PathId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.web.util.UriUtils;

/** Paths of the console's pages. */
public final class ConsolePaths {

    private ConsolePaths() {}

    public static String charger(ChargeBoxId id) {
        return PathId.under("/operator/chargers", id.value());
    }

    public static String plan(String code) {
        return PathId.under("/operator/plans", code);
    }

    public static String driverGroup(String code) {
        return "/operator/driver-groups/" + code;
    }

    public static String priceSeries(String code) {
        return PathId.under("/operator/prices/series", code);
    }

    public static String driver(AccountId id) {
        return "/operator/drivers/" + id;
    }

    public static String subscriptions(AccountId id) {
        return driver(id) + "/subscriptions";
    }

    public static String invoice(String number) {
        return "/operator/invoices/" + number;
    }

    /** Appends the non-empty parameters to the path. */
    public static String with(String path, TreeMap<String, String> parameters) {
        var query = parameters.entrySet().stream()
                .filter(parameter -> !parameter.getValue().isEmpty())
                .map(parameter ->
                        parameter.getKey() + "=" + UriUtils.encode(parameter.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? path : path + "?" + query;
    }

    /** Parses an id from a URL; empty when invalid. */
    public static Optional<Long> id(String text) {
        return text.matches("[1-9][0-9]{0,17}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }
}
