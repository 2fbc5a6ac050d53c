package express.polaris.web.views;

import express.polaris.billing.invoicing.HeldPlan;
import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.documents.WordingTexts;
import express.polaris.platform.refusals.Wording;

/** Describes in the reader's language why an invoice is held, with the name of its plan. */
public record HoldWords(Texts texts, Format format) {

    public String of(Wording because) {
        return new WordingTexts(texts, format, part -> part instanceof HeldPlan plan ? plan.name() : part).of(because);
    }
}
