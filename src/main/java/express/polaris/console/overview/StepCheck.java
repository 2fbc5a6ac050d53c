package express.polaris.console.overview;

import express.polaris.attention.AttentionItem;
import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import java.time.Instant;
import java.util.List;

/** Checks first steps that belong together. The order of the beans is that of the steps on the page. */
interface StepCheck {

    /** Must not wait for anything but the database: the overview waits for it. */
    List<FirstStep> check(Context context);

    /**
     * What checks need.
     *
     * @param items open findings
     * @param seen address at which the operator opened the page
     */
    record Context(Texts texts, Format format, Instant now, List<AttentionItem> items, SeenAddress seen) {

        public Context {
            items = List.copyOf(items);
        }

        String text(String key, Object... arguments) {
            return texts.get("steps." + key, arguments);
        }
    }
}
