package express.polaris.problems;

import java.io.Serializable;
import java.util.List;

/** Reason for a refusal. Each module that refuses requests has an enum of its reasons. */
public interface Reason extends Serializable {

    /** Name of the enum constant. */
    String name();

    /** English sentence for API clients, with placeholders {@code {0}}, {@code {1}}, … */
    String english();

    /** Key of the sentence in the texts of the pages: the module's name and the reason's. */
    default String key() {
        var module = getClass().getPackageName();
        return module.substring(module.lastIndexOf('.') + 1) + ".why." + name();
    }

    /** The reason with the parts of its sentence, in the order of the placeholders. */
    default Wording with(Object... parts) {
        return new Wording(this, List.of(parts));
    }
}
