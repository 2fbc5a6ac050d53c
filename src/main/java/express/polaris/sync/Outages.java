package express.polaris.sync;

import express.polaris.sync.SyncConcerns.Failing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Merges the errors of an outage of SteVe into one. */
final class Outages {

    private Outages() {}

    /**
     * The errors, with those of an outage merged into one at the place of the latest. An error while other sessions are
     * read is kept.
     *
     * @param errors latest first
     * @param lastRead when a live session was last read successfully
     */
    static List<Failing> told(List<Failing> errors, Optional<Instant> lastRead) {
        var away = errors.stream()
                .filter(error -> error.fault().tellsOfAnOutage())
                .filter(error -> error.transaction().isEmpty()
                        || lastRead.filter(at -> !at.isBefore(error.last())).isEmpty())
                .toList();
        boolean concernsOneTransaction =
                away.size() == 1 && away.getFirst().transaction().isPresent();
        if (away.isEmpty() || concernsOneTransaction) {
            return errors;
        }
        var told = new ArrayList<Failing>();
        for (var error : errors) {
            if (!away.contains(error)) {
                told.add(error);
            } else if (error.equals(away.getFirst())) {
                told.add(outage(away));
            }
        }
        return told;
    }

    private static Failing outage(List<Failing> away) {
        var latest = away.stream()
                .filter(error -> error.transaction().isEmpty())
                .findFirst()
                .orElse(away.getFirst());
        var first = away.stream().map(Failing::first).min(Comparator.naturalOrder());
        var run = away.stream().mapToLong(Failing::run).max();
        return new Failing(
                true,
                away.stream().filter(error -> error.transaction().isPresent()).count(),
                Optional.empty(),
                latest.fault(),
                away.stream().mapToLong(Failing::times).sum(),
                first.orElseThrow(),
                away.getFirst().last(),
                run.orElseThrow(),
                "outage " + first.orElseThrow());
    }
}
