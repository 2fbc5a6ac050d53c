package express.polaris.portal.sessions;

import express.polaris.portal.CardView;
import express.polaris.portal.ChargerView;
import express.polaris.portal.CostView;
import express.polaris.portal.TimelineView;
import express.polaris.units.Energy;
import express.polaris.units.Power;
import express.polaris.web.Fragment;
import express.polaris.web.Shell;
import express.polaris.web.views.SessionHead;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Page {@code /sessions/{id}}; the components are in page order.
 *
 * @param word the operators' check of its energy, or their decision
 * @param live live card; present exactly while the session is live
 * @param factsCard rendered {@link FactsPart}
 */
public record SessionPage(
        Shell shell,
        SessionHead head,
        Optional<Word> word,
        Optional<LiveCard> live,
        Totals totals,
        Facts facts,
        Fragment factsCard,
        Cost cost,
        Fragment timeline,
        Siblings siblings) {

    /** The same page while SteVe does not confirm at which charger the live session is. */
    SessionPage withUnconfirmedCharger() {
        return new SessionPage(
                shell,
                head,
                word,
                live.map(LiveCard::withoutCharger),
                totals,
                facts,
                factsCard,
                cost,
                timeline,
                siblings);
    }

    /** State of the operators' check of the session's energy. */
    public sealed interface Word {

        /** The session is held until an operator decides its energy. */
        record Checking(Energy reported) implements Word {}

        /**
         * @param reason the operator's text
         */
        record Decided(Energy energy, String reason) implements Word {}
    }

    /**
     * Totals so far, or final ones.
     *
     * @param duration from start to stop, or to now while live
     * @param average absent without a duration
     */
    public record Totals(Energy energy, Duration duration, Optional<Power> average) {}

    /** Cost, with the rendered section that explains it. */
    public record Cost(CostView.Sum sum, Fragment card) {}

    /**
     * Course of the session.
     *
     * @param charging time in which energy flowed
     * @param average average power in that time; absent if no energy flowed
     * @param peak highest power
     */
    public record Course(Duration charging, Optional<Power> average, Optional<TimelineView.Measured> peak) {}

    /** The viewer's previous and next session. */
    public record Siblings(Optional<Long> previous, Optional<Long> next) {}

    /**
     * Content of the live card besides the totals.
     *
     * @param power latest power; absent before the first reading
     * @param charger charger and connector; absent if SteVe does not confirm them within the time allowed
     * @param stoppable whether the viewer may stop it
     * @param now server time, from which the browser continues counting
     */
    public record LiveCard(
            Optional<TimelineView.Measured> power,
            Optional<Integer> soc,
            Optional<ChargerView> charger,
            boolean stoppable,
            Instant now) {

        LiveCard withoutCharger() {
            return new LiveCard(power, soc, Optional.empty(), stoppable, now);
        }
    }

    /**
     * Charger, card and times.
     *
     * @param charger charger as stored
     * @param stopReason as OCPP names it, such as {@code Local}, or {@code Manual}
     */
    public record Facts(
            Optional<ChargerView> charger,
            Optional<CardView> card,
            Instant startedAt,
            Optional<Instant> endedAt,
            Optional<Energy> meterStart,
            Optional<Energy> meterStop,
            Optional<String> stopReason) {}
}
