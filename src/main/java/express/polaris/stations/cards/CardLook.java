package express.polaris.stations.cards;

import express.polaris.platform.refusals.Fault;
import express.polaris.platform.refusals.FaultCollector;
import express.polaris.platform.refusals.PlainText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Normalised label and colour (stripped), with their faults.
 *
 * @param colour in lower case; goes into style attributes, hence only a name, {@code #rgb} or {@code #rrggbb}
 */
record CardLook(Optional<String> label, Optional<String> colour, List<Fault> faults) {

    static final String COLOUR_OF_A_NEW_CARD = "blue";

    private static final int LONGEST_LABEL = 100;
    private static final Pattern COLOUR = Pattern.compile("#[0-9a-f]{3}|#[0-9a-f]{6}|[a-z]{1,30}");

    static CardLook of(Optional<String> givenLabel, Optional<String> givenColour) {
        var faults = new FaultCollector();
        var label = givenLabel.map(String::strip);
        label.filter(text -> text.isEmpty() || PlainText.length(text) > LONGEST_LABEL || !PlainText.isPrintable(text))
                .ifPresent(text -> faults.add("label", CardReason.LABEL.with(LONGEST_LABEL)));
        var colour = givenColour.map(text -> text.strip().toLowerCase(Locale.ROOT));
        colour.filter(text -> !COLOUR.matcher(text).matches())
                .ifPresent(text -> faults.add("colour", CardReason.COLOUR.with()));
        return new CardLook(label, colour, faults.list());
    }
}
