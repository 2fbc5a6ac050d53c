package express.polaris.web.views;

import express.polaris.attention.AttentionItem;
import express.polaris.attention.AttentionKind;
import express.polaris.attention.Finding;
import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.sync.SyncFault;

/** Describes a finding in one sentence, in the reader's language. */
public record AttentionWords(Texts texts, Format format) {

    /** Heading of a kind. */
    public String title(AttentionKind kind) {
        return texts.get("attention.kind." + kind.wireName());
    }

    /** What a kind means or what to do about it. */
    public String advice(AttentionKind kind) {
        return texts.get("attention.advice." + kind.wireName());
    }

    public String message(AttentionItem item) {
        return switch (item.finding()) {
            case Finding.AccountingDifference it -> texts.get("attention.accounting_difference", it.session());
            case Finding.SteveNeverReached it -> unreached(it.fault());
            case Finding.SyncPaused it -> words(it.fault());
            case Finding.SyncStopped it -> texts.get("attention.sync_stopped", it.why());
            case Finding.SteveAway it ->
                it.waiting() == 0
                        ? texts.get("attention.steve_away", words(it.fault()))
                        : texts.get(
                                "attention.steve_away.waiting",
                                texts.count("list.sessions", it.waiting()),
                                words(it.fault()));
            case Finding.SyncError it -> error(it, item.count());
            case Finding.StuckSession it ->
                texts.get("attention.stuck_session." + it.cause().wireName(), it.session(), it.charger());
            case Finding.AwaitingFinalReading it -> unclosed(it);
            case Finding.UnlinkedTag it ->
                texts.get(
                        it.charging() ? "attention.unlinked_tag.now" : "attention.unlinked_tag",
                        it.idTag().value(),
                        texts.count("list.sessions", it.sessions()),
                        format.energyShort(it.energy()));
            case Finding.ImplausibleEnergy it ->
                texts.get("attention.implausible_energy", it.session(), format.energy(it.energy()));
            case Finding.NoSubscription it ->
                texts.get(
                        "attention.no_subscription",
                        it.driver().name(),
                        texts.count("list.sessions", it.sessions()),
                        format.energyShort(it.energy()));
            case Finding.NoPlan it ->
                texts.get(
                        "attention.no_plan",
                        texts.count("list.sessions", it.sessions()),
                        format.energyShort(it.energy()));
            case Finding.PreparedInvoices it -> texts.count("attention.prepared_invoices", it.invoices());
            case Finding.PriceFailed it -> texts.get("attention.price_failed", it.session());
            case Finding.UnsupportedPlan it ->
                texts.get(
                        "attention.unsupported_plan",
                        it.name(),
                        it.version(),
                        String.join("; ", it.features()),
                        texts.count("attention.subscriptions", it.subscriptions()));
            case Finding.FailedPricePoll it ->
                texts.get(
                        "attention.failed_price_poll",
                        it.name(),
                        texts.get("console.prices.poll." + it.failure().name()),
                        format.dateTime(it.since()));
            case Finding.ReusedId it -> texts.get("attention.reused_id", it.session(), words(it.fault()));
            case Finding.VanishedTransaction it ->
                texts.get("attention.vanished_transaction", it.session(), format.energy(it.energy()));
            case Finding.DisputedEnergy it -> disputed(it);
            case Finding.WrongClock it ->
                texts.get(
                        "attention.wrong_clock",
                        it.session(),
                        format.precise(it.steveStartedAt()),
                        format.precise(it.startedAt()));
            case Finding.FailedMail it ->
                texts.get(
                        "attention.failed_mail",
                        mailKind(it.mailKind()),
                        it.recipient().name(),
                        it.error());
            case Finding.LostCard it ->
                texts.get("attention.lost_card", it.driver().name(), it.card());
            case Finding.DriverNote it ->
                texts.get("attention.driver_note", it.driver().name(), it.session(), it.words());
            case Finding.More it -> texts.count("attention.more", item.count());
        };
    }

    /** Name of a mail's topic, by the kind it was queued with. */
    public String mailKind(String kind) {
        return texts.find("mails.kind." + kind).orElse(kind);
    }

    private String disputed(Finding.DisputedEnergy it) {
        var key = it.larger() ? "attention.disputed_energy.larger" : "attention.disputed_energy.smaller";
        var stake = it.price()
                .map(price -> texts.get("attention.stake.price", format.energy(it.stake()), format.money(price)))
                .orElseGet(() -> texts.get("attention.stake", format.energy(it.stake())));
        return texts.get(key, it.session(), stake);
    }

    private String unreached(SyncFault fault) {
        return fault.symptom()
                .map(symptom -> texts.get("attention.steve_never_reached", new SteveWords(texts).problem(symptom)))
                .orElseGet(() -> words(fault));
    }

    private String words(SyncFault fault) {
        return new FaultWords(texts, format).of(fault);
    }

    private String unclosed(Finding.AwaitingFinalReading session) {
        var words = texts.get(
                "attention.awaiting_final_reading"
                        + session.fault().map(fault -> "." + fault.wireName()).orElse(""),
                session.session());
        return session.feesWait() ? texts.get("attention.awaiting_final_reading.fees", words) : words;
    }

    private String error(Finding.SyncError error, long times) {
        var fault = words(error.fault());
        var words = error.transaction()
                .filter(id -> !fault.contains("ransaction " + id) && !fault.contains("ransaktion " + id))
                .map(id -> texts.get("attention.sync_error.transaction", id, fault))
                .orElse(fault);
        return times > 1 ? texts.get("attention.times", words, format.count(times)) : words;
    }
}
