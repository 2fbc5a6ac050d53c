package express.polaris.console.overview;

import express.polaris.console.overview.HealthPage.Check;
import express.polaris.console.overview.HealthPage.State;
import express.polaris.documents.Format;
import express.polaris.documents.Texts;

/** Texts of health checks in the reader's language. */
record HealthWords(Texts texts, Format format) {

    Check check(String key, String icon, State state, String message, String advice) {
        return new Check("health." + key, icon, state, message, advice);
    }

    String get(String key, Object... arguments) {
        return texts.get("health." + key, arguments);
    }
}
