package express.polaris.accounts;

import express.polaris.platform.refusals.BadParameter;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.FaultCollector;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.NotFound;
import express.polaris.platform.settings.Settings;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The accounts of this installation. Every change takes an {@code actor} (absent for the system itself) and is
 * recorded in the audit log in the same transaction.
 */
@Service
public class AccountService {

    private final AccountRepository repository;
    private final Passwords passwords;
    private final AuditLog audit;
    private final AccessEnd accessEnd;
    private final TransactionTemplate transaction;
    private final Settings settings;
    private final Clock clock;

    AccountService(
            AccountRepository repository,
            Passwords passwords,
            AuditLog audit,
            AccessEnd accessEnd,
            TransactionTemplate transaction,
            Settings settings,
            Clock clock) {
        this.repository = repository;
        this.passwords = passwords;
        this.audit = audit;
        this.accessEnd = accessEnd;
        this.transaction = transaction;
        this.settings = settings;
        this.clock = clock;
    }

    public Optional<Account> find(AccountId id) {
        return repository.find(id).map(stored -> stored.access().account());
    }

    /** Finds an account by e-mail address, case-insensitively. */
    public Optional<Account> findByEmail(String email) {
        return repository.findByEmail(email).map(stored -> stored.access().account());
    }

    /**
     * Returns the access of an account that has authenticated by other means; empty when the account is missing
     * or disabled.
     */
    public Optional<SignInRight> access(AccountId id) {
        return repository
                .find(id)
                .map(AccountRepository.Stored::access)
                .filter(access -> !access.account().isDisabled());
    }

    /**
     * @throws InvalidInput listing every fault
     * @throws Conflict when the e-mail address is taken, in any case
     */
    public Account createDriver(Optional<AccountId> actor, NewDriver driver) {
        return createDriverUnlessTaken(actor, driver).orElseThrow(() -> new Conflict(AccountReason.EMAIL_TAKEN.with()));
    }

    /**
     * Returns empty when the e-mail address is taken, in any case; the caller's transaction can go on.
     *
     * @throws InvalidInput listing every fault
     */
    Optional<Account> createDriverUnlessTaken(Optional<AccountId> actor, NewDriver driver) {
        var faults = new FaultCollector();
        var email = AccountRules.email(driver.email(), faults);
        var name = AccountRules.name("name", driver.name(), faults);
        driver.password().ifPresent(password -> AccountRules.password("password", password, faults));
        var locale =
                driver.locale().map(tag -> AccountRules.locale(tag, faults)).orElse(Locale.ENGLISH);
        var zone = driver.timeZone()
                .map(given -> AccountRules.timeZone(given, settings.timeZone(), faults))
                .orElse(settings.timeZone());
        faults.throwIfAny();
        if (repository.findByEmail(email).isPresent()) {
            return Optional.empty();
        }
        var hash = driver.password().map(passwords::hash);
        return transaction.execute(status -> repository
                .insert(email, name, Role.DRIVER, hash, locale, zone, clock.instant())
                .map(id -> {
                    var details = Map.of("role", Role.DRIVER, "password", hash.isPresent());
                    audit.record(actor, "account.create", "account " + id, details);
                    return new Account(id, email, name, Role.DRIVER, locale, zone, Optional.empty());
                }));
    }

    /**
     * @throws NotFound
     * @throws InvalidInput listing every fault
     * @throws Conflict when this would disable the last enabled operator, or enable a deleted account
     */
    @Transactional
    public Account change(Optional<AccountId> actor, AccountId id, AccountChange change) {
        var found = change.disabled().orElse(false) ? repository.lockToLeave(id) : repository.lock(id);
        var before = found.orElseThrow(NotFound::new);
        var faults = new FaultCollector();
        var after = new Account(
                id,
                before.email(),
                change.name()
                        .map(name -> AccountRules.name("name", name, faults))
                        .orElse(before.name()),
                before.role(),
                change.locale().map(tag -> AccountRules.locale(tag, faults)).orElse(before.locale()),
                change.timeZone()
                        .map(zone -> AccountRules.timeZone(zone, before.timeZone(), faults))
                        .orElse(before.timeZone()),
                disabledAt(before, change.disabled(), clock.instant()),
                before.consumption());
        faults.throwIfAny();
        if (after.isDisabled() && !before.isDisabled()) {
            refuseLosingTheLastOperator(before);
            accessEnd.of(id);
        }
        if (before.isDisabled() && !after.isDisabled() && repository.isForgotten(id)) {
            throw new Conflict(AccountReason.DELETED.with(id));
        }
        repository.update(after);
        audit.record(actor, "account.change", "account " + id, differences(before, after));
        return after;
    }

    /**
     * Sets how energy is shown as distance to this account.
     *
     * @param distanceUnit {@code km}, {@code mi}, or empty for no distance
     * @param consumption kWh per 100 km, or miles per kWh; decimal point or comma
     * @throws NotFound
     * @throws InvalidInput listing every fault
     */
    @Transactional
    public void chooseUnits(AccountId id, String distanceUnit, String consumption) {
        var before = repository.lock(id).orElseThrow(NotFound::new);
        var faults = new FaultCollector();
        var chosen = AccountRules.consumption(distanceUnit, consumption, faults);
        faults.throwIfAny();
        if (before.consumption().equals(chosen)) {
            return;
        }
        repository.setConsumption(id, chosen);
        var unit = chosen.map(given -> given.unit().symbol()).orElse("none");
        audit.record(Optional.of(id), "account.change", "account " + id, Map.of("distanceUnit", unit));
    }

    /**
     * Sets the role; a change ends all sign-ins, tokens and streams of the account. A role of operator that is given here
     * stays when the account loses its group at the issuer.
     *
     * @throws NotFound
     * @throws Conflict when no enabled operator would remain
     */
    @Transactional
    public Account changeRole(Optional<AccountId> actor, AccountId id, Role role) {
        var before = repository.lockToLeave(id).orElseThrow(NotFound::new);
        if (before.role() == role) {
            return before;
        }
        refuseLosingTheLastOperator(before);
        var after = new Account(
                id,
                before.email(),
                before.name(),
                role,
                before.locale(),
                before.timeZone(),
                before.disabledAt(),
                before.consumption());
        repository.update(after);
        repository.setRole(id, role, Optional.empty());
        accessEnd.of(id);
        audit.record(actor, "account.role", "account " + id, Map.of("from", before.role(), "to", role));
        return after;
    }

    /**
     * Anonymises an account: removes name, e-mail address, messages to operators and all ways to sign in. The
     * id stays, for invoices and sessions.
     *
     * @return the account as it was before
     * @throws NotFound
     * @throws Conflict when no enabled operator would remain
     */
    @Transactional
    public Account forget(Optional<AccountId> actor, AccountId id) {
        var before = repository.lockToLeave(id).orElseThrow(NotFound::new);
        refuseLosingTheLastOperator(before);
        repository.anonymise(id, clock.instant());
        accessEnd.of(id);
        audit.record(actor, "account.delete", "account " + id, Map.of());
        return before;
    }

    /** Finds a driver by id; empty for operators too. */
    public Optional<Account> findDriver(AccountId id) {
        return find(id).filter(account -> account.role() == Role.DRIVER);
    }

    /** Like {@link #findDriver}; empty for a deleted account too. */
    public Optional<Account> findPresentDriver(AccountId id) {
        return findDriver(id).filter(account -> !repository.isForgotten(id));
    }

    /** Returns those of these accounts that exist. */
    public Map<AccountId, Account> findAll(Collection<AccountId> ids) {
        return repository.findAll(ids).stream().collect(Collectors.toMap(Account::id, Function.identity()));
    }

    /**
     * Lists accounts by name.
     *
     * @param search part of a name or e-mail address, case-insensitive
     * @param cursor {@link AccountSlice#nextCursor()} of the previous page
     * @param limit 1 to 200
     * @throws BadParameter for an invalid cursor or limit
     */
    public AccountSlice list(Optional<String> search, Optional<String> cursor, int limit) {
        return page(Optional.empty(), search, cursor, limit);
    }

    /** Like {@link #list}, drivers only. */
    public AccountSlice drivers(Optional<String> search, Optional<String> cursor, int limit) {
        return page(Optional.of(Role.DRIVER), search, cursor, limit);
    }

    private AccountSlice page(Optional<Role> role, Optional<String> search, Optional<String> cursor, int limit) {
        if (limit < 1 || limit > 200) {
            throw new BadParameter("limit", "a whole number from 1 to 200");
        }
        var after = cursor.map(AccountService::position).orElse(0L);
        var found = repository.list(role, search.map(String::strip).orElse("").replace("\0", ""), after, limit + 1);
        if (found.size() <= limit) {
            return new AccountSlice(found, Optional.empty());
        }
        var items = found.subList(0, limit);
        return new AccountSlice(items, Optional.of(cursor(items.getLast().id())));
    }

    static String cursor(AccountId last) {
        return Long.toString(last.value(), Character.MAX_RADIX);
    }

    static long position(String cursor) {
        try {
            var position = Long.parseLong(cursor, Character.MAX_RADIX);
            if (position > 0) {
                return position;
            }
        } catch (NumberFormatException e) {
            // falls through to the refusal below
        }
        throw new BadParameter("cursor", "the nextCursor of the previous page");
    }

    private void refuseLosingTheLastOperator(Account account) {
        if (account.isOperator() && !account.isDisabled() && !repository.hasEnabledOperatorBeside(account.id())) {
            throw new Conflict(AccountReason.LAST_OPERATOR.with());
        }
    }

    private static Optional<Instant> disabledAt(Account before, Optional<Boolean> disabled, Instant now) {
        return disabled.map(wish -> wish ? Optional.of(before.disabledAt().orElse(now)) : Optional.<Instant>empty())
                .orElse(before.disabledAt());
    }

    /**
     * Names the changed fields without their values: the audit log is kept for ever and must not hold personal
     * data.
     */
    private static Map<String, Object> differences(Account before, Account after) {
        var fields = new ArrayList<String>();
        if (!before.name().equals(after.name())) {
            fields.add("name");
        }
        if (!before.locale().equals(after.locale())) {
            fields.add("locale");
        }
        if (!before.timeZone().equals(after.timeZone())) {
            fields.add("timeZone");
        }
        var differences = new LinkedHashMap<String, Object>();
        differences.put("changed", fields);
        if (before.isDisabled() != after.isDisabled()) {
            differences.put("disabled", after.isDisabled());
        }
        return differences;
    }
}
