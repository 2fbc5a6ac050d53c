package express.polaris.wording;

import java.util.List;

/**
 * A reason and what is put into its sentence.
 *
 * @param parts numbers, ids, instants (UTC), days, or wordings; a text is what somebody gave, shortened
 */
public record Wording(Reason reason, List<Object> parts) {

    public Wording {
        parts = List.copyOf(parts);
    }

    /** The sentence as programs get it. */
    public String english() {
        var sentence = reason.english();
        for (int place = 0; place < parts.size(); place++) {
            sentence = sentence.replace("{" + place + "}", parts.get(place).toString());
        }
        return sentence;
    }

    @Override
    public String toString() {
        return english();
    }
}
