package express.polaris.console.stations;

import express.polaris.console.TypedText;
import express.polaris.stations.chargers.Charger;
import express.polaris.stations.chargers.ChargerEdit;
import express.polaris.stations.chargers.ChargerEdit.ConnectorEdit;
import express.polaris.units.Power;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Charger form, as typed. */
public record ChargerForm(String name, String publicId, String location, List<Row> connectors) {

    private static final int MOST_ROWS = 100;

    /** Row of a connector; a blank row is ignored. */
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
        int rows = Math.min(MOST_ROWS + 1, TypedText.all(form, "connectorId").size());
        return new ChargerForm(
                TypedText.first(form, "name"),
                TypedText.first(form, "publicId"),
                TypedText.first(form, "location"),
                IntStream.range(0, rows)
                        .mapToObj(place -> new Row(
                                TypedText.at(form, "connectorId", place),
                                TypedText.at(form, "type", place),
                                TypedText.at(form, "maxKw", place)))
                        .toList());
    }

    /** Adds a row for the next connector id. */
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

    /** Removes the row at this index; has no effect if there is no such row. */
    ChargerForm withoutRow(String place) {
        var rows = IntStream.range(0, connectors.size())
                .filter(row -> !place.equals(Integer.toString(row)))
                .mapToObj(connectors::get)
                .toList();
        return new ChargerForm(name, publicId, location, rows);
    }

    /** Drops blank rows, so that a fault's index matches the row. */
    ChargerForm withoutEmptyRows() {
        return new ChargerForm(
                name,
                publicId,
                location,
                connectors.stream().filter(row -> !row.isEmpty()).toList());
    }

    /** Converts the form. Unreadable input becomes a value that validation rejects. */
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
                                        .map(text -> TypedText.decimal(text).orElse(BigDecimal.ZERO))))
                        .toList());
    }

    private static int connectorId(String text) {
        return text.strip().matches("\\d{1,6}") ? Integer.parseInt(text.strip()) : 0;
    }
}
