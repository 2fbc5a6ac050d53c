package express.polaris.console;

import express.polaris.chargers.Charger;
import express.polaris.chargers.ChargerEdit;
import express.polaris.chargers.ChargerEdit.ConnectorEdit;
import express.polaris.units.Power;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** What an operator types about a charger, as it was typed. */
public record ChargerForm(String name, String publicId, String location, List<Row> connectors) {

    private static final int MOST_ROWS = 100;

    /** A connector; a row in which nothing was typed is none. */
    public record Row(String id, String type, String maxKw) {

        boolean isEmpty() {
            return id.isBlank() && type.isBlank() && maxKw.isBlank();
        }
    }

    public ChargerForm {
        connectors = List.copyOf(connectors);
    }

    static ChargerForm of(Charger charger) {
        return new ChargerForm(
                charger.name(),
                charger.publicId().orElse(""),
                charger.location(),
                charger.connectors().stream()
                        .map(connector -> new Row(
                                Integer.toString(connector.id()),
                                connector.type().orElse(""),
                                connector
                                        .max()
                                        .map(Power::kilowatts)
                                        .map(kw -> kw.stripTrailingZeros().toPlainString())
                                        .orElse("")))
                        .toList());
    }

    static ChargerForm of(Map<String, List<String>> form) {
        int rows = Math.min(MOST_ROWS + 1, Typed.all(form, "connectorId").size());
        return new ChargerForm(
                Typed.first(form, "name"),
                Typed.first(form, "publicId"),
                Typed.first(form, "location"),
                IntStream.range(0, rows)
                        .mapToObj(place -> new Row(
                                Typed.at(form, "connectorId", place),
                                Typed.at(form, "type", place),
                                Typed.at(form, "maxKw", place)))
                        .toList());
    }

    /** With one more row, for the next connector. */
    ChargerForm withRow() {
        int next = 1
                + connectors.stream()
                        .mapToInt(row -> connectorId(row.id()))
                        .max()
                        .orElse(0);
        var rows = new ArrayList<>(connectors);
        rows.add(new Row(Integer.toString(next), "", ""));
        return new ChargerForm(name, publicId, location, rows);
    }

    /** Without the row at this place; the same where there is none. */
    ChargerForm withoutRow(String place) {
        var rows = IntStream.range(0, connectors.size())
                .filter(row -> !place.equals(Integer.toString(row)))
                .mapToObj(connectors::get)
                .toList();
        return new ChargerForm(name, publicId, location, rows);
    }

    /** Without rows in which nothing was typed, so that a fault's place is the row's. */
    ChargerForm withoutEmptyRows() {
        return new ChargerForm(
                name,
                publicId,
                location,
                connectors.stream().filter(row -> !row.isEmpty()).toList());
    }

    /** What cannot be read becomes what is refused. */
    ChargerEdit edit() {
        return new ChargerEdit(
                name,
                Optional.of(publicId),
                location,
                connectors.stream()
                        .map(row -> new ConnectorEdit(
                                connectorId(row.id()),
                                Optional.of(row.type()),
                                Optional.of(row.maxKw())
                                        .filter(text -> !text.isBlank())
                                        .map(text -> Typed.decimal(text).orElse(BigDecimal.ZERO))))
                        .toList());
    }

    private static int connectorId(String text) {
        return text.strip().matches("\\d{1,6}") ? Integer.parseInt(text.strip()) : 0;
    }
}
