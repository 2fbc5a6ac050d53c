package express.polaris.console.overview;

import express.polaris.billing.BillingConcerns;
import express.polaris.billing.parties.IssuerService;
import express.polaris.console.overview.FirstStep.State;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Somebody has entered who issues invoices, as soon as there are plans to invoice. */
@Component
@Order(5)
class IssuerStep implements StepCheck {

    private static final String KEY = "issuer";
    private static final String ISSUER = "/operator/issuer";

    private final BillingConcerns billing;
    private final IssuerService issuers;

    IssuerStep(BillingConcerns billing, IssuerService issuers) {
        this.billing = billing;
        this.issuers = issuers;
    }

    @Override
    public List<FirstStep> check(Context context) {
        var current = issuers.current();
        if (current.isPresent()) {
            var name = current.get().issuer().legalName();
            return List.of(FirstStep.done(KEY, context.text("issuer.done", name), ISSUER));
        }
        return billing.hasPlans()
                ? List.of(new FirstStep(
                        KEY, State.TODO, context.text("issuer.none"), context.text("issuer.none.advice"), ISSUER))
                : List.of();
    }
}
