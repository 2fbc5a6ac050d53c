package express.polaris.web.views;

import express.polaris.documents.Texts;
import java.util.Locale;

/** Names of connector types. */
public final class ConnectorTypes {

    private ConnectorTypes() {}

    /**
     * Name of a connector type in the reader's language; a type without a text is shown as given.
     *
     * @param type as an operator or SteVe names it, such as {@code Type 2} or {@code type2}
     */
    public static String name(String type, Texts texts) {
        return texts.find("connector." + type.toLowerCase(Locale.ROOT).replace(" ", ""))
                .orElse(type);
    }
}
