package express.polaris.cards;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A label and a colour that were given, without spaces at their ends, and what is wrong with them.
 *
 * @param colour in lower case; goes into style attributes, hence a name or {@code #rrggbb} and nothing else
 */
record CardLook(Optional<String> label, Optional<String> colour, List<CardFault> faults) {

    static final String COLOUR_OF_A_NEW_CARD = "blue";

    private static final int LONGEST_LABEL = 100;
    private static final Pattern COLOUR = Pattern.compile("#[0-9a-f]{3}|#[0-9a-f]{6}|[a-z]{1,30}");

    static CardLook of(Optional<String> givenLabel, Optional<String> givenColour) {
        var faults = new ArrayList<CardFault>();
        var label = givenLabel.map(String::strip);
        label.filter(text -> text.isEmpty()
                        || text.codePointCount(0, text.length()) > LONGEST_LABEL
                        || !Texts.printable(text))
                .ifPresent(text -> faults.add(new CardFault(
                        "label",
                        "A label has 1 to " + LONGEST_LABEL + " characters, none of them a control character")));
        var colour = givenColour.map(text -> text.strip().toLowerCase(Locale.ROOT));
        colour.filter(text -> !COLOUR.matcher(text).matches())
                .ifPresent(text -> faults.add(
                        new CardFault("colour", "A colour is a name such as blue, or six hex digits such as #2f6fed")));
        return new CardLook(label, colour, List.copyOf(faults));
    }
}
