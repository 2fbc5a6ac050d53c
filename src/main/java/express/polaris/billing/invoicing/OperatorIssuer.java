package express.polaris.billing.invoicing;

import express.polaris.accounts.AccountId;
import express.polaris.billing.parties.IssuerService;
import express.polaris.billing.parties.IssuerVersion;
import express.polaris.billing.parties.WantedIssuer;
import java.time.Duration;
import org.springframework.stereotype.Service;

/** {@link IssuerService} for operators: finalizes the invoices that have waited for an issuer. */
@Service
public class OperatorIssuer {

    /** An operator waits this long at most; the invoicing job finalizes the others. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final IssuerService issuers;
    private final InvoiceFinalizer finalizer;

    OperatorIssuer(IssuerService issuers, InvoiceFinalizer finalizer) {
        this.issuers = issuers;
        this.finalizer = finalizer;
    }

    /**
     * Result of saving.
     *
     * @param finalized number of prepared invoices that were finalized at once
     */
    public record Saved(IssuerVersion version, int finalized) {}

    /**
     * See {@link IssuerService#save}. Not one transaction with the invoices: the issuer is saved even if one of them
     * cannot be finalized.
     */
    public Saved save(AccountId operator, WantedIssuer wanted) {
        var version = issuers.save(operator, wanted);
        return new Saved(version, finalizer.finalizePrepared(PATIENCE));
    }
}
