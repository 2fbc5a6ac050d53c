/**
 * EV cards: which idTag belonged to whom, from when to when.
 *
 * <p>Owns: idTags, ownerships with their label and colour, what is reported lost and whether SteVe has still to block
 * it. Does not own: sessions (they attach through {@link express.polaris.cards.SessionHistory}), people, the audit log.
 * Invariants: at every instant an idTag has one owner at most, held by an exclusion constraint; an ownership contains the
 * start of every session that belongs to it; only an operator makes a lost card usable again; idTags compare without
 * case. Times: {@code from} and {@code until} are compared with a session's start (the meter's time); {@code lostAt} and
 * "open now" are ours.
 */
@ApplicationModule(allowedDependencies = {"units", "problems", "accounts", "steve"})
@NullMarked
package express.polaris.cards;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
