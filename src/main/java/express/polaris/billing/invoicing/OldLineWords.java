package express.polaris.billing.invoicing;

import express.polaris.billing.invoicing.InvoiceLine.Kind;
import express.polaris.sessions.SessionId;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses invoice lines that are stored as an English sentence only, without columns. A subject is used only if it
 * yields exactly the same sentence, so that the invoice keeps its text.
 */
final class OldLineWords {

    private static final String DAY = "(\\d{4}-\\d{2}-\\d{2})";
    private static final Pattern FEE = Pattern.compile("(.*), " + DAY + " to " + DAY, Pattern.DOTALL);
    private static final Pattern OTHERS = Pattern.compile("(\\d{1,9}) sessions? without a charge");
    private static final Pattern LATE = Pattern.compile("Session #\\d+, in the period from " + DAY);

    private OldLineWords() {}

    static LineSubject subject(Kind kind, Optional<SessionId> session, String text) {
        return read(kind, session, text)
                .filter(subject -> subject.text().equals(text))
                .orElseGet(() -> new LineSubject.Words(kind, session, text));
    }

    private static Optional<LineSubject> read(Kind kind, Optional<SessionId> session, String text) {
        try {
            return switch (kind) {
                case FEE -> fee(text);
                case ENERGY, USAGE, DISCOUNT -> Optional.empty();
                case SESSION -> session.map(id -> new LineSubject.OneSession(id, Optional.empty()));
                case OTHER_SESSIONS ->
                    matched(OTHERS, text).map(found -> new LineSubject.OtherSessions(Integer.parseInt(found.group(1))));
                case ADJUSTMENT ->
                    session.flatMap(id -> matched(LATE, text)
                            .map(found ->
                                    new LineSubject.LateEnergy(id, LocalDate.parse(found.group(1)), Optional.empty())));
                case CREDIT -> Optional.of(new LineSubject.GrantedCredit(session, text));
                case ROUNDING -> Optional.of(new LineSubject.Rounding());
            };
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<LineSubject> fee(String text) {
        if (text.equals(LineSubject.UnusedDays.TEXT)) {
            return Optional.of(new LineSubject.UnusedDays());
        }
        return matched(FEE, text)
                .map(found -> new LineSubject.PlanFee(
                        found.group(1), LocalDate.parse(found.group(2)), LocalDate.parse(found.group(3))));
    }

    private static Optional<Matcher> matched(Pattern pattern, String text) {
        return Optional.of(pattern.matcher(text)).filter(Matcher::matches);
    }
}
