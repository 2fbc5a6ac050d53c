package express.polaris.billing.statements;

import express.polaris.accounts.AccountId;
import express.polaris.accounts.AuditLog;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.settings.Settings;
import express.polaris.stations.cards.CardService;
import express.polaris.stations.chargers.ChargerService;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Terms of reimbursement: drivers set their own, operators those of any driver. */
@Service
public class ReimbursementService {

    private final ReimbursementRepository repository;
    private final StatementSource source;
    private final CardService cards;
    private final ChargerService chargers;
    private final AuditLog audit;
    private final Settings settings;
    private final Clock clock;

    ReimbursementService(
            ReimbursementRepository repository,
            StatementSource source,
            CardService cards,
            ChargerService chargers,
            AuditLog audit,
            Settings settings,
            Clock clock) {
        this.repository = repository;
        this.source = source;
        this.cards = cards;
        this.chargers = chargers;
        this.audit = audit;
        this.settings = settings;
        this.clock = clock;
    }

    /** The driver's terms; {@link Reimbursement#NONE} without any. */
    public Reimbursement of(AccountId driver) {
        return repository.find(driver).orElse(Reimbursement.NONE);
    }

    /**
     * Replaces the driver's own terms. Giving the employer's address is the driver's consent that statements go there.
     * Charge boxes must be ones that the driver has used.
     *
     * @throws InvalidInput with all faults
     */
    @Transactional
    public Reimbursement changeOwn(AccountId driver, ReimbursementWish wish) {
        var before = of(driver);
        var checks = new ReimbursementChecks(
                before,
                id -> source.hasCharged(driver, id.value()),
                StatementReason.CHARGE_BOX,
                cards.ofDriver(driver));
        var wanted = checks.read(wish);
        return save(driver, wanted.agreed(wanted.terms().sendTo().isPresent()));
    }

    /**
     * Replaces a driver's terms in an operator's name, with an entry in the audit log. A new address of the employer is
     * used only after the driver has agreed to it.
     *
     * @param driver exists
     * @throws InvalidInput with all faults
     */
    @Transactional
    public Reimbursement change(AccountId operator, AccountId driver, ReimbursementWish wish) {
        var before = of(driver);
        var checks = new ReimbursementChecks(
                before,
                id -> chargers.find(id).isPresent() || source.hasCharged(driver, id.value()),
                StatementReason.CHARGE_BOX_UNKNOWN,
                cards.ofDriver(driver));
        var wanted = checks.read(wish);
        boolean sameAddress = before.sendToAgreed()
                && wanted.terms()
                        .sendTo()
                        .filter(address -> isSame(address, before))
                        .isPresent();
        var saved = save(driver, wanted.agreed(sameAddress));
        audit.record(Optional.of(operator), "reimbursement.change", "account " + driver, details(saved));
        return saved;
    }

    private Reimbursement save(AccountId driver, Reimbursement terms) {
        repository.save(driver, terms, settings.currency(), clock.instant());
        return of(driver);
    }

    private static boolean isSame(String address, Reimbursement before) {
        return before.sendTo().filter(address::equalsIgnoreCase).isPresent();
    }

    private static Map<String, Object> details(Reimbursement terms) {
        var details = new LinkedHashMap<String, Object>();
        details.put(
                "rates",
                terms.rates().stream()
                        .map(rate -> Map.of(
                                "from", rate.from().toString(),
                                "to", rate.to().map(Object::toString).orElse(""),
                                "kind", rate.kind().wireName(),
                                "amount", rate.amount().toPlainString()))
                        .toList());
        details.put(
                "home",
                terms.home().stream()
                        .map(mark -> switch (mark) {
                            case HomeMark.AtChargeBox at -> "chargeBox " + at.id();
                            case HomeMark.WithCard with -> "card " + with.id().value();
                        })
                        .toList());
        details.put("sendTo", terms.sendTo().isPresent());
        return details;
    }
}
