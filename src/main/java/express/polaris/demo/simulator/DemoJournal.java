package express.polaris.demo.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Journal of what the demo's world cannot compute: when it ran, and users' actions. An entry is written before it takes
 * effect, so that a process killed at any moment restores the same world. One line per entry; a line cut short by a
 * kill is dropped.
 */
final class DemoJournal {

    /** Entry, one line. */
    sealed interface Entry permits RanFrom, RanUntil, RemoteStarted, EndedEarly {}

    /** The demo started. */
    record RanFrom(Instant at) implements Entry {}

    /** The timetable holds at least until then. */
    record RanUntil(Instant at) implements Entry {}

    /** A session was started from the portal. */
    record RemoteStarted(long id, String chargeBoxId, int connectorId, String idTag, Instant at, long startWattHours)
            implements Entry {}

    /** A session was ended before its planned end. */
    record EndedEarly(long id, Instant at, long wattHours, StopActor actor) implements Entry {}

    private final Optional<Path> file;
    private final List<Entry> entries = new ArrayList<>();

    private DemoJournal(Optional<Path> file) {
        this.file = file;
    }

    /** Journal without a file, lost when the process ends. */
    static DemoJournal inMemory() {
        return new DemoJournal(Optional.empty());
    }

    /**
     * Journal in a file, which need not exist yet.
     *
     * @throws UncheckedIOException when it cannot be read or created
     */
    static DemoJournal at(Path file) {
        var journal = new DemoJournal(Optional.of(file));
        try {
            if (Files.exists(file)) {
                var text = Files.readString(file);
                var whole = text.substring(0, text.lastIndexOf('\n') + 1);
                if (whole.length() < text.length()) {
                    Files.writeString(file, whole);
                }
                whole.lines().map(DemoJournal::parse).flatMap(Optional::stream).forEach(journal.entries::add);
            } else if (file.getParent() != null) {
                Files.createDirectories(file.getParent());
            }
            return journal;
        } catch (IOException e) {
            throw new UncheckedIOException("The demo's journal " + file + " cannot be read", e);
        }
    }

    boolean isDurable() {
        return file.isPresent();
    }

    List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** @throws UncheckedIOException when the file cannot be written */
    void append(Entry entry) {
        file.ifPresent(path -> {
            try {
                Files.writeString(
                        path,
                        line(entry) + "\n",
                        StandardCharsets.UTF_8,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException("The demo's journal " + path + " cannot be written", e);
            }
        });
        entries.add(entry);
    }

    private static String line(Entry entry) {
        return switch (entry) {
            case RanFrom from -> "from\t" + from.at();
            case RanUntil until -> "until\t" + until.at();
            case RemoteStarted start ->
                String.join(
                        "\t",
                        "start",
                        Long.toString(start.id()),
                        start.chargeBoxId(),
                        Integer.toString(start.connectorId()),
                        start.idTag(),
                        start.at().toString(),
                        Long.toString(start.startWattHours()));
            case EndedEarly end ->
                String.join(
                        "\t",
                        "end",
                        Long.toString(end.id()),
                        end.at().toString(),
                        Long.toString(end.wattHours()),
                        end.actor().name());
        };
    }

    private static Optional<Entry> parse(String line) {
        var field = line.split("\t", -1);
        return switch (field[0] + field.length) {
            case "from2" -> Optional.of(new RanFrom(Instant.parse(field[1])));
            case "until2" -> Optional.of(new RanUntil(Instant.parse(field[1])));
            case "start7" ->
                Optional.of(new RemoteStarted(
                        Long.parseLong(field[1]),
                        field[2],
                        Integer.parseInt(field[3]),
                        field[4],
                        Instant.parse(field[5]),
                        Long.parseLong(field[6])));
            case "end5" ->
                Optional.of(new EndedEarly(
                        Long.parseLong(field[1]),
                        Instant.parse(field[2]),
                        Long.parseLong(field[3]),
                        StopActor.valueOf(field[4])));
            default -> Optional.empty();
        };
    }
}
