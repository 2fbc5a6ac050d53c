package express.polaris.portal;

import express.polaris.documents.Format;
import express.polaris.documents.Texts;

/** Cost section of a session's page. */
public record CostPart(CostView cost, Texts texts, Format format) {}
