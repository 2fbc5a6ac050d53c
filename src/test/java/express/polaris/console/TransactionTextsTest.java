package express.polaris.console;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.billing.cost.Coverage;
import express.polaris.documents.Texts;
import express.polaris.sessions.SessionTrait;
import express.polaris.sessions.StuckCause;
import express.polaris.steve.SteveCircuit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts with keys composed from data: every possible value has a text. */
class TransactionTextsTest {

    /**
     * The outcomes used by {@link express.polaris.metering.RowOutcome} and {@link
     * express.polaris.sessions.events.SessionImport}.
     */
    private static final List<String> READINGS = List.of(
            "energy",
            "power",
            "soc",
            "closing",
            "before_start",
            "after_stop",
            "held_until",
            "unreadable",
            "signed_data",
            "not_used",
            "other_series",
            "phase_incomplete",
            "duplicate",
            "superseded",
            "unchanged",
            "noise",
            "outlier",
            "undecided",
            "no_event",
            "invoiced");

    static Stream<String> keys() {
        return Stream.of(
                        Stream.of("tx.mark.stuck", "tx.actor.station", "tx.actor.manual"),
                        Arrays.stream(SessionTrait.values()).map(trait -> "tx.mark." + trait.wireName()),
                        READINGS.stream().map(reason -> "tx.reading." + reason),
                        names("tx.mark.stuck.", StuckCause.values()),
                        names("tx.stuck.", StuckCause.values()),
                        names("attention.stuck_session.", StuckCause.values()),
                        names("tx.coverage.", Coverage.values()),
                        names("sync.circuit.", SteveCircuit.values()),
                        names("sync.circuitText.", SteveCircuit.values()),
                        Stream.of("schedule", "operator", "start", "push").map(trigger -> "sync.trigger." + trigger))
                .flatMap(keys -> keys);
    }

    private static Stream<String> names(String prefix, Enum<?>[] values) {
        return Arrays.stream(values).map(value -> prefix + value.name().toLowerCase(Locale.ROOT));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void everyKeyHasATextInEveryLanguage(String key) {
        for (var language : Texts.LANGUAGES) {
            assertThat(Texts.of(language).find(key)).as(language.toString()).isPresent();
        }
    }
}
