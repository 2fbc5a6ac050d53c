package express.polaris.billing.statements;

import java.util.List;
import java.util.Optional;

/**
 * Terms on which an employer reimburses a driver for energy charged at home.
 *
 * @param reference the driver's personnel number or cost centre at the employer
 * @param sendTo the employer's e-mail address
 * @param sendToAgreed whether the driver has agreed that statements go to that address
 * @param rates by first day; no two on one day
 */
public record Reimbursement(
        String employer,
        String vehicle,
        String plate,
        String reference,
        Optional<String> sendTo,
        boolean sendToAgreed,
        List<ReimbursementRate> rates,
        List<HomeMark> home) {

    /** Terms of a driver who has none. */
    public static final Reimbursement NONE =
            new Reimbursement("", "", "", "", Optional.empty(), false, List.of(), List.of());

    public Reimbursement {
        rates = List.copyOf(rates);
        home = List.copyOf(home);
    }

    /** Where copies of statements go. */
    public Optional<String> agreedSendTo() {
        return sendTo.filter(address -> sendToAgreed);
    }

    Reimbursement withoutSendTo() {
        return new Reimbursement(employer, vehicle, plate, reference, Optional.empty(), false, rates, home);
    }

    /** Contains no address and no name. */
    @Override
    public String toString() {
        return "Reimbursement[" + rates.size() + " rates, " + home.size() + " marks]";
    }
}
