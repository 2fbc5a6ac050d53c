package express.polaris.platform.refusals;

import java.io.Serializable;
import java.util.List;

/** Reason for a refusal. Each module that refuses requests has an enum of its reasons. */
public interface Reason extends Serializable {

    /** Name of the enum constant. */
    String name();

    /** English sentence for API clients, with placeholders {@code {0}}, {@code {1}}, … */
    String english();

    /** Key of the sentence in the texts of the pages, such as {@code card.why.LOST} for a constant of {@code CardReason}. */
    default String key() {
        var reasons = getClass().getSimpleName().replaceFirst("Reason$", "");
        return Character.toLowerCase(reasons.charAt(0)) + reasons.substring(1) + ".why." + name();
    }

    /** The reason with the parts of its sentence, in the order of the placeholders. */
    default Wording with(Object... parts) {
        return new Wording(this, List.of(parts));
    }
}
