/**
 * EV cards: the idTag history, i.e. each idTag's ownership intervals.
 *
 * <p>Owns: idTags, ownerships with their label and colour, lost cards and pending blocks in SteVe. Does not own:
 * sessions (they attach through {@link express.polaris.stations.cards.SessionHistory}), people, the audit log.
 * Invariants: an idTag has at most one owner at any instant, enforced by an exclusion constraint; an ownership
 * contains the start of every session that belongs to it; only an operator makes a lost card usable again; idTags
 * compare ignoring case. Times: {@code from} and {@code until} are compared with a session's start (meter time);
 * {@code lostAt} and "open now" are server time.
 */
@InnerPackage(mayUse = {})
@NamedInterface
@NullMarked
package express.polaris.stations.cards;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
