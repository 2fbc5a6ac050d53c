package express.polaris.portal;

import express.polaris.documents.Format;
import express.polaris.documents.Texts;

/** What a session costs and why, as a part of its page. */
public record CostPart(CostView cost, Texts texts, Format format) {}
