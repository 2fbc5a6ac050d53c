package express.polaris.documents;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.billing.parties.BankAccount;
import express.polaris.units.Money;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaymentCodeTest {

    private static final BankAccount ACCOUNT =
            new BankAccount("Ladepark Köln GmbH", "DE89370400440532013000", Optional.of("COBADEFFXXX"));

    private static Money money(String amount, String currency) {
        return new Money(new BigDecimal(amount), Currency.getInstance(currency));
    }

    @Test
    void theCodeHasTheLinesOfTheStandard() {
        assertThat(PaymentCode.text(ACCOUNT, money("87.82", "EUR"), "2026-000001"))
                .contains("""
                BCD
                002
                1
                SCT
                COBADEFFXXX
                Ladepark Köln GmbH
                DE89370400440532013000
                EUR87.82


                2026-000001""");
    }

    @Test
    void aLongNameIsShortenedToSeventyCharacters() {
        var account = new BankAccount("ä".repeat(69) + " " + "b".repeat(200), ACCOUNT.iban(), Optional.empty());

        assertThat(PaymentCode.text(account, money("1.00", "EUR"), "x")
                        .orElseThrow()
                        .lines())
                .contains("ä".repeat(69));
    }

    @ParameterizedTest
    @CsvSource({"0.00, EUR", "-5.00, EUR", "1000000000.00, EUR", "10.00, CHF"})
    void thereIsNoCodeForAmountsThatTheStandardDoesNotKnow(String amount, String currency) {
        assertThat(PaymentCode.text(ACCOUNT, money(amount, currency), "x")).isEmpty();
    }
}
