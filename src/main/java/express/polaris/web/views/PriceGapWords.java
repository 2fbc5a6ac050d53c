package express.polaris.web.views;

import express.polaris.billing.cost.PriceGap;
import express.polaris.billing.cost.PriceGap.Disputed;
import express.polaris.billing.cost.PriceGap.Implausible;
import express.polaris.billing.cost.PriceGap.MarketPriceMissing;
import express.polaris.billing.cost.PriceGap.NoOwner;
import express.polaris.billing.cost.PriceGap.NoSubscription;
import express.polaris.billing.cost.PriceGap.UnsupportedPlan;
import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import java.util.List;

/** Says why a session has no price. */
public record PriceGapWords(Texts texts, Format format, Reader reader) {

    /** Whom the words are for. */
    public enum Reader {
        DRIVER("cost.gap."),
        OPERATOR("tx.gap.");

        private final String prefix;

        Reader(String prefix) {
            this.prefix = prefix;
        }
    }

    /** One sentence for each reason; without any the price could not be looked up. */
    public List<String> of(List<PriceGap> gaps) {
        return gaps.isEmpty()
                ? List.of(text("lookup"))
                : gaps.stream().map(this::of).toList();
    }

    private String of(PriceGap gap) {
        return switch (gap) {
            case NoOwner() -> text("noOwner");
            case NoSubscription missing -> of(missing);
            case UnsupportedPlan() -> text("unsupportedPlan");
            case MarketPriceMissing(var series, var at) -> text("marketPrice", format.dateTime(at), series);
            case Disputed() -> text("disputed");
            case Implausible() -> text("implausible");
        };
    }

    private String of(NoSubscription missing) {
        var ended = missing.ended().map(format::date);
        var begins = missing.begins().map(format::date);
        if (ended.isPresent() && begins.isPresent()) {
            return text("betweenPlans", ended.get(), begins.get());
        }
        if (begins.isPresent()) {
            return text(missing.hasBegun() ? "beforePlan" : "planBegins", begins.get());
        }
        return ended.map(day -> text("afterPlan", day)).orElseGet(() -> text("noPlan"));
    }

    private String text(String key, Object... arguments) {
        return texts.get(reader.prefix + key, arguments);
    }
}
