package express.polaris.portal.sessions;

import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.portal.CostView;

/** Cost section of a session's page. */
public record CostPart(CostView cost, Texts texts, Format format) {}
