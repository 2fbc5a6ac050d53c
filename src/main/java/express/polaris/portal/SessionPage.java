package express.polaris.portal;

import express.polaris.units.Energy;
import express.polaris.units.Power;
import express.polaris.web.Fragment;
import express.polaris.web.Shell;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The page {@code /sessions/{id}}, in the order it shows its parts.
 *
 * @param word what the operator does or did about its energy
 * @param live the live card, present exactly while the session is live
 * @param factsCard the facts, and how it went
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

    /** What the operator does or did about the energy of the session. */
    public sealed interface Word {

        /** The energy is held until the operator has decided. */
        record Checking(Energy reported) implements Word {}

        /** @param reason in the operator's words */
        record Decided(Energy energy, String reason) implements Word {}
    }

    /**
     * Energy so far or in the end.
     *
     * @param duration start to stop, or to now while live
     * @param average absent without a duration
     */
    public record Totals(Energy energy, Duration duration, Optional<Power> average) {}

    /** What it costs, with the card that explains it. */
    public record Cost(CostView.Sum sum, Fragment card) {}

    /**
     * How it went.
     *
     * @param charging the time in which energy came
     * @param average while it charged; absent when it never did
     * @param peak the highest power
     */
    public record Course(Duration charging, Optional<Power> average, Optional<TimelineView.Measured> peak) {}

    /** The viewer's sessions before and after this one. */
    public record Siblings(Optional<Long> previous, Optional<Long> next) {}

    /**
     * What the live card shows beside the totals.
     *
     * @param power the latest, absent before the first reading
     * @param charger the identity strip, absent when it could not be had in time
     * @param stoppable the viewer may stop it now
     * @param now the server's clock, from which the browser counts on
     */
    public record LiveCard(
            Optional<TimelineView.Measured> power,
            Optional<Integer> soc,
            Optional<ChargerView> charger,
            boolean stoppable,
            Instant now) {}

    /**
     * Charger, card and times.
     *
     * @param charger as stored, absent when unknown
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
