package express.polaris.steve;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;

/** The contract on the recordings, in the state of SteVe while transactions 3, 6 and 10 were active. */
class RecordedSteveTest extends SteveContract {

    /** Recordings of requests that were recorded twice, from before or after that state. */
    private static final Set<String> OTHER_MOMENTS = Set.of(
            "tx-list-active-empty",
            "tx-list-active-final",
            "tx-list-all-final",
            "tx-list-stopped-final",
            "tx-details-active-after-remotestop-energyonly-false",
            "tx-details-active-after-remotestop-energyonly-true",
            "tx-details-no-stop-after-patch-energyonly-false",
            "tx-details-no-stop-after-patch-energyonly-true",
            "tx-details-meter-reset-after-patch-energyonly-true",
            "tx-details-edge-cases-after-patch-energyonly-true",
            "tags-list-empty",
            "op-remotestart-rejected-by-station",
            "op-remotestop-already-stopped");

    /** Calls that the client does not make. */
    private static final List<String> OF_NO_CONCERN = List.of(
            "tags-create",
            "tags-delete",
            "tags-expire",
            "op-reservenow",
            "op-triggermessage",
            "op-getconfiguration",
            "op-getlocallistversion");

    private final RecordedSteve steve =
            RecordedSteve.of(Stream.of("tx-", "tags-", "op-", "patch-", "err-400", "err-403", "err-404")
                    .flatMap(RecordedSteve::names)
                    .filter(name -> OF_NO_CONCERN.stream().noneMatch(name::startsWith))
                    .filter(name -> !OTHER_MOMENTS.contains(name)));

    RecordedSteveTest() {
        steve.also("GET", "/transactions", "transactionPk=2147483647", "", "tx-list-from-to-empty-window");
        steve.also("GET", "/transactions/2147483647", "energyValuesOnly=maybe", "", "err-400-bad-bool");
        steve.also("GET", "/transactions/99999", "energyValuesOnly=false", "", "err-404-unknown-pk");
        steve.also("POST", "/operations/RemoteStartTransaction", "", "{}", "op-remotestart-400-missing-chargebox");
    }

    @AfterEach
    void stop() {
        steve.close();
    }

    @Override
    protected SteveSettings settings() {
        return steve.settings();
    }

    @Override
    protected long activeTransaction() {
        return 3;
    }

    @Override
    protected long finishedTransaction() {
        return 1;
    }

    @Override
    protected long anotherTransaction() {
        return 2;
    }

    @Override
    protected long unknownTransaction() {
        return 99999;
    }

    @Override
    protected String tagWithEverything() {
        return "TAG2";
    }

    @Override
    protected String blockedTag() {
        return "BLOCKED";
    }

    @Override
    protected Start acceptedStart() {
        return new Start("CP30", Optional.of(1), "TAG1");
    }

    @Override
    protected Start rejectedStart() {
        return new Start("CP32", Optional.empty(), "TAG1");
    }

    @Override
    protected Start unansweredStart() {
        return new Start("CP31", Optional.of(1), "TAG1");
    }

    @Override
    protected Start offlineStart() {
        return new Start("CP1", Optional.of(1), "TAG1");
    }

    @Override
    protected Start unknownStationStart() {
        return new Start("NOPE", Optional.of(1), "TAG1");
    }

    @Override
    protected Start blockedTagStart() {
        return new Start("CP30", Optional.of(1), "BLOCKED");
    }

    @Override
    protected Start unknownTagStart() {
        return new Start("CP30", Optional.of(1), "NOBODY");
    }

    @Override
    protected Stop acceptedStop() {
        return new Stop("CP30", 20);
    }

    @Override
    protected Stop inactiveStop() {
        return new Stop("CP32", 20);
    }

    @Override
    protected Stop offlineStop() {
        return new Stop("CP5", 10);
    }
}
