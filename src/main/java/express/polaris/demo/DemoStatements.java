package express.polaris.demo;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountService;
import express.polaris.billing.statements.Reimbursement;
import express.polaris.billing.statements.ReimbursementRate;
import express.polaris.billing.statements.ReimbursementService;
import express.polaris.billing.statements.ReimbursementWish;
import express.polaris.billing.statements.StatementJob;
import express.polaris.billing.statements.StatementService;
import express.polaris.demo.DemoConfiguration.DemoEpoch;
import express.polaris.platform.settings.SettingsLoader;
import express.polaris.stations.cards.CardService;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Gives Ben, who has a company card, terms of reimbursement, and draws up his employer statements of past months as soon
 * as the demo's history is imported.
 */
@Component
@ConditionalOnProperty(name = SettingsLoader.MODE, havingValue = SettingsLoader.DEMO)
class DemoStatements {

    private final AccountService accounts;
    private final CardService cards;
    private final ReimbursementService terms;
    private final StatementService statements;
    private final StatementJob job;
    private final DemoEpoch epoch;
    private volatile boolean done;

    DemoStatements(
            AccountService accounts,
            CardService cards,
            ReimbursementService terms,
            StatementService statements,
            StatementJob job,
            DemoEpoch epoch) {
        this.accounts = accounts;
        this.cards = cards;
        this.terms = terms;
        this.statements = statements;
        this.job = job;
        this.epoch = epoch;
    }

    /** Repeats the run until there is a statement: it waits until all sessions of the month are imported. */
    @Scheduled(initialDelayString = "PT5S", fixedDelayString = "PT5S")
    void untilThereIsOne() {
        if (!done) {
            var ben = accounts.findByEmail("ben@demo.example").orElseThrow();
            if (terms.of(ben.id()).equals(Reimbursement.NONE)) {
                terms.changeOwn(ben.id(), wish(ben));
            }
            job.run();
            done = !statements.page(ben.id(), Optional.empty(), 1).isEmpty();
        }
    }

    private ReimbursementWish wish(Account ben) {
        var from = LocalDate.ofInstant(epoch.instant(), ben.timeZone()).withDayOfMonth(1);
        return new ReimbursementWish(
                Optional.of("Harbour Logistics"),
                Optional.of("VW ID.7"),
                Optional.of("HH-PX 204E"),
                Optional.of("P-1042"),
                Optional.empty(),
                List.of(new ReimbursementWish.Rate(
                        Optional.of(from.toString()),
                        Optional.empty(),
                        Optional.of(ReimbursementRate.SUGGESTED.toPlainString()),
                        Optional.empty())),
                cards.ofDriver(ben.id()).stream()
                        .map(card -> new ReimbursementWish.Home(
                                Optional.empty(), Optional.of(card.id().value())))
                        .toList());
    }
}
