package express.polaris.portal;

import express.polaris.web.Format;
import express.polaris.web.Texts;

/** What a session costs and why, as a part of its page. */
public record CostPart(CostView cost, Texts texts, Format format) {}
