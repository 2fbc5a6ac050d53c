package express.polaris.problems;

import java.io.Serializable;
import java.util.List;

/** Why something is refused. Each module that refuses has an enum of its reasons. */
public interface Reason extends Serializable {

    /** The constant's. */
    String name();

    /** The sentence in English, as programs get it, with {@code {0}}, {@code {1}}, … for its parts. */
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
