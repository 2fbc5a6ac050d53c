package express.polaris.attention;

import express.polaris.accounts.AccountId;
import express.polaris.cards.IdTag;
import express.polaris.sessions.ClosingFault;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.StuckCause;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import express.polaris.web.PathId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One thing that needs attention: what is known of it, and the page that mends it. */
public sealed interface Finding {

    AttentionKind kind();

    /** The page that mends it, or says more. */
    String href();

    /** A driver as an operator calls them. */
    record Person(AccountId id, String name) {}

    /** Events of this session do not come to the energy that counts. */
    record AccountingDifference(SessionId session) implements Finding {
        @Override
        public AttentionKind kind() {
            return AttentionKind.ACCOUNTING_DIFFERENCE;
        }

        @Override
        public String href() {
            return page(session);
        }
    }

    /** @param reason in sync's own words, in English */
    record SyncPaused(String reason) implements Finding {
        @Override
        public AttentionKind kind() {
            return AttentionKind.SYNC_PAUSED;
        }

        @Override
        public String href() {
            return kind().listHref();
        }
    }

    /** @param why in the words of the operator who paused it */
    record SyncStopped(String why) implements Finding {
        @Override
        public AttentionKind kind() {
            return AttentionKind.SYNC_STOPPED;
        }

        @Override
        public String href() {
            return kind().listHref();
        }
    }

    /**
     * SteVe gives no answers: one trouble, however many transactions wait for it.
     *
     * @param waiting how many transactions could not be read; 0 while none was tried
     * @param reason in sync's own words, in English
     * @param run the latest that has it
     */
    record SteveAway(long waiting, String reason, long run) implements Finding {
        @Override
        public AttentionKind kind() {
            return AttentionKind.SYNC_ERROR;
        }

        @Override
        public String href() {
            return "/operator/sync/" + run;
        }
    }

    /**
     * @param reason in sync's own words, in English
     * @param run the latest that has it
     */
    record SyncError(Optional<Long> transaction, String reason, long run) implements Finding {
        @Override
        public AttentionKind kind() {
            return AttentionKind.SYNC_ERROR;
        }

        @Override
        public String href() {
            return "/operator/sync/" + run;
        }
    }

    /** @param cause why it is taken for stuck */
    record StuckSession(SessionId session, String charger, StuckCause cause) implements Finding {
        @Override
        public AttentionKind kind() {
            return AttentionKind.STUCK_SESSION;
        }

        @Override
        public String href() {
            return page(session);
        }
    }

    /** @param fault why there is no closing reading; empty when it has not been read since */
    record AwaitingFinalReading(SessionId session, Optional<ClosingFault> fault) implements Finding {
        @Override
        public AttentionKind kind() {
            return AttentionKind.AWAITING_FINAL_READING;
        }

        @Override
        public String href() {
            return page(session);
        }
    }

    /** @param charging one of its sessions is live */
    record UnlinkedTag(IdTag idTag, long sessions, Energy energy, boolean charging) implements Finding {
        @Override
        public AttentionKind kind() {
            return AttentionKind.UNLINKED_TAG;
        }

        @Override
        public String href() {
            return "/operator/cards/link?idTag=" + URLEncoder.encode(idTag.value(), StandardCharsets.UTF_8);
        }
    }

    /** Energy that waits for an operator's word. */
    record ImplausibleEnergy(SessionId session, Energy energy) implements Finding {
        @Override
        public AttentionKind kind() {
            return AttentionKind.IMPLAUSIBLE_ENERGY;
        }

        @Override
        public String href() {
            return page(session);
        }
    }

    /** A driver's sessions that no subscription covers. */
    record NoSubscription(Person driver, long sessions, Energy energy) implements Finding {
        @Override
        public AttentionKind kind() {
            return AttentionKind.UNPRICED_SESSIONS;
        }

        @Override
        public String href() {
            return "/operator/drivers/" + driver.id() + "/subscriptions";
        }
    }

    /** Sessions have no price because nobody has made a plan yet. */
    record NoPlan(long sessions, Energy energy) implements Finding {
        @Override
        public AttentionKind kind() {
            return AttentionKind.UNPRICED_SESSIONS;
        }

        @Override
        public String href() {
            return "/operator/plans";
        }
    }

    /** The session's price could not be looked up. */
    record PriceFailed(SessionId session) implements Finding {
        @Override
        public AttentionKind kind() {
            return AttentionKind.UNPRICED_SESSIONS;
        }

        @Override
        public String href() {
            return page(session);
        }
    }

    /** @param features what is not computed, as the plan's faults name it */
    record UnsupportedPlan(String code, int version, List<String> features, long subscriptions) implements Finding {
        @Override
        public AttentionKind kind() {
            return AttentionKind.UNSUPPORTED_PLAN;
        }

        @Override
        public String href() {
            return PathId.under("/operator/plans", code);
        }
    }

    /** @param reason in sync's own words, in English */
    record ReusedId(SessionId session, String reason) implements Finding {
        @Override
        public AttentionKind kind() {
            return AttentionKind.REUSED_ID;
        }

        @Override
        public String href() {
            return page(session);
        }
    }

    /** @param energy of its last reading, on which it was closed */
    record VanishedTransaction(SessionId session, Energy energy) implements Finding {
        @Override
        public AttentionKind kind() {
            return AttentionKind.VANISHED_TRANSACTION;
        }

        @Override
        public String href() {
            return page(session);
        }
    }

    /**
     * The two numbers of a session's energy do not agree.
     *
     * @param larger SteVe's is the larger one: nothing of the session is invoiced
     * @param stake by how much they differ
     * @param price of that, at the driver's price; empty where it cannot be told
     */
    record DisputedEnergy(SessionId session, boolean larger, Energy stake, Optional<Money> price) implements Finding {
        @Override
        public AttentionKind kind() {
            return AttentionKind.DISPUTED_ENERGY;
        }

        @Override
        public String href() {
            return page(session) + "/energy";
        }
    }

    /** @param steveStartedAt the start that SteVe has */
    record WrongClock(SessionId session, Instant startedAt, Instant steveStartedAt) implements Finding {
        @Override
        public AttentionKind kind() {
            return AttentionKind.WRONG_CLOCK;
        }

        @Override
        public String href() {
            return page(session);
        }
    }

    /** @param mailKind as it was queued, e.g. {@code session_ended} */
    record FailedMail(long mail, Person recipient, String mailKind, String error) implements Finding {
        @Override
        public AttentionKind kind() {
            return AttentionKind.FAILED_MAIL;
        }

        @Override
        public String href() {
            return kind().listHref();
        }
    }

    /** Operators were told that this card is lost. */
    record LostCard(Person driver, long card) implements Finding {
        @Override
        public AttentionKind kind() {
            return AttentionKind.LOST_CARD;
        }

        @Override
        public String href() {
            return "/operator/drivers/" + driver.id();
        }
    }

    /** @param words the driver's own */
    record DriverNote(Person driver, SessionId session, String words) implements Finding {
        @Override
        public AttentionKind kind() {
            return AttentionKind.DRIVER_NOTE;
        }

        @Override
        public String href() {
            return page(session);
        }
    }

    /** There are more of this kind than are told one by one. */
    record More(AttentionKind kind) implements Finding {
        @Override
        public String href() {
            return kind.listHref();
        }
    }

    private static String page(SessionId session) {
        return "/operator/transactions/" + session;
    }
}
