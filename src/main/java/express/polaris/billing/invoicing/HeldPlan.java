package express.polaris.billing.invoicing;

import java.io.Serializable;

/** Plan in the sentence of a {@link HoldReason}: its code for API clients, its name for people. */
public record HeldPlan(String code, String name) implements Serializable {

    @Override
    public String toString() {
        return code;
    }
}
