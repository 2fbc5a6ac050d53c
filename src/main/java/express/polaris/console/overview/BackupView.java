package express.polaris.console.overview;

import java.util.List;

/**
 * Card of the backups on the health page.
 *
 * @param message sentence that describes the state
 * @param advice what to do; empty if nothing has to be done
 * @param canBegin whether the portal can make a backup now
 */
public record BackupView(HealthPage.State state, String message, String advice, List<Fact> facts, boolean canBegin) {

    public BackupView {
        facts = List.copyOf(facts);
    }

    /**
     * @param key text key of its name
     */
    public record Fact(String key, String value) {}
}
