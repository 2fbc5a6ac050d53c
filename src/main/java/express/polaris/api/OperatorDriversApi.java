package express.polaris.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import express.polaris.accounts.Account;
import express.polaris.accounts.AccountChange;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.AccountService;
import express.polaris.accounts.NewDriver;
import express.polaris.accounts.SignedInAccount;
import express.polaris.messages.notifications.Invitations;
import express.polaris.platform.refusals.NotFound;
import express.polaris.stations.cards.OperatorTags;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
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

/** Drivers, for operators. Operators' own accounts are neither shown nor changed here. */
@RestController
@RequestMapping("/api/v1/operator/drivers")
class OperatorDriversApi {

    private final AccountService accounts;
    private final Invitations invitations;
    private final OperatorTags tags;

    OperatorDriversApi(AccountService accounts, Invitations invitations, OperatorTags tags) {
        this.accounts = accounts;
        this.invitations = invitations;
        this.tags = tags;
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

    /**
     * @param blockedTags number of the driver's cards whose idTag is to be blocked, including those that SteVe has not
     *     blocked yet; null unless requested
     */
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

    /**
     * Ordered by name. @param search part of a name or e-mail address
     */
    @GetMapping
    @Operation(summary = "Drivers, by name")
    CursorPage<Driver> list(
            @RequestParam Optional<String> search,
            @RequestParam Optional<String> cursor,
            @RequestParam Optional<String> limit) {
        var page = accounts.drivers(search, cursor, CursorPage.limit(limit));
        return new CursorPage<>(page.items().stream().map(Driver::of).toList(), page.nextCursor());
    }

    /** Without a password, mails the driver a link for choosing one. */
    @PostMapping
    @Operation(summary = "Create a driver", description = "Without a password, the driver gets an invitation by e-mail")
    @ResponseStatus(HttpStatus.CREATED)
    Driver create(@RequestBody WantedDriver wanted, @SignedInAccount Account operator) {
        var driver = new NewDriver(
                wanted.email().orElse(""),
                wanted.name().orElse(""),
                wanted.password(),
                wanted.locale(),
                wanted.timeZone());
        return Driver.of(invitations.createDriver(operator.id(), driver));
    }

    /**
     * Changes only the fields that are present. Blocks idTags after the account is changed; if SteVe is down, they are
     * blocked later.
     */
    @PatchMapping("/{id}")
    @Operation(summary = "Change or disable a driver")
    ChangedDriver change(@PathVariable String id, @RequestBody Change change, @SignedInAccount Account operator) {
        var driver = accounts.findDriver(new AccountId(PathIds.inPath(id)))
                .orElseThrow(NotFound::new)
                .id();
        var changed = accounts.change(
                Optional.of(operator.id()),
                driver,
                new AccountChange(change.name(), change.locale(), change.timeZone(), change.disabled()));
        var blocked = change.blockTags().filter(wish -> wish).map(wish -> tags.blockAllOf(operator.id(), driver));
        return new ChangedDriver(Driver.of(changed), blocked);
    }
}
