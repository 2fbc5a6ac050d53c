package express.polaris.console.plans;

import express.polaris.billing.plans.Plan;
import express.polaris.billing.pricing.Band;
import express.polaris.console.TypedText;
import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Price of some amounts of energy in one billing period of a plan that is not saved yet.
 *
 * @param rows empty if the plan has no price, or if it depends on time or place
 * @param variants prices at some times and places and of sessions and minutes, with the cost of {@code example}
 * @param examples sessions, hours and billing periods
 * @param typed line-by-line price of the typed amount; empty if none was typed
 * @param incomplete whether the draft is not a valid plan
 * @param unsupported features that prevent a price
 */
public record PlanPreview(
        List<Row> rows,
        List<Variant> variants,
        List<Example> examples,
        Energy example,
        Optional<Explained> typed,
        boolean incomplete,
        List<String> unsupported,
        String quantity,
        Texts texts,
        Format format) {

    private static final List<Energy> EXAMPLES =
            Stream.of("10", "40", "100", "250").map(Energy::ofKilowattHours).toList();

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /**
     * @param energyCost without fee and VAT
     * @param perKwh average price per kWh, without fee and VAT
     * @param total with fee and VAT
     */
    public record Row(Energy energy, Money energyCost, BigDecimal perKwh, Money total) {}

    /** Price of one amount of energy, line by line. */
    public record Explained(Row row, List<Line> lines) {}

    /** Price line: unit price × kWh + flat. */
    public record Line(
            Optional<Energy> above,
            Optional<Energy> upTo,
            Energy energy,
            BigDecimal unitPrice,
            Money flat,
            Money amount) {}

    /**
     * Price that holds only at some times or places, or of sessions or minutes.
     *
     * @param label when and where, or for what
     * @param price in words
     * @param cost of an example's energy; empty if it depends on the market, and for fees
     */
    public record Variant(String label, String price, Optional<Money> cost) {}

    /**
     * Something that happens under the plan, with its price.
     *
     * @param lead when and where; may be empty
     * @param sum empty where the lines are no parts of a whole
     * @param tip may be empty
     */
    public record Example(String title, String lead, List<Line> lines, Optional<Line> sum, String tip) {

        public Example {
            lines = List.copyOf(lines);
        }

        /**
         * @param how computation in words
         * @param amount in words; empty without one
         */
        public record Line(String label, String how, String amount) {}
    }

    public PlanPreview {
        rows = List.copyOf(rows);
        variants = List.copyOf(variants);
        examples = List.copyOf(examples);
        unsupported = List.copyOf(unsupported);
    }

    /**
     * @param checked empty while the plan is not valid
     * @param quantity kWh as typed; text that is not an amount is ignored
     */
    static PlanPreview of(
            Optional<Plan> checked,
            PlanWords words,
            PlanExamples examples,
            String quantity,
            Texts texts,
            Format format) {
        if (checked.isEmpty()) {
            return without(true, List.of(), quantity, texts, format);
        }
        var plan = checked.get();
        if (!plan.isSupported()) {
            return without(false, plan.unsupported(), quantity, texts, format);
        }
        var wanted = TypedText.decimal(quantity)
                .filter(kwh -> kwh.signum() > 0)
                .map(Energy::ofKilowattHours)
                .filter(Energy::isPositive);
        var example = wanted.orElse(EXAMPLES.get(1));
        return new PlanPreview(
                plan.isTimed()
                        ? List.of()
                        : EXAMPLES.stream().map(energy -> row(plan, energy)).toList(),
                words.variants(plan, example, texts, format),
                examples.of(plan, example, texts, format),
                example,
                wanted.filter(energy -> !plan.isTimed())
                        .map(energy -> new Explained(row(plan, energy), lines(plan, energy))),
                false,
                List.of(),
                quantity,
                texts,
                format);
    }

    private static PlanPreview without(
            boolean incomplete, List<String> unsupported, String quantity, Texts texts, Format format) {
        return new PlanPreview(
                List.of(),
                List.of(),
                List.of(),
                EXAMPLES.getFirst(),
                Optional.empty(),
                incomplete,
                unsupported,
                quantity,
                texts,
                format);
    }

    private static Row row(Plan plan, Energy energy) {
        var cost = new Money(plan.owed(energy), plan.currency());
        var net = cost.rounded().plus(plan.fee());
        var vat = new Money(net.amount().multiply(plan.vatRate()).divide(HUNDRED), plan.currency()).rounded();
        return new Row(
                energy, cost, cost.amount().divide(energy.kilowattHours(), 6, RoundingMode.HALF_UP), net.plus(vat));
    }

    private static List<Line> lines(Plan plan, Energy energy) {
        return plan.models().stream()
                .flatMap(model -> model.lines(Energy.ZERO, energy).stream())
                .map(line -> line(line.band(), line.energy(), line.unitPrice(), line.flat(), line.amount(), plan))
                .toList();
    }

    private static Line line(
            Band band, Energy energy, BigDecimal unitPrice, BigDecimal flat, BigDecimal amount, Plan plan) {
        return new Line(
                band.above(),
                band.upTo(),
                energy,
                unitPrice,
                new Money(flat, plan.currency()),
                new Money(amount, plan.currency()));
    }
}
