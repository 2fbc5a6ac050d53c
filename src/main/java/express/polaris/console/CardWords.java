package express.polaris.console;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.Accounts;
import express.polaris.cards.CardOutcome;
import express.polaris.cards.CardOutcome.Conflict;
import express.polaris.cards.CardOutcome.Why;
import express.polaris.cards.EvCard;
import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Why a change to a card is refused, in an operator's words. */
@Component
class CardWords {

    private final Accounts accounts;

    CardWords(Accounts accounts) {
        this.accounts = accounts;
    }

    /** For everything but {@link CardOutcome.Done}. */
    String refusal(CardOutcome outcome, Account operator) {
        var texts = Texts.of(operator.locale());
        return switch (outcome) {
            case CardOutcome.Done ignored -> "";
            case CardOutcome.NotFound() -> texts.get("tags.why.gone");
            case CardOutcome.Invalid(var faults) ->
                faults.stream()
                        .map(fault -> texts.find("tags.fault." + fault.field()).orElse(fault.message()))
                        .distinct()
                        .collect(Collectors.joining(" "));
            case Conflict conflict -> words(conflict, texts, new Format(operator.locale(), operator.timeZone()));
        };
    }

    String nameOf(AccountId driver) {
        return accounts.find(driver).map(Account::name).orElseGet(driver::toString);
    }

    private String words(Conflict conflict, Texts texts, Format format) {
        var driver = conflict.with().map(EvCard::driver).map(this::nameOf).orElse(Format.MISSING);
        var at = conflict.at().map(format::dateTime).orElse(Format.MISSING);
        var until = conflict.with().flatMap(EvCard::until).map(format::dateTime);
        var key = "tags.why." + conflict.why().name();
        return conflict.why() == Why.TAKEN && until.isPresent()
                ? texts.get(key + ".until", driver, at, until.get())
                : texts.get(key, driver, at);
    }
}
