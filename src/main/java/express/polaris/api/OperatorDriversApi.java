package express.polaris.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import express.polaris.accounts.Account;
import express.polaris.accounts.AccountChange;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.Accounts;
import express.polaris.accounts.AuditLog;
import express.polaris.accounts.CurrentAccount;
import express.polaris.accounts.NewDriver;
import express.polaris.cards.LostCards;
import express.polaris.problems.NotFound;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Drivers, for operators. Operators are no drivers: nothing here shows or changes one. */
@RestController
@RequestMapping("/api/v1/operator/drivers")
class OperatorDriversApi {

    private final Accounts accounts;
    private final LostCards lostCards;
    private final AuditLog audit;

    OperatorDriversApi(Accounts accounts, LostCards lostCards, AuditLog audit) {
        this.accounts = accounts;
        this.lostCards = lostCards;
        this.audit = audit;
    }

    record Driver(
            long id,
            String email,
            String name,
            String locale,
            String timeZone,
            boolean disabled,
            Optional<Instant> disabledAt) {

        static Driver of(Account account) {
            return new Driver(
                    account.id().value(),
                    account.email(),
                    account.name(),
                    account.locale().toLanguageTag(),
                    account.timeZone().getId(),
                    account.isDisabled(),
                    account.disabledAt());
        }
    }

    /** @param blockedTags how many of the driver's cards SteVe was told to block; null when that was not asked for */
    record ChangedDriver(@JsonUnwrapped Driver driver, Optional<Integer> blockedTags) {}

    record WantedDriver(
            Optional<String> email,
            Optional<String> name,
            Optional<String> password,
            Optional<String> locale,
            Optional<String> timeZone) {

        @Override
        public String toString() {
            return "WantedDriver";
        }
    }

    record Change(
            Optional<String> name,
            Optional<String> locale,
            Optional<String> timeZone,
            Optional<Boolean> disabled,
            Optional<Boolean> blockTags) {}

    /** By name. @param search part of a name or address */
    @GetMapping
    @Operation(summary = "The drivers, by name")
    Listing<Driver> list(
            @RequestParam Optional<String> search,
            @RequestParam Optional<String> cursor,
            @RequestParam Optional<String> limit) {
        var page = accounts.drivers(search, cursor, Listing.limit(limit));
        return new Listing<>(page.items().stream().map(Driver::of).toList(), page.nextCursor());
    }

    @PostMapping
    @Operation(summary = "Create a driver")
    @ResponseStatus(HttpStatus.CREATED)
    Driver create(@RequestBody WantedDriver wanted, @CurrentAccount Account operator) {
        var driver = new NewDriver(
                wanted.email().orElse(""),
                wanted.name().orElse(""),
                wanted.password(),
                wanted.locale(),
                wanted.timeZone());
        return Driver.of(accounts.createDriver(Optional.of(operator.id()), driver));
    }

    /** What is left out stays. Tags are blocked after the account is changed; SteVe may be told later if it is down. */
    @PatchMapping("/{id}")
    @Operation(summary = "Change or disable a driver")
    ChangedDriver change(@PathVariable String id, @RequestBody Change change, @CurrentAccount Account operator) {
        var driver = accounts.findDriver(new AccountId(Ids.inPath(id)))
                .orElseThrow(NotFound::new)
                .id();
        var changed = accounts.change(
                Optional.of(operator.id()),
                driver,
                new AccountChange(change.name(), change.locale(), change.timeZone(), change.disabled()));
        var blocked = change.blockTags().filter(wish -> wish).map(wish -> blockTags(driver, operator));
        return new ChangedDriver(Driver.of(changed), blocked);
    }

    private int blockTags(AccountId driver, Account operator) {
        int blocked = lostCards.blockAllOf(driver);
        audit.record(Optional.of(operator.id()), "account.block-tags", "account " + driver, Map.of("cards", blocked));
        return blocked;
    }
}
